"""Which parcel goes along: the database selects what the rule says, and list and scanner give the same reason."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from sqlalchemy import insert

from tests.builders import Shop
from tests.services.scanning.scan_station import reading
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.orders import facts as order_facts
from warehouse_desk.data.paper import hand_overs as store
from warehouse_desk.data.tables import hand_over, hand_over_row, orders
from warehouse_desk.domain.directories.entries import Listed
from warehouse_desk.domain.orders.hand_over import Carrier, is_due, judge_hand_over, stands_with
from warehouse_desk.domain.orders.step_options import StepOptions
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.results import ActionResult, Outcome
from warehouse_desk.domain.shared_settings import SharedSettings
from warehouse_desk.domain.status import Status

DRAFT, CLOSED, OTHERS = 1, 2, 3
SHEETS = {
    "none": (None, 1),
    "draft": (DRAFT, 1),
    "closed": (CLOSED, 1),
    "draft of an earlier attempt": (DRAFT, 2),
    "closed in an earlier attempt": (CLOSED, 2),
    "somebody else's draft": (OTHERS, 1),
    "struck off": (CLOSED, 1),
    "draft though another binds": (DRAFT, 1),
}
"""Which sheet names the first attempt of an order, and which attempt the order is in now."""


ON = {**dict.fromkeys(SHEETS), "draft": DRAFT, "closed": CLOSED, "draft though another binds": DRAFT}
"""The carrier's sheet that an order is on in its present attempt."""


def _orders(shop: Shop, others: tuple[int, int], today: date) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield an order for every combination of what the rule looks at, and the sheet it is on."""
    companies, persons = (None, shop.company, others[0]), (None, shop.person, others[1])
    cases = product(Status, (False, True), (False, True), companies, persons, SHEETS, (0, 1))
    for number, (status, held, deleted, company, person, sheet, days) in enumerate(cases, start=1):
        at = shop.context.now()
        yield (
            {
                "id": number,
                "reference": f"R-{number}",
                "status": status.value,
                "attempt": SHEETS[sheet][1],
                "held": held,
                "deleted_at": at if deleted else None,
                "shipping_company_id": company,
                "delivery_person_id": person,
                "hand_over_id": {"closed": CLOSED, "draft though another binds": 99}.get(sheet),
                "shipped_on": today - timedelta(days=days),
                **dict.fromkeys(("full_name", "phone", "city", "address", "name_folded", "city_folded"), "A"),
                "phone_keys": "",
                "content_hash": "x",
                "origin": "desk",
                "total": 100,
                "created_at": at,
                "updated_at": at,
            },
            sheet,
        )


def _sheet(number: int, carrier: Carrier, shop: Shop, **more: Any) -> dict[str, Any]:
    return {
        "id": number,
        "company_id": carrier.company_id,
        "person_id": carrier.person_id,
        "day": shop.context.today(),
        "opened_at": shop.context.now(),
        "opened_by": "Salma",
        "closed_at": None,
        **more,
    }


@pytest.mark.parametrize("by_company", [True, False])
def test_the_database_selects_what_the_rule_says(shop: Shop, by_company: bool) -> None:
    company = shop.desk.directories.add(Listed.COMPANY, code="SAH", name="Sahara").id
    person = shop.desk.directories.add(Listed.PERSON, code="RACHID", name="Rachid").id
    today = shop.context.today()
    carrier = Carrier(shop.company, None) if by_company else Carrier(None, shop.person)
    other = Carrier(company, None) if by_company else Carrier(None, person)
    made = list(_orders(shop, (company, person), today))

    def fill(uow: UnitOfWork) -> None:
        uow.execute(insert(orders), [row for row, _ in made])
        closed = {"closed_at": shop.context.now(), "closed_by": "Salma"}
        for sheet in (
            _sheet(CLOSED, carrier, shop, **closed),
            _sheet(DRAFT, carrier, shop),
            _sheet(OTHERS, other, shop),
        ):
            uow.execute(insert(hand_over), [sheet])
        at = shop.context.now()
        common = {"attempt": 1, "cod": 100, "at": at, "user_name": "Salma"}
        rows = [
            {
                "order_id": row["id"],
                "hand_over_id": SHEETS[sheet][0],
                "struck_at": at if sheet == "struck off" else None,
                **common,
            }
            for row, sheet in made
            if SHEETS[sheet][0] is not None
        ]
        uow.execute(insert(hand_over_row), rows)

    shop.database.transact(fill)
    ids = [row["id"] for row, _ in made]
    with shop.database.read() as uow:
        known = {facts.id: facts for facts in order_facts.facts_of(uow, ids, lock=False).values()}
        sheets = store.sheets_of(uow, carrier, ids)
        expected = store.expected_ids(uow, carrier, today)
        no_longer = set(store.no_longer_with(uow, carrier, DRAFT))
    assert len(known) == len(made)
    given, shared = StepOptions(date=today), SharedSettings()
    for row, sheet in made:
        on = sheets.get(row["id"])
        assert (None if on is None else on.number) == ON[sheet]
    fits = [
        facts
        for facts in known.values()
        if not facts.deleted and judge_hand_over(facts, carrier, sheets.get(facts.id), today, given, shared) is None
    ]
    assert expected == sorted(facts.id for facts in fits if is_due(facts, carrier, today))
    gone = {
        row["id"]
        for row, sheet in made
        if SHEETS[sheet][0] == DRAFT and (row["attempt"] != 1 or not stands_with(known[row["id"]], carrier))
    }
    assert no_longer == gone
    assert expected
    assert gone


def _listed(shop: Shop, reference: str) -> ActionResult:
    return shop.desk.paper.hand_overs.collect(company_id=shop.company, keys=[reference]).answer.results[0]


def _scanned(shop: Shop, reference: str) -> ActionResult:
    scanning = shop.desk.scanning
    return scanning.process(scanning.receive(reading(shop, "hand-over", reference))).result


def _held(shop: Shop) -> str:
    reference = shop.order_in(Status.WAITING)
    shop.done(Action.HOLD, reference, reason="adresse douteuse")
    return reference


def _handed_over(shop: Shop) -> str:
    reference = shop.order_in(Status.WAITING)
    sheet = shop.desk.paper.hand_overs.collect(company_id=shop.company, keys=[reference]).sheet
    shop.desk.paper.hand_overs.close(sheet.summary.id)
    return reference


def _with_a_person(shop: Shop) -> str:
    reference = shop.order_in(Status.PACKED)
    shop.done(Action.ASSIGN, reference)
    return reference


@pytest.mark.parametrize(
    ("parcel", "outcome", "reason"),
    [
        (
            _held,
            Outcome.REFUSED,
            "{} is on hold: adresse douteuse. Keep the parcel here; a supervisor must release it first.",
        ),
        (
            lambda shop: shop.order_in(Status.PACKED),
            Outcome.REFUSED,
            "{} is “Packed”: keep the parcel here. Status needed: Waiting for pickup, Shipped.",
        ),
        (
            _with_a_person,
            Outcome.REFUSED,
            "{} is for another carrier. Keep the parcel here and look it up.",
        ),
        (
            _handed_over,
            Outcome.ALREADY,
            "{} was handed over today 08:00 by Salma (station Poste 1): sheet 1. Nothing to do.",
        ),
    ],
)
def test_list_and_scanner_give_the_one_reason(shop: Shop, parcel: Any, outcome: Outcome, reason: str) -> None:
    reference = parcel(shop)
    listed = _listed(shop, reference)
    assert (listed.outcome, str(listed.message)) == (outcome, reason.format(reference))
    assert _scanned(shop, reference) == listed
