"""Lists and search: every field, every spelling, wildcards taken literally, every order on exactly one page."""

from dataclasses import asdict
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import Shop, an_order_body, rows, run_sql
from warehouse_desk.data.tables import orders
from warehouse_desk.domain.errors import NotAllowed, NotFound, WrongUsage
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.people.caller import Source
from warehouse_desk.domain.phone import readable_phone
from warehouse_desk.domain.status import Status

DATED = ("packed", "shipped", "delivered", "returned", "canceled")


def found(shop: Shop, keyword: str, search_by: str | None = None, **more: Any) -> list[str]:
    page = shop.desk.orders.find(keyword=keyword, search_by=search_by, **more)
    assert page.total == len(page.rows)
    return [row.reference for row in page.rows]


@pytest.mark.parametrize(
    ("field", "stored", "keywords"),
    [
        ("full_name", "Élodie Benjelloun", ["elodie", "ÉLODIE", "  Benj ", "die ben"]),
        ("full_name", "فاطمة الزهراء", ["فاطمه", "الزَّهراء", "فاطـــمة"]),
        ("city", "Aïn Harrouda", ["ain", "HARROUDA", "aïn har"]),
        ("city", "أكادير", ["اكادير"]),
        (
            "phone",
            "+212 612-34 56 78",
            ["0612345678", "612345678", "00212612345678", "06 12 34", "٠٦١٢٣٤٥٦٧٨", "345678"],
        ),
        ("phone", "0612345678", ["+212612345678", "+212 6 12 34 56 78", "+212612", "00212 612", "+212 (0)612"]),
    ],
)
def test_a_field_is_searched_in_every_spelling(shop: Shop, field: str, stored: str, keywords: list[str]) -> None:
    wanted, _other = shop.create(
        an_order_body(**{field: stored}), an_order_body(full_name="Other", city="Taza", phone="0799999999")
    )
    for keyword in keywords:
        assert (keyword, found(shop, keyword, field)) == (keyword, [wanted])
        assert (keyword, found(shop, keyword)) == (keyword, [wanted])


def test_a_row_holds_each_fact_in_its_own_field(shop: Shop) -> None:
    """No two facts of the order are alike, so that none can stand in another's place."""
    (reference,) = shop.create(an_order_body(second_phone="0522334455"))
    shop.done(Action.PACK, reference)
    shop.done(Action.HOLD, reference, reason="Client absent")
    days = {f"{step}_on": date(2026, 4, day) for day, step in enumerate(DATED, 1)}
    alone = {"tracking_number": "AM1", "attempt": 3, "label_count": 2, "version": 9}
    carriers = {"shipping_company_id": shop.company, "delivery_person_id": shop.person, "warehouse_id": shop.warehouse}
    changed = ", ".join(f"{name} = '{value}'" for name, value in (days | alone | carriers).items())
    run_sql(shop.database, f"UPDATE orders SET {changed}")
    (row,) = shop.desk.orders.find().rows
    (stored,) = rows(shop.database, orders)
    told = asdict(row)
    named = {"company": "Amana", "person": "Hamid", "warehouse": "Casablanca", "unsynced": True}
    assert {name: told.pop(name) for name in named} == named
    assert told == {name: stored[name] for name in told}


def test_the_second_phone_is_searched_too(shop: Shop) -> None:
    (reference,) = shop.create(an_order_body(second_phone="0522 33 44 55"))
    assert found(shop, "0522334455", "phone") == [reference]


@pytest.mark.parametrize("keyword", ["Él", "L", "79", "Fè", "س"])
def test_one_letter_or_two_are_found_too(shop: Shop, keyword: str) -> None:
    """No index knows them: they are looked for in every order."""
    wanted, _other = shop.create(
        an_order_body(full_name="Élodie سلمى", city="Fès", phone="0799999999"),
        an_order_body(full_name="Youssef", city="Taza", phone="0611111111"),
    )
    assert found(shop, keyword) == [wanted]


def test_orders_are_found_by_their_labels_and_by_what_waits_for_the_server(shop: Shop) -> None:
    sent, once, twice = shop.orders_in(Status.NEW, 3)
    shop.done(Action.LABELS, once, twice)
    shop.done(Action.LABELS, twice)
    number = {reference: shop.facts(reference).id for reference in (sent, once, twice)}
    run_sql(
        shop.database,
        "UPDATE outbox SET state = 'ACKED'",
        f"UPDATE outbox SET state = 'INFLIGHT' WHERE order_id = {number[once]} AND kind = 'create'",
        f"UPDATE outbox SET state = 'PENDING' WHERE order_id = {number[twice]}",
    )
    assert found(shop, "", printed=True) == [twice, once]
    assert found(shop, "", printed=False) == [sent]
    assert found(shop, "", unsynced=True) == [twice, once]
    assert found(shop, "", unsynced=False) == [sent]
    assert {row.reference: row.unsynced for row in shop.desk.orders.find().rows} == {
        sent: False,
        once: True,
        twice: True,
    }


@pytest.mark.parametrize("phone", ["0612345678 / 0655443322", "+212 6 12 34 56 78 ou 655443322"])
@pytest.mark.parametrize("keyword", ["0612345678", "06 55 44 33 22", "+212655443322", "443322", "0522 33"])
def test_an_order_is_found_by_each_number_of_each_phone_field(shop: Shop, phone: str, keyword: str) -> None:
    wanted, _other = shop.create(an_order_body(phone=phone, second_phone="0522 334455 / 5757"), an_order_body())
    assert found(shop, keyword, "phone") == [wanted]
    assert found(shop, keyword) == [wanted]


def test_what_the_table_shows_of_two_numbers_finds_their_order(shop: Shop) -> None:
    (reference,) = shop.create(an_order_body(phone="612345678/0655443322"))
    shown = readable_phone(shop.desk.orders.show(reference).phone)
    assert shown == "06 12 34 56 78/06 55 44 33 22"
    assert found(shop, shown, "phone") == [reference]


def test_the_same_digits_in_another_country_are_another_phone(shop: Shop) -> None:
    moroccan, french = shop.create(an_order_body(phone="0612345678"), an_order_body(phone="+33 6 12 34 56 78"))
    assert found(shop, "06 12 34 56 78", "phone") == [moroccan]
    assert found(shop, "0033612345678", "phone") == [french]
    assert found(shop, "12345678", "phone") == [french, moroccan]


@pytest.mark.parametrize("keyword", ["ord-00002", "00002", " ORD-00002 "])
def test_an_order_is_found_by_its_reference(shop: Shop, keyword: str) -> None:
    shop.create(an_order_body(), an_order_body(), an_order_body())
    assert found(shop, keyword, "reference") == ["ORD-00002"]


@pytest.mark.parametrize("field", ["reference", "phone", "full_name", "city"])
@pytest.mark.parametrize(
    "keyword", ["%", "_", "\\", "/", "'; DROP TABLE orders; --", "\0", "\ud800", "é" * 60_000], ids=range(8)
)
def test_wildcards_and_worse_are_taken_literally(shop: Shop, field: str, keyword: str) -> None:
    shop.create()
    assert found(shop, keyword, field) == []


@pytest.mark.parametrize("sign", ["%", "_", "/", "\\"])
def test_a_name_that_holds_a_wildcard_is_found_by_it(shop: Shop, sign: str) -> None:
    wanted, _ = shop.create(an_order_body(full_name=f"Remise 10{sign}"), an_order_body())
    assert found(shop, f"10{sign}", "full_name") == [wanted]


@settings(max_examples=30)
@given(st.text(max_size=300))
def test_any_keyword_is_answered(shop: Shop, keyword: str) -> None:
    assert shop.desk.orders.find(keyword=keyword).total == 0 or not keyword.strip()


def test_a_list_may_be_of_one_status(shop: Shop) -> None:
    new, packed = shop.order_in(Status.NEW), shop.order_in(Status.PACKED)
    assert found(shop, "", status=Status.NEW) == [new]
    assert found(shop, "Youssef", status=Status.PACKED) == [packed]
    assert shop.desk.orders.counts() == {status: int(status in {Status.NEW, Status.PACKED}) for status in Status}


def test_deleted_orders_are_in_no_list(shop: Shop) -> None:
    reference = shop.order_in(Status.NEW)
    number = shop.facts(reference).id
    shop.done(Action.DELETE, reference)
    assert found(shop, reference) == []
    assert shop.desk.orders.counts()[Status.NEW] == 0
    assert shop.desk.orders.rows([number]) == []
    for key in (reference, number):
        with pytest.raises(NotFound, match=f"{reference} was deleted today 08:00"):
            shop.desk.orders.show(key)


@pytest.mark.parametrize("per_page", [1, 7, 25, 1_000])
def test_paging_gives_every_order_once_newest_first(shop: Shop, per_page: int) -> None:
    references = shop.create(*[an_order_body()] * 30)
    expected = list(reversed(references))
    by_number: list[str] = []
    number = 1
    while rows := shop.desk.orders.find(per_page=per_page, page=number).rows:
        by_number += [row.reference for row in rows]
        number += 1
    assert by_number == expected
    by_cursor: list[str] = []
    cursor = None
    while True:
        page = shop.desk.orders.find(per_page=per_page, after=cursor)
        assert page.total == 30
        by_cursor += [row.reference for row in page.rows]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert by_cursor == expected


def test_orders_created_while_somebody_pages_are_not_shown_twice(shop: Shop) -> None:
    references = shop.create(*[an_order_body()] * 10)
    first = shop.desk.orders.find(per_page=5)
    shop.create(an_order_body(), an_order_body())
    second = shop.desk.orders.find(per_page=5, after=first.next_cursor)
    assert [row.reference for row in (*first.rows, *second.rows)] == list(reversed(references))


def test_a_page_beyond_the_end_is_empty(shop: Shop) -> None:
    shop.create()
    for page in (2, 2**31, 10**40):
        assert shop.desk.orders.find(page=page).rows == ()
    assert len(shop.desk.orders.find(after=10**40).rows) == 1
    assert shop.desk.orders.find(after=0).rows == ()


@pytest.mark.parametrize("per_page", [0, -1, 1_001])
def test_a_page_holds_1_to_1000_orders(shop: Shop, per_page: int) -> None:
    with pytest.raises(WrongUsage, match=f"per_page is {per_page}: enter a number from 1 to 1000"):
        shop.desk.orders.find(per_page=per_page)


def test_pages_are_numbered_from_1_and_fields_are_known(shop: Shop) -> None:
    with pytest.raises(WrongUsage, match="page is 0"):
        shop.desk.orders.find(page=0)
    with pytest.raises(
        WrongUsage, match=r"search_by cannot be “total”. It is one of: reference, phone, full_name, city"
    ):
        shop.desk.orders.find(search_by="total", keyword="399")


@pytest.mark.parametrize(("source", "ability"), [(Source.DESK, Ability.VIEW), (Source.REST, Ability.REST_VIEW)])
def test_looking_wants_its_ability(shop: Shop, source: Source, ability: Ability) -> None:
    reference = shop.order_in(Status.NEW)
    blind = shop.desk_of(abilities=frozenset(Ability) - {ability}, source=source).orders
    for look in (
        blind.find,
        blind.counts,
        lambda: blind.show(reference),
        lambda: blind.rows([1]),
    ):
        with pytest.raises(NotAllowed, match=ability.value):
            look()
    assert shop.desk_of(abilities=frozenset({ability}), source=source).orders.find().total == 1
