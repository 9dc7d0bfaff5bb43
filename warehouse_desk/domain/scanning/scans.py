"""Readings of the scanner as the services hand them out."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from warehouse_desk.common.messages import Message
from warehouse_desk.domain.results import ActionResult, Outcome
from warehouse_desk.domain.status import Status

CODE_LENGTH = 128
"""How many characters of a code are read and stored."""


class CodeKind(StrEnum):
    """What a scanned code turned out to be."""

    ORDER = "order"
    DELETED = "deleted"
    PRODUCT = "product"
    COMMAND = "command"
    BADGE = "badge"
    STATION = "station"
    SEVERAL = "several"
    """More than one order carries it: nobody may choose silently."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Resolved:
    """A code and the one thing that carries it."""

    kind: CodeKind
    code: str
    order_id: int | None = None
    product_id: int | None = None
    name: str = ""
    """The order's reference, or the product's name."""
    pieces: int = 1
    """How many pieces a product's barcode stands for."""


@dataclass(frozen=True, slots=True)
class PastScan:
    """A stored reading, answered or not."""

    scan_id: str
    mode: str
    code: str
    at: datetime
    user_name: str
    station_name: str
    outcome: Outcome | None
    status_before: Status | None
    status_after: Status | None
    message: Message | None
    order_id: int | None
    reference: str
    undone_at: datetime | None = None
    detail: str = ""
    station_id: int | None = None
    user_id: int | None = None


@dataclass(frozen=True, slots=True)
class LineCount:
    """One line of an order whose pieces are scanned."""

    line_id: int
    product_id: int
    sku: str
    name: str
    ordered: int
    counted: int

    @property
    def missing(self) -> int:
        """How many pieces are still to be scanned."""
        return max(0, self.ordered - self.counted)


@dataclass(frozen=True, slots=True)
class Verification:
    """How far the scanning of an order's pieces has come."""

    order_id: int
    reference: str
    lines: tuple[LineCount, ...]

    @property
    def ordered(self) -> int:
        """How many pieces the order has."""
        return sum(line.ordered for line in self.lines)

    @property
    def counted(self) -> int:
        """How many of them were scanned."""
        return sum(line.counted for line in self.lines)

    @property
    def complete(self) -> bool:
        """Whether no piece is missing."""
        return all(not line.missing for line in self.lines)


@dataclass(frozen=True, slots=True)
class HandOverCount:
    """Parcels on the open hand-over sheet of a company or a delivery person, and all that are expected on it."""

    handed: int
    expected: int
    missing: tuple[str, ...] = ()
    """References still to come, the first of them."""
    number: int | None = None
    """The sheet; None before its first parcel."""

    @property
    def left(self) -> int:
        """How many are still to come."""
        return max(0, self.expected - self.handed)


@dataclass(frozen=True, slots=True)
class ScanAnswer:
    """What became of one reading, with what the screen says about the parcel."""

    scan_id: str
    mode: str
    code: str
    at: datetime
    user_name: str
    result: ActionResult
    customer: str = ""
    city: str = ""
    total: int | None = None
    """Amount to collect, in centimes."""
    verification: Verification | None = None
    hand_over: HandOverCount | None = None
    recovered: bool = False
    """Whether it was received before the program was last started."""
