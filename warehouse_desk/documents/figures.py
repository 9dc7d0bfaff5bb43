"""Amounts, phone numbers and days as a courier reads them, always left to right and never broken."""

from datetime import date

from warehouse_desk.domain.phone import readable_phone

NBSP = "\u00a0"


def money(centimes: int, currency: str = "MAD") -> str:
    """Return an amount such as ``1 234,50 MAD``, its blanks non-breaking.

    Written out here because the CLDR data of fr_MA groups thousands with a point, which reads as a decimal.
    """
    whole, rest = divmod(abs(centimes), 100)
    sign = "-" if centimes < 0 else ""
    digits = f"{whole:,}".replace(",", NBSP)
    return f"{sign}{digits},{rest:02d}{NBSP}{currency}"


def phone(text: str) -> str:
    """Return a phone field as the desk shows it; a number holds together, between two a line may be broken."""
    return readable_phone(text, NBSP)


def day(when: date) -> str:
    """Return a day as ``23/11/2026``, the way dates are written in Morocco."""
    return f"{when:%d/%m/%Y}"
