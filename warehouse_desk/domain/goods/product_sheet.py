"""One product seen closely: its barcodes, where it lies, what moved it."""

from dataclasses import dataclass, field
from datetime import datetime

from warehouse_desk.common.messages import Message
from warehouse_desk.domain.directories.entries import Product
from warehouse_desk.domain.goods.stock import Movement
from warehouse_desk.domain.results import ChangeSet


@dataclass(frozen=True, slots=True)
class Barcode:
    """A barcode of a product; one on a carton stands for several pieces."""

    code: str
    pieces: int = 1


@dataclass(frozen=True, slots=True)
class Place:
    """What lies of one product in one warehouse."""

    warehouse_id: int
    code: str
    name: str
    on_hand: int
    inspection: int
    virtual: bool = False
    """Whether the warehouse is what a shipping company keeps for us."""


@dataclass(frozen=True, slots=True)
class ProductSheet:
    """A product with its barcodes and places."""

    product: Product
    barcodes: tuple[Barcode, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class MovementRow:
    """One line of the ledger with what it did to each total (pieces, with their sign)."""

    id: int
    at: datetime
    kind: Movement
    on_hand: int
    inspection: int
    committed: int
    warehouse: str
    reference: str
    user_name: str
    station: str
    reason: str


@dataclass(frozen=True, slots=True)
class MovementPage:
    """Some movements of a product, newest first, and the ``before`` of the page after; None at the end."""

    rows: tuple[MovementRow, ...]
    next: int | None


@dataclass(frozen=True, slots=True)
class Confirmation:
    """The answer to a change of what orders name: which row, and a sentence for the worker."""

    id: int
    message: Message
    changes: ChangeSet = field(default_factory=lambda: ChangeSet(products=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfCount(Confirmation):
    """The answer where goods were received or corrected: what lies of the product in that warehouse now."""

    on_hand: int
