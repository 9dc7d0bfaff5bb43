"""Nobody who is slow, silent or gone keeps a place for long."""

import asyncio
import socket
import threading
from pathlib import Path

import pytest
from starlette.types import Receive, Scope, Send

from tests.server.shell.servers import PATIENCE, Connection, read_all, request, running, say
from warehouse_desk.server.shell.limits import Limits

SLOW_HEAD = Limits(head_seconds=0.1, linger_seconds=0.1)
SLOW_BODY = Limits(body_seconds=0.1, linger_seconds=0.1)
LATER = 3_600.0


def test_half_a_head_is_answered_408(tmp_path: Path) -> None:
    with running(tmp_path, SLOW_HEAD) as server, server.connect() as connection:
        connection.send(b"GET /orders HT")
        reply = connection.reply()
        assert (reply.status, reply.headers["connection"]) == (408, "close")
        assert connection.rest() == b""


def test_who_says_nothing_is_told_nothing(tmp_path: Path) -> None:
    with running(tmp_path, SLOW_HEAD) as server, server.connect() as connection:
        assert connection.rest() == b""


def test_half_a_second_head_on_a_connection_is_answered_408_too(tmp_path: Path) -> None:
    with running(tmp_path, SLOW_HEAD) as server, server.connect() as connection:
        connection.send(request())
        assert connection.reply().status == 200
        connection.send(b"GET /orders HTTP/1.1\r\n")
        assert connection.reply().status == 408


def test_an_idle_connection_ends_after_its_time(tmp_path: Path) -> None:
    with running(tmp_path, Limits(keep_alive_seconds=0.1)) as server, server.connect() as connection:
        connection.send(request())
        assert connection.reply().status == 200
        assert connection.rest() == b""


def test_a_body_that_stops_coming_is_answered_408_and_the_api_hears_that_it_ended(tmp_path: Path) -> None:
    with running(tmp_path, SLOW_BODY) as server, server.connect() as connection:
        connection.send(request("POST", "/orders", "Content-Length: 1000") + b"{")
        reply = connection.reply()
        assert (reply.status, reply.json["request_id"]) == (408, reply.headers["x-request-id"])
        assert server.app.bodies.get(timeout=PATIENCE) == -1


def test_a_large_body_gets_more_time_than_a_small_one(tmp_path: Path) -> None:
    """What came counts: with 10 bytes for an hour, a body of 20 is not late in this test."""
    generous = Limits(body_seconds=0.1, body_rate=1)
    with running(tmp_path, generous) as server, server.connect() as connection:
        connection.send(request("POST", "/orders", "Content-Length: 3000") + b"y" * 2_900)
        silent = server.connect()
        with silent:
            silent.send(request("POST", "/orders", "Content-Length: 3000") + b"")
            assert silent.reply().status == 408
        connection.send(b"y" * 100)
        assert connection.reply().json["size"] == 3_000


def test_a_body_waits_for_the_api_without_being_late(tmp_path: Path) -> None:
    goes_on = threading.Event()

    async def slow(_scope: Scope, receive: Receive, send: Send) -> None:
        await asyncio.to_thread(goes_on.wait, PATIENCE)
        await say(send, await read_all(receive))

    limits = Limits(body_seconds=0.1, body_rate=10**9)
    with running(tmp_path, limits) as server, server.connect() as connection, server.connect() as other:
        server.app.doings["/slow"] = slow
        connection.send(request("POST", "/slow", body=b"y" * 500_000))
        other.send(request("POST", "/orders", "Content-Length: 1000"))
        assert other.reply().status == 408  # begun later, hence the other one's time is over too
        goes_on.set()
        assert connection.reply().json == 500_000


def test_who_does_not_read_the_answer_is_let_go(tmp_path: Path) -> None:
    ended = threading.Event()

    async def endless(_scope: Scope, _receive: Receive, send: Send) -> None:
        try:
            await send({"type": "http.response.start", "status": 200, "headers": []})
            for _ in range(2_000):
                await send({"type": "http.response.body", "body": b"y" * 100_000, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
        finally:
            ended.set()

    with running(tmp_path, Limits(write_seconds=0.1)) as server, server.connect() as connection:
        server.app.doings["/endless"] = endless
        connection.send(request(path="/endless"))
        assert ended.wait(PATIENCE)
        assert len(connection.rest()) < 200_000_000


def test_500_idle_connections_leave_room_for_whoever_asks(tmp_path: Path) -> None:
    with running(tmp_path, Limits(head_seconds=LATER)) as server:
        idle = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(500)]
        try:
            assert server.is_up()
            idle[-1].sendall(request())  # the last ones still have their place
            assert idle[-1].recv(12) == b"HTTP/1.1 200"
            assert idle[0].recv(1) == b""  # the first ones made room
        finally:
            for each in idle:
                each.close()


def test_half_heads_make_room_too(tmp_path: Path) -> None:
    with running(tmp_path, Limits(head_seconds=LATER, connections=5)) as server:
        slow = [server.connect() for _ in range(20)]
        try:
            for each in slow[-5:]:
                each.send(b"GET / HTTP/1.1\r\nHost: local")
            assert server.is_up()
        finally:
            for each in slow:
                each.socket.close()


def test_where_all_places_are_at_work_the_next_one_is_told_at_once(tmp_path: Path) -> None:
    goes_on, begun = threading.Event(), threading.Semaphore(0)

    async def work(_scope: Scope, _receive: Receive, send: Send) -> None:
        begun.release()
        await asyncio.to_thread(goes_on.wait, PATIENCE)
        await say(send, "done")

    with running(tmp_path, Limits(connections=2)) as server, server.connect() as one, server.connect() as two:
        server.app.doings["/work"] = work
        for each in (one, two):
            each.send(request(path="/work"))
            assert begun.acquire(timeout=PATIENCE)
        with server.connect() as third:
            assert third.reply().status == 503
        goes_on.set()
        assert [one.reply().status, two.reply().status] == [200, 200]
        assert server.is_up()


def test_a_client_that_hangs_up_stops_nothing(tmp_path: Path) -> None:
    """The API reads its end where it looks; work begun in a thread is never cut short."""
    begun, goes_on, ended = threading.Event(), threading.Event(), threading.Event()

    async def create(_scope: Scope, receive: Receive, send: Send) -> None:
        await read_all(receive)
        begun.set()
        await asyncio.to_thread(goes_on.wait, PATIENCE)
        await say(send, "created")
        ended.set()

    with running(tmp_path) as server:
        server.app.doings["/create"] = create
        connection = server.connect()
        connection.send(request("POST", "/create", body=b"{}"))
        assert begun.wait(PATIENCE)
        connection.socket.close()
        goes_on.set()
        assert ended.wait(PATIENCE)
        assert server.is_up()


def test_who_ends_after_asking_still_gets_the_answer(tmp_path: Path) -> None:
    with running(tmp_path) as server, server.connect() as connection:
        connection.send(request("POST", "/orders", body=b"{}"))
        connection.socket.shutdown(socket.SHUT_WR)
        assert connection.reply().json["size"] == 2
        assert connection.rest() == b""


@pytest.mark.parametrize(
    "half", [b"", b"GET / HTTP", b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nab"]
)
def test_a_client_that_leaves_early_leaves_nothing_behind(tmp_path: Path, half: bytes) -> None:
    with running(tmp_path, Limits(head_seconds=LATER, body_seconds=LATER)) as server:
        for _ in range(5):
            with Connection(server.port) as connection:
                connection.send(half)
        assert server.is_up()
