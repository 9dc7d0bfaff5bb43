"""GET /api/web/1.0/orders/{reference}/show, and DELETE /api/web/1.0/orders/{reference}."""

import pytest

from tests.builders import Shop, an_order_body
from tests.server.rest.bodies import ORDERS
from tests.server.running import Client
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.status import Status

GOLDEN = {
    "id": 1,
    "reference": "ORD-00001",
    "full_name": "Youssef El Idrissi",
    "phone": "+212600000001",
    "second_phone": None,
    "email": None,
    "city": "Casablanca",
    "area": None,
    "address": "Rue 45, Maarif",
    "shipment_way": None,
    "is_fees_paid_by_customer": True,
    "status": "PACKED",
    "total": 399,
    "notes": None,
    "created_at": "2026-03-02T08:00:00Z",
    "updated_at": "2026-03-02T08:00:00Z",
    "attempt": 1,
    "held": False,
    "hold_reason": None,
    "tracking_number": None,
    "shippent_company_id": None,
    "shipping_company": None,
    "from_stock": None,
    "delivery_boy_id": None,
    "delivery_boy": None,
    "hand_over": None,
    "warehouseId": None,
    "warehouse": None,
    "description": None,
    "resume_status": None,
    "label_count": 0,
    "label_outdated": False,
    "recount": False,
    "packed_on": "2026-03-02",
    "shipped_on": None,
    "delivered_on": None,
    "returned_on": None,
    "canceled_on": None,
    "products": [{"id": 1, "sku": "ARGAN-50", "name": "Produit ARGAN-50", "quantity": 1, "price": 399, "total": 399}],
}


def test_an_order_is_shown_whole(shop: Shop, client: Client) -> None:
    shop.create(an_order_body())
    shop.done(Action.PACK, "ORD-00001")
    reply = client.get(f"{ORDERS}/ORD-00001/show")
    assert reply.status == 200
    data = reply.body["data"]
    assert [(each["action"], each["status_after"]) for each in data.pop("history")] == [
        ("create", "NEW"),
        ("pack", "PACKED"),
    ]
    del data["city_to_id"]
    assert data == GOLDEN


@pytest.mark.parametrize("reference", ["ORD-99999", "%00", "%FF", "..", "a%2Fb", "a" * 500, "1", "%20", "%F0%9F%93%A6"])
def test_an_order_that_is_not_there_is_not_found(shop: Shop, client: Client, reference: str) -> None:
    shop.create()
    for reply in (client.get(f"{ORDERS}/{reference}/show"), client.ask("DELETE", f"{ORDERS}/{reference}")):
        assert (reply.status, set(reply.body)) == (404, {"message", "errors", "request_id"})


def test_a_client_that_has_this_version_is_spared_the_body(shop: Shop, client: Client) -> None:
    reference = shop.order_in(Status.NEW)
    path = f"{ORDERS}/{reference}/show"
    tag = client.get(path).headers["ETag"]
    for known in (tag, tag.removeprefix("W/"), f'"x", {tag}', "*"):
        reply = client.get(path, If_None_Match=known)
        assert (known, reply.status, reply.content, reply.headers["ETag"]) == (known, 304, b"", tag)
    assert client.get(path, If_None_Match='"x"').status == 200
    shop.done(Action.PACK, reference)
    reply = client.get(path, If_None_Match=tag)
    assert reply.status == 200
    assert reply.headers["ETag"] != tag


def test_a_deleted_order_is_gone(shop: Shop, client: Client) -> None:
    reference = shop.order_in(Status.NEW)
    reply = client.ask("DELETE", f"{ORDERS}/{reference}")
    assert (reply.status, reply.body) == (200, {"message": "Order deleted successfully."})
    assert client.get(f"{ORDERS}/{reference}/show").status == 404
    assert client.ask("DELETE", f"{ORDERS}/{reference}").status == 404
    assert client.get(ORDERS).body["meta"]["total"] == 0


@pytest.mark.parametrize(
    "status", [Status.PACKED, Status.WAITING, Status.SHIPPED, Status.DELIVERED, Status.RETURNED, Status.ROLLBACK]
)
def test_an_order_that_is_under_way_is_not_deleted(shop: Shop, client: Client, status: Status) -> None:
    reference = shop.order_in(status)
    reply = client.ask("DELETE", f"{ORDERS}/{reference}")
    assert (reply.status, reply.body["errors"]) == (422, {})
    assert shop.status(reference) is status
