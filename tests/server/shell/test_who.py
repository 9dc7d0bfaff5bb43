"""By which names the server may be called, and who may speak for others."""

import socket
from pathlib import Path

import pytest

from tests.server.shell.servers import request, running
from warehouse_desk.domain.errors import WrongUsage
from warehouse_desk.server.shell.options import ServeOptions
from warehouse_desk.server.shell.tls import TlsFiles
from warehouse_desk.server.shell.who import Proxy, is_loopback, known_names


@pytest.mark.parametrize(
    "host",
    ["localhost", "LOCALHOST:8730", "127.0.0.1", "127.0.0.1:1", "[::1]:8730", "localhost.", "desk.shop.example:443"],
)
def test_names_of_this_server_are_answered(tmp_path: Path, host: str) -> None:
    with running(tmp_path, hosts="desk.shop.example, other.example") as server:
        assert server.ask(request(host=host)).status == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "localhost.evil.example",
        "desk.shop.example.evil",
        "127.0.0.1.evil",
        "a/b?x",
        "",
        "localhost:x",
        "[::1",
        "user@localhost",
        "localhost:999999",
        "localhost,evil.example",
        "169.254.169.254",
    ],
)
def test_any_other_name_is_refused_with_the_setting_that_would_allow_it(tmp_path: Path, host: str) -> None:
    with running(tmp_path) as server:
        reply = server.ask(request(host=host))
        assert reply.status == 400
        assert "server_hosts" in reply.json["message"]
        assert host in reply.json["message"]
        assert server.app.seen == []


def test_the_public_address_and_the_bound_one_are_names_too() -> None:
    names = known_names(["192.168.1.5", "fe80::1"], "", "https://desk.shop.example:8443/orders")
    assert names.known == {"192.168.1.5", "fe80::1", "desk.shop.example"}
    assert names.fault("[fe80::1]:8730", "fe80::1") is None
    assert names.fault("10.0.0.9", "10.0.0.9") is None  # where it listens at every address: the one it was reached at
    assert names.fault("10.0.0.9", "10.0.0.8") is not None


@pytest.mark.parametrize("header", ["X-Forwarded-For: 10.0.0.9", "X-Forwarded-Proto: https", "Forwarded: for=10.0.0.9"])
def test_a_stranger_speaks_for_nobody_else_and_is_told_what_would_be_needed(tmp_path: Path, header: str) -> None:
    with running(tmp_path) as server:
        reply = server.ask(request("GET", "/orders", header))
        assert reply.status == 400
        assert "127.0.0.1 sent" in reply.json["message"]
        assert "--behind-proxy 127.0.0.1" in reply.json["message"]
        assert server.app.seen == []


def test_the_proxy_says_who_asks_and_how(tmp_path: Path) -> None:
    with running(tmp_path, proxy="127.0.0.1") as server:
        reply = server.ask(request("GET", "/orders", "X-Forwarded-For: 1.2.3.4, 10.0.0.9", "X-Forwarded-Proto: https"))
        assert (reply.json["client"], reply.json["scheme"]) == ("10.0.0.9", "https")
        assert "strict-transport-security" in reply.headers


@pytest.mark.parametrize("told", ["nobody", "", "10.0.0.9:80", "<script>"])
def test_what_is_no_address_is_not_believed_from_the_proxy_either(tmp_path: Path, told: str) -> None:
    with running(tmp_path, proxy="127.0.0.1") as server:
        reply = server.ask(request("GET", "/orders", f"X-Forwarded-For: {told}", "X-Forwarded-Proto: javascript"))
        assert (reply.json["client"], reply.json["scheme"]) == ("127.0.0.1", "http")


def test_nobody_goes_round_a_proxy_that_is_the_only_protection() -> None:
    proxy = Proxy("10.0.0.2", is_alone=True)
    assert proxy.fault("10.0.0.2", []) is None
    assert proxy.fault("127.0.0.1", []) is None
    assert proxy.fault("::ffff:10.0.0.2", [(b"x-forwarded-for", b"1.2.3.4")]) is None
    fault = proxy.fault("10.0.0.3", [])
    assert fault is not None
    assert fault.status == 403


@pytest.mark.parametrize(
    ("address", "is_own"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("::ffff:127.0.0.1", True),
        ("localhost", True),
        ("0.0.0.0", False),  # noqa: S104 - only looked at
        ("::", False),
        ("192.168.1.5", False),
        ("desk.example", False),
    ],
)
def test_loopback_is_told_from_all_other_addresses(address: str, is_own: bool) -> None:
    assert is_loopback(address) == is_own


def test_beyond_loopback_nothing_is_served_unencrypted_unless_somebody_says_so(tmp_path: Path) -> None:
    tls = TlsFiles(tmp_path / "cert.pem", tmp_path / "key.pem")
    with pytest.raises(WrongUsage, match="--tls-cert FILE --tls-key FILE, --behind-proxy ADDRESS, or --plain-http"):
        ServeOptions(data_folder=tmp_path, host="0.0.0.0").check()  # noqa: S104 - what is refused
    for protected in (
        ServeOptions(data_folder=tmp_path, host="0.0.0.0", tls=tls),  # noqa: S104
        ServeOptions(data_folder=tmp_path, host="0.0.0.0", proxy="10.0.0.2"),  # noqa: S104
        ServeOptions(data_folder=tmp_path),
    ):
        protected.check()
        assert protected.warning is None
    plain = ServeOptions(data_folder=tmp_path, host="0.0.0.0", plain_http=True)  # noqa: S104
    plain.check()
    assert "unencrypted" in str(plain.warning)


def test_a_server_at_every_address_goes_by_the_name_of_its_machine(tmp_path: Path) -> None:
    everywhere = ServeOptions(data_folder=tmp_path, host="0.0.0.0", plain_http=True)  # noqa: S104
    assert everywhere.url(8730) == f"http://{socket.gethostname()}:8730"
    assert everywhere.names.fault(f"{socket.gethostname()}:8730", "10.0.0.9") is None
    behind = ServeOptions(data_folder=tmp_path, public_url="https://desk.example/")
    assert behind.url(8730) == "https://desk.example"


def test_a_proxy_is_named_by_its_address(tmp_path: Path) -> None:
    with pytest.raises(WrongUsage, match="nginx is not the address of a proxy"):
        ServeOptions(data_folder=tmp_path, proxy="nginx").check()
