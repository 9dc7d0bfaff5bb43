"""Labels through a socket to a printer that listens, refuses, or stops reading."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.support.printing import a_printer_that_breaks_off
from warehouse_desk.domain.errors import WrongUsage
from warehouse_desk.printers import raw
from warehouse_desk.printers.errors import PrinterUnavailable
from warehouse_desk.printers.raw import RawAddress, check_raw, send_raw

LABELS = [b"^XA^FDORD-00001^XZ", b"^XA^FDORD-00002^XZ"]


@contextmanager
def a_printer(*, reads: bool = True) -> Iterator[tuple[RawAddress, list[bytes]]]:
    """A printer on this computer, and what it received once the job has ended."""
    received: list[bytes] = []
    stop = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            connection, _ = listening.accept()
            with connection:
                if not reads:
                    stop.wait(10)
                    return
                while part := connection.recv(4096):
                    received.append(part)

        serving = threading.Thread(target=serve)
        serving.start()
        yield RawAddress("127.0.0.1", listening.getsockname()[1]), received
        stop.set()
        serving.join(10)


def test_every_label_arrives_in_order() -> None:
    heard: list[int] = []
    with a_printer() as (address, received):
        assert send_raw(address, LABELS, sent=heard.append) == 2
    assert b"".join(received) == b"".join(LABELS)
    assert heard == [1, 2]


def test_cancelling_stops_between_two_labels() -> None:
    heard: list[int] = []
    with a_printer() as (address, received):
        assert send_raw(address, LABELS, sent=heard.append, cancelled=lambda: bool(heard)) == 1
    assert b"".join(received) == LABELS[0]


def test_a_printer_that_listens_is_looked_at_without_sending_it_anything() -> None:
    with a_printer() as (address, received):
        check_raw(address)
    assert received == []


def test_a_printer_that_is_off_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    with pytest.raises(PrinterUnavailable, match="cannot be reached: it refuses the connection"):
        check_raw(RawAddress("127.0.0.1", port))
    with pytest.raises(PrinterUnavailable, match=f"127.0.0.1:{port} cannot be reached: it refuses the connection"):
        send_raw(RawAddress("127.0.0.1", port), LABELS)


def test_a_printer_that_is_switched_off_half_way_tells_how_far_it_may_have_come() -> None:
    many = [b"^XA" + b"x" * 100_000 + b"^XZ" for _ in range(500)]
    with a_printer_that_breaks_off(taken=1_000_000) as where, pytest.raises(PrinterUnavailable) as stopped:
        send_raw(RawAddress.read(where), many)
    assert 9 <= stopped.value.sent < 500
    assert f"Labels printed: {stopped.value.sent} at most" in str(stopped.value)


def test_a_printer_that_is_switched_off_after_the_last_byte_is_noticed() -> None:
    with a_printer_that_breaks_off(taken=len(LABELS[0])) as where, pytest.raises(PrinterUnavailable) as stopped:
        send_raw(RawAddress.read(where), LABELS)
    assert stopped.value.sent in (0, 1, 2)


def test_a_printer_that_never_closes_its_end_took_the_labels_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raw, "CLOSE_SECONDS", 0.1)
    with a_printer(reads=False) as (address, _):
        assert send_raw(address, LABELS) == 2


def test_a_printer_that_the_network_does_not_know_is_named() -> None:
    with pytest.raises(PrinterUnavailable, match=r"zebra\.invalid:9100 cannot be reached") as unknown:
        send_raw(RawAddress("zebra.invalid"), LABELS)
    assert unknown.value.sent == 0


def test_a_printer_without_paper_is_not_waited_for_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raw, "SEND_SECONDS", 0.2)
    endless = (b"x" * 1_000_000 for _ in range(1_000))
    with a_printer(reads=False) as (address, _), pytest.raises(PrinterUnavailable, match="does not answer"):
        send_raw(address, endless)


@pytest.mark.parametrize(
    ("text", "host", "port"),
    [("zebra", "zebra", 9100), ("192.168.1.50:6101", "192.168.1.50", 6101), (" [fe80::1]:9100 ", "fe80::1", 9100)],
)
def test_an_address_is_a_name_and_perhaps_a_port(text: str, host: str, port: int) -> None:
    assert RawAddress.read(text) == RawAddress(host, port)


@pytest.mark.parametrize("text", ["", "zebra:", "zebra:0", "zebra:70000", "http://zebra", "a b"])
def test_anything_else_is_no_address(text: str) -> None:
    with pytest.raises(
        WrongUsage, match=r"is not a printer address. Write a name or number such as 192.168.1.50:9100."
    ):
        RawAddress.read(text)
