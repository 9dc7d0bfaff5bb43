"""A scanner on a serial port, played by a pair of pseudo terminals."""

import os
import sys
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from warehouse_desk.ui.scanner.serial import LineReader, SerialScanner

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo terminals are Unix's")


@pytest.fixture
def scanner(qtbot: QtBot) -> Iterator[SerialScanner]:
    made = SerialScanner(retry_seconds=0.05)
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def line() -> Iterator[tuple[int, str]]:
    """The scanner's end of the line, and the name of the computer's."""
    ours, theirs = os.openpty()
    yield ours, os.ttyname(theirs)
    os.close(ours)
    os.close(theirs)


@pytest.mark.parametrize("suffix", [b"\r", b"\n", b"\r\n", b"\t", b"\x03", b""])
def test_a_code_is_read_whatever_ends_it(
    scanner: SerialScanner, line: tuple[int, str], qtbot: QtBot, suffix: bytes
) -> None:
    read: list[str] = []
    scanner.read.connect(read.append)
    with qtbot.waitSignal(scanner.plugged_in):
        scanner.open(line[1])
    os.write(line[0], b"ORD-00042" + suffix)
    qtbot.waitUntil(lambda: read == ["ORD-00042"])


def test_codes_that_come_together_are_told_apart(scanner: SerialScanner, line: tuple[int, str], qtbot: QtBot) -> None:
    read: list[str] = []
    scanner.read.connect(read.append)
    with qtbot.waitSignal(scanner.plugged_in):
        scanner.open(line[1])
    os.write(line[0], b"\x02ORD-00042\r\nORD-00043\r\n6111000000017\r\n")
    qtbot.waitUntil(lambda: read == ["ORD-00042", "ORD-00043", "6111000000017"])


def test_an_unplugged_scanner_is_told_once_and_looked_for(scanner: SerialScanner, qtbot: QtBot) -> None:
    told: list[str] = []
    scanner.unplugged.connect(told.append)
    scanner.open("/dev/no-such-scanner")
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["/dev/no-such-scanner"]


def test_a_code_split_by_the_line_is_one_code() -> None:
    reader = LineReader()
    assert [*reader.feed(b"ORD-0"), *reader.feed(b"0042\r")] == ["ORD-00042"]


def test_noise_is_no_reference() -> None:
    reader = LineReader()
    assert list(reader.feed(b"\xff\xfeORD\r")) == ["\ufffd\ufffdORD"]
    assert list(reader.feed(b"\r\n\r\n")) == []
