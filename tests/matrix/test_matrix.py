"""Every road, step, stand and day, on hold or not: the answer, its reason, and what has become of the order."""

import re

import pytest

from tests.builders import facts_of_row, rows
from tests.matrix.expected import Expected
from tests.matrix.roads import ROADS, Answer, Asked, House, Road, expected_of
from tests.matrix.stands import STANDS, Cell, bring_there, day_of
from warehouse_desk.data.tables import orders
from warehouse_desk.domain.orders.days import DAY_OF
from warehouse_desk.domain.orders.order import OrderFacts
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.results import Outcome
from warehouse_desk.domain.status import Status

CELLS: list[Cell] = [(stand, held) for stand in STANDS for held in (False, True)]

_HOLDS: dict[Action | Status, bool] = {Action.HOLD: True, Action.RELEASE: False}


def facts_by_reference(house: House) -> dict[str, OrderFacts]:
    return {row["reference"]: facts_of_row(row) for row in rows(house.shop.database, orders)}


def what_is_wrong(asked: Asked, expected: Expected, answer: Answer, before: OrderFacts, after: OrderFacts) -> list[str]:
    """Return what differs from what the rules want of one order."""
    is_done = expected.outcome is Outcome.DONE
    held = _HOLDS.get(asked.what, before.held) if is_done else before.held
    kept = getattr(after, DAY_OF[after.status]) if expected.keeps_day and after.status in DAY_OF else None
    wanted = {
        "outcome": (expected.outcome, answer.outcome),
        "status": (expected.status, after.status),
        "version": (before.version + is_done, after.version),
        "held": (held, after.held),
        "deleted": (is_done and asked.what is Action.DELETE, after.deleted),
        "day": (day_of(asked.day) if expected.keeps_day else None, kept),
        "said": (True, re.search(expected.reason, answer.said) is not None),
    }
    if not is_done:
        wanted["untouched"] = (before, after)
    return [f"{name}: {should} expected, {but}" for name, (should, but) in wanted.items() if should != but]


@pytest.mark.parametrize("road", ROADS, ids=lambda road: road.name)
def test_every_step_ends_as_the_rules_say(house: House, road: Road) -> None:
    references = iter(bring_there(house.shop, CELLS * len(road.asked)))
    orders_of = {asked: [next(references) for _ in CELLS] for asked in road.asked}
    before = facts_by_reference(house)
    answers = {asked: road.ask(house, asked, orders_of[asked]) for asked in road.asked}
    after = facts_by_reference(house)
    faults = [
        f"{asked.what} on day {asked.day}, {stand.name}{', held' * held}: {'; '.join(wrong)} (“{answer.said}”)"
        for asked in road.asked
        for (stand, held), order, answer in zip(CELLS, orders_of[asked], answers[asked], strict=True)
        if (
            wrong := what_is_wrong(
                asked, expected_of(road, asked, stand, held=held), answer, before[order], after[order]
            )
        )
    ]
    assert faults == []
    assert house.shop.desk.goods.ledger_faults() == []
