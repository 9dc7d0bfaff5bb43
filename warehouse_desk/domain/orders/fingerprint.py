"""Recognise the same order again: by whom it is for and how much, and by all it holds.

Used to find an order on a server whose answer was lost, and to notice the same order given twice:
docs/rules.md#the-same-order-twice.
"""

import hashlib
from collections.abc import Iterable

from warehouse_desk.common.text import fold
from warehouse_desk.domain.phone import phone_keys


def fingerprint(phone: str, full_name: str, total: int) -> str:
    """Return the key of recipient and amount (centimes): 64 hexadecimal digits."""
    return _digest(phone_keys(phone), fold(full_name), str(total))


def content_hash(phone: str, full_name: str, total: int, address: str, lines: Iterable[tuple[str, int, int]]) -> str:
    """Return the key of the whole content; lines are (SKU, quantity, unit price in centimes), in any order."""
    products = [f"{sku}*{quantity}@{price}" for sku, quantity, price in sorted(lines)]
    return _digest(phone_keys(phone), fold(full_name), str(total), fold(address), *products)


TWIN_HOURS = 48
"""How long an order for the same phone with the same products counts as the same order given twice."""


def twin_parts(phone: str, lines: Iterable[tuple[str, int]]) -> tuple[str, tuple[tuple[str, int], ...]]:
    """Return what orders that may be one order given twice have in common: the first number, and pieces by SKU."""
    pieces: dict[str, int] = {}
    for sku, quantity in lines:
        pieces[sku] = pieces.get(sku, 0) + quantity
    return phone_keys(phone).partition(" ")[0] or fold(phone), tuple(sorted(pieces.items()))


def twin_key(phone: str, lines: Iterable[tuple[str, int]]) -> str:
    """Return the key by which such orders find each other: 64 hexadecimal digits."""
    number, pieces = twin_parts(phone, lines)
    return _digest(number, *(f"{sku}*{quantity}" for sku, quantity in pieces))


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
