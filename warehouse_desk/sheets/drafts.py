"""What a row of a sheet becomes: an order to create, and what is wrong with its cells.

These are named tuples: a sheet makes hundreds of thousands of them, and a frozen dataclass takes three times
as long to build.
"""

import hashlib
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple

from warehouse_desk.common.messages import Message
from warehouse_desk.common.text import fold
from warehouse_desk.sheets.cells import Cell
from warehouse_desk.sheets.phones import last_nine


class Severity(StrEnum):
    """What a problem means for its row."""

    ERROR = "error"
    """The row cannot be imported until the cell is fixed."""
    REPAIR = "repair"
    """The row waits for a person to accept or refuse the proposed value."""
    WARNING = "warning"
    """The row can be imported; a person should know."""


class DraftLine(NamedTuple):
    """One product of an order: the price is that of one unit, in centimes."""

    sku: str
    quantity: int
    unit_price: int


class OrderDraft(NamedTuple):
    """An order as the sheet gives it; the total is the amount to collect, in centimes."""

    full_name: str
    phone: str
    second_phone: str
    city: str
    address: str
    lines: tuple[DraftLine, ...]
    total: int
    notes: str


class Problem(NamedTuple):
    """What is wrong with one cell ("" as column: with the whole row)."""

    column: str
    severity: Severity
    message: Message
    proposed: str = ""
    """The text to put in the cell, for a repair."""
    accepted: bool | None = None
    """What a person said to the repair: none yet, yes (it is in force), or no."""

    @property
    def blocks(self) -> bool:
        """Tell whether the row must wait because of this problem."""
        return self.severity is Severity.ERROR or (self.severity is Severity.REPAIR and self.accepted is None)


NO_FIXES: Final[Mapping[str, str]] = MappingProxyType({})


class PreviewRow(NamedTuple):
    """One row of the file: its number in Excel, its cells as found, the order they make, what is wrong."""

    number: int
    raw: list[Cell]
    """Every cell of the row as found, in the file's own order of columns."""
    draft: OrderDraft | None
    """The order, or nothing while a problem blocks the row."""
    problems: tuple[Problem, ...] = ()
    fixes: Mapping[str, str] = NO_FIXES
    """Column to the text that a person put in its place."""

    @property
    def is_valid(self) -> bool:
        """Tell whether the row can be imported as it stands."""
        return self.draft is not None


def order_fingerprint(draft: OrderDraft) -> str:
    """Return a text equal for the same order however its phone and name were written.

    Last nine digits of the phone, folded name, total in centimes, then city, address and products.
    """
    content = "\x1e".join(f"{sku}\x1f{quantity}\x1f{price}" for sku, quantity, price in sorted(draft.lines))
    key = "\x1d".join(
        (
            last_nine(draft.phone),
            fold(draft.full_name),
            str(draft.total),
            fold(draft.city),
            fold(draft.address),
            content,
        )
    )
    return hashlib.sha256(key.encode()).hexdigest()
