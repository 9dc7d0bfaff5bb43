"""The command ``serve`` as a process: where it listens, how it ends, and how many there may be."""

import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.server.shell.certificates import make_certificate, name_of, trusting
from tests.server.shell.programs import ROOT, Program, serving, tiny_server, try_to_serve
from tests.server.shell.servers import PATIENCE, Connection, request


def ask(program: Program, path: str) -> int:
    with program.connect() as connection:
        connection.send(request(path=path))
        return connection.reply().status


def test_it_says_where_it_listens_and_answers_there(tmp_path: Path) -> None:
    with serving("--data-dir", str(tmp_path)) as program:
        assert program.url.startswith("http://127.0.0.1:")
        assert [ask(program, path) for path in ("/up", "/ready", "/metrics", "/api/web/1.0/orders")] == [
            200,
            200,
            404,
            401,
        ]
        with Connection(program.port, host="::1") as connection:
            connection.send(request(path="/up", host="[::1]"))
            assert connection.reply().status == 200


def test_settings_of_the_station_name_it_and_let_it_count(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('server_metrics = true\nserver_hosts = "desk.example"\n')
    with serving("--data-dir", str(tmp_path)) as program, program.connect() as connection:
        connection.send(request(path="/metrics", host="desk.example"))
        text = connection.reply().body.decode()
    for name in ("waiting_for_services", "jobs", "outbox", "sign_in_failures"):
        assert f"\nwarehouse_desk_{name} 0\n" in text


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_in_order(tmp_path: Path, number: signal.Signals) -> None:
    with serving("--data-dir", str(tmp_path)) as program, program.connect() as idle:
        idle.send(request(path="/up"))
        assert idle.reply().status == 200
        program.tell(number)
        assert idle.rest() == b""
        assert program.end() == 0
        assert (tmp_path / "server.lock").read_text() == ""


def test_a_signal_lets_what_is_in_flight_come_to_its_end(tmp_path: Path) -> None:
    with tiny_server(tmp_path) as program, program.connect() as connection, program.connect() as idle:
        idle.send(request())
        assert idle.reply().status == 200
        connection.send(request("POST", "/body", "Content-Length: 2"))
        assert program.line() == "at work"
        program.tell(signal.SIGTERM)
        assert idle.rest() == b""  # it takes no more
        connection.send(b"{}")
        assert connection.reply().json == 2
        assert (program.line(), program.end()) == ("ended in order", 0)


def test_a_second_signal_ends_it_at_once(tmp_path: Path) -> None:
    with tiny_server(tmp_path) as program, program.connect() as connection, program.connect() as idle:
        idle.send(request())
        assert idle.reply().status == 200
        connection.send(request(path="/work"))
        assert program.line() == "at work"
        program.tell(signal.SIGTERM)
        assert idle.rest() == b""
        program.tell(signal.SIGTERM)
        assert (program.line(), program.end()) == ("", 128 + signal.SIGTERM)


def test_a_second_server_of_the_same_desk_is_told_where_the_first_one_is(tmp_path: Path) -> None:
    with serving("--data-dir", str(tmp_path)) as program:
        second = try_to_serve("--data-dir", str(tmp_path), "--port", "0")
        assert (second.returncode, second.stdout) == (3, "")
        assert program.url in second.stderr
        assert str(program.process.pid) in second.stderr
        program.process.kill()
        program.end()
        with serving("--data-dir", str(tmp_path)) as third:  # no lock outlives its process
            assert ask(third, "/up") == 200


def test_a_taken_port_is_answered_with_a_free_one(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused = try_to_serve("--data-dir", str(tmp_path), "--port", str(port))
    assert (refused.returncode, refused.stdout) == (3, "")
    assert f"The port {port} is taken" in refused.stderr
    free = int(refused.stderr.rsplit("--port ", 1)[1])
    assert free > port


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--host", "0.0.0.0"), "--plain-http"),  # noqa: S104 - what is refused
        (("--tls-cert", "cert.pem"), "TLS needs both --tls-cert and --tls-key."),
        (("--tls-cert", "cert.pem", "--tls-key", "key.pem"), "There is no file cert.pem."),
        (("--port", "70000"), "A port is a number from 0 to 65535."),
        (("--behind-proxy", "nginx"), "nginx is not the address of a proxy."),
    ],
)
def test_what_it_cannot_do_it_says_in_a_sentence(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    refused = try_to_serve("--data-dir", str(tmp_path), *words)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert said in refused.stderr


def test_an_address_of_another_machine_cannot_be_listened_at(tmp_path: Path) -> None:
    refused = try_to_serve("--data-dir", str(tmp_path), "--host", "203.0.113.7", "--plain-http", "--port", "0")
    assert refused.returncode == 3
    assert "203.0.113.7 cannot be listened at" in refused.stderr


def test_plain_http_to_other_machines_is_warned_about_at_the_start(tmp_path: Path) -> None:
    with serving("--data-dir", str(tmp_path), "--host", "0.0.0.0", "--plain-http") as program:  # noqa: S104 - what is warned about
        assert ask(program, "/up") == 200
        program.tell(signal.SIGTERM)
        assert program.process.stderr is not None
        assert "unencrypted" in program.process.stderr.readline()
        assert program.end() == 0


def test_without_its_packages_it_says_which_to_install(tmp_path: Path) -> None:
    script = (
        "import sys; sys.modules['uvicorn'] = None; from warehouse_desk.app.run import run; "
        f"sys.exit(run(['serve', '--data-dir', {str(tmp_path)!r}]))"
    )
    done = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True, text=True, cwd=ROOT)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "The server's packages are not installed. Run: pip install warehouse-desk[server]\n"


def test_a_closed_terminal_ends_it_and_a_hang_up_without_one_means_nothing(tmp_path: Path) -> None:
    with serving("--data-dir", str(tmp_path)) as program:
        program.tell(signal.SIGHUP)
        assert ask(program, "/up") == 200
        program.tell(signal.SIGTERM)
        assert program.end() == 0
    ours, its = os.openpty()
    try:
        with serving("--data-dir", str(tmp_path), stdin=its) as program:
            program.tell(signal.SIGHUP)
            assert program.end() == 0
    finally:
        os.close(ours)
        os.close(its)


def test_it_says_where_nobody_may_ask_yet(tmp_path: Path) -> None:
    with serving("--data-dir", str(tmp_path)) as program:
        assert program.process.stderr is not None
        assert "warehouse-desk tokens add" in program.process.stderr.readline()


def test_a_hang_up_makes_it_read_the_certificate_again(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    files, renewed = make_certificate(tmp_path), make_certificate(tmp_path / "new", "renewed")
    where = ("--tls-cert", str(files.certificate), "--tls-key", str(files.key))
    with serving("--data-dir", str(tmp_path / "data"), *where) as program:
        assert program.url.startswith("https://127.0.0.1:")
        with Connection(program.port, trusting(files)) as connection:
            assert name_of(connection.socket) == "localhost"  # type: ignore[arg-type]  # under TLS it is one
        shutil.copy(renewed.certificate, files.certificate)
        shutil.copy(renewed.key, files.key)
        program.tell(signal.SIGHUP)
        while _shown(program, trusting(renewed)) != "renewed":
            pass


def _shown(program: Program, trusted: ssl.SSLContext) -> str:
    try:
        with Connection(program.port, trusted) as connection:
            return name_of(connection.socket)  # type: ignore[arg-type]  # under TLS it is one
    except ssl.SSLCertVerificationError:
        return ""


def test_two_servers_over_one_postgresql(tmp_path: Path, postgres_url: str) -> None:
    first, second = (("--data-dir", str(tmp_path / name), "--database", postgres_url) for name in "ab")
    with serving(*first) as one, serving(*second) as two:
        assert [ask(each, "/ready") for each in (one, two)] == [200, 200]


@pytest.mark.postgres
def test_work_goes_on_when_the_database_is_back(tmp_path: Path) -> None:
    from tests.support.own_server import own_server

    with own_server("serving") as lent:
        url = lent.server.url(lent.server.create_database())
        with serving("--data-dir", str(tmp_path), "--database", url) as program:
            assert ask(program, "/ready") == 200
            lent.stop()
            assert ask(program, "/ready") == 503
            assert ask(program, "/up") == 200
            lent.start()
            done = threading.Event()
            timer = threading.Timer(PATIENCE, done.set)
            timer.start()
            while ask(program, "/ready") != 200:
                assert not done.is_set()
            timer.cancel()
