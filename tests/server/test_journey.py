"""An order's whole way over the REST API, on both databases."""

from tests.builders import Shop, an_order_body
from tests.server.rest.bodies import ORDERS, statuses
from tests.server.running import Client
from warehouse_desk.domain.status import Status


def test_orders_are_created_packed_shipped_delivered_and_looked_up(shop: Shop, client: Client) -> None:
    before = shop.on_hand()
    made = client.ask("POST", ORDERS, {"orders": [an_order_body(full_name=name) for name in ("Amina", "Omar", "Ida")]})
    first, second, third = (each["reference"] for each in made.body["data"])
    for status in ("PACKED", "SHIPPED", "DELIVERED"):
        reply = client.ask("PUT", ORDERS, statuses((first, status), (second, status)))
        assert (reply.status, reply.body["counts"]["done"]) == (200, 2), reply.body
    assert client.ask("DELETE", f"{ORDERS}/{third}").status == 200
    found = client.get(f"{ORDERS}?status=delivered&search_by=full_name&keyWord=omar").body
    assert [row["reference"] for row in found["data"]] == [second]
    shown = client.get(f"{ORDERS}/{first}/show").body["data"]
    assert [each["status_after"] for each in shown["history"]] == ["NEW", "PACKED", "SHIPPED", "DELIVERED"]
    assert {each["user"] for each in shown["history"]} == {"token Boutique"}
    assert {each["source"] for each in shown["history"]} == {"rest"}
    assert shop.on_hand() == before - 2


def test_all_or_nothing_is_one_transaction(shop: Shop, client: Client) -> None:
    new, packed = shop.order_in(Status.NEW), shop.order_in(Status.PACKED)
    body = statuses((new, "PACKED"), (packed, "SHIPPED"), (packed, "DELIVERED"), ("ORD-99999", "PACKED"))
    reply = client.ask("PUT", ORDERS, body, Prefer="handling=strict")
    assert (reply.status, list(reply.body["errors"])) == (422, ["orders.3.status"])
    assert (shop.status(new), shop.status(packed)) == (Status.NEW, Status.PACKED)
    del body["orders"][3]
    assert client.ask("PUT", ORDERS, body, Prefer="handling=strict").body["counts"]["done"] == 3
    assert (shop.status(new), shop.status(packed)) == (Status.PACKED, Status.DELIVERED)


def test_strange_words_are_harmless(shop: Shop, client: Client) -> None:
    shop.create()
    for word in ("%00", "%FF", "%ED%A0%80", "%25", "'", "%5C"):
        assert client.get(f"{ORDERS}?keyWord={word}").body["data"] == []
        assert client.get(f"{ORDERS}/{word}/show").status == 404
    for text in ("\ud800", "a\0b"):
        assert client.ask("POST", ORDERS, {"orders": [an_order_body(city=text)]}).status == 422
        assert client.ask("PUT", ORDERS, statuses((text, "PACKED"))).status == 422
