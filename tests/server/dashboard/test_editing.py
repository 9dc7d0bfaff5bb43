"""Details changed and orders deleted, by people with a session."""

from typing import Any

import pytest

from tests.builders import Shop
from tests.server.dashboard.conftest import Front
from tests.server.dashboard.people import Person
from warehouse_desk.domain.people.abilities import ALL_ABILITIES, Ability
from warehouse_desk.domain.status import Status


def details(shop: Shop, reference: str, **fields: Any) -> dict[str, Any]:
    """Return a body that changes nothing but what is named; numbers as texts, as the API's document has them."""
    order = shop.desk.orders.show(reference)
    return {
        "full_name": order.full_name,
        "phone": order.phone,
        "city_to_id": str(order.city_id),
        "address": order.address,
        "products": [{"id": str(shop.products["ARGAN-50"]), "quantity": 1, "total": 399}],
        **fields,
    }


def test_the_details_of_an_order_are_changed_where_it_stands(shop: Shop, salma: Person) -> None:
    reference = shop.order_in(Status.NEW)
    number = shop.facts(reference).id
    body = details(shop, reference, full_name="Amina Tazi", area_text="Maarif", notes="Sonner deux fois")
    reply = salma.ask("PATCH", f"/orders/new/{number}/update", body)
    assert reply.status == 200
    shown = reply.body["data"]
    assert (shown["full_name"], shown["area"], shown["notes"]) == ("Amina Tazi", "Maarif", "Sonner deux fois")
    assert reply.headers["ETag"] == salma.get(f"/orders/{number}/show").headers["ETag"]
    again = salma.ask("PATCH", f"/orders/NEW/{reference}/update", body)
    assert (again.status, "already has these details" in again.body["message"]) == (200, True)


def test_an_order_that_moved_on_is_a_conflict(shop: Shop, salma: Person) -> None:
    reference = shop.order_in(Status.PACKED)
    reply = salma.ask("PATCH", f"/orders/NEW/{reference}/update", details(shop, reference, notes="x"))
    assert (reply.status, reply.body["message"].startswith(f"{reference} is now “Packed”, no longer “New”")) == (
        409,
        True,
    )
    assert shop.desk.orders.show(reference).notes is None


def test_only_the_version_that_was_read_is_changed(shop: Shop, salma: Person) -> None:
    reference = shop.order_in(Status.NEW)
    path = f"/orders/NEW/{reference}/update"
    tag = salma.get(f"/orders/{reference}/show").headers["ETag"]
    first = salma.ask("PATCH", path, details(shop, reference, notes="first"), content=None, If_Match=tag)
    late = salma.ask("PATCH", path, details(shop, reference, notes="late"), content=None, If_Match=tag)
    assert (first.status, late.status) == (200, 412)
    assert shop.desk.orders.show(reference).notes == "first"
    for tag, status in ((first.headers["ETag"], 200), ("*", 200), ('"nonsense"', 412), ("5", 412)):
        reply = salma.ask("PATCH", path, details(shop, reference, notes=tag), content=None, If_Match=tag)
        assert reply.status == status, tag


def test_every_field_is_named_where_it_is_wrong(shop: Shop, salma: Person) -> None:
    reference = shop.order_in(Status.NEW)
    path = f"/orders/NEW/{reference}/update"
    empty = salma.ask("PATCH", path, {})
    assert (empty.status, set(empty.body["errors"])) == (
        422,
        {"full_name", "phone", "city_to_id", "address", "products"},
    )
    for field, value in (
        ("full_name", "x" * 101),
        ("phone", "0" * 101),
        ("second_phone", "0" * 101),
        ("city_to_id", "0"),
        ("city_to_id", "999999"),
        ("address", ""),
        ("total", 0.5),
    ):
        reply = salma.ask("PATCH", path, details(shop, reference, **{field: value}))
        assert (reply.status, list(reply.body["errors"])) == (422, [field]), (field, value)


@pytest.mark.parametrize(
    ("line", "path"),
    [
        ({"id": 99999, "quantity": 1, "total": 399}, "products.0.id"),
        ({"id": 1, "quantity": 0, "total": 399}, "products.0.quantity"),
        ({"id": 1, "quantity": 1, "total": 0}, "products.0.total"),
        ({"id": 1, "quantity": 2, "total": 1}, "products.0.total"),
        ("ARGAN-50", "products.0"),
    ],
)
def test_a_wrong_line_is_named_by_its_place(shop: Shop, salma: Person, line: object, path: str) -> None:
    reference = shop.order_in(Status.NEW)
    body = details(shop, reference, products=[line])
    reply = salma.ask("PATCH", f"/orders/NEW/{reference}/update", body)
    assert (reply.status, list(reply.body["errors"])) == (422, [path])


def test_eleven_lines_and_products_that_left_the_shelf_are_refused(shop: Shop, salma: Person) -> None:
    reference = shop.order_in(Status.SHIPPED)
    line = {"id": shop.products["ARGAN-50"], "quantity": 2, "total": 798}
    path = f"/orders/SHIPPED/{reference}/update"
    assert list(salma.ask("PATCH", path, details(shop, reference, products=[line] * 11)).body["errors"]) == ["products"]
    gone = salma.ask("PATCH", path, details(shop, reference, products=[line]))
    assert (gone.status, "have left the warehouse" in gone.body["message"]) == (422, True)


def test_an_unknown_order_or_status_is_404_and_a_body_is_an_object(shop: Shop, salma: Person) -> None:
    reference = shop.order_in(Status.NEW)
    body = details(shop, reference)
    assert salma.ask("PATCH", "/orders/NEW/99999/update", body).status == 404
    assert salma.ask("PATCH", f"/orders/LOST/{reference}/update", body).status == 404
    assert salma.ask("PATCH", f"/orders/NEW/{reference}/update", [body]).status == 422
    assert salma.ask("PATCH", f"/orders/NEW/{reference}/update", content=b"{").status == 400
    assert (
        salma.ask("PATCH", f"/orders/NEW/{reference}/update", content=b"a=1", Content_Type="text/plain").status == 415
    )


def test_who_may_change_but_not_see_orders_is_told_no_more_than_that(shop: Shop, front: Front) -> None:
    reference = shop.order_in(Status.NEW)
    with front(may=ALL_ABILITIES - {Ability.VIEW}) as person:
        reply = person.ask("PATCH", f"/orders/NEW/{reference}/update", details(shop, reference, notes="x"))
    assert (reply.status, set(reply.body)) == (200, {"message"})


def test_orders_are_deleted_by_ids_in_the_body_or_in_the_query(shop: Shop, salma: Person) -> None:
    first, second, third = (shop.facts(each).id for each in shop.orders_in(Status.NEW, 3))
    shipped = shop.facts(shop.order_in(Status.SHIPPED)).id
    reply = salma.ask("DELETE", "/orders/delete", {"ids": [first, str(shipped), 99999]})
    assert (reply.status, reply.body["counts"]) == (
        200,
        {"done": 1, "already": 0, "refused": 1, "unknown": 1, "failed": 0},
    )
    assert [each["outcome"] for each in reply.body["results"]] == ["done", "refused", "unknown"]
    assert salma.ask("DELETE", f"/orders/delete?ids[]={second}&ids%5B%5D={third}").body["counts"]["done"] == 2
    none = salma.ask("DELETE", "/orders/delete", {"ids": [shipped, 99999]})
    assert (none.status, list(none.body["errors"])) == (422, ["ids.0", "ids.1"])


@pytest.mark.parametrize(
    ("ids", "field"),
    [
        (None, "ids"),
        ([], "ids"),
        ("1,2", "ids"),
        (list(range(1, 1_002)), "ids"),
        ([1, "ORD-00001"], "ids.1"),
        ([0], "ids.0"),
        ([1.5], "ids.0"),
        ([True], "ids.0"),
        ([10**30], "ids.0"),
        ([None], "ids.0"),
        ([[1]], "ids.0"),
    ],
)
def test_ids_are_one_to_a_thousand_whole_numbers(salma: Person, ids: object, field: str) -> None:
    reply = salma.ask("DELETE", "/orders/delete", {"ids": ids})
    assert (reply.status, list(reply.body["errors"])) == (422, [field])


def test_all_or_nothing_deletes_none_where_one_is_refused(shop: Shop, salma: Person) -> None:
    new, shipped = shop.facts(shop.order_in(Status.NEW)).id, shop.facts(shop.order_in(Status.SHIPPED)).id
    reply = salma.ask("DELETE", "/orders/delete", {"ids": [new, shipped]}, content=None, Prefer="handling=strict")
    assert (reply.status, list(reply.body["errors"])) == (422, ["ids.1"])
    assert salma.get(f"/orders/{new}/show").status == 200
