"""What goes over the wire besides the bodies: verbs, slashes, origins, broken bodies, languages."""

import json
import logging
from typing import Any

import pytest

from tests.builders import Shop
from tests.server.rest.bodies import ORDERS, new_order
from tests.server.running import Client, served
from tests.support.log_guard import LogGuard
from warehouse_desk.common.messages import msg
from warehouse_desk.domain.errors import DatabaseUnavailable
from warehouse_desk.domain.status import Status
from warehouse_desk.server.exchange import ServerState
from warehouse_desk.services.orders.listing import Listing

ORIGIN = "https://shop.example"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Nothing here depends on the database."""
    return sqlite_url


def test_head_answers_as_get_does_without_the_body(shop: Shop, client: Client) -> None:
    shop.create()
    head, get = client.ask("HEAD", ORDERS), client.get(ORDERS)
    assert (head.status, head.content) == (200, b"")
    assert head.headers["Content-Length"] == str(len(get.content))


def test_options_lists_the_verbs_without_a_token(client: Client) -> None:
    reply = Client(client.port).ask("OPTIONS", ORDERS)
    assert (reply.status, reply.headers["Allow"]) == (200, "GET, HEAD, OPTIONS, POST, PUT")


def test_another_verb_is_told_which_ones_there_are(client: Client) -> None:
    reply = client.ask("PATCH", ORDERS, {})
    assert (reply.status, reply.headers["Allow"]) == (405, "GET, HEAD, OPTIONS, POST, PUT")
    assert "PATCH" in reply.body["message"]
    assert client.ask("GET", f"{ORDERS}/ORD-00001").headers["Allow"] == "DELETE, OPTIONS"


@pytest.mark.parametrize(
    "path", ["/", "/api", "/api/web/1.0", f"{ORDERS}x", f"{ORDERS}/a/b/show", "/api/web/2.0/orders"]
)
def test_at_any_other_address_there_is_nothing(client: Client, path: str) -> None:
    reply = client.get(path)
    assert (reply.status, set(reply.body)) == (404, {"message", "errors", "request_id"})


def test_one_slash_at_the_end_changes_nothing_and_redirects_nobody(shop: Shop, client: Client) -> None:
    assert client.ask("POST", f"{ORDERS}/", new_order()).status == 200
    reply = client.get(f"{ORDERS}/?per_page=1", Host="evil.example")
    assert (reply.status, reply.body["meta"]["total"]) == (200, 1)
    assert client.get(f"{ORDERS}//").status == 404


def test_every_answer_is_json_whatever_is_accepted(client: Client) -> None:
    for accepted in ("text/html", "application/xml", ""):
        assert client.get(ORDERS, Accept=accepted).headers["Content-Type"] == "application/json"
        assert client.get("/nowhere", Accept=accepted).headers["Content-Type"] == "application/json"


def test_pages_of_other_origins_are_not_let_in_by_themselves(client: Client) -> None:
    assert "Access-Control-Allow-Origin" not in client.get(ORDERS, Origin=ORIGIN).headers


def test_a_page_whose_origin_is_named_may_ask_and_read(shop: Shop) -> None:
    with served(shop, state=ServerState(cors_origins=frozenset({ORIGIN}))) as client:
        asked = Client(client.port).ask("OPTIONS", ORDERS, Origin=ORIGIN, Access_Control_Request_Method="POST")
        assert asked.headers["Access-Control-Allow-Origin"] == ORIGIN
        assert "POST" in asked.headers["Access-Control-Allow-Methods"]
        assert "Authorization" in asked.headers["Access-Control-Allow-Headers"]
        reply = client.get(ORDERS, Origin=ORIGIN)
        assert (reply.headers["Access-Control-Allow-Origin"], reply.headers["Vary"]) == (ORIGIN, "Origin")
        assert "Access-Control-Allow-Credentials" not in reply.headers
        refused = Client(client.port).get(ORDERS, Origin=ORIGIN)
        assert (refused.status, refused.headers["Access-Control-Allow-Origin"]) == (401, ORIGIN)
        assert "Access-Control-Allow-Origin" not in client.get(ORDERS, Origin="https://evil.example").headers


BROKEN = {
    b'{"orders": [\n  {"full_name": }\n]}': "line 2, column 17",
    b'{"orders": [\n"a\xff"]}': "line 2, column 3",
    b'{"orders": NaN}': "NaN",
    b'{"orders": -Infinity}': "-Infinity",
    b"[" * 100_000: "nested",
    b'{"orders": ' + b"1" * 5_000 + b"}": "digits",
    b'{"orders": 1e99999999999999999999}': "exponent",
    b"{": "line 1, column 2",
    b"\xef\xbb\xbf{}": "line 1, column 1",
}


@pytest.mark.parametrize("content", BROKEN, ids=range(len(BROKEN)))
def test_a_broken_body_is_told_where_it_breaks(client: Client, content: bytes) -> None:
    reply = client.ask("POST", ORDERS, content=content)
    assert (reply.status, reply.body["errors"]) == (400, {})
    assert BROKEN[content] in reply.body["message"]


STRANGE: list[Any] = ["\ud800", "a\0b", 10**4_000, {"a": 1}, ["a"], True]


@pytest.mark.parametrize("value", STRANGE, ids=range(len(STRANGE)))
def test_what_no_database_keeps_is_refused_at_its_field(shop: Shop, client: Client, value: object) -> None:
    reply = client.ask("POST", ORDERS, new_order(full_name=value))
    assert (reply.status, list(reply.body["errors"])) == (422, ["orders.0.full_name"])


def test_an_enormous_exponent_is_refused_at_once(shop: Shop, client: Client) -> None:
    content = json.dumps(new_order(total=0)).replace('"total": 0', '"total": 1e999999').encode()
    reply = client.ask("POST", ORDERS, content=content)
    assert (reply.status, list(reply.body["errors"])) == (422, ["orders.0.total"])


def test_of_equal_names_the_last_counts(shop: Shop, client: Client) -> None:
    content = json.dumps(new_order(total=5)).replace('"total": 5', '"total": 5, "total": 7').encode()
    reference = client.ask("POST", ORDERS, content=content).body["data"][0]["reference"]
    assert shop.desk.orders.show(reference).total == 700


def test_no_word_in_a_body_stands_for_another_verb(shop: Shop, client: Client) -> None:
    shop.create()
    body = {"_method": "PUT", "orders": [{"reference": "ORD-00001", "status": "PACKED"}]}
    for headers in ({}, {"X_HTTP_Method_Override": "PUT"}):
        assert client.ask("POST", ORDERS, body, content=None, **headers).status == 422
    assert shop.status("ORD-00001") is Status.NEW


def test_a_body_of_another_kind_is_refused(client: Client) -> None:
    for kind in ("application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x"):
        assert client.ask("POST", ORDERS, content=b'{"orders": []}', Content_Type=kind).status == 415
    kinds = ("application/json; charset=utf-8", "application/vnd.api+json", "APPLICATION/JSON")
    for kind in kinds:
        assert client.ask("POST", ORDERS, content=b'{"orders": []}', Content_Type=kind).status == 422


def test_a_body_above_the_limit_of_its_endpoint_is_refused(client: Client) -> None:
    reply = client.ask("PUT", ORDERS, content=b" " * (1024 * 1024 + 1))
    assert (reply.status, "larger than 1048576 bytes" in reply.body["message"]) == (413, True)
    assert client.ask("PUT", ORDERS, content=b" " * (1024 * 1024)).status == 422


@pytest.mark.parametrize(
    ("wished", "said"),
    [
        ("", "successfully"),
        ("fr", "créées"),
        ("ar-MA,ar;q=0.9", "تم إنشاء"),
        ("de, fr;q=0.5, en;q=0.4", "créées"),
        ("fr;q=0.2, en", "successfully"),
        ("de", "successfully"),
        ("*, ;q=x, fr;q=wrong", "successfully"),
    ],
)
def test_sentences_are_in_the_language_that_was_wished(shop: Shop, client: Client, wished: str, said: str) -> None:
    assert said in client.ask("POST", ORDERS, new_order(), Accept_Language=wished).body["message"]


def test_a_database_that_is_away_is_no_fault_of_the_asker(
    client: Client, monkeypatch: pytest.MonkeyPatch, log_guard: LogGuard
) -> None:
    def away(*_: object, **__: object) -> None:
        raise DatabaseUnavailable(msg("The database is away."))

    monkeypatch.setattr(Listing, "find", away)
    reply = client.get(ORDERS)
    assert (reply.status, reply.headers["Retry-After"], reply.body["message"]) == (503, "5", "The database is away.")


def test_a_fault_of_the_program_is_told_to_the_log_alone(
    client: Client, monkeypatch: pytest.MonkeyPatch, log_guard: LogGuard
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("secret")

    log_guard.expect("a request failed", logging.ERROR)
    monkeypatch.setattr(Listing, "find", fail)
    reply = client.get(ORDERS)
    assert (reply.status, reply.body["message"]) == (500, "Server Error")
    assert b"secret" not in reply.content
