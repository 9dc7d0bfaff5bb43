"""Phone numbers out of cells, with what Excel did to them undone in sight, never behind the worker's back."""

import re
from typing import Final, NamedTuple

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.common.text import western_digits
from warehouse_desk.sheets.cells import Cell, cell_text, clean_line

GOOD_PHONE: Final = re.compile(r"(?:0|\+212)[5-8]\d{8}", re.ASCII)
"""A Moroccan number in a form that is kept as it is written."""

_SCIENTIFIC = re.compile(r"\+?(\d)(?:[.,](\d+))?[eE]\+?(\d{1,2})", re.ASCII)
_ORNAMENTS = re.compile(r"[\s.\-–()_/]+")
_FRACTION = re.compile(r"(\+?\d{9,15})[.,]0+", re.ASCII)
"""A number that a program without text columns wrote out: 612345678.0."""
_SEVERAL = re.compile(r"[/;,|\n]|\s(?:ou|or|et|and|و|أو)\s")
_DIGITS = re.compile(r"\+?\d+", re.ASCII)
_MOROCCAN_212 = re.compile(r"(?:00|\+)?212(0?)([5-8]\d{8})", re.ASCII)
_LOST_ZERO = re.compile(r"[567]\d{8}", re.ASCII)
_SHORTEST, _LONGEST = 9, 15  # digits; 15 is the limit of E.164 and of what a spreadsheet keeps exactly
_SUSPICIOUS_ZEROS = 6  # what is left of a number that passed through 2.126E+11


class PhoneReading(NamedTuple):
    """The number to keep ("" when none can be), what is wrong, and the number that was probably meant."""

    value: str
    message: Message | None = None
    proposed: str = ""

    @property
    def is_usable(self) -> bool:
        """Tell whether the number may be kept as it stands."""
        return bool(self.value)


def read_phone(cell: Cell) -> PhoneReading:
    """Read one phone cell: a good number is kept, ornaments dropped, damage named and a repair proposed."""
    if type(cell) is str and GOOD_PHONE.fullmatch(cell):
        return PhoneReading(cell)
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        return PhoneReading("", msg("“{value}” is not a phone number.", value=cell_text(cell)))
    if isinstance(cell, int | float):
        return _from_number(cell)
    return _from_text(western_digits(clean_line(cell.replace("\n", "/"))).lstrip("'"))


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
    compact = _ORNAMENTS.sub("", text)
    if _DIGITS.fullmatch(compact):
        reading = _from_digits(compact)
        if reading.is_usable and not reading.message:
            return reading
    parts = [_ORNAMENTS.sub("", part) for part in _SEVERAL.split(text)]
    if len(parts) > 1 and GOOD_PHONE.fullmatch(parts[0]):
        message = msg(
            "“{value}” holds more than one number: keep one here and put the other in second_phone.",
            value=text,
        )
        return PhoneReading("", message, parts[0])
    if _DIGITS.fullmatch(compact):
        return _from_digits(compact)
    return PhoneReading("", msg("“{value}” is not a phone number.", value=text))


def _from_digits(digits: str) -> PhoneReading:
    if GOOD_PHONE.fullmatch(digits):
        return PhoneReading(digits)
    if moroccan := _MOROCCAN_212.fullmatch(digits):
        number = "+212" + moroccan[2]
        if not moroccan[1]:
            return PhoneReading(number)
        return PhoneReading(digits, msg("{value} has a 0 too many after 212.", value=digits), number)
    if _LOST_ZERO.fullmatch(digits):
        return PhoneReading(digits, msg("{value} lost its leading 0 in Excel.", value=digits), "0" + digits)
    count = len(digits.lstrip("+"))
    looks_moroccan = digits.startswith(("0", "+212")) and not digits.startswith("00")
    if looks_moroccan or not _SHORTEST <= count <= _LONGEST:
        message = msg("{value} has {count} digits; a Moroccan number has 10.", value=digits, count=count)
        return PhoneReading("", message)
    return PhoneReading(
        digits, msg("{value} is not a Moroccan number: shipping companies may refuse it.", value=digits)
    )


def _from_scientific(text: str, match: re.Match[str]) -> PhoneReading:
    """2.12612345678E+11 still holds every digit; 2.126E+11 has lost eight of them for good."""
    mantissa = match[1] + (match[2] or "")
    missing = int(match[3]) + 1 - len(mantissa)
    if missing:
        return PhoneReading("", _digits_lost(text))
    whole = _from_digits(mantissa)
    return PhoneReading("", msg("Excel turned this number into {value}.", value=text), whole.proposed or whole.value)


def _digits_lost(shown: str) -> Message:
    return msg(
        "Excel turned this number into {value} and its last digits are lost. Type it again, in a text cell.",
        value=shown,
    )
