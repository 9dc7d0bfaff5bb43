"""Texts that no spreadsheet takes for a formula, and that any XML or CSV can hold."""

import re

from warehouse_desk.sheets.delimited import GUARDED

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_STARTS_FORMULA = re.compile(r"[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
GUARD_MARKS = frozenset("=+-@'\t\r\n\uff1d\uff0b\uff0d\uff20")
"""What a text must begin with for :func:`guarded` to look closer."""
_PLAIN_NUMBER = re.compile(r"\+?\d[\d ]{0,30}|[+-]?\d{1,15}(?:[.,]\d+)?", re.ASCII)


def writable(text: str) -> str:
    """Return the text without control characters and with line feeds as its only line breaks."""
    if text.isprintable():
        return text
    return _UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def guarded(text: str) -> str:
    """Return the text for a CSV cell: an apostrophe before what would run as a formula, never before a phone.

    A text that already looks guarded gets one more, so that reading takes off exactly what writing put on.
    """
    if _STARTS_FORMULA.match(text):
        return text if _PLAIN_NUMBER.fullmatch(text) else "'" + text
    return "'" + text if GUARDED.match(text) else text
