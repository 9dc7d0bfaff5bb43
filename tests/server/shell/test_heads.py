"""Requests that two readers could understand differently, or that never end, go no further."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.shell.servers import PATIENCE, Running, request, running
from warehouse_desk.server.shell.limits import Limits

QUICK = Limits(linger_seconds=0.2)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Running]:
    with running(tmp_path, QUICK) as made:
        yield made
        assert made.is_up()


BAD_HEADS = {
    "no Host": (b"GET /orders HTTP/1.1\r\n\r\n", 400),
    "no Host, old": (b"GET /orders HTTP/1.0\r\n\r\n", 400),
    "two Hosts": (request("GET", "/orders", "Host: localhost"), 400),
    "two different Hosts": (request("GET", "/orders", "Host: evil.example"), 400),
    "a foreign Host": (request(host="evil.example"), 400),
    "a Host that is no name": (request(host="a/b?x"), 400),
    "an empty Host": (request(host=""), 400),
    "a whole URL": (request(path="http://evil.example/orders"), 400),
    "a server instead of a path": (request("CONNECT", "evil.example:443"), 400),
    "a star": (request("OPTIONS", "*"), 400),
    "length and chunks": (
        request("POST", "/orders", "Content-Length: 3", "Transfer-Encoding: chunked") + b"0\r\n\r\n",
        400,
    ),
    "two lengths": (request("POST", "/orders", "Content-Length: 3", "Content-Length: 4") + b"abc", 400),
    "twice the same length": (request("POST", "/orders", "Content-Length: 3", "Content-Length: 3") + b"abc", 400),
    "a list of lengths": (request("POST", "/orders", "Content-Length: 3, 4") + b"abc", 400),
    "a length that is no number": (request("POST", "/orders", "Content-Length: +3") + b"abc", 400),
    "another coding": (request("POST", "/orders", "Transfer-Encoding: gzip, chunked"), 501),
    "chunks in HTTP/1.0": (
        b"POST /orders HTTP/1.0\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        400,
    ),
    "a bare LF": (b"GET /orders HTTP/1.1\nHost: localhost\n\n", 400),
    "one bare LF": (b"GET /orders HTTP/1.1\r\nHost: localhost\nX: y\r\n\r\n", 400),
    "a bare CR": (b"GET /orders HTTP/1.1\r\nHost: localhost\rX: y\r\n\r\n", 400),
    "a folded header": (request("GET", "/orders", "X-Note: one\r\n two"), 400),
    "a blank before the colon": (request("GET", "/orders", "X-Note : one"), 400),
    "a NUL": (request("GET", "/orders", "X-Note: a\x00b"), 400),
    "500 headers": (request("GET", "/orders", *(f"X-{number}: y" for number in range(500))), 431),
    "65 headers": (request("GET", "/orders", *(f"X-{number}: y" for number in range(64))), 431),
    "a header of 70 KB": (request("GET", "/orders", "X-Note: " + "y" * 70_000), 431),
    "a token of 200 KB": (request("GET", "/orders", "Authorization: Bearer " + "y" * 200_000), 431),
    "a long address": (request("GET", "/orders?keyWord=" + "y" * 10_000), 414),
    "an address without end": (b"GET /" + b"y" * 10_000, 414),
    "another version": (b"GET /orders HTTP/2.0\r\nHost: localhost\r\n\r\n", 505),
    "HTTP/2's first words": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
    "no HTTP at all": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 200, 400),
    "a line of nothing": (b"hello\r\n\r\n", 400),
}


@pytest.mark.parametrize("case", BAD_HEADS)
def test_a_bad_head_is_refused_in_json_and_nothing_of_it_reaches_the_api(server: Running, case: str) -> None:
    data, status = BAD_HEADS[case]
    reply = server.ask(data)
    assert reply.status == status
    assert reply.headers["content-type"] == "application/json"
    assert reply.json["message"].endswith(".")
    assert reply.json["request_id"] == reply.headers["x-request-id"]
    assert server.app.seen == []


def test_64_headers_and_a_target_of_4096_bytes_are_taken(server: Running) -> None:
    reply = server.ask(request("GET", "/" + "y" * 4095, *(f"X-{number}: y" for number in range(63))))
    assert reply.status == 200


def test_after_a_refused_head_the_connection_ends_and_what_follows_is_not_read(server: Running) -> None:
    smuggled = request("POST", "/orders", "Content-Length: 3", "Transfer-Encoding: chunked")
    with server.connect() as connection:
        connection.send(smuggled + b"0\r\n\r\n" + request(path="/smuggled"))
        assert connection.reply().status == 400
        assert connection.rest() == b""
    assert server.app.seen == []


@pytest.mark.parametrize(
    "chunk", [b"zz\r\nabc\r\n", b"-1\r\n", b"3\r\nabcX\r\n", b"0x3\r\nabc\r\n", b"3\nabc\r\n0\r\n\r\n" * 400]
)
def test_a_bad_chunk_ends_the_request_that_it_is_part_of(server: Running, chunk: bytes) -> None:
    with server.connect() as connection:
        connection.send(request("POST", "/orders", "Transfer-Encoding: chunked") + chunk)
        assert connection.reply().status in {400, 431}
    assert server.app.bodies.get(timeout=PATIENCE) == -1


def test_good_chunks_are_joined(server: Running) -> None:
    reply = server.ask(
        request("POST", "/orders", "Transfer-Encoding: chunked") + b"3;x=y\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
    )
    assert reply.json["size"] == 5


def test_two_requests_sent_at_once_are_answered_one_after_another(server: Running) -> None:
    with server.connect() as connection:
        connection.send(request(path="/one") + request("POST", "/two", body=b"abc") + request(path="/three"))
        assert [connection.reply().json["path"] for _ in range(3)] == ["/one", "/two", "/three"]


def test_a_bad_second_request_does_not_spoil_the_first(server: Running) -> None:
    with server.connect() as connection:
        connection.send(request(path="/one") + request(path="/two", host="localhost\r\nHost: evil.example"))
        assert [connection.reply().status for _ in range(2)] == [200, 400]
    assert len(server.app.seen) == 1
