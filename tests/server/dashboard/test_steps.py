"""Bulk steps of people with a session: each order judged alone, each need of a step named where it is missing."""

from typing import Any

import pytest

from tests.builders import Shop, a_line, an_order_body
from tests.server.dashboard.people import Person
from warehouse_desk.domain.directories.entries import Listed
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.status import Status

DAY = {"date": "2026-03-02"}
STEPS: dict[str, tuple[Status, Status, dict[str, Any]]] = {
    "mark-orders-as-packed": (Status.NEW, Status.PACKED, DAY),
    "mark-orders-as-shipped": (Status.PACKED, Status.SHIPPED, {**DAY, "warehouseId": "1"}),
    "mark-orders-as-delivered": (Status.SHIPPED, Status.DELIVERED, DAY),
    "mark-orders-as-returned": (Status.SHIPPED, Status.RETURNED, DAY),
    "mark-orders-as-canceled": (Status.NEW, Status.CANCELED, {"description": "Doublon"}),
    "renew-orders": (Status.CANCELED, Status.NEW, {}),
    "push-order-to-shipping-company": (Status.PACKED, Status.WAITING, {"shippent_company_id": "1", "from_stock": 0}),
    "assign-to-delivery-boy": (Status.PACKED, Status.SHIPPED, {"delivery_boy_id": "1", "warehouseId": 1}),
    "generate-tracking-lebel": (Status.NEW, Status.PACKED, {}),
}
FITS = {Status.DELIVERED: Status.NEW, Status.NEW: Status.SHIPPED}
"""A status in which a step towards the key is refused; PACKED and others are refused to a delivered order."""


def ids_of(shop: Shop, *references: str) -> list[int]:
    return [shop.facts(each).id for each in references]


@pytest.mark.parametrize("path", STEPS)
def test_a_step_is_done_with_each_order_that_allows_it(shop: Shop, salma: Person, path: str) -> None:
    before, after, given = STEPS[path]
    one, two = shop.orders_in(before, 2)
    wrong = shop.order_in(FITS.get(after, Status.DELIVERED if after is not Status.RETURNED else Status.NEW))
    ids = [*ids_of(shop, one, wrong), str(ids_of(shop, two)[0]), 99999]
    reply = salma.post(f"/orders/{path}", {"ids": ids, **given})
    assert reply.status == (202 if path.startswith("push") else 200), reply.body
    assert [each["outcome"] for each in reply.body["results"]] == ["done", "refused", "done", "unknown"]
    assert reply.body["counts"] == {"done": 2, "already": 0, "refused": 1, "unknown": 1, "failed": 0}
    first = reply.body["results"][0]
    assert (first["id"], first["reference"], first["status_before"], first["status"]) == (
        *(ids_of(shop, one)[0], one),
        *(before.value, after.value),
    )
    assert {shop.status(one), shop.status(two)} == {after}
    assert shop.events(one)[-1]["user_name"] == "Salma"


@pytest.mark.parametrize("path", STEPS)
def test_a_repeated_step_is_calm(shop: Shop, salma: Person, path: str) -> None:
    before, _, given = STEPS[path]
    body = {"ids": ids_of(shop, shop.order_in(before)), **given}
    assert salma.post(f"/orders/{path}", body).status in {200, 202}
    again = salma.post(f"/orders/{path}", body)
    assert (again.status in {200, 202}, again.body["counts"]["already"]) == (True, 1), again.body


@pytest.mark.parametrize("path", STEPS)
def test_where_no_order_allows_the_step_all_are_named(shop: Shop, salma: Person, path: str) -> None:
    _, after, given = STEPS[path]
    wrong = shop.order_in(FITS.get(after, Status.DELIVERED if after is not Status.RETURNED else Status.NEW))
    reply = salma.post(f"/orders/{path}", {"ids": [99999, *ids_of(shop, wrong)], **given})
    assert (reply.status, list(reply.body["errors"])) == (422, ["ids.0", "ids.1"])
    assert "(and 1 more error)" in reply.body["message"]
    assert len(reply.body["results"]) == 2


@pytest.mark.parametrize("path", STEPS)
def test_every_need_of_a_step_is_asked_for_by_its_name(shop: Shop, salma: Person, path: str) -> None:
    before, _, given = STEPS[path]
    reference = shop.order_in(before)
    assert list(salma.post(f"/orders/{path}", given).body["errors"]) == ["ids"]
    for need in given:
        less = {name: value for name, value in given.items() if name != need}
        reply = salma.post(f"/orders/{path}", {"ids": ids_of(shop, reference), **less})
        assert (reply.status, list(reply.body["errors"])) == (422, [need])
    assert shop.status(reference) is before


@pytest.mark.parametrize("path", [path for path, (_, _, given) in STEPS.items() if "date" in given])
@pytest.mark.parametrize("day", ["2026-03-03", "2-3-2026", "20260302", "2026-W10-1", "tomorrow", 5])
def test_a_day_is_one_that_has_come(shop: Shop, salma: Person, path: str, day: object) -> None:
    before, _, given = STEPS[path]
    reply = salma.post(f"/orders/{path}", {"ids": ids_of(shop, shop.order_in(before)), **given, "date": day})
    assert (reply.status, list(reply.body["errors"])) == (422, ["date"])


@pytest.mark.parametrize(
    ("path", "field", "value"),
    [
        ("mark-orders-as-shipped", "warehouseId", 99),
        ("mark-orders-as-shipped", "warehouseId", "CASA"),
        ("assign-to-delivery-boy", "warehouseId", 99),
        ("assign-to-delivery-boy", "delivery_boy_id", 99),
        ("push-order-to-shipping-company", "shippent_company_id", 99),
        ("push-order-to-shipping-company", "from_stock", "perhaps"),
        ("mark-orders-as-canceled", "description", "x" * 1_001),
        ("mark-orders-as-canceled", "description", "  "),
        ("generate-tracking-lebel", "stock", "100x999"),
        ("generate-tracking-lebel", "reprint_reason", "x" * 1_001),
    ],
)
def test_what_a_step_goes_by_must_exist(shop: Shop, salma: Person, path: str, field: str, value: object) -> None:
    before, _, given = STEPS[path]
    reply = salma.post(f"/orders/{path}", {"ids": ids_of(shop, shop.order_in(before)), **given, field: value})
    assert (reply.status, list(reply.body["errors"])) == (422, [field])


def test_a_warehouse_out_of_use_is_refused(shop: Shop, salma: Person) -> None:
    other = shop.desk.directories.add(Listed.WAREHOUSE, code="RABAT", name="Rabat").id
    shop.desk.directories.set_active(Listed.WAREHOUSE, other, active=False)
    body = {"ids": ids_of(shop, shop.order_in(Status.PACKED)), "date": "2026-03-02", "warehouseId": other}
    reply = salma.post("/orders/mark-orders-as-shipped", body)
    assert (reply.status, list(reply.body["errors"])) == (422, ["warehouseId"])


def test_held_orders_and_short_stock_are_refused_each_alone(shop: Shop, salma: Person) -> None:
    held, fine = shop.orders_in(Status.PACKED, 2)
    shop.done(Action.HOLD, held)
    lots = shop.create(an_order_body(products=[a_line("SAVON-N", 5_000, 1)]))[0]
    shop.done(Action.PACK, lots)
    body = {"ids": ids_of(shop, held, fine, lots), "date": "2026-03-02", "warehouseId": shop.warehouse}
    results = salma.post("/orders/mark-orders-as-shipped", body).body["results"]
    assert [each["outcome"] for each in results] == ["refused", "done", "refused"]
    assert "on hold" in results[0]["message"]
    assert "SAVON-N" in results[2]["message"]


def test_all_or_nothing_leaves_every_order_as_it_was(shop: Shop, salma: Person) -> None:
    for path, (before, _, given) in STEPS.items():
        if path == "generate-tracking-lebel":
            continue
        good = shop.order_in(before)
        reply = salma.post(f"/orders/{path}", {"ids": [*ids_of(shop, good), 99999], **given}, Prefer="handling=strict")
        assert (reply.status, list(reply.body["errors"])) == (422, ["ids.1"]), path
        assert reply.body["results"][0]["outcome"] == "refused"
        assert shop.status(good) is before


def test_one_order_named_a_thousand_times_is_done_once(shop: Shop, salma: Person) -> None:
    reference = shop.order_in(Status.NEW)
    reply = salma.post("/orders/mark-orders-as-packed", {"ids": ids_of(shop, reference) * 1_000, **DAY})
    assert reply.body["counts"] == {"done": 1, "already": 999, "refused": 0, "unknown": 0, "failed": 0}
    assert len(shop.events(reference)) == 2


def test_a_push_answers_with_a_job_that_tells_it_again(shop: Shop, salma: Person) -> None:
    packed, new = shop.order_in(Status.PACKED), shop.order_in(Status.NEW)
    body = {"ids": ids_of(shop, packed, new), "shippent_company_id": shop.company, "from_stock": False}
    job = salma.post("/orders/push-order-to-shipping-company", body).body["job"]
    told = salma.get(f"/jobs/{job['id']}").body["job"]
    assert told == job
    assert (job["kind"], job["state"], job["counts"]["done"], job["counts"]["refused"]) == ("push", "done", 1, 1)
    assert salma.get(f"/jobs/{job['id']}/file").status == 404
