"""Creating orders in bulk: all or nothing, numbered without gaps, promised and told in one transaction."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from tests.builders import Shop, a_line, an_order_body, everything, refuse_inserts, rows
from warehouse_desk.common.text import trimmed
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.tables import order_line, orders, product
from warehouse_desk.domain.errors import InvalidInput, NotAllowed, PossibleTwin
from warehouse_desk.domain.orders.finding import OrderFilter
from warehouse_desk.domain.orders.fingerprint import fingerprint
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.people.abilities import ALL_ABILITIES, Ability
from warehouse_desk.domain.status import Status


def test_orders_are_numbered_in_the_order_in_which_they_are_given(shop: Shop) -> None:
    first = shop.create(an_order_body(full_name="A"), an_order_body(full_name="B"))
    assert first == ("ORD-00001", "ORD-00002")
    assert shop.create() == ("ORD-00003",)
    assert [shop.desk.orders.show(reference).full_name for reference in first] == ["A", "B"]


def test_a_refused_request_leaves_no_gap_in_the_numbers(shop: Shop) -> None:
    shop.create()
    with pytest.raises(InvalidInput):
        shop.create(an_order_body(), an_order_body(products=[a_line("INCONNU")]))
    assert shop.create() == ("ORD-00002",)


def test_a_deleted_orders_number_is_never_given_again(shop: Shop) -> None:
    reference = shop.order_in(Status.NEW)
    shop.done(Action.DELETE, reference)
    assert shop.create() == ("ORD-00002",)


def test_a_thousand_orders_are_created_in_one_request(shop: Shop) -> None:
    references = shop.create(*[an_order_body()] * 1_000)
    assert references == tuple(f"ORD-{n:05d}" for n in range(1, 1_001))
    assert shop.committed() == 1_000


def test_a_thousand_and_one_are_refused(shop: Shop) -> None:
    with pytest.raises(InvalidInput, match=r"is too long: 1001 entries instead of 1000 at most. Split it."):
        shop.create(*[an_order_body()] * 1_001)
    assert shop.desk.orders.find().total == 0


def test_numbers_go_on_after_99999(shop: Shop) -> None:
    from tests.builders import run_sql

    run_sql(shop.database, "UPDATE counter SET value = 99999 WHERE name = 'reference'")
    assert shop.create() == ("ORD-100000",)


def test_an_unknown_sku_is_named_by_its_path_and_nothing_is_created(shop: Shop) -> None:
    before = everything(shop.database)
    bodies = [an_order_body() for _ in range(3)] + [an_order_body(products=[a_line("PROD-X"), a_line(), a_line("Y")])]
    with pytest.raises(InvalidInput) as refusal:
        shop.create(*bodies)
    assert set(refusal.value.fields) == {"orders.3.products.0.sku", "orders.3.products.2.sku"}
    assert "PROD-X" in str(refusal.value)
    assert everything(shop.database) == before


def test_a_product_no_longer_active_is_refused(shop: Shop) -> None:
    retire(shop, "SAVON-N")
    with pytest.raises(InvalidInput, match=r"orders.0.products.0.sku: the product SAVON-N is no longer active"):
        shop.create(an_order_body(products=[a_line("SAVON-N")]))


def retire(shop: Shop, sku: str) -> None:
    """Take a product out of the offer."""

    def work(uow: UnitOfWork) -> None:
        uow.execute(update(product).where(product.c.sku == sku).values(active=False))

    shop.database.transact(work)


def test_a_wrong_field_anywhere_refuses_the_whole_request(shop: Shop) -> None:
    with pytest.raises(InvalidInput) as refusal:
        shop.create(an_order_body(), an_order_body(total=0))
    assert set(refusal.value.fields) == {"orders.1.total"}
    assert shop.desk.orders.find().total == 0


@pytest.mark.parametrize("table", ["orders", "order_line", "order_event", "outbox", "stock_movement", "change_log"])
def test_a_creation_that_fails_half_way_leaves_nothing(shop: Shop, table: str) -> None:
    before = everything(shop.database)
    refuse_inserts(shop.database, table)
    with pytest.raises(Exception, match="broken"):
        shop.create()
    assert everything(shop.database) == before


def test_a_new_order_is_written_whole(shop: Shop) -> None:
    (reference,) = shop.create(
        an_order_body(
            city="Aïn Harrouda",
            area="Centre",
            email="y@example.ma",
            second_phone="0522000000",
            notes="Appeler avant",
            shipment_way=2,
            total=450.5,
            products=[a_line(quantity=2, price=199.9), a_line("SAVON-N", 3, 20)],
        )
    )
    order = shop.desk.orders.show(reference)
    assert (order.facts.status, order.facts.version, order.facts.attempt) == (Status.NEW, 1, 1)
    assert (order.total, order.area, order.second_phone, order.shipment_way) == (45_050, "Centre", "0522000000", 2)
    assert order.is_fees_paid_by_customer is True
    assert order.city_id in {city.id for city in shop.desk.directories.cities() if city.name == "Aïn Harrouda"}
    assert [(line.sku, line.quantity, line.price, line.total) for line in order.lines] == [
        ("ARGAN-50", 2, 19_990, 39_980),
        ("SAVON-N", 3, 2_000, 6_000),
    ]
    assert order.created_at == order.updated_at == shop.clock.moment
    assert [(event.kind, event.status_before, event.status_after) for event in order.events] == [
        ("create", None, Status.NEW)
    ]


@pytest.mark.parametrize("city", ["casablanca", "CASABLANCA ", "الدار البيضاء"])
def test_a_city_is_recognised_however_it_is_written(shop: Shop, city: str) -> None:
    (reference,) = shop.create(an_order_body(city=city))
    assert shop.desk.orders.show(reference).city_id is not None
    assert shop.desk.orders.show(reference).city == city.strip()


def test_a_new_order_is_queued_for_the_server_as_it_was_given(shop: Shop) -> None:
    body = an_order_body(area="Centre", total=598.5, products=[a_line(quantity=2, price=299.25)])
    (reference,) = shop.create({**body, "notes": "Appeler", "second_phone": "0522000000"})
    (operation,) = shop.operations(reference)
    assert json.loads(operation["payload_json"]) == body
    assert (operation["kind"], operation["state"], operation["seq_in_order"]) == ("create", "PENDING", 1)
    assert (operation["from_status"], operation["to_status"]) == (None, "NEW")
    assert operation["fingerprint"] == fingerprint("0600000001", "youssef el idrissi", 59_850)
    assert len(operation["content_hash"]) == 64
    assert operation["action_at_utc"] == shop.clock.moment


def test_new_orders_are_promised_their_goods(shop: Shop) -> None:
    (reference,) = shop.create(an_order_body(products=[a_line(quantity=3), a_line("SAVON-N"), a_line(quantity=2)]))
    assert sorted(shop.movements(reference)) == [("COMMIT", 1), ("COMMIT", 2), ("COMMIT", 3)]
    assert (shop.committed("ARGAN-50"), shop.committed("SAVON-N")) == (5, 1)
    assert shop.desk.goods.ledger_faults() == []


def test_other_stations_hear_of_new_orders(shop: Shop) -> None:
    created = shop.desk.orders.create({"orders": [an_order_body(), an_order_body()]})
    assert len(created.changes.order_ids) == 2
    assert [shop.changes(reference)[0]["kind"] for reference in created.references] == ["create", "create"]


def test_creating_wants_its_ability(shop: Shop) -> None:
    desk = shop.desk_of("Karim", abilities=ALL_ABILITIES - {Ability.REST_CREATE})
    with pytest.raises(NotAllowed, match="CREATE ORDERS"):
        desk.orders.create({"orders": [an_order_body()]})


@pytest.mark.parametrize("name", ["ﷺ" * 100, "ß" * 100], ids=["blessing", "eszett"])
def test_a_name_that_grows_when_folded_is_kept(shop: Shop, name: str) -> None:
    (reference,) = shop.create(an_order_body(full_name=name, city=name))
    assert shop.desk.orders.show(reference).full_name == name
    assert shop.desk.orders.find(search_by="full_name", keyword=name[:5]).total == 1


def test_an_order_at_every_limit_is_kept(shop: Shop) -> None:
    lines = [a_line(quantity=999_999, price=999_999)] * 10
    fields: dict[str, Any] = {"full_name": "م" * 100, "phone": "1" * 100, "address": "é" * 1_000, "total": 999_999}
    (reference,) = shop.create(an_order_body(**fields, products=lines, notes="n" * 5_000, email="e" * 254))
    assert shop.desk.orders.show(reference).lines[9].total == 999_999 * 99_999_900


@settings(max_examples=25)
@given(st.text(min_size=1, max_size=100).filter(lambda t: trimmed(t) and "\0" not in t))
def test_any_text_comes_back_as_it_was_written(shop: Shop, text: str) -> None:
    (reference,) = shop.create(an_order_body(full_name=text, address=text, notes=text))
    order = shop.desk.orders.show(reference)
    assert (order.full_name, order.address, order.notes) == (trimmed(text),) * 3


def test_the_tables_hold_what_was_created_and_nothing_else(shop: Shop) -> None:
    shop.create(an_order_body(), an_order_body())
    assert len(rows(shop.database, orders)) == 2
    assert len(rows(shop.database, order_line)) == 2


def test_an_order_for_the_same_phone_and_products_is_marked_as_a_possible_twin(shop: Shop) -> None:
    (first,) = shop.create(an_order_body())
    shop.clock.advance(hours=47)
    made = shop.desk.orders.create([an_order_body(full_name="Y. El Idrissi", phone="06 00 00 00 01", total=420)])
    assert [str(notice) for notice in made.notices] == [
        f"{made.references[0]} is possibly a twin of {first}: the same phone and products."
    ]
    twins = shop.desk.orders.find(OrderFilter(twins=True)).rows
    assert [(row.reference, row.twin_of) for row in twins] == [(made.references[0], first)]
    assert [row.reference for row in shop.desk.orders.find(OrderFilter(twins=False)).rows] == [first]


OTHERS = [{"phone": "0600000002"}, {"products": [a_line(quantity=2)]}]


@pytest.mark.parametrize("other", OTHERS, ids=["phone", "pieces"])
def test_another_phone_or_other_pieces_make_no_twin(shop: Shop, other: dict[str, Any]) -> None:
    shop.create(an_order_body())
    assert shop.desk.orders.create([an_order_body(**other)]).notices == ()


def test_twins_are_noticed_within_one_request_and_for_two_days_only(shop: Shop) -> None:
    made = shop.desk.orders.create([an_order_body(), an_order_body()])
    assert len(made.notices) == 1
    shop.clock.advance(hours=49)
    assert shop.desk.orders.create([an_order_body()]).notices == ()


def test_a_person_is_asked_before_a_twin_is_made(shop: Shop) -> None:
    (first,) = shop.create(an_order_body())
    with pytest.raises(PossibleTwin, match="has the same phone and products"):
        shop.desk.orders.create([an_order_body()], accept_twins=False)
    assert [row.reference for row in shop.desk.orders.find().rows] == [first]


def test_an_edited_order_is_recognised_by_what_it_is_now(shop: Shop) -> None:
    (first,) = shop.create(an_order_body())
    detail = shop.desk.orders.show(first)
    (line,) = detail.lines
    body = {
        "full_name": detail.full_name,
        "phone": "0677777777",
        "city_to_id": detail.city_id,
        "address": detail.address,
        "products": [{"id": line.product_id, "quantity": 1, "total": 399}],
    }
    shop.desk.orders.update(first, body)
    assert shop.desk.orders.create([an_order_body()]).notices == ()
    assert len(shop.desk.orders.create([an_order_body(phone="0677777777")]).notices) == 1
