"""Where orders stand before a step is asked for, and how they came there, day after day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tests.builders import TODAY, Shop, an_order_body
from warehouse_desk.domain.directories.entries import Listed
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.status import Status

CREATED, ROLLED_BACK, NOW = 0, 8, 9
"""Days after the creation: of the creation itself, of roll backs and holds, and on which steps are asked for."""

BEFORE_THE_ORDER, BETWEEN_STEPS, BETWEEN_LATER_STEPS, TOMORROW = -1, 1, 3, NOW + 1
DAYS = (NOW, BETWEEN_LATER_STEPS, BETWEEN_STEPS, BEFORE_THE_ORDER, TOMORROW)
"""The days that a step is asked for; which of them can be depends on where the order stands."""

_PACK, _CANCEL, _SHORT = (2, Action.PACK), (2, Action.CANCEL), (2, Action.OUT_OF_STOCK)
_PUSH, _SHIP, _ASSIGN = (4, Action.PUSH), (4, Action.SHIP), (4, Action.ASSIGN)
_DELIVER, _RETURN, _ROLLBACK = (6, Action.DELIVER), (7, Action.RETURN), (ROLLED_BACK, Action.ROLLBACK)
_PUSH_EARLY, _SIGN = (3, Action.PUSH), (3, Action.HAND_OVER)


@dataclass(frozen=True, slots=True)
class Stand:
    """Where an order stands."""

    name: str
    status: Status
    road: tuple[tuple[int, Action], ...] = ()
    """The day and the step, one after the other."""
    last_day: int = CREATED
    """The last day that the order keeps: no later step may lie before it."""
    resumes_to: Status | None = None
    with_person: bool = False
    signed: bool = False
    goods_out: bool = False
    """It is rolled back, and what was undone is not the step that took its goods from the shelf."""


STANDS = (
    Stand("new", Status.NEW),
    Stand("packed", Status.PACKED, (_PACK,), 2),
    Stand("waiting", Status.WAITING, (_PACK, _PUSH), 2),
    Stand("signed for", Status.WAITING, (_PACK, _PUSH_EARLY, _SIGN), 2, signed=True),
    Stand("shipped", Status.SHIPPED, (_PACK, _SHIP), 4),
    Stand("with a person", Status.SHIPPED, (_PACK, _ASSIGN), 4, with_person=True),
    Stand("delivered", Status.DELIVERED, (_PACK, _SHIP, _DELIVER), 6),
    Stand("returned", Status.RETURNED, (_PACK, _SHIP, _RETURN), 7),
    Stand("canceled", Status.CANCELED, (_CANCEL,), 2),
    Stand("out of stock", Status.OUT_OF_STOCK, (_SHORT,)),
    Stand("shipment undone", Status.ROLLBACK, (_PACK, _SHIP, _ROLLBACK), 2, resumes_to=Status.PACKED),
    Stand(
        "delivery undone",
        Status.ROLLBACK,
        (_PACK, _SHIP, _DELIVER, _ROLLBACK),
        4,
        resumes_to=Status.SHIPPED,
        goods_out=True,
    ),
)

_BATCH = 1_000
"""Orders in one request."""

Cell = tuple[Stand, bool]
"""Where an order stands, and whether it is on hold."""


def day_of(number: int) -> date:
    """Return the day that lies so many days after the creation."""
    return TODAY + timedelta(days=number)


def bring_there(shop: Shop, cells: Sequence[Cell]) -> list[str]:
    """Make an order of each cell, bring it where it stands, and return its reference; afterwards it is the last day."""
    shop.desk.directories.add(Listed.WAREHOUSE, code="RABAT", name="Rabat")
    shop.desk.goods.receive(shop.warehouse, "ARGAN-50", len(cells))
    references: list[str] = []
    for begin in range(0, len(cells), _BATCH):
        numbers = range(begin, min(begin + _BATCH, len(cells)))
        references += shop.create(*[an_order_body(phone=f"06{number:08d}") for number in numbers])
    for day in range(1, NOW + 1):
        shop.clock.advance(days=1)
        for action, orders in _steps_of(day, cells, references).items():
            _take(shop, action, orders)
    return references


def _steps_of(day: int, cells: Sequence[Cell], references: Sequence[str]) -> Mapping[Action, list[str]]:
    """Return the steps of a day, each with its orders; holds come last."""
    found: dict[Action, list[str]] = {}
    for (stand, _), reference in zip(cells, references, strict=True):
        for due, action in stand.road:
            if due == day:
                found.setdefault(action, []).append(reference)
    if day == ROLLED_BACK:
        held = [reference for (_, on_hold), reference in zip(cells, references, strict=True) if on_hold]
        found[Action.HOLD] = held
    return found


def _take(shop: Shop, action: Action, orders: Sequence[str]) -> None:
    if action is Action.HAND_OVER:
        # All that wait by now: the others are pushed later.
        sheets = shop.desk.paper.hand_overs
        sheets.close(sheets.collect(company_id=shop.company).sheet.summary.id)
        return
    for begin in range(0, len(orders), _BATCH):
        shop.done(action, *orders[begin : begin + _BATCH])
