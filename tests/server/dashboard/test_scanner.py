"""One order by the code on its parcel, over HTTP."""

import pytest

from tests.builders import Shop
from tests.server.dashboard.people import Person
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.status import Status

DAY = "2026-03-02"
SCANS = {
    "mark-orders-as-shipped-by-scanner": (Status.PACKED, Status.SHIPPED, {"warehouseId": "1"}),
    "mark-orders-as-returned-by-scanner": (Status.SHIPPED, Status.RETURNED, {}),
    "mark-orders-as-delivered-by-scanner": (Status.SHIPPED, Status.DELIVERED, {}),
}


@pytest.mark.parametrize("path", SCANS)
def test_a_scan_does_one_step_and_a_second_one_is_calm(shop: Shop, salma: Person, path: str) -> None:
    before, after, given = SCANS[path]
    reference = shop.order_in(before)
    body = {"reference": reference.lower(), "date": DAY, **given}
    done, again = salma.post(f"/orders/{path}", body), salma.post(f"/orders/{path}", body)
    assert (done.status, done.body["outcome"], done.body["status"]) == (200, "done", after.value)
    assert (done.body["id"], done.body["reference"]) == (shop.facts(reference).id, reference)
    assert (again.status, again.body["outcome"]) == (200, "already")
    assert shop.status(reference) is after


@pytest.mark.parametrize("path", SCANS)
def test_a_scan_that_is_refused_or_unknown_says_so_at_its_reference(shop: Shop, salma: Person, path: str) -> None:
    _, _, given = SCANS[path]
    new = shop.order_in(Status.NEW)
    refused = salma.post(f"/orders/{path}", {"reference": new, "date": DAY, **given})
    unknown = salma.post(f"/orders/{path}", {"reference": "ORD-99999", "date": DAY, **given})
    assert (refused.status, list(refused.body["errors"]), refused.body["outcome"]) == (422, ["reference"], "refused")
    assert (unknown.status, list(unknown.body["errors"]), unknown.body["outcome"]) == (404, ["reference"], "unknown")
    assert shop.status(new) is Status.NEW


@pytest.mark.parametrize("path", SCANS)
def test_a_scan_wants_its_fields(shop: Shop, salma: Person, path: str) -> None:
    before, _, given = SCANS[path]
    whole = {"reference": shop.order_in(before), "date": DAY, **given}
    for field in whole:
        less = {name: value for name, value in whole.items() if name != field}
        reply = salma.post(f"/orders/{path}", less)
        assert (reply.status, list(reply.body["errors"])) == (422, [field])
    late = salma.post(f"/orders/{path}", {**whole, "date": "2026-03-03"})
    assert late.status == 422
    assert list(salma.post(f"/orders/{path}", {**whole, "reference": "x" * 129}).body["errors"]) == ["reference"]


def test_an_unknown_warehouse_stands_at_its_field(shop: Shop, salma: Person) -> None:
    body = {"reference": shop.order_in(Status.PACKED), "date": DAY, "warehouseId": 99}
    reply = salma.post("/orders/mark-orders-as-shipped-by-scanner", body)
    assert (reply.status, list(reply.body["errors"])) == (422, ["warehouseId"])


def test_a_held_parcel_does_not_leave(shop: Shop, salma: Person) -> None:
    reference = shop.order_in(Status.PACKED)
    shop.done(Action.HOLD, reference)
    body = {"reference": reference, "date": DAY, "warehouseId": shop.warehouse}
    reply = salma.post("/orders/mark-orders-as-shipped-by-scanner", body)
    assert (reply.status, "on hold" in reply.body["message"]) == (422, True)
