"""What a row of a sheet becomes: an order to create, and what is wrong with its cells.

These are named tuples: a sheet makes hundreds of thousands of them, and a frozen dataclass takes three times
as long to build.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple

from warehouse_desk.common.messages import Message
from warehouse_desk.domain.orders.fingerprint import content_hash
from warehouse_desk.sheets.cells import Cell


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


class FileOrder(NamedTuple):
    """An order as the sheet gives it; the total is the amount to collect, in centimes."""

    full_name: str
    phone: str
    second_phone: str
    city: str
    address: str
    lines: tuple[DraftLine, ...]
    total: int
    notes: str
    area: str = ""
    """The district, where it stood behind the city."""


class Problem(NamedTuple):
    """What is wrong with one cell ("" as column: with the whole row)."""

    column: str
    severity: Severity
    message: Message
    proposed: str = ""
    """The text to put in the cell, for a repair."""
    accepted: bool | None = None
    """What a person said to the repair: none yet, yes (it is in force), or no."""
    choices: tuple[str, ...] = ()
    """Texts of which a person must choose one, for a repair that proposes none; never taken with all others."""
    also: tuple[tuple[str, str], ...] = ()
    """What else the repair puts into cells: column and text."""

    @property
    def blocks(self) -> bool:
        """Tell whether the row must wait because of this problem."""
        return self.severity is Severity.ERROR or self.is_open

    @property
    def is_open(self) -> bool:
        """Tell whether a repair waits for a person."""
        return self.severity is Severity.REPAIR and self.accepted is None


NO_FIXES: Final[Mapping[str, str]] = MappingProxyType({})


class PreviewRow(NamedTuple):
    """One row of the file: its number in Excel, its cells as found, the order they make, what is wrong."""

    number: int
    raw: list[Cell]
    """Every cell of the row as found, in the file's own order of columns."""
    draft: FileOrder | None
    """The order, or nothing while a problem blocks the row."""
    problems: tuple[Problem, ...] = ()
    fixes: Mapping[str, str] = NO_FIXES
    """Column to the text that a person put in its place."""

    @property
    def is_valid(self) -> bool:
        """Tell whether the row can be imported as it stands."""
        return self.draft is not None


def order_hash(draft: FileOrder) -> str:
    """Return the key by which the same order is recognised, in its file and among the orders that exist."""
    return content_hash(draft.phone, draft.full_name, draft.total, draft.address, draft.lines)
