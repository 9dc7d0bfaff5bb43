"""TLS: what is spoken, what is refused, and how a certificate is renewed without a stop."""

import contextlib
import shutil
import socket
import ssl
import subprocess
from pathlib import Path

import pytest

from tests.server.shell.certificates import make_certificate, name_of, trusting
from tests.server.shell.servers import Connection, request, running
from tests.support.log_guard import LogGuard
from tests.support.programs import find_program
from warehouse_desk.domain.errors import WrongUsage
from warehouse_desk.server.shell.limits import Limits
from warehouse_desk.server.shell.tls import TlsFiles


@pytest.fixture
def files(tmp_path: Path) -> TlsFiles:
    return make_certificate(tmp_path)


def test_an_answer_comes_encrypted_and_says_that_it_shall_stay_so(tmp_path: Path, files: TlsFiles) -> None:
    with running(tmp_path, tls=files) as server:
        reply = server.ask(request(), trusting(files))
        assert reply.json["scheme"] == "https"
        assert reply.headers["strict-transport-security"] == "max-age=31536000"


def test_refusals_of_the_connection_come_encrypted_too(tmp_path: Path, files: TlsFiles) -> None:
    limits = Limits(body_seconds=0.1, linger_seconds=0.1)
    with running(tmp_path, limits, tls=files) as server:
        assert server.ask(b"nonsense\r\n\r\n", trusting(files)).status == 400
        assert server.ask(request("POST", "/orders", "Content-Length: 5"), trusting(files)).status == 408
        assert server.ask(request("POST", "/orders", "Content-Length: 5000000"), trusting(files)).status == 413


def test_nothing_older_than_tls_1_2_is_spoken(files: TlsFiles) -> None:
    assert files.context().minimum_version == ssl.TLSVersion.TLSv1_2


def test_plain_http_gets_no_answer_from_a_port_with_tls(tmp_path: Path, files: TlsFiles) -> None:
    with running(tmp_path, tls=files) as server, server.connect() as connection:
        connection.send(request())
        assert not connection.rest().startswith(b"HTTP")


def test_who_does_not_begin_to_encrypt_is_let_go(tmp_path: Path, files: TlsFiles) -> None:
    with running(tmp_path, Limits(handshake_seconds=0.1), tls=files) as server, server.connect() as connection:
        assert connection.rest() == b""
        assert server.ask(request(), trusting(files)).status == 200


def test_500_connections_that_never_encrypt_leave_room_for_whoever_asks(tmp_path: Path, files: TlsFiles) -> None:
    with running(tmp_path, Limits(handshake_seconds=3_600), tls=files) as server:
        silent = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(500)]
        try:
            assert server.ask(request(path="/up"), trusting(files)).status == 200
            assert len(server.server.server_state.connections) <= Limits().connections
            with contextlib.suppress(ConnectionResetError):
                assert silent[0].recv(1) == b""  # the first ones made room
        finally:
            for each in silent:
                each.close()


def test_a_request_right_behind_the_handshake_is_answered(tmp_path: Path, files: TlsFiles) -> None:
    with running(tmp_path, tls=files) as server:
        for _ in range(20):
            with Connection(server.port, trusting(files)) as connection:
                connection.send(request(path="/one") + request(path="/two"))
                assert [connection.reply().json["path"] for _ in range(2)] == ["/one", "/two"]


def test_a_renewed_certificate_is_shown_to_the_next_connections(tmp_path: Path, files: TlsFiles) -> None:
    (tmp_path / "new").mkdir()
    renewed = make_certificate(tmp_path / "new", "renewed")
    with running(tmp_path, tls=files) as server, Connection(server.port, trusting(files)) as before:
        shutil.copy(renewed.certificate, files.certificate)
        shutil.copy(renewed.key, files.key)
        server.server.read_tls_again()
        while True:
            try:
                with Connection(server.port, trusting(renewed)) as after:
                    assert isinstance(after.socket, ssl.SSLSocket)
                    assert name_of(after.socket) == "renewed"
                    break
            except ssl.SSLCertVerificationError:
                continue
        before.send(request())
        assert before.reply().status == 200


def test_a_broken_renewal_leaves_the_certificate_in_use(tmp_path: Path, files: TlsFiles, log_guard: LogGuard) -> None:
    log_guard.expect("the one before stays in use", level=40)
    trusted = trusting(files)
    (tmp_path / "new").mkdir()
    renewed = make_certificate(tmp_path / "new", "renewed")
    with running(tmp_path, tls=files) as server:
        shutil.copy(renewed.certificate, files.certificate)  # and its key was forgotten
        server.server.read_tls_again()
        while not log_guard.records:
            assert server.ask(request(), trusted).status == 200
        assert server.ask(request(), trusted).status == 200


def test_a_key_that_others_may_read_is_refused(files: TlsFiles) -> None:
    files.key.chmod(0o644)
    with pytest.raises(WrongUsage, match="Others may read the key"):
        files.context()


def test_what_is_no_pair_of_files_is_refused(tmp_path: Path, files: TlsFiles) -> None:
    (tmp_path / "other").mkdir()
    other = make_certificate(tmp_path / "other")
    with pytest.raises(WrongUsage, match="cannot be used for TLS"):
        TlsFiles(files.certificate, other.key).context()
    with pytest.raises(WrongUsage, match="There is no file"):
        TlsFiles(files.certificate, tmp_path / "none.pem").context()


def test_a_key_with_a_password_is_refused_and_nobody_is_asked_for_it(tmp_path: Path, files: TlsFiles) -> None:
    closed = tmp_path / "closed.pem"
    words = ("pkcs8", "-topk8", "-in", str(files.key), "-out", str(closed), "-passout", "pass:secret")
    subprocess.run([find_program("openssl", "openssl"), *words], check=True)
    closed.chmod(0o600)
    with pytest.raises(WrongUsage, match="without a password"):
        TlsFiles(files.certificate, closed).context()


def test_a_client_that_leaves_in_the_middle_of_the_handshake_harms_nobody(tmp_path: Path, files: TlsFiles) -> None:
    with running(tmp_path, tls=files) as server:
        for piece in (b"", b"\x16\x03\x01", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 50):
            with socket.create_connection(("127.0.0.1", server.port)) as client:
                client.sendall(piece)
        assert server.ask(request(), trusting(files)).status == 200
