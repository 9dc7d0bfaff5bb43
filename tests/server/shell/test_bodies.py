"""No body is larger than the largest one that means something, and few large ones come at once."""

import contextlib
import threading
from pathlib import Path

from tests.server.shell.servers import LARGEST_BODY, PATIENCE, Reply, Running, request, running
from warehouse_desk.server.shell.limits import Limits

QUICK = Limits(linger_seconds=0.2)


def chunked(pieces: int, size: int) -> bytes:
    piece = f"{size:x}\r\n".encode() + b"y" * size + b"\r\n"
    return request("POST", "/orders", "Transfer-Encoding: chunked") + piece * pieces + b"0\r\n\r\n"


def sent_in_part(server: Running, data: bytes) -> Reply:
    """Return the answer to a request whose sender may be cut off before all of it is sent."""
    with server.connect() as connection:
        with contextlib.suppress(OSError):
            connection.send(data)
        return connection.reply()


def test_a_body_that_says_it_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with running(tmp_path, QUICK) as server, server.connect() as connection:
        connection.send(request("POST", "/orders", f"Content-Length: {LARGEST_BODY + 1}", "Expect: 100-continue"))
        reply = connection.reply()
        assert (reply.status, reply.headers["connection"]) == (413, "close")
        assert server.app.seen == []
        assert server.is_up()


def test_the_largest_body_is_taken(tmp_path: Path) -> None:
    with running(tmp_path) as server:
        assert server.ask(request("POST", "/orders", body=b"y" * LARGEST_BODY)).json["size"] == LARGEST_BODY


def test_a_body_in_chunks_is_refused_once_it_is_too_large(tmp_path: Path) -> None:
    with running(tmp_path, QUICK) as server:
        reply = sent_in_part(server, chunked(400, 100_000))
        assert reply.status == 413
        assert server.app.bodies.get(timeout=PATIENCE) == -1
        assert server.is_up()


def test_who_sends_everything_first_can_still_read_why_it_was_refused(tmp_path: Path) -> None:
    with running(tmp_path, Limits(linger_seconds=PATIENCE)) as server:
        reply = server.ask(request("POST", "/orders", body=b"y" * (LARGEST_BODY + 5_000_000)))
        assert reply.status == 413
        assert "1000000" in reply.json["message"]


def test_an_unread_small_body_does_not_end_the_connection(tmp_path: Path) -> None:
    with running(tmp_path) as server, server.connect() as connection:
        connection.send(request("POST", "/up", body=b"{}"))
        reply = connection.reply()
        assert (reply.status, reply.headers["allow"]) == (405, "GET, HEAD, OPTIONS")
        assert "connection" not in reply.headers
        connection.send(request())
        assert connection.reply().status == 200


def test_the_third_large_body_waits_and_is_sent_away_after_a_while(tmp_path: Path) -> None:
    few = Limits(large_body=1_000, large_bodies=2, large_body_wait=0.1, linger_seconds=0.2)
    with running(tmp_path, few) as server, server.connect() as one, server.connect() as two:
        for each in (one, two):
            each.send(request("POST", "/orders", "Content-Length: 2000") + b"y" * 1_500)
        while len(server.app.seen) < 2:
            assert server.is_up()
        third = server.ask(request("POST", "/orders", body=b"y" * 2_000))
        assert (third.status, third.headers["retry-after"]) == (503, "2")
        in_chunks = sent_in_part(server, chunked(2, 1_000))
        assert in_chunks.status == 503
        assert server.ask(request("POST", "/orders", body=b"y" * 1_000)).status == 200
        for each in (one, two):
            each.send(b"y" * 500)
            assert each.reply().json["size"] == 2_000
        assert server.ask(request("POST", "/orders", body=b"y" * 2_000)).json["size"] == 2_000


def test_a_place_that_becomes_free_in_time_is_taken(tmp_path: Path) -> None:
    few = Limits(large_body=1_000, large_bodies=1, large_body_wait=PATIENCE)
    with running(tmp_path, few) as server, server.connect() as one, server.connect() as two:
        one.send(request("POST", "/orders", "Content-Length: 2000") + b"y" * 1_500)
        while not server.app.seen:
            assert server.is_up()
        two.send(request("POST", "/orders", body=b"y" * 2_000))
        threading.Thread(target=one.send, args=(b"y" * 500,)).start()
        assert [one.reply().status, two.reply().status] == [200, 200]
