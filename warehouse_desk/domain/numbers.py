"""The one reading of a number that a program sends: as a JSON number or as a text, for money, pieces and ids alike."""

import re
from decimal import Decimal

from warehouse_desk.common.text import trimmed, western_digits

_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,6})?", re.ASCII)
_DECIMAL_SIGN = "\u066b"
"""Arabic text writes 399٫50."""


def number_of(value: object) -> Decimal | None:
    """Return the number that a value is or writes, None where it is none or has more than one reading.

    ``2``, ``2.0``, ``"2"``, ``"2.0"``, ``"2e0"`` and ``"٢"`` are one number. Whatever groups thousands (a comma, a
    blank, an underscore) makes it none. It may be as large as ``1e999999``: compare it before reckoning with it.
    """
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        return None
    text = trimmed(western_digits(str(value))).replace(_DECIMAL_SIGN, ".")
    return Decimal(text) if _NUMBER.fullmatch(text) else None


def whole_number(value: object, minimum: int, maximum: int) -> int | None:
    """Return the whole number within some bounds that a value is or writes, or None."""
    number = number_of(value)
    if number is None or not minimum <= number <= maximum or number != number.to_integral_value():
        return None
    return int(number)
