"""What every answer carries, what is written down of it, and what the server tells of itself."""

import json
import logging
import threading
from datetime import date
from pathlib import Path

import pytest
from starlette.types import Receive, Scope, Send

from tests.server.shell.servers import PATIENCE, request, running, say
from tests.support.log_guard import LogGuard
from warehouse_desk.common.messages import msg
from warehouse_desk.domain.errors import DatabaseUnavailable
from warehouse_desk.server.shell.limits import Limits

TOKEN = "wdesk_abcdefgh_0123456789abcdefghijklmnopqrstuv123456"  # noqa: S105 - opens no door


def test_every_answer_has_an_id_and_is_kept_nowhere(tmp_path: Path) -> None:
    with running(tmp_path) as server:
        for path in ("/orders", "/up", "/metrics"):
            reply = server.ask(request(path=path))
            assert len(reply.headers["x-request-id"]) == 32
            assert reply.headers["cache-control"] == "no-store"
            assert reply.headers["x-content-type-options"] == "nosniff"
            assert "server" not in reply.headers
            assert "strict-transport-security" not in reply.headers


@pytest.mark.parametrize(
    ("given", "is_taken"), [("a-1.B_2", True), ("y" * 64, True), ("y" * 65, False), ("a b", False)]
)
def test_an_id_is_taken_over_where_a_log_may_hold_it(tmp_path: Path, given: str, is_taken: bool) -> None:
    with running(tmp_path) as server:
        reply = server.ask(request("GET", "/orders", f"X-Request-Id: {given}"))
        assert (reply.headers["x-request-id"] == given) == is_taken


def test_a_fault_of_the_program_is_told_to_the_log_and_not_to_who_asked(tmp_path: Path, log_guard: LogGuard) -> None:
    async def fails(_scope: Scope, _receive: Receive, _send: Send) -> None:
        raise RuntimeError("a secret of the house")

    log_guard.expect("request .* failed", logging.ERROR)
    with running(tmp_path) as server:
        server.app.doings["/fails"] = fails
        reply = server.ask(request(path="/fails"))
        assert (reply.status, reply.json["message"]) == (500, "Server Error")
        assert reply.json["request_id"] == reply.headers["x-request-id"]
        assert b"secret" not in reply.body


def test_an_answer_speaks_the_language_of_who_asks(tmp_path: Path) -> None:
    with running(tmp_path) as server:
        reply = server.ask(request("GET", "/orders", "Accept-Language: fr-MA", host="evil.example"))
        assert reply.json["message"].startswith("Ce serveur")


def lines_of(folder: Path) -> list[dict[str, object]]:
    (file,) = folder.glob("access-*.log")
    assert file.name.startswith(f"access-{date.today():%Y-%m}")  # noqa: DTZ011 - the station's day
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def test_a_request_is_one_line_without_secrets(tmp_path: Path) -> None:
    secrets = {"query": "0612345678", "body": "Rachid", "header": TOKEN, "path": "ORD-00001"}
    with running(tmp_path, logs=tmp_path / "logs") as server:
        body = f'{{"full_name": "{secrets["body"]}"}}'.encode()
        server.ask(
            request(
                "POST",
                f"/orders/{secrets['path']}?keyWord={secrets['query']}",
                f"Authorization: Bearer {TOKEN}",
                "X-Request-Id: my-id",
                body=body,
            )
        )
        server.ask(request("GET", "/orders", f"X-Request-Id: {TOKEN}"))
        server.ask(request(TOKEN, "/orders"))
        server.ask(request("GET", f"/{TOKEN}", host=TOKEN))
        server.ask(request("GET", f"http://evil.example/{TOKEN}"))
    first, *others = lines_of(tmp_path / "logs")
    assert first["id"] == "my-id"
    assert first["address"] == "127.0.0.1"
    assert first["principal"] == "token Boutique"
    assert (first["verb"], first["route"], first["status"]) == ("POST", "/orders/{reference}", 200)
    assert isinstance(first["bytes"], int)
    assert isinstance(first["ms"], float)
    assert [line["status"] for line in others] == [200, 200, 400, 400]
    written = "".join(file.read_text(encoding="utf-8") for file in (tmp_path / "logs").iterdir())
    for secret in [*secrets.values(), TOKEN[:16]]:
        assert secret not in written


def test_a_refused_head_a_slow_body_and_who_hung_up_stand_in_the_log_too(tmp_path: Path) -> None:
    begun = threading.Event()

    async def work(_scope: Scope, receive: Receive, _send: Send) -> None:
        begun.set()
        while (await receive())["type"] != "http.disconnect":
            pass

    limits = Limits(body_seconds=0.1, linger_seconds=0.1)
    with running(tmp_path, limits, logs=tmp_path / "logs") as server:
        server.app.doings["/work"] = work
        server.ask(b"nonsense\r\n\r\n")
        assert server.ask(request("POST", "/orders", "Content-Length: 5")).status == 408
        with server.connect() as connection:
            connection.send(request("POST", "/work", body=b"{}"))
            assert begun.wait(PATIENCE)
            connection.break_off()
    assert [line["status"] for line in lines_of(tmp_path / "logs")] == [400, 408, 499]


def test_up_needs_no_database_and_ready_does(tmp_path: Path) -> None:
    is_away = threading.Event()

    def check() -> None:
        if is_away.is_set():
            raise DatabaseUnavailable(msg("postgresql://desk@server cannot be reached."))

    with running(tmp_path, check=check) as server:
        assert server.ask(request(path="/ready")).json == {"status": "ready"}
        is_away.set()
        reply = server.ask(request(path="/ready"))
        assert (reply.status, reply.headers["retry-after"]) == (503, "5")
        assert b"postgresql" not in reply.body
        assert server.ask(request(path="/up")).json == {"status": "up"}
        is_away.clear()
        assert server.ask(request(path="/ready/")).status == 200


def test_a_database_that_hangs_is_not_waited_for(tmp_path: Path) -> None:
    goes_on = threading.Event()

    def check() -> None:
        goes_on.wait(PATIENCE)

    with running(tmp_path, Limits(ready_seconds=0.1), check=check) as server:
        assert [server.ask(request(path="/ready")).status for _ in range(3)] == [503] * 3
        goes_on.set()
        while server.ask(request(path="/ready")).status != 200:
            pass


def test_a_server_that_stops_is_not_ready(tmp_path: Path) -> None:
    begun, goes_on = threading.Event(), threading.Event()

    async def work(_scope: Scope, _receive: Receive, send: Send) -> None:
        from anyio import to_thread

        begun.set()
        await to_thread.run_sync(goes_on.wait, PATIENCE)
        await say(send, "done")

    with running(tmp_path) as server, server.connect() as at_work, server.connect() as other:
        server.app.doings["/work"] = work
        other.send(request())
        assert other.reply().status == 200
        at_work.send(request(path="/work"))
        assert begun.wait(PATIENCE)
        server.server.stop()
        assert other.rest() == b""  # nothing was asked there
        goes_on.set()
        reply = at_work.reply()
        assert reply.status == 200
        assert at_work.rest() == b""
        with pytest.raises(ConnectionRefusedError):
            server.connect()


def test_a_request_that_outlasts_the_stop_is_told_to_come_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    begun, goes_on = threading.Event(), threading.Event()

    async def work(_scope: Scope, _receive: Receive, _send: Send) -> None:
        from anyio import to_thread

        begun.set()
        await to_thread.run_sync(goes_on.wait, PATIENCE, abandon_on_cancel=True)

    with running(tmp_path, Limits(stop_seconds=0.1)) as server, server.connect() as at_work:
        server.app.doings["/work"] = work
        at_work.send(request(path="/work"))
        assert begun.wait(PATIENCE)
        server.server.stop()
        reply = at_work.reply()
        assert (reply.status, reply.headers["retry-after"]) == (503, "5")
        goes_on.set()


def test_metrics_are_off_until_switched_on_and_never_leave_the_machine(tmp_path: Path) -> None:
    with running(tmp_path) as server:
        assert server.ask(request(path="/metrics")).status == 404
    with running(tmp_path, shows_metrics=True, proxy="127.0.0.1") as server:
        assert server.ask(request("GET", "/metrics", "X-Forwarded-For: 10.0.0.9")).status == 404
        for _ in range(3):
            server.ask(request())
        server.ask(request("BREW"))
        text = server.ask(request(path="/metrics")).body.decode()
    assert 'warehouse_desk_requests_total{verb="GET",route="/orders/{reference}",status="200"} 3' in text
    assert 'warehouse_desk_requests_total{verb="OTHER",route="/orders/{reference}",status="200"} 1' in text
    assert 'warehouse_desk_request_seconds_total{verb="GET",route="/orders/{reference}"} 0.' in text
    assert "warehouse_desk_requests_in_flight 1" in text
