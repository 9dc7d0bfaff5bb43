"""The cells that hold lists, and what a spreadsheet makes of them when they look like a number or a day.

``skus``, ``quantities`` and ``prices`` are parallel lists. A French Excel turns ``1,2`` into the number 1.2,
an English one ``100,200`` into 100200, either one ``1/2`` into the first of February.
"""

import re
from datetime import date, datetime
from typing import Final

from warehouse_desk.common.messages import msg
from warehouse_desk.common.text import western_digits
from warehouse_desk.sheets.cells import Cell, Unreadable, cell_text

SEPARATORS: Final = ("\n", "|", ";", ",")
"""The first of these found in ``skus`` separates all three lists."""
SAFE_SEPARATOR: Final = "|"
"""No spreadsheet gives it a meaning; exports and the template use it."""

_PAIR: Final = 2  # only two items look like a decimal number or a day
_CENTS = re.compile(r"\d\d", re.ASCII)
_ONE_COMMA = re.compile(r"(\d+)[.,](\d+)", re.ASCII)
_GROUPS = re.compile(r"\d{1,3}(?:[ ,.]?\d{3})+", re.ASCII)
_DAY_TEXT = re.compile(r"(\d{1,2})[/-](\d{1,2})(?:[/-](\d{2,4}))?", re.ASCII)
_DAY_ISO = re.compile(r"\d{4}-(\d{2})-(\d{2})(?: 00:00:00)?", re.ASCII)
_DAY_NAMED = re.compile(r"(\d{1,2})[- .]([a-zéûà]{3,9})\.?(?:[- .]\d{2,4})?", re.IGNORECASE)
_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "janv", "janvier", "january"),
            ("feb", "févr", "fevr", "fév", "février", "february"),
            ("mar", "mars", "march"),
            ("apr", "avr", "avril", "april"),
            ("may", "mai"),
            ("jun", "juin", "june"),
            ("jul", "juil", "juillet", "july"),
            ("aug", "août", "aout", "august"),
            ("sep", "sept", "septembre", "september"),
            ("oct", "octobre", "october"),
            ("nov", "novembre", "november"),
            ("dec", "déc", "décembre", "decembre", "december"),
        ),
        1,
    )
    for name in names
}


def separator_of(text: str) -> str:
    """Return the separator of a list of SKUs, or "" when it names one product."""
    for separator in SEPARATORS:
        if separator in text:
            return separator
    return ""


def split_list(text: str, separator: str) -> list[str]:
    """Return the trimmed items; empty ones at the end are dropped, empty ones between stay."""
    if not separator:
        return [text.strip()] if text.strip() else []
    items = [item.strip() for item in text.replace("\r\n", "\n").split(separator)]
    while items and not items[-1]:
        items.pop()
    return items


def read_list(cell: Cell, separator: str, count: int) -> list[str] | Unreadable:
    """Return ``count`` (two or more) items of a list cell, or what happened to it.

    Proposals use the separator of the SKUs.
    """
    damaged = msg("Excel changed this list into “{value}”. Use | between the items.", value=cell_text(cell) or "-")
    if isinstance(cell, str):
        items = split_list(western_digits(cell), separator)
        if len(items) != count and separator != SAFE_SEPARATOR and SAFE_SEPARATOR in cell:
            items = split_list(western_digits(cell), SAFE_SEPARATOR)
        if len(items) == count:
            return items
        guesses = guess_list(cell, count) if len(items) == 1 else []
        if guesses:
            return Unreadable(damaged, _join(guesses[0], separator))
        return Unreadable(
            msg(
                "Items: {found}, products: {count}. They must be the same: “{value}”.",
                found=len(items),
                count=count,
                value=cell,
            )
        )
    guesses = guess_list(cell, count)
    return Unreadable(damaged, _join(guesses[0], separator) if guesses else "")


def guess_list(cell: Cell, count: int) -> list[list[str]]:
    """Return the lists of ``count`` items that may have become this cell in Excel, likeliest first."""
    if isinstance(cell, datetime | date):
        return _from_day(cell.day, cell.month, count)
    text = western_digits(cell_text(cell)).strip()
    if day_and_month := day_in(text):
        return _from_day(*day_and_month, count)
    if count == _PAIR and (pair := _ONE_COMMA.fullmatch(text)):  # the number lost the zeros at its end
        return [[pair[1], pair[2] + "0" * zeros] for zeros in range(4)]
    if _GROUPS.fullmatch(text):
        digits = re.sub(r"[ ,.]", "", text)
        head = len(digits) % 3 or 3
        groups = [digits[:head], *(digits[at : at + 3] for at in range(head, len(digits), 3))]
        return [groups] if len(groups) == count else []
    return []


def pair_decimals(text: str, count: int) -> list[str]:
    """Return ``count`` prices out of twice as many pieces: ``199,50,20,00`` is 199,50 and 20,00."""
    pieces = split_list(western_digits(text), ",")
    if len(pieces) != 2 * count or not all(map(_CENTS.fullmatch, pieces[1::2])):
        return []
    return [f"{whole}.{cents}" for whole, cents in zip(pieces[0::2], pieces[1::2], strict=True)]


def day_in(text: str) -> tuple[int, int] | None:
    """Return day and month of a text that a spreadsheet may have written for a day, or nothing."""
    if day := _DAY_TEXT.fullmatch(text):
        return int(day[1]), int(day[2])
    if day := _DAY_ISO.fullmatch(text):
        return int(day[2]), int(day[1])
    if (day := _DAY_NAMED.fullmatch(text)) and (month := _MONTHS.get(day[2].lower())):
        return int(day[1]), month
    return None


def _from_day(day: int, month: int, count: int) -> list[list[str]]:
    return [[str(day), str(month)], [str(month), str(day)]] if count == _PAIR else []


def _join(items: list[str], separator: str) -> str:
    return (separator if separator not in {",", ""} else SAFE_SEPARATOR).join(items)
