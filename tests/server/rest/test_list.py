"""GET /api/web/1.0/orders."""

import pytest

from tests.builders import Shop, an_order_body
from tests.server.rest.bodies import ORDERS
from tests.server.running import Client, served
from warehouse_desk.domain.status import Status
from warehouse_desk.server.exchange import ServerState

FIELDS = ["reference", "phone", "full_name", "city"]


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


def test_the_page_carries_what_clients_of_such_apis_read(shop: Shop) -> None:
    shop.create(*[an_order_body()] * 7)
    with served(shop, state=ServerState(public_url="https://desk.example")) as client:
        reply = client.get(f"{ORDERS}?per_page=3&page=2&search_by=city&keyWord=Casa+b")
        assert reply.body["meta"]["total"] == 0
        body = client.get(f"{ORDERS}?per_page=3&page=2&keyWord=casa").body
    at = f"https://desk.example{ORDERS}"
    assert body["meta"] == {
        "current_page": 2,
        "from": 4,
        "last_page": 3,
        "path": at,
        "per_page": 3,
        "to": 6,
        "total": 7,
        "next_cursor": 2,
    }
    assert body["links"] == {
        "first": f"{at}?per_page=3&keyWord=casa&page=1",
        "last": f"{at}?per_page=3&keyWord=casa&page=3",
        "prev": f"{at}?per_page=3&keyWord=casa&page=1",
        "next": f"{at}?per_page=3&keyWord=casa&page=3",
    }


def test_past_the_end_is_an_empty_page(shop: Shop, client: Client) -> None:
    shop.create()
    for page in ("2", "99999999999999999999", "1000000000"):
        reply = client.get(f"{ORDERS}?page={page}&per_page=1000")
        assert reply.status == 200
        if reply.body["data"]:
            assert reply.body["meta"]["current_page"] == 1
    body = client.get(f"{ORDERS}?page=2").body
    assert (body["data"], body["meta"]["from"], body["meta"]["to"], body["links"]["next"]) == ([], None, None, None)


@pytest.mark.parametrize("page", ["", "0", "-1", "zwei", "1.5", "%00"])
def test_what_is_no_page_number_is_the_first_page(shop: Shop, client: Client, page: str) -> None:
    shop.create()
    body = client.get(f"{ORDERS}?page={page}").body
    assert (body["meta"]["current_page"], len(body["data"])) == (1, 1)


@pytest.mark.parametrize(("per_page", "status"), [("1", 200), ("999", 200), ("1000", 200), ("", 200), ("25.0", 200)])
def test_a_page_holds_one_to_a_thousand_orders(shop: Shop, client: Client, per_page: str, status: int) -> None:
    assert client.get(f"{ORDERS}?per_page={per_page}").status == status


@pytest.mark.parametrize("per_page", ["0", "-1", "1001", "alle", "1.5", "9" * 5_000])
def test_another_page_size_is_refused_rather_than_rows_left_out(client: Client, per_page: str) -> None:
    reply = client.get(f"{ORDERS}?per_page={per_page}")
    assert (reply.status, list(reply.body["errors"])) == (422, ["per_page"])


def test_a_page_holds_25_orders_unless_another_number_is_asked_for(shop: Shop, client: Client) -> None:
    shop.create(*[an_order_body()] * 26)
    body = client.get(ORDERS).body
    assert (len(body["data"]), body["meta"]["per_page"], body["meta"]["last_page"]) == (25, 25, 2)


def test_by_cursors_every_order_is_met_once_while_others_arrive(shop: Shop, client: Client) -> None:
    before = set(shop.create(*[an_order_body()] * 5))
    seen: list[str] = []
    path: str | None = f"{ORDERS}?per_page=2"
    while path is not None:
        body = client.get(path).body
        seen += [row["reference"] for row in body["data"]]
        shop.create()
        cursor = body["meta"]["next_cursor"]
        path = None if cursor is None else f"{ORDERS}?per_page=2&cursor={cursor}"
        assert (body["links"]["next"] is None) == (path is None)
    assert len(seen) == len(set(seen)) == 5
    assert set(seen) == before


@pytest.mark.parametrize("field", FIELDS)
def test_one_field_or_all_of_them_are_searched(shop: Shop, client: Client, field: str) -> None:
    shop.create(an_order_body(), an_order_body(full_name="Amina Tazi", city="Fes", phone="0611223344"))
    words = {"reference": "ORD-00002", "phone": "0611223344", "full_name": "tazi", "city": "FES"}
    for query in (f"search_by={field}&keyWord={words[field]}", f"keyWord={words[field]}"):
        assert [row["reference"] for row in client.get(f"{ORDERS}?{query}").body["data"]] == ["ORD-00002"]
    others = next(each for each in FIELDS if each != field)
    assert client.get(f"{ORDERS}?search_by={others}&keyWord={words[field]}").body["data"] == []


@pytest.mark.parametrize("query", ["search_by=colour", "status=LOST", "cursor=x", "cursor=0", f"keyWord={'a' * 1_001}"])
def test_what_cannot_be_asked_for_is_named(client: Client, query: str) -> None:
    reply = client.get(f"{ORDERS}?{query}")
    assert (reply.status, list(reply.body["errors"])) == (422, [query.partition("=")[0]])


@pytest.mark.parametrize("word", ["%", "_", "%00", "%FF", "%ED%A0%80", "'", "a" * 1_000])
def test_a_strange_keyword_finds_nothing_and_harms_nothing(shop: Shop, client: Client, word: str) -> None:
    shop.create()
    assert client.get(f"{ORDERS}?keyWord={word}").body["data"] == []


def test_only_one_status_is_listed_in_either_case(shop: Shop, client: Client) -> None:
    packed, _ = shop.order_in(Status.PACKED), shop.order_in(Status.NEW)
    for status in ("PACKED", "packed"):
        assert [row["reference"] for row in client.get(f"{ORDERS}?status={status}").body["data"]] == [packed]
