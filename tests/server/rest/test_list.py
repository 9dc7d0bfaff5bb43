"""GET /api/web/1.0/orders."""

from tests.builders import Shop, an_order_body
from tests.server.running import Client

ORDERS = "/api/web/1.0/orders"


def test_the_newest_order_comes_first_and_carries_what_the_api_says(shop: Shop, client: Client) -> None:
    first, second = shop.create(an_order_body(), an_order_body(full_name="Amina Tazi", total=399.5))
    reply = client.get(ORDERS)
    assert reply.status == 200
    assert [row["reference"] for row in reply.body["data"]] == [second, first]
    assert reply.body["data"][0] == {
        "reference": second,
        "full_name": "Amina Tazi",
        "phone": "+212600000001",
        "city": "Casablanca",
        "status": "NEW",
        "total": 399.5,
        "created_at": "2026-03-02T08:00:00Z",
    }
    assert reply.body["meta"]["total"] == 2


def test_who_sends_no_token_is_not_told_anything(client: Client) -> None:
    reply = Client(client.port).get(ORDERS)
    assert (reply.status, reply.body["message"]) == (401, "Unauthenticated.")
    assert reply.headers["WWW-Authenticate"] == "Bearer"
