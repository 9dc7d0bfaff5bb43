"""Phone numbers out of cells, with what Excel did to them undone in sight, never behind the worker's back."""

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.common.text import fold, western_digits
from warehouse_desk.domain.phone import NO_PHONE, PhoneNumber, phones_in, why_unlikely
from warehouse_desk.domain.phone_plans import MOROCCO, plan_of
from warehouse_desk.sheets.cells import Cell, cell_text, clean_line

_SCIENTIFIC = re.compile(r"\+?(\d)(?:[.,](\d+))?[eE]\+?(\d{1,2})", re.ASCII)
_ORNAMENTS = re.compile(r"[\s.\-–()_/]+")
_FRACTION = re.compile(r"(\+?\d{9,15})[.,]0+", re.ASCII)
"""A number that a program without text columns wrote out: 612345678.0."""
_DIGITS = re.compile(r"\+?\d+", re.ASCII)
_WITH_CODE = re.compile(rf"(?:00|\+)?{MOROCCO}")
_ZERO_AFTER_CODE = re.compile(rf"(?:00|\+)?{MOROCCO}0\d{{9}}", re.ASCII)
_LONGEST = 15  # digits: the limit of E.164, and of what a spreadsheet keeps exactly
_SHORTEST = 9
_SUSPICIOUS_ZEROS = 6  # what is left of a number that passed through 2.126E+11


_PAIR = 2
_NONE = frozenset(
    {"", "0", "00", "n/a", "na", "n.a", "none", "null", "nan", "nil", "non", "no", "aucun", "aucune", "neant", "rien",
     "vide", "x", "xx", "pas de numero", "لا", "لا يوجد", "لا شيء", "بدون"}
)  # fmt: skip


class PhoneReading(NamedTuple):
    """The number to keep ("" when none can be), what is wrong, and the number that was probably meant."""

    value: str
    message: Message | None = None
    proposed: str = ""

    @property
    def is_usable(self) -> bool:
        """Tell whether the number may be kept as it stands."""
        return bool(self.value)


@cache
def good_phones() -> Callable[[str], object]:
    """Return what matches a Moroccan number that can exist, in a form that is kept as it is written."""
    plan = plan_of(MOROCCO)
    if plan is None:
        raise AssertionError("the table of phone numbers lacks Morocco")
    return re.compile(rf"(?:0|\+{MOROCCO})(?:{plan.numbers})", re.ASCII).fullmatch


def read_phone(cell: Cell) -> PhoneReading:
    """Read one phone cell: a good number is kept, ornaments dropped, damage named and a repair proposed."""
    if type(cell) is str and good_phones()(cell):
        return PhoneReading(cell)
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        return PhoneReading("", _no_phone(cell_text(cell)))
    if isinstance(cell, int | float):
        return _from_number(cell)
    return _from_text(western_digits(clean_line(cell.replace("\n", "/"))).lstrip("'"))


def is_no_phone(cell: Cell) -> bool:
    """Tell whether a second phone says that there is none: a dash, N/A, 0."""
    return fold(clean_line(cell)).strip("#.-–—_/* ") in _NONE


def two_phones(cell: Cell) -> tuple[str, str] | None:
    """Return the two numbers of a cell that holds two that can exist, as each would be kept alone."""
    if not isinstance(cell, str):
        return None
    text = western_digits(clean_line(cell.replace("\n", "/")))
    numbers = phones_in(text)
    if len(numbers) != _PAIR or not all(number.country for number in numbers) or why_unlikely(text):
        return None
    one, two = (number.key for number in numbers)
    return None if one == two else (one, two)


def _from_number(number: float) -> PhoneReading:
    if not 0 < number < 10**_LONGEST or number != int(number):
        return PhoneReading("", _digits_lost(cell_text(number)))
    digits = str(int(number))
    if len(digits) > _SHORTEST and digits.endswith("0" * _SUSPICIOUS_ZEROS):
        return PhoneReading("", _digits_lost(digits))
    return _from_digits(digits)


def _from_text(text: str) -> PhoneReading:
    if scientific := _SCIENTIFIC.fullmatch(text):
        return _from_scientific(text, scientific)
    if fraction := _FRACTION.fullmatch(text):
        text = fraction[1]
    numbers = phones_in(text)
    if not numbers:
        return PhoneReading("", _no_phone(text))
    if len(numbers) > 1:
        return _several(text)
    compact = _ORNAMENTS.sub("", text)
    if _DIGITS.fullmatch(compact):
        return _from_digits(compact)
    return PhoneReading(text, _no_phone(text), numbers[0].key if numbers[0].country else "")


def _several(text: str) -> PhoneReading:
    return PhoneReading(text, why_unlikely(text) or msg("“{value}” is more than one number: all are kept.", value=text))


def _from_digits(digits: str) -> PhoneReading:
    """Read digits in a row, a plus before them or not."""
    (number,) = phones_in(digits)
    if number.country == MOROCCO:
        return _from_moroccan(digits, number)
    doubt = why_unlikely(digits)
    if doubt is None:
        doubt = msg("{value} is not a Moroccan number: shipping companies may refuse it.", value=digits)
    return PhoneReading(digits, doubt)


def _from_moroccan(digits: str, number: PhoneNumber) -> PhoneReading:
    if _ZERO_AFTER_CODE.fullmatch(digits):
        return PhoneReading(digits, msg("{value} has a 0 too many after 212.", value=digits), number.international)
    if digits == number.digits:
        return PhoneReading(digits, msg("{value} lost its leading 0 in Excel.", value=digits), number.key)
    kept = number.international if _WITH_CODE.match(digits) else number.key
    return PhoneReading(kept, why_unlikely(digits))


def _from_scientific(text: str, match: re.Match[str]) -> PhoneReading:
    """2.12612345678E+11 still holds every digit; 2.126E+11 has lost eight of them for good."""
    mantissa = match[1] + (match[2] or "")
    missing = int(match[3]) + 1 - len(mantissa)
    if missing:
        return PhoneReading("", _digits_lost(text))
    whole = _from_digits(mantissa)
    return PhoneReading("", msg("Excel turned this number into {value}.", value=text), whole.proposed or whole.value)


def _no_phone(text: str) -> Message:
    return NO_PHONE.with_params(value=text)


def _digits_lost(shown: str) -> Message:
    return msg(
        "Excel turned this number into {value} and its last digits are lost. Type it again, in a text cell.",
        value=shown,
    )
