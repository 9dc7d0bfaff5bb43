"""How far the cells with a value reach in a sheet, found in its XML before anything lays out a grid for them."""

import re
from collections.abc import Iterable
from string import ascii_lowercase, ascii_uppercase, digits
from typing import Final

from warehouse_desk.sheets.limits import MAX_PLACES, MAX_ROWS

_SHAPE = bytes.maketrans(
    ascii_uppercase.encode() + ascii_lowercase.encode() + digits.encode() + b"'", b"A" * 52 + b"9" * 10 + b'"'
)
_ADDRESS = re.compile(rb"""\sr\s*=\s*["']\s*([A-Za-z]{1,9})?(\d{1,12})\s*["']""")
_FAR = (b'999999"', b'"AA9', b'"AAA9', b'"AAAA9')
_UNSEEN_ROWS: Final = 99_999
"""Rows that have no six digits, so that the first look does not count them."""
_EMPTY = re.compile(rb"<(?:\w+:)?c\s[^<>]*(?:/>|>\s*</(?:\w+:)?c>)")
_ROW = re.compile(rb"<(?:\w+:)?row\s[^<>]*/>|<(?:\w+:)?row\s[^<>]*>(?=\s*<(?:/|(?:\w+:)?c\s[^<>]*\sr\s*=))")
_LONGEST_TAG: Final = 4_096
"""Bytes; a longer one is counted as it stands."""

Reach = tuple[int, int]
"""The furthest row and column, from 1."""


def look(window: bytes, reach: Reach) -> Reach:
    """Return the furthest row and column named in a slice, looking closely only where one is far.

    Letters and digits are first reduced to A and 9, so that a plain search finds what is far: six digits, or two
    letters before a digit.
    """
    shape = window.translate(_SHAPE)
    if not any(mark in shape for mark in _FAR):
        return reach
    return _furthest(window, reach)


def may_be_too_far(reach: Reach) -> bool:
    """Tell whether what the first look found must be looked at closely."""
    rows, columns = reach
    return rows > MAX_ROWS or max(rows, _UNSEEN_ROWS) * columns > MAX_PLACES


def is_too_far(reach: Reach) -> bool:
    """Tell whether a grid up to there is more than is read."""
    rows, columns = reach
    return rows > MAX_ROWS or rows * columns > MAX_PLACES


def filled(blocks: Iterable[bytes]) -> Reach:
    """Return the furthest row and column with a value: cells that are only formatted do not count.

    It stops where the limits are passed.
    """
    reach, tail = (1, 1), b""
    for block in blocks:
        window = tail + block
        end = window.rfind(b"<", 0, max(0, window.rfind(b"<")))
        end = end if end >= 0 and len(window) - end <= _LONGEST_TAG else max(0, len(window) - _LONGEST_TAG)
        reach, tail = _furthest(_with_values(window[:end]), reach), window[end:]
        if is_too_far(reach):
            return reach
    return _furthest(_with_values(tail), reach)


def address(reach: Reach) -> str:
    """Return a place as a spreadsheet names it: ``(3, 28)`` is ``AB3``."""
    row, column = reach
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = ascii_uppercase[rest] + letters
    return f"{letters}{row}"


def _with_values(window: bytes) -> bytes:
    """Return a slice without the cells that hold nothing, and without rows whose cells name themselves."""
    return _ROW.sub(b"", _EMPTY.sub(b"", window))


def _furthest(window: bytes, reach: Reach) -> Reach:
    rows, columns = reach
    for letters, number in _ADDRESS.findall(window):
        rows = max(rows, int(number))
        columns = max(columns, _column(letters))
    return rows, columns


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
