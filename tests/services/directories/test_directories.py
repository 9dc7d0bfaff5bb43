"""Warehouses, companies, delivery persons and cities: added, changed, taken out of use and back."""

from collections.abc import Callable
from functools import partial

import pytest

from tests.builders import TODAY, Shop, an_order_body, everything
from warehouse_desk.domain.directories.entries import Listed
from warehouse_desk.domain.errors import DeskError, NotAllowed, NotFound, RuleViolation, WrongUsage
from warehouse_desk.domain.orders.step_options import StepOptions
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.people.caller import Source
from warehouse_desk.domain.status import Status


def virtual_of(shop: Shop) -> int:
    return next(w.id for w in shop.desk.directories.warehouses() if w.shipping_company_id == shop.company)


def test_what_is_changed_is_changed_and_the_rest_stays(shop: Shop) -> None:
    shop.desk.directories.edit(Listed.PERSON, shop.person, name="Hamid Ouazzani", phone="0611223344")
    (person,) = (p for p in shop.desk.directories.persons() if p.id == shop.person)
    assert (person.name, person.phone) == ("Hamid Ouazzani", "0611223344")
    shop.desk.directories.edit(Listed.PERSON, shop.person, code="H2", phone="")
    (person,) = (p for p in shop.desk.directories.persons() if p.id == shop.person)
    assert (person.code, person.name, person.phone) == ("H2", "Hamid Ouazzani", "")
    shop.desk.directories.edit(Listed.WAREHOUSE, shop.warehouse, name="Casablanca Aïn Sebaâ")
    assert "Casablanca Aïn Sebaâ" in [w.name for w in shop.desk.directories.warehouses()]


def test_the_virtual_warehouse_follows_its_company(shop: Shop) -> None:
    shop.desk.directories.edit(Listed.COMPANY, shop.company, code="AMN", name="Amana Express")
    (virtual,) = (w for w in shop.desk.directories.warehouses() if w.shipping_company_id == shop.company)
    assert (virtual.code, virtual.name) == ("AMN-STOCK", "Stock Amana Express")


def test_a_city_has_two_names_and_no_two_cities_one(shop: Shop) -> None:
    number = shop.desk.directories.add(Listed.CITY, name="Ouled Fraj", name_ar="أولاد فرج").id
    shop.desk.directories.edit(Listed.CITY, number, name="Oulad Frej")
    assert ("Oulad Frej", "أولاد فرج") in [(c.name, c.name_ar) for c in shop.desk.directories.cities()]
    for name, name_ar in (("FÈS", ""), ("Nouvelle", "فاس"), ("oulad frej", "")):
        with pytest.raises(WrongUsage, match="The city “"):
            shop.desk.directories.add(Listed.CITY, name=name, name_ar=name_ar)
    with pytest.raises(WrongUsage, match="The city “Fes” already exists"):
        shop.desk.directories.edit(Listed.CITY, number, name="Fès")
    shop.desk.directories.edit(Listed.CITY, number, name_ar="")
    assert ("Oulad Frej", "") in [(c.name, c.name_ar) for c in shop.desk.directories.cities()]


def test_a_city_out_of_use_is_marked_and_comes_back(shop: Shop) -> None:
    number = next(city.id for city in shop.desk.directories.cities() if city.name == "Zagora")
    told = shop.desk.directories.set_active(Listed.CITY, number, active=False)
    assert str(told.message) == "Zagora is inactive and no longer offered."
    assert [city.name for city in shop.desk.directories.cities() if not city.active] == ["Zagora"]
    shop.desk.directories.set_active(Listed.CITY, number, active=True)
    assert all(city.active for city in shop.desk.directories.cities())


@pytest.mark.parametrize(("what", "status"), [(Listed.PERSON, Status.SHIPPED), (Listed.COMPANY, Status.WAITING)])
def test_who_has_orders_under_way_keeps_them_and_gets_no_new_ones(shop: Shop, what: Listed, status: Status) -> None:

    packed = [shop.order_in(Status.PACKED) for _ in range(2)]
    action = Action.ASSIGN if what is Listed.PERSON else Action.PUSH
    number = shop.person if what is Listed.PERSON else shop.company
    given = StepOptions(
        date=TODAY, warehouse_id=shop.warehouse, person_id=shop.person, company_id=shop.company, from_stock=False
    )
    assert shop.desk.orders.act(action, packed[:1], given).all_done
    assert shop.desk.orders.show(packed[0]).facts.status is status
    told = shop.desk.directories.set_active(what, number, active=False)
    assert "is inactive and no longer offered. 1 order on its way continues with it." in str(told.message)
    with pytest.raises(NotFound, match="no longer active"):
        shop.desk.orders.act(action, packed[1:], given)
    shop.desk.directories.set_active(what, number, active=True)
    assert shop.desk.orders.act(action, packed[1:], given).all_done


def test_a_warehouse_with_goods_stays_in_use_until_it_is_empty(shop: Shop) -> None:
    before = everything(shop.database)
    with pytest.raises(RuleViolation, match="pieces in stock: 2000, in inspection: 0"):
        shop.desk.directories.set_active(Listed.WAREHOUSE, shop.warehouse, active=False)
    assert everything(shop.database) == before
    for sku in shop.products:
        for row in shop.desk.goods.stock():
            if row.sku == sku and row.on_hand:
                shop.desk.goods.adjust(shop.warehouse, sku, -row.on_hand, "Déménagement")
    shop.desk.directories.set_active(Listed.WAREHOUSE, shop.warehouse, active=False)
    again = shop.desk.directories.set_active(Listed.WAREHOUSE, shop.warehouse, active=False)
    assert "is already inactive." in str(again.message)


Change = Callable[[Shop], object]
WRONG: list[tuple[Change, str]] = [
    (
        lambda s: s.desk.directories.edit(Listed.WAREHOUSE, s.warehouse),
        "There is nothing to change. Enter at least one change.",
    ),
    (
        lambda s: s.desk.directories.edit(Listed.WAREHOUSE, s.warehouse, code=" "),
        "Code: “” cannot be used. Characters: 1 to 40",
    ),
    (
        lambda s: s.desk.directories.edit(Listed.PERSON, s.person, name="x" * 101),
        "cannot be used. Characters: 1 to 100.",
    ),
    (lambda s: s.desk.directories.edit(Listed.PERSON, s.person, phone="0" * 101), "Phone: “0+” cannot be used"),
    (
        lambda s: s.desk.directories.edit(Listed.COMPANY, s.company, code="C" * 35),
        "cannot be used. Characters: 1 to 34.",
    ),
    (
        lambda s: s.desk.directories.edit(Listed.WAREHOUSE, virtual_of(s), name="X"),
        "is the stock that a shipping company keeps",
    ),
    (
        lambda s: s.desk.directories.set_active(Listed.WAREHOUSE, virtual_of(s), active=False),
        "Change the company instead",
    ),
    (lambda s: s.desk.directories.edit(Listed.WAREHOUSE, 999, name="X"), "There is no warehouse 999"),
    (lambda s: s.desk.directories.edit(Listed.CITY, 999_999, name="X"), "There is no city 999999"),
    (lambda s: s.desk.directories.set_active(Listed.COMPANY, 999, active=False), "There is no shipping company 999"),
    (lambda s: s.desk.directories.set_active(Listed.PERSON, 999, active=False), "There is no delivery person 999"),
    (
        lambda s: s.desk.directories.add(Listed.CITY, name="", name_ar=""),
        "Name: “” cannot be used. Characters: 1 to 100",
    ),
    (lambda s: s.desk.directories.add(Listed.CITY, name="X", name_ar="ي" * 101), "Arabic name: “ي+” cannot be used"),
]


@pytest.mark.parametrize(("change", "sentence"), WRONG)
def test_what_cannot_be_is_refused_in_a_sentence_and_changes_nothing(shop: Shop, change: Change, sentence: str) -> None:
    before = everything(shop.database)
    with pytest.raises(DeskError, match=sentence):
        change(shop)
    assert everything(shop.database) == before


def test_a_code_in_use_is_refused_case_aside(shop: Shop) -> None:
    second = shop.desk.directories.add(Listed.WAREHOUSE, code="FES", name="Fès").id
    taken = next(w.code for w in shop.desk.directories.warehouses() if w.id == shop.warehouse)
    with pytest.raises(WrongUsage, match="already exists"):
        shop.desk.directories.edit(Listed.WAREHOUSE, second, code=taken.lower())
    shop.desk.directories.edit(Listed.WAREHOUSE, second, code="fes")
    assert "fes" in [w.code for w in shop.desk.directories.warehouses()]


def test_the_directories_want_their_ability(shop: Shop) -> None:
    bare = frozenset(Ability) - {Ability.MANAGE_SETTINGS, Ability.MANAGE_CATALOGUE}
    directories = shop.desk_of(abilities=bare).directories
    works: list[tuple[Callable[[], object], str]] = [
        (lambda: directories.edit(Listed.WAREHOUSE, shop.warehouse, name="X"), "manageSettings"),
        (lambda: directories.set_active(Listed.PERSON, shop.person, active=False), "manageCatalogue"),
        (lambda: directories.add(Listed.CITY, name="X"), "manageCatalogue"),
    ]
    for work, ability in works:
        with pytest.raises(NotAllowed, match=ability):
            work()


@pytest.mark.parametrize(("source", "wanted"), [(Source.DESK, "view"), (Source.REST, "VIEW ORDERS")])
def test_reading_lists_products_and_settings_wants_the_right_to_see_orders(
    shop: Shop, source: Source, wanted: str
) -> None:
    blind = shop.desk_of(abilities=frozenset(Ability) - {Ability.VIEW, Ability.REST_VIEW}, source=source)
    looks: list[Callable[[], object]] = [
        *(partial(blind.directories.entries, what) for what in Listed),
        blind.goods.products,
        blind.goods.has_products,
        blind.goods.stock,
        blind.settings.values,
    ]
    for look in looks:
        with pytest.raises(NotAllowed, match=f"“{wanted}”"):
            look()


def ways(shop: Shop) -> list[tuple[int, str, str, str, bool]]:
    return [(w.number, w.name, w.name_ar, w.name_en, w.active) for w in shop.desk.directories.shipment_ways()]


def test_a_shipment_way_is_a_number_with_a_name_in_three_languages(shop: Shop) -> None:
    assert ways(shop) == []
    home = shop.desk.directories.add(
        Listed.SHIPMENT_WAY, number="2", name="À domicile", name_ar="إلى المنزل", name_en="Home"
    ).id
    shop.desk.directories.add(Listed.SHIPMENT_WAY, number="١", name="En agence")
    assert ways(shop) == [(1, "En agence", "", "", True), (2, "À domicile", "إلى المنزل", "Home", True)]
    shop.desk.directories.edit(Listed.SHIPMENT_WAY, home, name_en="", name_ar="للبيت")
    shop.desk.directories.set_active(Listed.SHIPMENT_WAY, home, active=False)
    assert ways(shop)[1] == (2, "À domicile", "للبيت", "", False)
    agency, at_home = shop.desk.directories.shipment_ways()
    assert (agency.called("ar"), at_home.called("ar"), at_home.called("fr"), at_home.called("en")) == (
        "En agence",
        "للبيت",
        "À domicile",
        "À domicile",
    )


@pytest.mark.parametrize("number", ["", "-1", "1.5", "un", "1000000"])
def test_a_shipment_way_s_number_is_one_that_an_order_may_carry(shop: Shop, number: str) -> None:
    with pytest.raises(WrongUsage, match="is not a whole number from 0 to 999999"):
        shop.desk.directories.add(Listed.SHIPMENT_WAY, number=number, name="X")


def test_a_number_means_one_thing(shop: Shop) -> None:
    shop.desk.directories.add(Listed.SHIPMENT_WAY, number="2", name="À domicile")
    with pytest.raises(WrongUsage, match="“2” already exists"):
        shop.desk.directories.add(Listed.SHIPMENT_WAY, number="2.0", name="En agence")


def test_an_order_shows_the_name_of_its_way_or_its_number(shop: Shop) -> None:
    named, unnamed, none = shop.create(an_order_body(shipment_way=2), an_order_body(shipment_way=7), an_order_body())
    shop.desk.directories.add(Listed.SHIPMENT_WAY, number="2", name="À domicile", name_ar="إلى المنزل")
    shown = {each: shop.desk.orders.show(each) for each in (named, unnamed, none)}
    assert [shown[each].way_name("ar") for each in (named, unnamed, none)] == ["إلى المنزل", "7", ""]
