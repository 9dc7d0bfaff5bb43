"""What a barcode or a typed code says, whatever a scanner, a chat or a spreadsheet added to it.

docs/rules.md#codes says which forms are one code.
"""

import re
from functools import lru_cache

from warehouse_desk.common.text import western_digits

_AIM = re.compile(r"\][A-Za-z][0-9A-Za-z]")
_UNSEEN = {
    **dict.fromkeys([*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF, 0xAD, 0x61C]),
    **dict.fromkeys([*range(0x2010, 0x2016), 0x2212, 0xFE58, 0xFE63, 0xFF0D], "-"),
    **dict.fromkeys([0xA0, 0x2007, 0x202F], " "),
}
"""Zero-width and direction marks fall, every hyphen and dash is one, and blanks that do not break are blanks."""

_GTIN_LENGTHS = (14, 13, 12, 8)
_GS1 = re.compile(r"\(?01\)?([0-9]{14})(.*)", re.DOTALL)
_NEXT_FIELD = re.compile(r"\(?(?:1[0-7]|2[012]|3[0-9]|37|4[0-2]|9[0-9])")
"""How the field behind a GS1-128 article number begins: batch, dates, serial, count, weights, own use."""


def split_aim(text: str) -> tuple[str, str]:
    """Split the AIM symbology identifier (``]C0`` and its like) from a text: (identifier, rest)."""
    return (text[:3], text[3:]) if _AIM.match(text) else ("", text)


def without_aim(text: str) -> str:
    """Return a text without the AIM symbology identifier that a scanner puts before it."""
    return split_aim(text)[1]


@lru_cache(maxsize=256)
def plain_code(text: str) -> str:
    """Return a code as it was printed: no symbology identifier, invisible characters or blanks around it.

    Arabic-Indic digits become 0-9, and hyphens and dashes of every kind the one on labels.
    """
    if text.isascii():
        return without_aim(text.strip()).strip()
    return without_aim(western_digits(text).translate(_UNSEEN).strip()).strip()


def check_digit_holds(digits: str) -> bool:
    """Tell whether the last digit of an EAN-8, UPC-A, EAN-13 or ITF-14 number is its GS1 check digit."""
    weighted = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(reversed(digits)))
    return weighted % 10 == 0


def gtin_forms(code: str) -> tuple[str, ...]:
    """Return the other forms in which scanners send one article number, the likeliest first.

    UPC-A (12 digits), EAN-13 and GTIN-14 differ by leading zeros alone; EAN-8 joins them where its check digit
    holds, and a GS1-128 code by the article number in its field (01).
    """
    if not (code.isascii() and code[:1] in "0123456789(" and len(code) >= min(_GTIN_LENGTHS)):
        return ()
    number = code
    if len(code) > max(_GTIN_LENGTHS):
        number = _gs1_number(code)
    if not number.isdigit() or len(number) not in _GTIN_LENGTHS:
        return ()
    if len(number) == min(_GTIN_LENGTHS) and not check_digit_holds(number):
        return ()
    whole = number.zfill(max(_GTIN_LENGTHS))
    forms = [whole[-length:] for length in _GTIN_LENGTHS if set(whole[:-length]) <= {"0"}]
    if forms[-1] != number and len(forms[-1]) == min(_GTIN_LENGTHS) and not check_digit_holds(forms[-1]):
        forms.pop()
    return tuple(form for form in forms[1:] + forms[:1] if form != code)


def _gs1_number(code: str) -> str:
    match = _GS1.match(code)
    if match is None or not check_digit_holds(match[1]):
        return ""
    rest = match[2].lstrip("\x1d")
    return match[1] if not rest or _NEXT_FIELD.match(rest) else ""
