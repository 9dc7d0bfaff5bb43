"""Two stations sign at the same moment: each parcel is signed for once, and never while it is cancelled."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.builders import Shop, open_shop, rows, run_sql
from tests.services.orders.test_races import race, race_in_threads, summed
from warehouse_desk.data.engine.database import Database
from warehouse_desk.data.tables import hand_over, hand_over_row, orders
from warehouse_desk.domain.directories.entries import Listed
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.status import Status

SHEETS = 12

Racing = Callable[..., list[Any]]


@pytest.fixture(params=[race, race_in_threads])
def racing(request: pytest.FixtureRequest) -> Racing:
    """Stations as processes, and as threads of one."""
    found: Racing = request.param
    return found


def a_draft_for_each_order(database: Database) -> Shop:
    """Give each of twelve orders to a company of its own; its draft has the order's number."""
    shop = open_shop(database)
    for order in shop.orders_in(Status.PACKED, SHEETS):
        company = shop.desk.directories.add(Listed.COMPANY, code=order, name=order).id
        shop.done(Action.PUSH, order, company_id=company)
        shop.desk.paper.hand_overs.collect(company_id=company)
    return shop


def signed(shop: Shop) -> list[tuple[int, int]]:
    """Return which order stands on which closed sheet."""
    closed = {row["id"] for row in rows(shop.database, hand_over) if row["closed_at"] is not None}
    return [
        (r["order_id"], r["hand_over_id"]) for r in rows(shop.database, hand_over_row) if r["hand_over_id"] in closed
    ]


def test_a_sheet_is_closed_once(database: Database, database_url: str, racing: Racing) -> None:
    shop = a_draft_for_each_order(database)
    answers = summed(racing(database_url, "close", SHEETS))
    assert answers == {"closed": SHEETS, "refused": SHEETS}
    assert sorted(signed(shop)) == [(n, n) for n in range(1, SHEETS + 1)]
    assert {row["version"] for row in rows(database, orders)} == {4}


def test_an_order_on_the_drafts_of_two_carriers_is_signed_for_once(
    database: Database, database_url: str, racing: Racing
) -> None:
    """No step brings an order onto two drafts; were a fault to do so, the signatures would still agree."""
    shop = a_draft_for_each_order(database)
    for number in range(1, SHEETS + 1):
        person = shop.desk.directories.add(Listed.PERSON, code=f"P{number}", name=f"P{number}", phone="06").id
        sheet = shop.desk.paper.hand_overs.begin(person_id=person).summary.id
        run_sql(
            database,
            f"UPDATE orders SET status = 'SHIPPED', delivery_person_id = {person} WHERE id = {number}",
            "INSERT INTO hand_over_row (hand_over_id, order_id, attempt, cod, user_name) "
            f"VALUES ({sheet}, {number}, 1, 39900, '')",
        )
    answers = summed(racing(database_url, "close", 2 * SHEETS))
    assert answers["closed"] == SHEETS
    assert sorted(order for order, _ in signed(shop)) == list(range(1, SHEETS + 1))
    assert {row["id"]: row["hand_over_id"] for row in rows(database, orders)} == dict(signed(shop))


def test_a_parcel_is_either_signed_for_or_cancelled(database: Database, database_url: str, racing: Racing) -> None:
    shop = a_draft_for_each_order(database)
    answers = summed(racing(database_url, "close or cancel", SHEETS))
    bound = dict(signed(shop))
    for row in rows(database, orders):
        assert (row["status"] == "CANCELED") is (row["id"] not in bound)
        assert row["hand_over_id"] == bound.get(row["id"])
    assert answers.get("closed", 0) == len(bound)
    assert answers.get("done", 0) == SHEETS - len(bound)
    assert shop.committed() == len(bound)
    assert shop.desk.goods.ledger_faults() == []
