"""Phone numbers as the whole program reads them: found in a field, told apart, searched and shown in one way.

People write one number or several into a field, with blanks, points and words. Each number is read in its international
form (E.164); where no country's code is written it is a Moroccan one. ``+33 6 12 34 56 78`` and ``06 12 34 56 78`` are
two phones.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from warehouse_desk.common.messages import Message, msg, nmsg
from warehouse_desk.common.text import western_digits
from warehouse_desk.domain import phone_plans
from warehouse_desk.domain.phone_plans import MOROCCO

_PLAIN_MOROCCAN = re.compile(r"(?:0|\+212)([5-8][0-9]{8})")
"""How nearly all numbers are written; found without looking any closer."""

_MOROCCAN = re.compile(r"(?:\+|00)2120?([1-9][0-9]{8})|2120?([5-8][0-9]{8})|\+?0([1-9][0-9]{8})|([5-8][0-9]{8})")
_INTERNATIONAL = re.compile(r"(?:\+|00)([1-9][0-9]{4,14})")
_WITHOUT_PLUS = re.compile(r"[1-9][0-9]{10,14}")
"""A number with its country's code that lost the plus, as spreadsheets do to it; a Moroccan one is shorter."""

_ZEROS_FOR_PLUS = re.compile(r"\A00(?=[1-9])")

_DIGITS = re.compile(r"(?:\+ ?)?[0-9]+")
_ORNAMENTS = re.compile(r"[\s.\-–—‑()_/]*")
"""What may stand between the digits of one number."""
_BETWEEN = "/"
"""An ornament that as often stands between two numbers."""

_LONGEST = 17
"""Digits of the longest number: 15, and 00 before them."""
_MOROCCAN_DIGITS = 10
_SHORTEST_KEY = 3
"""Digits; fewer are no number of their own, but "house 12" or what is left of a typing error."""

_UNSEEN = {
    **dict.fromkeys(
        map(ord, "\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff")
    ),
    **{0xFF10 + digit: str(digit) for digit in range(10)},
    0xFF0B: "+",
}
"""Marks of direction and width that are pasted along with a number, and the wide digits of East Asian keyboards."""


class PhoneNumber(NamedTuple):
    """One number of a field; without a country it is digits that make no whole number."""

    country: str
    """The country's code, ``212`` for Morocco; "" where the digits are too few or too many, or of no country."""
    digits: str
    """The national number; where there is no country, what was written, with a plus for 00."""

    @property
    def international(self) -> str:
        """The number as E.164 writes it, ``+212612345678``; the digits as they are where there is no country."""
        return f"+{self.country}{self.digits}" if self.country else self.digits

    @property
    def key(self) -> str:
        """What the number is searched and recognised by: as it is dialled from Morocco, with a plus for abroad.

        Moroccan numbers go without the country's code: in an index of every three letters its digits would stand for
        every order, and name none.
        """
        return f"0{self.digits}" if self.country == MOROCCO else self.international

    def shown(self, blank: str = " ") -> str:
        """Return the number in groups: ``06 12 34 56 78``, ``+33 6 12 34 56 78``."""
        if self.country == MOROCCO:
            return _in_pairs(self.digits, blank)
        if not self.country:
            return self.digits
        plan = phone_plans.plan_of(self.country)
        return blank.join([f"+{self.country}", *_grouped(self.digits, () if plan is None else plan.groups)])


def _in_pairs(digits: str, blank: str) -> str:
    """Return a Moroccan number; written out, as a table shows hundreds of them at once."""
    return f"0{digits[0]}{blank}{digits[1:3]}{blank}{digits[3:5]}{blank}{digits[5:7]}{blank}{digits[7:]}"


def _grouped(digits: str, groups: Sequence[int]) -> Iterator[str]:
    """Cut digits into groups of given lengths; where they do not add up, into threes with a last one of up to four."""
    if sum(groups) != len(digits):
        threes = max(1, (len(digits) - 1) // 3)
        groups = (*(3,) * (threes - 1), len(digits) - 3 * (threes - 1))
    begin = 0
    for length in groups:
        yield digits[begin : begin + length]
        begin += length


def phones_in(text: str) -> list[PhoneNumber]:
    """Return the numbers of a field in the order in which they are written."""
    if plain := _PLAIN_MOROCCAN.fullmatch(text):
        return [PhoneNumber(MOROCCO, plain[1])]
    return [found.number for found in _found(_plain(text))]


def phone_keys(*fields: str | None) -> str:
    """Return what the numbers of some fields are searched by, one key a number, with blanks between them."""
    if len(fields) == 1 and fields[0] is not None and (plain := _PLAIN_MOROCCAN.fullmatch(fields[0])):
        return f"0{plain[1]}"
    keys = (number.key for field in fields if field for number in phones_in(field))
    return " ".join(dict.fromkeys(key for key in keys if len(key) >= _SHORTEST_KEY))


def phone_part(text: str) -> str:
    """Return what keys must contain for a number, or numbers, that may still be typed.

    ``+212612``, ``00212 612`` and ``0612`` are all ``0612``; digits from the middle of a number stand for themselves.
    """
    numbers = phones_in(text)
    if any(number.country for number in numbers):
        return " ".join(number.key for number in numbers)
    plain = _plain(text)
    digits = "".join(c for c in plain if "0" <= c <= "9")
    if not plain.startswith("+") and not _ZEROS_FOR_PLUS.match(plain):
        return digits
    digits = digits.removeprefix("00")
    if MOROCCO.startswith(digits):  # of a Moroccan number not more than the beginning of +212 is typed
        return "0" if digits else ""
    return "0" + digits.removeprefix(MOROCCO).removeprefix("0") if digits.startswith(MOROCCO) else "+" + digits


def readable_phone(text: str, blank: str = " ") -> str:
    """Return a field with each whole number in groups, ``06 12 34 56 78``; the rest as it was written, on one line.

    ``blank`` is what stands inside a number; paper takes one at which no line is broken.
    """
    if plain := _PLAIN_MOROCCAN.fullmatch(text):
        return _in_pairs(plain[1], blank)
    written = _plain(text)
    parts, end = [], 0
    for found in _found(written):
        if found.number.country:
            parts += [written[end : found.begin], found.number.shown(blank)]
            end = found.end
    return "".join([*parts, written[end:]])


NO_PHONE = msg("“{value}” is not a phone number.")
_IN_NO_RANGE = msg("{value} cannot exist: no Moroccan number begins like this.")


def why_unlikely(text: str) -> Message | None:
    """Return what makes a phone field one that nobody can be called by, or None: a warning, never a refusal."""
    numbers = phones_in(text)
    if not numbers:
        return NO_PHONE.with_params(value=text)
    doubts = (_doubt(number) for number in numbers)
    return next((doubt for doubt in doubts if doubt is not None), None)


def _doubt(number: PhoneNumber) -> Message | None:
    if number.country == MOROCCO:
        if phone_plans.exists(MOROCCO, number.digits):
            return None
        return _IN_NO_RANGE.with_params(value=number.shown())
    if number.country:
        return None  # digits are taken for a foreign number only where it can exist
    if number.digits.startswith("+"):
        return msg("{value} cannot exist: no country has such a number.", value=number.digits)
    if len(number.digits) == _MOROCCAN_DIGITS:
        return _IN_NO_RANGE.with_params(value=number.digits)
    return nmsg(
        "{value} has {n} digit; a Moroccan number has 10.",
        "{value} has {n} digits; a Moroccan number has 10.",
        len(number.digits),
        value=number.digits,
    )


_Whole: TypeAlias = tuple[int, PhoneNumber]


class _Found(NamedTuple):
    """A number, and where it stands in a field."""

    begin: int
    end: int
    number: PhoneNumber


class _Group(NamedTuple):
    """Digits in a row, with the plus before them; ``joined`` by ornaments alone to the group before."""

    begin: int
    end: int
    text: str
    joined: bool
    apart: bool
    """Whether a number may well end before this group: it is the first, or a stroke or a plus stands between."""


def _plain(text: str) -> str:
    """Return a text on one line, with digits 0-9 and without what nobody sees."""
    if not text.isascii():
        text = western_digits(text).translate(_UNSEEN)
    return " ".join(text.split())


@lru_cache(maxsize=1_024)
def _found(written: str) -> tuple[_Found, ...]:
    groups = _groups(written)
    wholes = _wholes(groups)
    found, at = [], 0
    while at < len(groups):
        end, number = wholes[at] or _loose(groups, wholes, at)
        close = groups[end - 1].end
        found.append(_Found(_begin(written, groups[at].begin, close), close, number))
        at = end
    return tuple(found)


def _begin(written: str, begin: int, end: int) -> int:
    """Return where a number begins: with its bracket, where it closes one that was opened before its first digit."""
    before = written[:begin].rstrip()
    closes = written.count(")", begin, end) > written.count("(", begin, end)
    return len(before) - 1 if closes and before.endswith("(") else begin


def _groups(written: str) -> list[_Group]:
    groups: list[_Group] = []
    for match in _DIGITS.finditer(written):
        between = written[groups[-1].end : match.start()] if groups else ""
        joined = bool(groups) and _ORNAMENTS.fullmatch(between) is not None
        has_plus = match[0][0] == "+"
        apart = not joined or has_plus or _BETWEEN in between
        groups.append(_Group(match.start(), match.end(), match[0].replace(" ", ""), joined and not has_plus, apart))
    return groups


def _wholes(groups: Sequence[_Group]) -> list[_Whole | None]:
    """Return for each group the whole number that begins with it, and the group after that number.

    A number that other digits follow at once is taken only where they begin another whole number: of
    ``06 12 34 56 78 9`` nobody knows which digit is too much.
    """
    wholes: list[_Whole | None] = [None] * (len(groups) + 1)
    for at in reversed(range(len(groups))):
        for end, text in _reaches(groups, at):
            may_end = end == len(groups) or groups[end].apart or wholes[end] is not None
            if may_end and (number := _number(text)) is not None:
                wholes[at] = end, number  # the longest one stays
    return wholes


def _reaches(groups: Sequence[_Group], at: int) -> Iterator[tuple[int, str]]:
    """Yield how far a number that begins with a group may reach, and its digits."""
    text = ""
    for end in range(at, len(groups)):
        if end > at and not groups[end].joined:
            return
        text += groups[end].text
        if len(text.lstrip("+")) > _LONGEST:
            return
        yield end + 1, text


def _number(text: str) -> PhoneNumber | None:
    """Return the whole number that digits are, if they are one."""
    if moroccan := _MOROCCAN.fullmatch(text):
        return PhoneNumber(MOROCCO, next(filter(None, moroccan.groups())))
    foreign = _INTERNATIONAL.fullmatch(text)
    if foreign is None and not _WITHOUT_PLUS.fullmatch(text):
        return None
    parts = phone_plans.split(foreign[1] if foreign else text)
    return None if parts is None else PhoneNumber(*parts)


def _loose(groups: Sequence[_Group], wholes: Sequence[_Whole | None], at: int) -> _Whole:
    """Return the digits that make no whole number from a group on, and the group after them."""
    end = at + 1
    while end < len(groups) and not groups[end].apart and wholes[end] is None:
        end += 1
    text = "".join(group.text for group in groups[at:end])
    return end, PhoneNumber("", _ZEROS_FOR_PLUS.sub("+", text))
