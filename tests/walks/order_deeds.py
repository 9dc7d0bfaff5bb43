"""Deeds on orders: made, taken through their steps by every entrance, edited, undone."""

from collections.abc import Sequence
from random import Random
from typing import Any

from tests.builders import a_line, an_order_body
from tests.walks.deeds import Kind, Numbers, any_number, chance
from tests.walks.world import SKUS, World, note_of
from warehouse_desk.domain.orders.step_options import StepOptions
from warehouse_desk.domain.orders.transitions import STATUS_ACTIONS, Action, rows_of
from warehouse_desk.domain.results import ActionResult
from warehouse_desk.domain.scanning.modes import STATUS_MODES
from warehouse_desk.domain.status import Status

MOST_ORDERS = 6
"""Orders of one history: few, so that much happens to each."""

_A = Action
_ROADS: dict[Status, tuple[Action, ...]] = {
    Status.NEW: (_A.PACK, _A.PACK, _A.PACK, _A.PACK, _A.PUSH, _A.OUT_OF_STOCK),
    Status.PACKED: (_A.SHIP, _A.SHIP, _A.PUSH, _A.PUSH, _A.ASSIGN, _A.ROLLBACK),
    Status.WAITING: (_A.SHIP, _A.SHIP, _A.SHIP, _A.ROLLBACK, _A.CANCEL),
    Status.SHIPPED: (_A.RETURN, _A.RETURN, _A.RETURN, _A.DELIVER, _A.ROLLBACK),
    Status.DELIVERED: (_A.RETURN, _A.RETURN, _A.ROLLBACK),
    Status.RETURNED: (_A.RENEW, _A.RENEW, _A.ROLLBACK),
    Status.CANCELED: (_A.RENEW, _A.RENEW, _A.RENEW, _A.DELETE),
    Status.OUT_OF_STOCK: (_A.BACK_IN_STOCK, _A.BACK_IN_STOCK, _A.CANCEL),
    Status.ROLLBACK: (_A.RESUME, _A.RESUME, _A.RESUME, _A.CANCEL),
}
"""What mostly happens to an order in each status."""
_ASKED = tuple(action for action in STATUS_ACTIONS if action is not Action.LABELS)
"""What can be asked for by name; labels are made with their paper."""

_NAMES = ("Amina Tazi", "Youssef El Idrissi", "Omar Alaoui")
_STREETS = ("Rue 45, Maarif", "Avenue Hassan II", "3 rue des Fleurs")


def _lines(rng: Random) -> list[tuple[str, int, int]]:
    count = rng.choice((1, 1, 2, 3))
    return [(rng.choice(SKUS), rng.choice((1, 1, 2)), rng.choice((50, 120))) for _ in range(count)]


def draw_order(rng: Random) -> Numbers:
    """Draw an order."""
    return {"mark": rng.randrange(10**6), **_draw_customer(rng), "lines": _lines(rng)}


def _draw_customer(rng: Random) -> Numbers:
    return {"name": rng.choice(_NAMES), "street": rng.choice(_STREETS)}


def create(
    world: World, mark: int, name: str, street: str, lines: list[tuple[str, int, int]]
) -> Sequence[ActionResult]:
    """Make an order, unless there are enough."""
    if len(world.books.facts) >= MOST_ORDERS:
        return ()
    products = [a_line(sku, pieces, price) for sku, pieces, price in lines]
    total = sum(pieces * price for _, pieces, price in lines)
    body = an_order_body(full_name=name, address=street, total=total, products=products, notes=note_of(mark))
    for reference in world.desk.orders.create({"orders": [body]}).references:
        if reference in world.options:
            raise AssertionError(f"{reference} was given to another order before")
        world.options[reference] = mark
    return ()


def draw_given(rng: Random) -> Numbers:
    """Draw all that may be given with a step."""
    return {
        "place": any_number(rng) if chance(rng, 30) else 0,
        "carrier": any_number(rng),
        "from_stock": chance(rng, 25),
        "to_new": chance(rng, 20),
        "lacking": chance(rng, 4),
        "as_it_is": chance(rng, 6),
        "short": rng.choice((None, None, SKUS[0], "INCONNU")),
        "day": rng.choice((0,) * 12 + (1, -1)),
    }


def given_of(world: World, numbers: Numbers) -> StepOptions:
    """Return what was drawn as a worker gives it."""
    world.may_lack = world.may_lack or numbers["lacking"]
    world.lets_go = numbers["as_it_is"]
    short = numbers["short"]
    return StepOptions(
        date=world.day_before(numbers["day"]),
        warehouse_id=world.own[numbers["place"] % len(world.own)],
        reason="Le client a changé d'avis",
        person_id=world.persons[numbers["carrier"] % len(world.persons)],
        company_id=world.companies[numbers["carrier"] % len(world.companies)],
        from_stock=numbers["from_stock"],
        short_skus=None if short is None else (short,),
        to_new=numbers["to_new"],
        allow_negative=numbers["lacking"],
        outdated_label=numbers["as_it_is"],
        uncounted=numbers["as_it_is"],
    )


def _draw_step(rng: Random) -> Numbers:
    return {
        "action": rng.choice(_ASKED).value,
        "orders": [any_number(rng) for _ in range(rng.choice((1, 1, 1, 2)))],
        "fits": chance(rng, 85),
        "worker": any_number(rng) if chance(rng, 20) else 0,
        **draw_given(rng),
    }


def _step(
    world: World, action: str, orders: list[int], worker: int, *, fits: bool, **numbers: Any
) -> Sequence[ActionResult]:
    step = Action(action)
    sources = {status for row in rows_of(step) for status in row.sources} if fits else set(Status)
    keys = [world.in_status(number, sources) for number in orders]
    results = world.desks[worker % 2].orders.act(step, keys, given_of(world, numbers)).results
    world.note(f"step {action}", results)
    return results


def _draw_onward(rng: Random) -> Numbers:
    return {"order": any_number(rng), "road": any_number(rng), **draw_given(rng)}


def _onward(world: World, order: int, road: int, **numbers: Any) -> Sequence[ActionResult]:
    reference = world.pick(order, lambda facts: not facts.deleted)
    if reference not in world.books.facts:
        return ()
    facts = world.facts(reference)
    roads = _ROADS[facts.status]
    step = Action.RELEASE if facts.held else roads[road % len(roads)]
    results = world.desk.orders.act(step, [reference], given_of(world, numbers)).results
    world.note(f"step {step.value}", results)
    return results


def _draw_back_and_forth(rng: Random) -> Numbers:
    return {"order": any_number(rng), "rounds": rng.choice((1, 2, 2))}


def _back_and_forth(world: World, order: int, rounds: int) -> Sequence[ActionResult]:
    """Roll an order back and resume it, and once more."""
    reference = world.in_status(order, {status for row in rows_of(Action.ROLLBACK) for status in row.sources})
    given = StepOptions(date=world.today, reason="Erreur de poste")
    steps = (Action.ROLLBACK, Action.RESUME) * rounds
    return [world.desk.orders.act(step, [reference], given).results[0] for step in steps]


def _draw_reading(rng: Random) -> Numbers:
    return {"mode": rng.choice(sorted(STATUS_MODES)).value, "order": any_number(rng), **draw_given(rng)}


def _reading(world: World, mode: str, order: int, **numbers: Any) -> Sequence[ActionResult]:
    action = next(action for name, action in STATUS_MODES.items() if name.value == mode)
    reference = world.in_status(order, {status for row in rows_of(action) for status in row.sources})
    return (world.desk.scanning.scan(mode, reference, given_of(world, numbers)),)


def _draw_verification(rng: Random) -> Numbers:
    return {"order": any_number(rng), "pieces": [rng.choice(SKUS) for _ in range(rng.choice((1, 3, 5)))]}


def _verification(world: World, order: int, pieces: list[str]) -> Sequence[ActionResult]:
    codes = [world.in_status(order, {Status.NEW}), *pieces]
    return [world.desk.scanning.scan("verify", code, StepOptions(date=world.today)) for code in codes]


def _draw_edit(rng: Random) -> Numbers:
    return {"order": any_number(rng), "lines": _lines(rng) if chance(rng, 60) else None, **_draw_customer(rng)}


def _edit(
    world: World, order: int, name: str, street: str, lines: list[tuple[str, int, int]] | None
) -> Sequence[ActionResult]:
    reference = world.pick(order)
    before = world.desk.orders.show(reference)
    products = [{"id": line.product_id, "quantity": line.quantity, "total": line.total / 100} for line in before.lines]
    if lines is not None:
        products = [
            {"id": world.products[sku], "quantity": pieces, "total": pieces * price} for sku, pieces, price in lines
        ]
    body = {
        "full_name": name,
        "phone": "0600000002",
        "city_to_id": 1,
        "address": street,
        "products": products,
    }
    return (world.desk.orders.update(reference, body),)


def _draw_status(rng: Random) -> Numbers:
    return {"order": any_number(rng), "status": rng.choice(list(Status)).value, "place": any_number(rng)}


def _status_over_rest(world: World, order: int, status: str, place: int) -> Sequence[ActionResult]:
    entry = {
        "reference": world.pick(order),
        "status": status,
        "warehouse_id": world.own[place % len(world.own)],
        "shipping_company_id": world.companies[place % len(world.companies)],
        "reason": "Par la boutique",
    }
    return world.rest.orders.update_statuses({"orders": [entry]}).results


def _draw_undo(rng: Random) -> Numbers:
    return {
        "order": any_number(rng),
        "newest": chance(rng, 30),
        "touched": chance(rng, 75),
        "worker": any_number(rng) if chance(rng, 10) else 0,
        "late": chance(rng, 8),
    }


def _undo(world: World, order: int, worker: int, *, newest: bool, touched: bool, late: bool) -> Sequence[ActionResult]:
    if late:
        world.wait(6)
    key = world.touched_last if touched else world.pick(order)
    desk = world.desks[worker % 2]
    facts = world.books.facts.get(key)
    deed = [facts.id] if newest and facts is not None else []
    return desk.orders.undo([key], last_ids=deed).results


def _draw_scan_undo(rng: Random) -> Numbers:
    return {"back": rng.choice((0, 0, 0, 1))}


def _scan_undo(world: World, back: int) -> Sequence[ActionResult]:
    past = world.desk.scanning.history(3)
    return (world.desk.scanning.undo(past[back % len(past)].scan_id),) if past else ()


KINDS = (
    Kind("create", 6, draw_order, create),
    Kind("onward", 50, _draw_onward, _onward),
    Kind("step", 14, _draw_step, _step),
    Kind("back and forth", 5, _draw_back_and_forth, _back_and_forth),
    Kind("scan", 10, _draw_reading, _reading),
    Kind("verify", 3, _draw_verification, _verification),
    Kind("edit", 7, _draw_edit, _edit),
    Kind("rest status", 4, _draw_status, _status_over_rest),
    Kind("undo", 9, _draw_undo, _undo),
    Kind("undo scan", 4, _draw_scan_undo, _scan_undo),
)
