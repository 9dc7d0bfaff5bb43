"""Orders as people with a session read them: pages, filters, one order whole."""

import pytest

from tests.builders import Shop, an_order_body
from tests.server.dashboard.people import Person
from warehouse_desk.domain.status import Status


def references(reply_body: dict[str, list[dict[str, str]]]) -> list[str]:
    return [row["reference"] for row in reply_body["data"]]


def test_a_page_holds_orders_of_all_statuses_with_their_ids(shop: Shop, salma: Person) -> None:
    new, packed = shop.order_in(Status.NEW), shop.order_in(Status.PACKED)
    page = salma.get("/orders").body
    assert references(page) == [packed, new]
    assert page["data"][1] == {
        "id": shop.facts(new).id,
        "reference": new,
        "full_name": "Youssef El Idrissi",
        "phone": "+212600000001",
        "city": "Casablanca",
        "status": "NEW",
        "total": 399,
        "created_at": "2026-03-02T08:00:00Z",
    }
    assert (page["meta"]["total"], page["meta"]["current_page"], page["meta"]["per_page"]) == (2, 1, 25)


def test_a_status_in_the_path_is_read_in_either_case(shop: Shop, salma: Person) -> None:
    shop.order_in(Status.NEW)
    shipped = shop.order_in(Status.SHIPPED)
    assert references(salma.get("/orders/SHIPPED").body) == [shipped]
    assert references(salma.get("/orders/shipped/").body) == [shipped]
    unknown = salma.get("/orders/LOST")
    assert (unknown.status, "no status “LOST”" in unknown.body["message"]) == (404, True)


def test_filters_are_those_of_the_desk(shop: Shop, salma: Person) -> None:
    rabat = shop.create(an_order_body(city="Rabat"))[0]
    waiting, casa = shop.order_in(Status.WAITING), shop.order_in(Status.NEW)
    city = shop.desk.orders.show(rabat).city_id
    asked = {
        f"city_id={city}": [rabat],
        f"shippent_company_id={shop.company}": [waiting],
        "search_by=city&keyWord=rabat": [rabat],
        "created_from=2026-03-02&created_to=2026-03-02": [casa, waiting, rabat],
        "created_from=2026-03-03": [],
        "held=1": [],
        "held=0": [casa, waiting, rabat],
        "status=new": [casa, rabat],
    }
    for query, expected in asked.items():
        assert references(salma.get(f"/orders?{query}").body) == expected, query


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("search_by=shoe", "search_by"),
        ("per_page=0", "per_page"),
        ("per_page=-1", "per_page"),
        ("per_page=1001", "per_page"),
        ("status=LOST", "status"),
        ("city_id=Casablanca", "city_id"),
        ("created_from=2025-1-5", "created_from"),
        ("created_from=2026-03-02&created_to=2026-03-01", "created_from"),
        ("held=perhaps", "held"),
        (f"keyWord={'k' * 10_000}", "keyWord"),
    ],
)
def test_a_word_of_the_query_that_cannot_be_is_refused_at_its_name(salma: Person, query: str, field: str) -> None:
    reply = salma.get(f"/orders?{query}")
    assert (reply.status, list(reply.body["errors"])) == (422, [field])


def test_a_page_past_the_end_is_empty(shop: Shop, salma: Person) -> None:
    shop.order_in(Status.NEW)
    assert salma.get("/orders?page=1000000000").body["data"] == []
    assert len(salma.get("/orders?keyWord=%25").body["data"]) == 0


def test_an_order_is_shown_by_id_reference_or_tracking_number(shop: Shop, salma: Person) -> None:
    reference = shop.order_in(Status.NEW)
    number = shop.facts(reference).id
    by_id, by_reference = salma.get(f"/orders/{number}/show"), salma.get(f"/orders/{reference}/show")
    assert by_id.body == by_reference.body
    assert by_id.body["data"]["products"][0]["sku"] == "ARGAN-50"
    tag = by_id.headers["ETag"]
    assert tag == f'W/"{number}-{shop.facts(reference).version}"'
    again = salma.get(f"/orders/{number}/show", If_None_Match=tag)
    assert (again.status, again.content) == (304, b"")


@pytest.mark.parametrize("name", ["ORD-99999", "99999", "%00", "%2F", "%FF", "..", "%2e%2e", "a%2Fb", "%F0%9F%98%80"])
def test_what_names_no_order_is_404(salma: Person, name: str) -> None:
    reply = salma.get(f"/orders/{name}/show")
    assert reply.status == 404
    assert set(reply.body) == {"message", "errors", "request_id"}


def test_a_session_is_no_token_and_a_stranger_is_nobody(salma: Person) -> None:
    assert salma.get("/api/web/1.0/orders").status == 401
    assert Person(salma.port).get("/orders").status == 401
