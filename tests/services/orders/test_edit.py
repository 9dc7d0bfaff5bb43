"""Editing an order's details: every field of the API's PATCH, versions, stock, and what the server will be told."""

import json
from typing import Any

import pytest

from tests.builders import Row, Shop, a_line, an_order_body, everything, refuse_inserts
from tests.services.orders.test_act import sent
from tests.services.orders.test_create import retire
from warehouse_desk.domain.errors import InvalidInput, NotAllowed, NotFound, RuleViolation, StaleOrder
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.people.abilities import ALL_ABILITIES, Ability
from warehouse_desk.domain.people.caller import Source
from warehouse_desk.domain.results import Outcome
from warehouse_desk.domain.status import Status


def details(shop: Shop, **fields: Any) -> Row:
    """Return the details of the usual order as the API's PATCH names them."""
    body: Row = {
        "full_name": "Youssef El Idrissi",
        "phone": "+212600000001",
        "city_to_id": city(shop, "Casablanca"),
        "address": "Rue 45, Maarif",
        "products": [line(shop)],
    }
    return {**body, **fields}


def line(shop: Shop, sku: str = "ARGAN-50", quantity: int = 1, total: float = 399) -> Row:
    return {"id": shop.products[sku], "quantity": quantity, "total": total}


def city(shop: Shop, name: str) -> int:
    return next(found.id for found in shop.desk.directories.cities() if found.name == name)


def test_every_field_is_changed_and_the_audit_says_from_what_to_what(shop: Shop) -> None:
    reference = shop.order_in(Status.NEW)
    shop.clock.advance(minutes=1)
    body = details(
        shop,
        full_name="Amina Tazi",
        phone="0600000002",
        second_phone="0522000000",
        city_to_id=city(shop, "Fes"),
        area_text="Ville nouvelle",
        address="Avenue Hassan II",
        notes="Appeler avant",
        products=[line(shop, "SAVON-N", 3, 100)],
    )
    result = shop.desk.orders.update(reference, body)
    assert result.outcome is Outcome.DONE
    assert str(result.message) == f"{reference} was changed. To collect: 100,00\u00a0DH."
    order = shop.desk.orders.show(reference)
    assert (order.full_name, order.phone, order.second_phone) == ("Amina Tazi", "0600000002", "0522000000")
    assert (order.city, order.area, order.address, order.notes) == (
        "Fes",
        "Ville nouvelle",
        "Avenue Hassan II",
        "Appeler avant",
    )
    assert [(x.sku, x.quantity, x.price, x.total) for x in order.lines] == [("SAVON-N", 3, 3_333, 10_000)]
    assert (order.facts.version, order.updated_at) == (2, shop.clock.moment)
    event = shop.events(reference)[-1]
    assert (event["kind"], event["version"]) == ("update", 2)
    assert json.loads(event["before"])["full_name"] == "Youssef El Idrissi"
    assert json.loads(event["after"])["products"] == [["SAVON-N", 3, 10_000]]
    assert shop.changes(reference)[-1]["kind"] == "update"


def test_an_edited_order_is_found_by_its_new_name_and_phones(shop: Shop) -> None:
    reference = shop.order_in(Status.NEW)
    shop.desk.orders.update(
        reference, details(shop, full_name="Élodie", phone="0611111111", second_phone="0522-334455")
    )
    for keyword in ("elodie", "+212 611 11 11 11", "0522334455"):
        assert [row.reference for row in shop.desk.orders.find(keyword=keyword).rows] == [reference]
    assert shop.desk.orders.find(keyword="Youssef").total == 0


def test_the_same_details_change_nothing(shop: Shop) -> None:
    reference = shop.order_in(Status.NEW)
    before = everything(shop.database)
    assert shop.desk.orders.update(reference, details(shop)).outcome is Outcome.ALREADY
    assert everything(shop.database) == before


def test_an_absent_optional_field_stays_and_a_blank_one_is_cleared(shop: Shop) -> None:
    reference = shop.order_in(Status.NEW, second_phone="0522000000", area="Maarif", notes="Fragile")
    shop.desk.orders.update(reference, details(shop, address="Rue 46", notes=""))
    order = shop.desk.orders.show(reference)
    assert (order.second_phone, order.area, order.notes) == ("0522000000", "Maarif", None)


def test_the_customers_own_spelling_of_the_city_stays(shop: Shop) -> None:
    reference = shop.order_in(Status.NEW, city="casa­blanca".replace("­", ""))
    shop.desk.orders.update(reference, details(shop, address="Rue 46"))
    assert shop.desk.orders.show(reference).city == "casablanca"


def test_a_change_made_meanwhile_is_not_overwritten(shop: Shop) -> None:
    reference = shop.order_in(Status.NEW)
    read = shop.facts(reference).version
    shop.desk_of("Karim").orders.update(reference, details(shop, address="Rue 46"), version=read)
    with pytest.raises(StaleOrder, match=rf"{reference} was changed by Karim at .*, while you were editing"):
        shop.desk.orders.update(reference, details(shop, address="Rue 47"), version=read)
    assert shop.desk.orders.show(reference).address == "Rue 46"
    shop.desk.orders.update(reference, details(shop, address="Rue 47"), version=read + 1)


@pytest.mark.parametrize("status", [Status.NEW, Status.PACKED, Status.WAITING, Status.ROLLBACK], ids=str)
def test_changed_lines_are_promised_anew(shop: Shop, status: Status) -> None:
    reference = shop.order_in(status)
    for quantity in (5, 2):
        shop.desk.orders.update(reference, details(shop, products=[line(shop, "SAVON-N", quantity, 50)]))
        assert (shop.committed("ARGAN-50"), shop.committed("SAVON-N")) == (0, quantity)
    assert shop.desk.goods.ledger_faults() == []


def test_an_order_edited_after_packing_is_shipped_with_its_new_lines(shop: Shop) -> None:
    reference = shop.order_in(Status.PACKED)
    shop.desk.orders.update(reference, details(shop, products=[line(shop, "SAVON-N", 2, 50), line(shop)]))
    shop.done(Action.SHIP, reference)
    shop.done(Action.ROLLBACK, reference)
    shop.done(Action.RESUME, reference)
    shop.done(Action.SHIP, reference)
    assert (shop.on_hand("ARGAN-50"), shop.on_hand("SAVON-N")) == (999, 998)
    assert shop.desk.goods.ledger_faults() == []


@pytest.mark.parametrize("status", [Status.CANCELED, Status.OUT_OF_STOCK], ids=str)
def test_lines_of_an_order_that_holds_nothing_move_nothing(shop: Shop, status: Status) -> None:
    reference = shop.order_in(status)
    shop.desk.orders.update(reference, details(shop, products=[line(shop, "SAVON-N", 2, 50)]))
    assert shop.committed("SAVON-N") == 0
    shop.done(Action.RENEW if status is Status.CANCELED else Action.BACK_IN_STOCK, reference)
    assert (shop.committed("ARGAN-50"), shop.committed("SAVON-N")) == (0, 2)


@pytest.mark.parametrize("status", [Status.SHIPPED, Status.DELIVERED, Status.RETURNED], ids=str)
def test_products_that_left_the_shelf_cannot_be_changed_but_the_address_can(shop: Shop, status: Status) -> None:
    reference = shop.order_in(status)
    before = everything(shop.database)
    with pytest.raises(RuleViolation, match="have left the warehouse"):
        shop.desk.orders.update(reference, details(shop, products=[line(shop, quantity=2)]))
    assert everything(shop.database) == before
    assert shop.desk.orders.update(reference, details(shop, address="Rue 46")).outcome is Outcome.DONE


def test_what_was_never_sent_is_rewritten_in_the_outbox(shop: Shop) -> None:
    reference = shop.order_in(Status.NEW)
    (before,) = shop.operations(reference)
    shop.desk.orders.update(reference, details(shop, full_name="Amina", products=[line(shop, quantity=2, total=500)]))
    (after,) = shop.operations(reference)
    assert json.loads(after["payload_json"]) == an_order_body(
        full_name="Amina", total=500, products=[a_line(quantity=2, price=250)]
    )
    assert after["fingerprint"] != before["fingerprint"]
    assert after["content_hash"] == everything(shop.database)["orders"][0]["content_hash"]
    assert (after["op_uuid"], after["state"]) == (before["op_uuid"], "PENDING")


@pytest.mark.parametrize("state", ["INFLIGHT", "UNCERTAIN", "ACCEPTED"])
def test_an_order_on_its_way_to_the_server_is_not_edited(shop: Shop, state: str) -> None:
    reference = shop.order_in(Status.NEW)
    sent(shop, reference, state)
    before = everything(shop.database)
    with pytest.raises(RuleViolation, match="is being sent to the server"):
        shop.desk.orders.update(reference, details(shop, products=[line(shop, quantity=2)]))
    assert everything(shop.database) == before


@pytest.mark.parametrize("state", ["BOUND", "PENDING"])
def test_what_was_sent_once_keeps_its_words(shop: Shop, state: str) -> None:
    reference = shop.order_in(Status.NEW)
    sent(shop, reference, state)
    before = shop.operations(reference)
    assert shop.desk.orders.update(reference, details(shop, address="Rue 46")).outcome is Outcome.DONE
    assert shop.operations(reference) == before


def test_a_held_order_is_corrected_and_stays_on_hold(shop: Shop) -> None:
    reference = shop.order_in(Status.PACKED)
    shop.done(Action.HOLD, reference)
    result = shop.desk.orders.update(reference, details(shop, address="Rue 46", products=[line(shop, quantity=2)]))
    assert str(result.message) == f"{reference} was changed. It is still on hold: a supervisor must release it."
    order = shop.desk.orders.show(reference)
    assert (order.address, order.facts.held, order.facts.status) == ("Rue 46", True, Status.PACKED)
    assert shop.committed("ARGAN-50") == 2
    assert shop.desk.goods.ledger_faults() == []


def test_an_order_that_is_unknown_or_deleted_cannot_be_edited(shop: Shop) -> None:
    gone = shop.order_in(Status.NEW)
    shop.done(Action.DELETE, gone)
    unknown = "No order has the code"
    for key, why in ((gone, f"{gone} was deleted today 08:00"), ("ORD-99999", unknown), (12_345, unknown)):
        with pytest.raises(NotFound, match=why):
            shop.desk.orders.update(key, details(shop))


def test_unknown_cities_and_products_are_named(shop: Shop) -> None:
    reference = shop.order_in(Status.NEW)
    with pytest.raises(InvalidInput) as refusal:
        shop.desk.orders.update(reference, details(shop, city_to_id=99_999))
    assert set(refusal.value.fields) == {"city_to_id"}
    with pytest.raises(InvalidInput) as refusal:
        shop.desk.orders.update(reference, details(shop, products=[line(shop), {"id": 999, "quantity": 1, "total": 5}]))
    assert set(refusal.value.fields) == {"products.1.id"}


def test_a_retired_product_may_stay_but_not_come_in(shop: Shop) -> None:
    reference = shop.order_in(Status.NEW)
    retire(shop, "ARGAN-50")
    retire(shop, "SAVON-N")
    assert shop.desk.orders.update(reference, details(shop, products=[line(shop, quantity=2)])).outcome is Outcome.DONE
    with pytest.raises(InvalidInput, match=r"products.0.id: the product SAVON-N is no longer active"):
        shop.desk.orders.update(reference, details(shop, products=[line(shop, "SAVON-N")]))


@pytest.mark.parametrize(("source", "ability"), [(Source.DESK, Ability.UPDATE), (Source.REST, Ability.REST_UPDATE)])
def test_editing_wants_its_ability(shop: Shop, source: Source, ability: Ability) -> None:
    reference = shop.order_in(Status.NEW)
    with pytest.raises(NotAllowed, match=ability.value):
        shop.desk_of(abilities=ALL_ABILITIES - {ability}, source=source).orders.update(reference, details(shop))
    allowed = shop.desk_of(abilities=frozenset({ability}), source=source)
    assert allowed.orders.update(reference, details(shop, address="Rue 46")).outcome is Outcome.DONE


@pytest.mark.parametrize("table", ["order_line", "stock_movement", "order_event", "change_log"])
def test_an_edit_whose_write_fails_leaves_nothing(shop: Shop, table: str) -> None:
    reference = shop.order_in(Status.NEW)
    before = everything(shop.database)
    refuse_inserts(shop.database, table)
    with pytest.raises(Exception, match="broken"):
        shop.desk.orders.update(reference, details(shop, products=[line(shop, quantity=2)]))
    assert everything(shop.database) == before


@pytest.mark.parametrize(
    ("was", "lines", "now"),
    [
        (399, [("ARGAN-50", 3, 1197)], 1197),
        (429, [("ARGAN-50", 3, 1197)], 1227),
        (349, [("ARGAN-50", 1, 399), ("SAVON-N", 2, 60)], 409),
        (349, [("SAVON-N", 1, 30)], 1),
        (429, [("ARGAN-50", 1, 399)], 429),
    ],
)
def test_the_amount_to_collect_follows_the_lines_and_keeps_its_difference(
    shop: Shop, was: float, lines: list[tuple[str, int, float]], now: float
) -> None:
    (reference,) = shop.create(an_order_body(total=was))
    answer = shop.desk.orders.update(
        reference, details(shop, notes="x", products=[line(shop, *each) for each in lines])
    )
    assert shop.desk.orders.show(reference).total == now * 100
    assert ("To collect" in str(answer.message)) == (was != now)
    audit = shop.events(reference)[-1]
    assert json.loads(audit["after"]).get("total") == (now * 100 if was != now else None)


def test_an_amount_that_is_given_is_what_is_collected(shop: Shop) -> None:
    (reference,) = shop.create(an_order_body(total=429))
    shop.desk.orders.update(reference, details(shop, total=1_000, products=[line(shop, quantity=3, total=1197)]))
    assert shop.desk.orders.show(reference).total == 100_000
    answer = shop.desk.orders.update(
        reference, details(shop, total="950.5", products=[line(shop, "ARGAN-50", 3, 1197)])
    )
    assert answer.outcome is Outcome.DONE
    assert shop.desk.orders.show(reference).total == 95_050
    (told,) = shop.operations(reference)
    assert json.loads(told["payload_json"])["total"] == 950.5
    assert told["content_hash"] == everything(shop.database)["orders"][0]["content_hash"]


@pytest.mark.parametrize("total", [0, 0.5, 1_000_000, "dix", "1 000"])
def test_an_amount_that_no_order_can_have_is_named(shop: Shop, total: object) -> None:
    reference = shop.order_in(Status.NEW)
    with pytest.raises(InvalidInput) as refused:
        shop.desk.orders.update(reference, details(shop, total=total))
    assert list(refused.value.fields) == ["total"]


def test_an_amount_that_would_follow_beyond_its_limit_is_to_be_given(shop: Shop) -> None:
    (reference,) = shop.create(an_order_body(total=999_000))
    dear = details(shop, products=[line(shop, quantity=10, total=3_990)])
    with pytest.raises(InvalidInput, match="total would follow the products to"):
        shop.desk.orders.update(reference, dear)
    shop.desk.orders.update(reference, {**dear, "total": 3_990})
    assert shop.desk.orders.show(reference).total == 399_000


def test_the_amount_is_changed_although_the_goods_are_out(shop: Shop) -> None:
    reference = shop.order_in(Status.SHIPPED)
    shop.desk.orders.update(reference, details(shop, total=300))
    assert shop.desk.orders.show(reference).total == 30_000


def test_who_pays_the_fees_the_email_and_the_way_are_changed_and_cleared(shop: Shop) -> None:
    (reference,) = shop.create(an_order_body(email="a@b.ma", shipment_way=3))
    given = details(shop, is_fees_paid_by_customer="0", email=" karim@exemple.ma ", shipment_way="2.0")
    shop.desk.orders.update(reference, given)
    order = shop.desk.orders.show(reference)
    assert (order.is_fees_paid_by_customer, order.email, order.shipment_way) == (False, "karim@exemple.ma", 2)
    told = json.loads(shop.operations(reference)[0]["payload_json"])
    assert (told["is_fees_paid_by_customer"], told["email"], told["shipment_way"]) == (False, "karim@exemple.ma", 2)
    shop.desk.orders.update(reference, details(shop))
    assert shop.desk.orders.show(reference).email == "karim@exemple.ma"
    shop.desk.orders.update(reference, details(shop, email="", shipment_way=None, is_fees_paid_by_customer=None))
    order = shop.desk.orders.show(reference)
    assert (order.is_fees_paid_by_customer, order.email, order.shipment_way) == (False, None, None)
