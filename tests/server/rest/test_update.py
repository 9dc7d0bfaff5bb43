"""PUT /api/web/1.0/orders."""

import pytest

from tests.builders import Shop
from tests.server.rest.bodies import ORDERS, statuses
from tests.server.running import Client, served, token_of
from warehouse_desk.domain.directories.entries import Listed
from warehouse_desk.domain.status import Status


def test_every_order_gets_its_result_in_the_order_asked(shop: Shop, client: Client) -> None:
    new, packed, delivered = (shop.order_in(each) for each in (Status.NEW, Status.PACKED, Status.DELIVERED))
    reply = client.ask(
        "PUT", ORDERS, statuses((new, "PACKED"), (packed, "packed"), (delivered, "NEW"), ("ORD-99999", "PACKED"))
    )
    assert reply.status == 200
    assert reply.body["message"] == "2 orders were not changed; their results say why."
    assert reply.body["counts"] == {"done": 1, "already": 1, "refused": 1, "unknown": 1, "failed": 0}
    seen = [
        tuple(each[name] for name in ("id", "reference", "outcome", "status_before", "status"))
        for each in reply.body["results"]
    ]
    assert seen == [
        (1, new, "done", "NEW", "PACKED"),
        (2, packed, "already", "PACKED", "PACKED"),
        (3, delivered, "refused", "DELIVERED", "DELIVERED"),
        (None, "ORD-99999", "unknown", None, None),
    ]
    assert all(each["message"] for each in reply.body["results"])


def test_where_nothing_is_refused_the_message_says_so(shop: Shop, client: Client) -> None:
    reply = client.ask("PUT", ORDERS, statuses((shop.order_in(Status.NEW), "PACKED"), action_date="2026-03-02"))
    assert (reply.status, reply.body["message"]) == (200, "Orders updated successfully.")


def test_where_no_order_is_as_it_shall_be_every_refusal_is_named(shop: Shop, client: Client) -> None:
    reference = shop.order_in(Status.DELIVERED)
    reply = client.ask("PUT", ORDERS, statuses((reference, "NEW"), ("ORD-99999", "PACKED")))
    assert reply.status == 422
    assert list(reply.body["errors"]) == ["orders.0.status", "orders.1.status"]
    assert reply.body["message"].endswith(" (and 1 more error)")
    assert [each["outcome"] for each in reply.body["results"]] == ["refused", "unknown"]


def test_all_or_nothing_leaves_the_good_ones_as_they_were(shop: Shop, client: Client) -> None:
    good, bad = shop.order_in(Status.NEW), shop.order_in(Status.NEW)
    body = statuses((good, "PACKED"), (bad, "DELIVERED"))
    reply = client.ask("PUT", ORDERS, body, Prefer="respond-async, handling=strict")
    assert (reply.status, list(reply.body["errors"])) == (422, ["orders.1.status"])
    assert [(each["outcome"], each["status"]) for each in reply.body["results"]] == [("refused", "NEW")] * 2
    assert "all or nothing" in reply.body["results"][0]["message"]
    assert shop.status(good) is Status.NEW
    assert client.ask("PUT", ORDERS, body, Prefer="handling=lenient").status == 200
    assert shop.status(good) is Status.PACKED


@pytest.mark.parametrize(
    ("entry", "path"),
    [
        ({"status": "PACKED"}, "reference"),
        ({"reference": "a" * 65, "status": "PACKED"}, "reference"),
        ({"reference": "ORD-00001"}, "status"),
        ({"reference": "ORD-00001", "status": "LOST"}, "status"),
        ({"reference": "ORD-00001", "status": 7}, "status"),
        *(
            ({"reference": "ORD-00001", "status": "PACKED", "action_date": day}, "action_date")
            for day in ("2026-3-2", "20260302", "2026-W10-1", "02/03/2026", "2026-02-30", "hier", 20260302, True)
        ),
        ({"reference": "ORD-00001", "status": "PACKED", "warehouseId": 1}, "warehouseId"),
        ({"reference": "ORD-00001", "status": "SHIPPED", "warehouseId": 0}, "warehouseId"),
        ({"reference": "ORD-00001", "status": "CANCELED", "description": "a" * 1_001}, "description"),
    ],
)
def test_a_wrong_entry_refuses_the_whole_request(
    shop: Shop, client: Client, entry: dict[str, object], path: str
) -> None:
    shop.create()
    reply = client.ask("PUT", ORDERS, {"orders": [{"reference": "ORD-00001", "status": "PACKED"}, entry]})
    assert (reply.status, list(reply.body["errors"])) == (422, [f"orders.1.{path}"])
    assert shop.status("ORD-00001") is Status.NEW


@pytest.mark.parametrize(("count", "status"), [(0, 422), (999, 200), (1_000, 200), (1_001, 422)])
def test_a_request_updates_one_to_a_thousand_orders(shop: Shop, client: Client, count: int, status: int) -> None:
    reference = shop.order_in(Status.NEW)
    reply = client.ask("PUT", ORDERS, statuses(*[(reference, "PACKED")] * count))
    assert reply.status == status
    if status == 200:
        assert reply.body["counts"]["already"] == count - 1


def test_goods_leave_the_warehouse_of_the_entry_or_of_the_token(shop: Shop) -> None:
    rabat = shop.desk.directories.add(Listed.WAREHOUSE, code="RABAT", name="Rabat").id
    shop.desk.goods.receive(rabat, "ARGAN-50", 5)
    first, second, third = shop.orders_in(Status.PACKED, 3)
    with served(shop) as client:
        reply = client.ask("PUT", ORDERS, statuses((first, "SHIPPED")))
        assert (reply.status, "rest_warehouse" in reply.body["message"]) == (422, True)
        assert client.ask("PUT", ORDERS, statuses((second, "SHIPPED"), warehouseId=str(shop.warehouse))).status == 200
    with served(shop, token_of(shop, warehouse_id=rabat)) as client:
        assert client.ask("PUT", ORDERS, statuses((third, "SHIPPED"))).status == 200
    assert [shop.facts(each).warehouse_id for each in (first, second, third)] == [None, shop.warehouse, rabat]


@pytest.mark.parametrize(
    ("given", "day"),
    [
        ("2026-03-02", "2026-03-02"),
        ("2026-03-02T10:30:00", "2026-03-02"),
        ("2026-03-02T10:30:00.000000Z", "2026-03-02"),
        (" 2026-03-02 ", "2026-03-02"),
        ("2026-03-03T00:30:00+09:00", "2026-03-02"),
        ("", "2026-03-02"),
        (None, "2026-03-02"),
    ],
)
def test_the_day_of_a_step_may_be_a_day_or_a_moment(shop: Shop, client: Client, given: str | None, day: str) -> None:
    reference = shop.order_in(Status.NEW)
    reply = client.ask("PUT", ORDERS, statuses((reference, "PACKED"), action_date=given))
    assert reply.body["counts"]["done"] == 1, reply.body
    assert str(shop.facts(reference).packed_on) == day


def test_what_a_step_needs_may_be_given(shop: Shop, client: Client) -> None:
    packed, new = shop.order_in(Status.PACKED), shop.order_in(Status.NEW)
    waiting = statuses((packed, "WAITING_FOR_SHIPPING_COMPANY"), shippent_company_id=str(shop.company), from_stock="0")
    assert client.ask("PUT", ORDERS, waiting).status == 200
    canceled = statuses((new, "CANCELED"), description="Le client ne répond pas")
    assert client.ask("PUT", ORDERS, canceled).status == 200
    assert shop.facts(packed).shipping_company_id == shop.company
    assert shop.facts(new).cancel_reason == "Le client ne répond pas"
