"""Amounts, phone numbers and days as a courier reads them, always left to right and never broken."""

import re
from datetime import date

from warehouse_desk.common.text import western_digits

NBSP = "\u00a0"
_MOROCCAN = re.compile(r"(?<![0-9+])(?:(?:\+|00)?212[ .\-]?(?:\(0\))?|0)[ .\-]?([5-8](?:[ .\-]?[0-9]){8})(?![0-9])")


def money(centimes: int, currency: str = "MAD") -> str:
    """Return an amount such as ``1 234,50 MAD``, its blanks non-breaking.

    Written out here because the CLDR data of fr_MA groups thousands with a point, which reads as a decimal.
    """
    whole, rest = divmod(abs(centimes), 100)
    sign = "-" if centimes < 0 else ""
    digits = f"{whole:,}".replace(",", NBSP)
    return f"{sign}{digits},{rest:02d}{NBSP}{currency}"


def phone(text: str) -> str:
    """Return a phone field with Moroccan numbers as ``06 12 34 56 78`` and Western digits.

    A number holds together; a field with several numbers can be wrapped between them.
    """
    plain = " ".join(western_digits(text).split())
    return _MOROCCAN.sub(_national, plain)


def day(when: date) -> str:
    """Return a day as ``23/11/2026``, the way dates are written in Morocco."""
    return f"{when:%d/%m/%Y}"


def _national(match: re.Match[str]) -> str:
    digits = "0" + re.sub("[^0-9]", "", match[1])
    return NBSP.join(digits[i : i + 2] for i in range(0, 10, 2))
