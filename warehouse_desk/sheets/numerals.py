"""The grammar of numbers in cells: what a text may mean, and nothing cut out of it to make it mean something.

A mark between digits groups thousands or begins decimals. Where a text can be read both ways it has two readings, and
a person chooses: a file that is wrong by a factor of 1,000 looks like any other.
"""

import re
from decimal import Decimal
from typing import Final, NamedTuple

from warehouse_desk.common.text import UNSEEN, western_digits

_BLANK: Final = f"[\\s{UNSEEN}]*"
_GROUPED: Final = re.compile(r"(\d{1,3})(?:([ \u00a0\u202f'’٬])\d{3}(?:\2\d{3})*)([.,٫]\d+)?", re.ASCII)
"""``1 299``, ``1'299``, ``12 500,50``: one and the same mark between all groups of three."""
_MARKED: Final = re.compile(r"(\d{1,3})(?:,\d{3})+(\.\d+)?|(\d{1,3})(?:\.\d{3})+(,\d+)?", re.ASCII)
"""``1,299.50``, ``1.299,50``, ``1,299,000``."""
_POINTED: Final = re.compile(r"(\d{1,12})[.,٫](\d{1,12})", re.ASCII)
_WHOLE: Final = re.compile(r"\d{1,12}", re.ASCII)
_EDGES: Final = re.compile(f"^[\\s{UNSEEN}']+|[\\s{UNSEEN}]+$")
_GROUP: Final = 3


class Numeral(NamedTuple):
    """What a text of digits and marks may mean."""

    readings: tuple[Decimal, ...] = ()
    """None where it is no number; two where its mark may stand for thousands or for decimals."""
    is_doubtful: bool = False
    """Whether even a single reading must be confirmed: it may be two numbers with a blank between them."""
    unit: str = ""
    """The word or sign beside the number, as written."""


def read_numeral(text: str, units: re.Pattern[str]) -> Numeral:
    """Read a number with at most one unit before or after it; ``units`` matches a whole unit.

    A unit between digits, two numbers, a sign or a letter make no number.
    """
    bare = _EDGES.sub("", western_digits(text))
    numeral = _digits(bare)
    if numeral.readings or not bare:
        return numeral
    split = re.fullmatch(f"(\\D*?){_BLANK}(\\d.*\\d|\\d){_BLANK}(\\D*)", bare, re.ASCII | re.DOTALL)
    if split is None:
        return Numeral()
    before, digits, after = (_EDGES.sub("", part) for part in split.groups())
    if before and after:
        return Numeral()
    unit = before or after
    if unit and not units.fullmatch(unit):
        return Numeral()
    return _digits(digits)._replace(unit=unit)


def _digits(text: str) -> Numeral:
    if _WHOLE.fullmatch(text):
        return Numeral((Decimal(text),))
    if pointed := _POINTED.fullmatch(text):
        return _pointed(text, pointed[1], pointed[2])
    if marked := _MARKED.fullmatch(text):
        rest = marked[2] or marked[4] or ""
        return Numeral((_number(text.removesuffix(rest), rest),))
    if grouped := _GROUPED.fullmatch(text):
        rest = grouped[3] or ""
        number = _number(text.removesuffix(rest), rest)
        # "299 399" are as likely two amounts; an Excel's own narrow blank stands between thousands only
        return Numeral((number,), is_doubtful=grouped[2] == " " and (len(grouped[1]) > 1))
    return Numeral()


def _pointed(text: str, whole: str, rest: str) -> Numeral:
    decimal = Decimal(f"{whole}.{rest}")
    may_group = len(rest) == _GROUP and len(whole) <= _GROUP and whole[0] != "0" and "٫" not in text
    return Numeral((decimal, Decimal(whole + rest)) if may_group else (decimal,))


def _number(whole: str, rest: str) -> Decimal:
    return Decimal("".join(filter(str.isdecimal, whole)) + ("." + rest[1:] if rest else ""))
