"""Money and whole numbers out of cells: exact centimes, whatever the comma and the thousands mark mean."""

import re
from typing import Final

from warehouse_desk.common.messages import msg
from warehouse_desk.common.text import western_digits
from warehouse_desk.domain.fields import MAX_AMOUNT as MAX_QUANTITY
from warehouse_desk.domain.money import CENTIMES
from warehouse_desk.sheets.cells import Cell, Unreadable, cell_text

MIN_AMOUNT: Final = CENTIMES
"""One dirham, in centimes: the least total or unit price."""
MAX_AMOUNT: Final = MAX_QUANTITY * CENTIMES
"""The greatest total or unit price, in centimes."""

_CURRENCY = re.compile(r"(?:mad|dhs?|dirhams?|درهم|دراهم|د\.?\s*م\.?)", re.IGNORECASE)
_BLANKS = re.compile(r"[\s'’٬\u200e\u200f]+")
_WHOLE = re.compile(r"\d{1,12}", re.ASCII)
_DECIMAL = re.compile(r"(\d{1,12})[.,](\d{1,2})", re.ASCII)
_THOUSANDS = re.compile(r"(\d{1,3}(?:,\d{3})+|\d{1,3}(?:\.\d{3})+)", re.ASCII)
_BOTH = re.compile(r"(\d{1,3}(?:,\d{3})+\.\d{1,2}|\d{1,3}(?:\.\d{3})+,\d{1,2})", re.ASCII)
_FINE = re.compile(r"\d+[.,]\d{3,}", re.ASCII)
_ZERO_CENTS = re.compile(r"(\d{1,9})[.,]0+", re.ASCII)
_EXACT: Final = 1e12  # beyond it a float no longer tells centimes apart
_THOUSAND_DIGITS: Final = 3
_NOISE = 1e-4  # centimes: what adding floats in a formula may leave behind


def read_amount(cell: Cell) -> int | Unreadable:
    """Return the money of a cell in centimes (100 to 99,999,900), or why it cannot be read."""
    centimes = _number_amount(cell) if isinstance(cell, int | float) else _text_amount(cell_text(cell))
    if isinstance(centimes, Unreadable) or MIN_AMOUNT <= centimes <= MAX_AMOUNT:
        return centimes
    return Unreadable(msg("The amount {value} DH is not between 1 and 999,999.", value=format_amount(centimes)))


def read_quantity(cell: Cell) -> int | Unreadable:
    """Return the whole number of a cell (1 to 999,999), or why it cannot be read."""
    if isinstance(cell, float) and cell.is_integer():
        quantity = int(cell) if abs(cell) < _EXACT else MAX_QUANTITY + 1
    elif isinstance(cell, int) and not isinstance(cell, bool):
        quantity = cell
    else:
        text = _BLANKS.sub("", western_digits(cell_text(cell)))
        if zero_cents := _ZERO_CENTS.fullmatch(text):
            text = zero_cents[1]
        if not _WHOLE.fullmatch(text):
            return Unreadable(msg("“{value}” is not a whole number of pieces.", value=cell_text(cell)))
        quantity = int(text)
    if 1 <= quantity <= MAX_QUANTITY:
        return quantity
    return Unreadable(msg("The quantity {value} is not between 1 and 999,999.", value=cell_text(cell)))


def format_amount(centimes: int) -> str:
    """Return centimes as dirhams with a point and, only where there are any, two decimals."""
    whole, rest = divmod(abs(centimes), 100)
    sign = "-" if centimes < 0 else ""
    return f"{sign}{whole}.{rest:02d}" if rest else f"{sign}{whole}"


def _number_amount(cell: float) -> int | Unreadable:
    if isinstance(cell, bool) or not abs(cell) < _EXACT:
        return _not_money(cell)
    centimes = round(cell * 100)
    if abs(cell * 100 - centimes) > _NOISE:
        return _too_fine(cell_text(cell))
    return centimes


def _text_amount(text: str) -> int | Unreadable:
    if _WHOLE.fullmatch(text):
        return int(text) * 100
    bare = _BLANKS.sub("", _CURRENCY.sub("", western_digits(text))).replace("٫", ".")
    if _WHOLE.fullmatch(bare):
        return int(bare) * 100
    if decimal := _DECIMAL.fullmatch(bare):
        return int(decimal[1]) * 100 + int(decimal[2].ljust(2, "0"))
    if _THOUSANDS.fullmatch(bare):  # money has two decimals at most, so three digits are a thousand
        return int(re.sub(r"[.,]", "", bare)) * 100
    if _BOTH.fullmatch(bare):
        whole, _, rest = re.sub(r"[.,](?=\d{3})", "", bare).replace(",", ".").partition(".")
        return int(whole) * 100 + int(rest.ljust(2, "0"))
    return _too_fine(bare) if _FINE.fullmatch(bare) else _not_money(text)


def _too_fine(text: str) -> Unreadable:
    whole, rest = re.split(r"[.,]", text, maxsplit=1) if re.search(r"[.,]", text) else (text, "")
    # 1.299 is what an English Excel makes of a French 1.299, that is 1 299
    is_thousands = len(rest) == _THOUSAND_DIGITS and 1 <= len(whole) <= _THOUSAND_DIGITS and whole != "0"
    proposed = whole + rest if is_thousands else ""
    return Unreadable(msg("{value} has more than two decimals. Round it to centimes.", value=text), proposed)


def _not_money(cell: Cell) -> Unreadable:
    return Unreadable(msg("“{value}” is not an amount of money.", value=cell_text(cell)))
