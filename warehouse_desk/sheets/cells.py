"""What one cell may hold, and its text without the marks that spreadsheets and messengers leave in it."""

import unicodedata
from datetime import date, datetime, time, timedelta
from typing import NamedTuple, TypeAlias

from warehouse_desk.common.messages import Message

Cell: TypeAlias = str | float | int | bool | date | datetime | time | timedelta

_EXACT = 1e15  # whole numbers that a float, and Excel, keep digit for digit
_JOINERS = "\u200c\u200d"  # meaningful in Persian script and emoji, unlike the other invisible characters


class Unreadable(NamedTuple):
    """A cell that does not hold what its column needs, and the text probably meant ("" when unknown)."""

    message: Message
    proposed: str = ""
    choices: tuple[str, ...] = ()
    """Texts of which a person must choose one: none is likelier."""


def cell_text(cell: Cell) -> str:
    """Return what a person would type to fill the cell: whole numbers without ``.0``, days as Y-m-d."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _EXACT:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def is_blank(cell: Cell) -> bool:
    """Tell whether the cell holds nothing a person can see."""
    return isinstance(cell, str) and (not cell or not cell.strip(" \t\r\n\xa0\u200e\u200f\u202f\ufeff"))


def clean_line(cell: Cell) -> str:
    """Return the text on one line: any blank as a space, invisible characters dropped, ends trimmed."""
    text = cell if type(cell) is str else cell_text(cell)
    if text.isprintable():
        return text.strip()
    return " ".join(_visible(text).split())


def clean_text(cell: Cell) -> str:
    """Return the text with its line breaks kept, other invisible characters dropped, ends trimmed."""
    text = cell if type(cell) is str else cell_text(cell)
    if text.isprintable():
        return text.strip()
    return _visible(text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _visible(text: str) -> str:
    return "".join(map(_shown, text))


def _shown(char: str) -> str:
    if char.isprintable() or char == "\n" or char in _JOINERS:
        return char
    if char.isspace() or unicodedata.category(char).startswith("Z"):
        return " "
    return ""
