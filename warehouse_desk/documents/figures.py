"""Amounts and phone numbers as a courier reads them, always left to right and never broken."""

from warehouse_desk.domain.money import figure_text
from warehouse_desk.domain.phone import readable_phone

NBSP = "\u00a0"


def money(centimes: int, currency: str = "DH") -> str:
    """Return an amount such as ``1 234,50 DH``, its blanks as wide as those between words."""
    return f"{figure_text(centimes, blank=NBSP)}{NBSP}{currency}"


def phone(text: str) -> str:
    """Return a phone field as the desk shows it; a number holds together, between two a line may be broken."""
    return readable_phone(text, NBSP)
