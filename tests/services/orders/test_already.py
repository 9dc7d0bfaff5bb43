"""“Already” is a calm answer only where everything that was named is so; else the order's own facts are named."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.builders import Shop, everything
from warehouse_desk.domain.directories.entries import Listed
from warehouse_desk.domain.orders.step_options import StepOptions
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.results import Outcome
from warehouse_desk.domain.status import Status


@dataclass
class Places:
    """A second warehouse, company and person beside the shop's own."""

    shop: Shop
    rabat: int
    sah: int
    nadia: int
    virtual: dict[str, int] = field(init=False)
    """What the companies keep for us."""

    def __post_init__(self) -> None:
        self.virtual = {w.code: w.id for w in self.shop.desk.directories.warehouses() if w.shipping_company_id}

    def fields(self, **named: str) -> dict[str, Any]:
        known = {
            "CASA": self.shop.warehouse,
            "RABAT": self.rabat,
            **self.virtual,
            "AMANA": self.shop.company,
            "SAH": self.sah,
            "HAMID": self.shop.person,
            "NADIA": self.nadia,
        }
        return {name: known.get(value, value) for name, value in named.items()}


@pytest.fixture
def places(shop: Shop) -> Places:
    directories = shop.desk.directories
    return Places(
        shop,
        directories.add(Listed.WAREHOUSE, code="RABAT", name="Rabat").id,
        directories.add(Listed.COMPANY, code="SAH", name="Sahara Express").id,
        directories.add(Listed.PERSON, code="NADIA", name="Nadia").id,
    )


def a_parcel(places: Places, status: str) -> str:
    shop = places.shop
    match status:
        case "pushed":
            return shop.order_in(Status.WAITING)
        case "pushed from stock":
            reference = shop.order_in(Status.PACKED)
            shop.done(Action.PUSH, reference, from_stock=True)
            return reference
        case "shipped":
            return shop.order_in(Status.SHIPPED)
        case "shipped from stock":
            reference = a_parcel(places, "pushed from stock")
            shop.done(Action.SHIP, reference)
            return reference
        case "assigned":
            reference = shop.order_in(Status.PACKED)
            shop.done(Action.ASSIGN, reference)
            return reference
        case _:
            reference = shop.order_in(Status.NEW)
            shop.done(Action.OUT_OF_STOCK, reference, short_skus=("ARGAN-50",))
            return reference


CASES: list[tuple[str, Action, dict[str, Any], str]] = [
    ("pushed", Action.PUSH, {"company_id": "AMANA", "from_stock": False}, ""),
    ("pushed", Action.PUSH, {"company_id": "SAH", "from_stock": False}, "waits for Amana, not for Sahara Express."),
    ("pushed", Action.PUSH, {"company_id": "AMANA", "from_stock": True}, "waits for Amana, which collects it from our"),
    ("pushed from stock", Action.PUSH, {"company_id": "AMANA", "from_stock": True}, ""),
    ("pushed from stock", Action.PUSH, {"company_id": "AMANA", "from_stock": False}, "which ships it from its own"),
    ("shipped", Action.SHIP, {"warehouse_id": "CASA"}, ""),
    ("shipped", Action.SHIP, {"warehouse_id": "RABAT"}, "left Casablanca, not Rabat."),
    ("shipped", Action.SHIP, {"warehouse_id": "AMANA-STOCK"}, "left Casablanca, not Stock Amana."),
    ("shipped from stock", Action.SHIP, {"warehouse_id": "CASA"}, ""),
    ("shipped from stock", Action.SHIP, {"warehouse_id": "AMANA-STOCK"}, ""),
    ("shipped from stock", Action.SHIP, {"warehouse_id": "SAH-STOCK"}, "left Stock Amana, not Stock Sahara Express."),
    ("assigned", Action.SHIP, {"warehouse_id": "CASA"}, ""),
    ("assigned", Action.ASSIGN, {"person_id": "HAMID", "warehouse_id": "CASA"}, ""),
    ("assigned", Action.ASSIGN, {"person_id": "HAMID", "warehouse_id": "RABAT"}, "left Casablanca, not Rabat."),
    ("assigned", Action.ASSIGN, {"person_id": "NADIA", "warehouse_id": "RABAT"}, "left Casablanca, not Rabat."),
    ("short", Action.OUT_OF_STOCK, {"short_skus": ()}, ""),
    ("short", Action.OUT_OF_STOCK, {"short_skus": ("ARGAN-50",)}, ""),
    (
        "short",
        Action.OUT_OF_STOCK,
        {"short_skus": ("SAVON-N",)},
        "is out of stock because of ARGAN-50, not SAVON-N. To change that, mark it back in stock first.",
    ),
]


@pytest.mark.parametrize(("stands", "action", "asked", "refusal"), CASES)
def test_already_is_calm_only_where_everything_named_is_so(
    places: Places, stands: str, action: Action, asked: dict[str, Any], refusal: str
) -> None:
    reference = a_parcel(places, stands)
    before = everything(places.shop.database)
    (result,) = places.shop.do(action, reference, **places.fields(**asked))
    assert result.outcome is (Outcome.REFUSED if refusal else Outcome.ALREADY), str(result.message)
    assert refusal in str(result.message)
    assert everything(places.shop.database) == before


def test_each_refusal_says_the_way(places: Places) -> None:
    shop = places.shop
    said = {
        action: str(shop.do(action, a_parcel(places, stands), **places.fields(**asked))[0].message)
        for stands, action, asked, refusal in CASES
        if refusal and stands in {"pushed", "shipped", "assigned"}
    }
    assert "or let a supervisor roll it back" in said[Action.PUSH]
    assert "a supervisor must roll it back first" in said[Action.SHIP]
    assert "To change the delivery person, choose Casablanca;" in said[Action.ASSIGN]


def test_a_parcel_of_one_person_may_be_given_to_another_who_takes_it_at_the_same_warehouse(places: Places) -> None:
    reference = a_parcel(places, "assigned")
    places.shop.done(Action.ASSIGN, reference, person_id=places.nadia)
    assert places.shop.facts(reference).delivery_person_id == places.nadia


def test_in_bulk_the_ones_that_stand_elsewhere_are_refused_and_the_others_calm(places: Places) -> None:
    shop = places.shop
    with_amana, fresh = a_parcel(places, "pushed"), shop.order_in(Status.PACKED)
    with_sah = shop.order_in(Status.PACKED)
    shop.done(Action.PUSH, with_sah, company_id=places.sah)
    results = shop.do(Action.PUSH, with_amana, fresh, with_sah, company_id=places.sah)
    assert [each.outcome for each in results] == [Outcome.REFUSED, Outcome.DONE, Outcome.ALREADY]


def test_the_scanner_refuses_a_parcel_that_left_another_warehouse(places: Places) -> None:
    shop = places.shop
    reference = a_parcel(places, "shipped")
    given = StepOptions(date=shop.context.today(), warehouse_id=places.rabat)
    result = shop.desk.scanning.scan("ship", reference, given)
    assert (result.outcome, result.status_after) == (Outcome.REFUSED, Status.SHIPPED)
    assert "left Casablanca, not Rabat" in str(result.message)


def test_asked_for_another_day_the_calm_answer_says_the_day_it_has(places: Places) -> None:
    shop = places.shop
    reference = shop.order_in(Status.NEW)
    shop.clock.advance(days=4)
    shop.done(Action.PACK, reference, date=shop.context.today().replace(day=3))
    (result,) = shop.do(Action.PACK, reference)
    assert result.outcome is Outcome.ALREADY
    assert "is already “Packed” since 03/03/2026: entered today" in str(result.message)


def test_many_calm_answers_say_the_days_that_differ_too(places: Places) -> None:
    shop = places.shop
    references = shop.orders_in(Status.PACKED, 60)
    shop.clock.advance(days=4)
    last = shop.do(Action.PACK, *references)[-1]
    assert str(last.message) == f"{references[-1]} is already “Packed”, since 02/03/2026."
