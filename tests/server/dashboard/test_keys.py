"""Requests of the Dashboard with an idempotency key: done once, answered again, whoever repeats them."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.builders import Shop
from tests.server.dashboard.people import ORDERS_FILE, Person
from tests.server.running import Reply
from warehouse_desk.domain.status import Status

Send = Callable[[Shop, Person, list[str], str, bool], Reply]


def post(path: str, **fields: Any) -> Send:
    """Send a bulk request about the first order, or about both where it is another request."""

    def send(shop: Shop, person: Person, references: list[str], key: str, other: bool) -> Reply:
        ids = [shop.facts(each).id for each in references[: 1 + other]]
        return person.post(f"/orders/{path}", {"ids": ids, **fields}, Idempotency_Key=key)

    return send


def scan(shop: Shop, person: Person, references: list[str], key: str, other: bool) -> Reply:
    body = {"reference": references[int(other)], "date": "2026-03-02", "warehouseId": shop.warehouse}
    return person.post("/orders/mark-orders-as-shipped-by-scanner", body, Idempotency_Key=key)


def export(_shop: Shop, person: Person, _references: list[str], key: str, other: bool) -> Reply:
    return person.post("/orders/export", {"file_extension": "xlsx" if other else "csv"}, Idempotency_Key=key)


def bring(_shop: Shop, person: Person, _references: list[str], key: str, other: bool) -> Reply:
    fields = {"again": "1"} if other else {}
    return person.send_file("/orders/import", ORDERS_FILE, key=key, **fields)


def returned(_shop: Shop, person: Person, references: list[str], key: str, other: bool) -> Reply:
    sheet = "\n".join(["reference", *references[: 1 + other]])
    return person.send_file("/orders/mark-orders-as-returned-by-import", sheet, key=key)


KEYED: dict[str, tuple[Status, Send]] = {
    "pack": (Status.NEW, post("mark-orders-as-packed", date="2026-03-02")),
    "ship": (Status.PACKED, post("mark-orders-as-shipped", date="2026-03-02", warehouseId=1)),
    "cancel": (Status.NEW, post("mark-orders-as-canceled", description="Doublon")),
    "push": (Status.PACKED, post("push-order-to-shipping-company", shippent_company_id=1, from_stock=False)),
    "labels": (Status.NEW, post("generate-tracking-lebel")),
    "scan": (Status.PACKED, scan),
    "export": (Status.NEW, export),
    "import": (Status.NEW, bring),
    "returned": (Status.SHIPPED, returned),
}


@pytest.mark.parametrize("name", KEYED)
def test_a_repeat_is_answered_as_the_first_was_and_another_request_refused(
    shop: Shop, salma: Person, name: str
) -> None:
    before, send = KEYED[name]
    references = list(shop.orders_in(before, 2))
    first = send(shop, salma, references, "a key of the client", False)
    assert first.status in {200, 202}, first.body
    events = len(shop.events(references[0]))
    again = send(shop, salma, references, "a key of the client", False)
    assert (again.status, again.headers["Idempotent-Replayed"]) == (first.status, "true")
    if name != "export":  # whose job may have been done meanwhile
        assert again.body == first.body
    assert len(shop.events(references[0])) == events
    other = send(shop, salma, references, "a key of the client", True)
    assert (other.status, "was something else" in other.body["message"]) == (422, True), other.body
    karim = Person(salma.port, {"X-User": "Karim"})
    assert "Idempotent-Replayed" not in send(shop, karim, references, "a key of the client", False).headers
