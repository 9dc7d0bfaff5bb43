"""Money and whole numbers out of cells: exact centimes, or the readings that a person chooses from."""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from warehouse_desk.common.messages import msg
from warehouse_desk.domain.fields import MAX_AMOUNT as MAX_QUANTITY
from warehouse_desk.domain.money import CENTIMES
from warehouse_desk.sheets.cells import Cell, Unreadable, cell_text
from warehouse_desk.sheets.numerals import Numeral, read_numeral

MIN_AMOUNT: Final = CENTIMES
"""One dirham, in centimes: the least total or unit price."""
MAX_AMOUNT: Final = MAX_QUANTITY * CENTIMES
"""The greatest total or unit price, in centimes."""

_DIRHAM: Final = r"(?:mad|dhs?|dirhams?|درهم|دراهم|د\.?\s*م)\.?"
_OTHER_MONEY: Final = r"(?:€|eur|euros?|\$|us\$|usd|dollars?|£|gbp|da|dzd|tnd|dt|sar|aed|cfa|xof)\.?"
_MONEY = re.compile(rf"{_DIRHAM}|{_OTHER_MONEY}", re.IGNORECASE)
_FOREIGN = re.compile(_OTHER_MONEY, re.IGNORECASE)
_PIECES = re.compile(
    r"[x×*]|(?:pcs?|pieces?|pièces?|unités?|unites?|units?|u|art|articles?|قطعة|قطع|حبة|حبات|وحدة|وحدات)\.?",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"\d{1,12}", re.ASCII)
_EXACT: Final = 1e12  # beyond it a float no longer tells centimes apart
_NOISE = 1e-4  # centimes: what adding floats in a formula may leave behind
_CENT = Decimal("0.01")
_MAY_BE_THOUSANDS: Final = Decimal(10)
"""Below it a number with three decimals may be what an English Excel made of a French 1.299."""
_FINE_DIGITS: Final = 3


def read_amount(cell: Cell) -> int | Unreadable:
    """Return the money of a cell in centimes (100 to 99,999,900), or why it cannot be read."""
    centimes = _number_amount(cell) if isinstance(cell, int | float) else _text_amount(cell_text(cell))
    if isinstance(centimes, Unreadable) or MIN_AMOUNT <= centimes <= MAX_AMOUNT:
        return centimes
    return Unreadable(msg("The amount {value} DH is not between 1 and 999,999.", value=format_amount(centimes)))


def read_quantity(cell: Cell, *, blank_groups: bool = False) -> int | Unreadable:
    """Return the whole number of a cell (1 to 999,999), or why it cannot be read.

    ``blank_groups``: ``1 200`` is one number here, as in a list of stock; in an order it may be two.
    """
    if isinstance(cell, float) and cell.is_integer():
        quantity = int(cell) if abs(cell) < _EXACT else MAX_QUANTITY + 1
    elif isinstance(cell, int) and not isinstance(cell, bool):
        quantity = cell
    else:
        found = Numeral() if not isinstance(cell, str) else read_numeral(cell, _PIECES)
        if " " in cell_text(cell).strip() and found.readings and not found.unit:
            found = found._replace(is_doubtful=found.is_doubtful or not blank_groups)
        wholes = [int(number) for number in found.readings if number == int(number)]
        if not wholes:
            return Unreadable(msg("“{value}” is not a whole number of pieces.", value=cell_text(cell)))
        if len(found.readings) > 1 or found.is_doubtful:
            return _ask(cell, [str(number) for number in wholes if 1 <= number <= MAX_QUANTITY])
        quantity = wholes[0]
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
        return _too_fine(cell, Decimal(repr(cell)), may_be_thousands=True)
    return centimes


def _text_amount(text: str) -> int | Unreadable:
    if _WHOLE.fullmatch(text):
        return int(text) * 100
    found = read_numeral(text, _MONEY)
    if not found.readings:
        return _not_money(text)
    if len(found.readings) > 1 or found.is_doubtful:
        return _ask(text, list(filter(None, map(_money_text, found.readings))))
    (number,) = found.readings
    if number != number.quantize(_CENT):
        return _too_fine(text, number)
    if _FOREIGN.fullmatch(found.unit):
        return Unreadable(
            msg("“{value}” names another currency; amounts here are dirhams.", value=text),
            choices=tuple(filter(None, [_money_text(number)])),
        )
    return int(number * CENTIMES)


def _ask(cell: Cell, readings: list[str]) -> Unreadable:
    """Refuse a number that can be read in several ways, and name each of them."""
    choices = tuple(dict.fromkeys(readings))
    if len(choices) > 1:
        said = msg(
            "“{value}” can be read as {one} or as {other}.", value=cell_text(cell), one=choices[0], other=choices[1]
        )
    elif choices:
        said = msg("“{value}” may be {one} or something else.", value=cell_text(cell), one=choices[0])
    else:
        said = msg("“{value}” can be read in several ways.", value=cell_text(cell))
    return Unreadable(said, choices=choices)


def _money_text(number: Decimal) -> str:
    """Return an amount as a cell shows it, to the centime, or "" where no order can have it."""
    centimes = int(number.quantize(_CENT, ROUND_HALF_UP) * CENTIMES)
    return format_amount(centimes) if MIN_AMOUNT <= centimes <= MAX_AMOUNT else ""


def _too_fine(cell: Cell, number: Decimal, *, may_be_thousands: bool = False) -> Unreadable:
    """Propose what the cell shows, as formulas leave it; where it may be damaged thousands, both readings."""
    shown = _money_text(number)
    digits = -int(number.as_tuple().exponent)
    if may_be_thousands and 0 < number < _MAY_BE_THOUSANDS and digits <= _FINE_DIGITS:
        return _ask(cell, list(filter(None, [shown, _money_text(number * 1_000)])))
    said = msg("{value} has more than two decimals. Round it to centimes.", value=cell_text(cell))
    return Unreadable(said, shown)


def _not_money(cell: Cell) -> Unreadable:
    return Unreadable(msg("“{value}” is not an amount of money.", value=cell_text(cell)))
