"""The columns that an export may hold, and the cells they make of an order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from operator import itemgetter
from typing import Any, Final

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.domain.errors import WrongUsage
from warehouse_desk.domain.files import NO_COLUMN
from warehouse_desk.sheets.drafts import DraftLine
from warehouse_desk.sheets.order_columns import ORDER_COLUMNS
from warehouse_desk.sheets.products import write_products
from warehouse_desk.sheets.row_sheet import CellKind
from warehouse_desk.sheets.writing import ColumnSpec

MakeCell = Callable[[Any], object]
"""Makes a cell of a field."""


def _moment(at: datetime) -> datetime:
    return at.astimezone().replace(tzinfo=None)


def _switch(is_on: bool | None) -> int | None:
    return None if is_on is None else int(is_on)


@lru_cache(maxsize=4)
def _products_cells(lines: tuple[tuple[str, int, int, int], ...]) -> tuple[str, str, str]:
    """Return the three cells of an order's products; remembered, since three columns ask in turn."""
    return write_products([DraftLine(sku, quantity, price) for sku, quantity, price, _ in lines])


def _skus(lines: tuple[tuple[str, int, int, int], ...]) -> str:
    return _products_cells(lines)[0]


def _quantities(lines: tuple[tuple[str, int, int, int], ...]) -> str:
    return _products_cells(lines)[1]


def _prices(lines: tuple[tuple[str, int, int, int], ...]) -> str:
    return _products_cells(lines)[2]


def _worth(lines: Sequence[tuple[str, int, int, int]]) -> int:
    return sum(total for *_, total in lines)


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """One column on offer."""

    spec: ColumnSpec
    about: Message
    field: str
    """What it is made of."""
    make: MakeCell | None = None
    """None where the field is the cell."""


def _column(
    name: str, about: Message, kind: CellKind = "text", width: float = 16, make: MakeCell | None = None
) -> ExportColumn:
    return ExportColumn(ColumnSpec(name, kind, width), about, name, make)


_ABOUT: Final = {
    "full_name": msg("Customer"),
    "phone": msg("Phone"),
    "second_phone": msg("Second phone"),
    "city": msg("City"),
    "address": msg("Address"),
    "skus": msg("SKUs"),
    "quantities": msg("Quantities"),
    "prices": msg("Unit prices"),
    "total": msg("Total to collect (MAD)"),
    "notes": msg("Notes"),
}
_OF_LINES: Final[dict[str, MakeCell]] = {"skus": _skus, "quantities": _quantities, "prices": _prices}

_TEN: Final = tuple(
    ExportColumn(spec, _ABOUT[spec.title], "lines", _OF_LINES[spec.title])
    if spec.title in _OF_LINES
    else ExportColumn(spec, _ABOUT[spec.title], spec.title)
    for spec in ORDER_COLUMNS
)
_COLUMNS: Final = (
    _column("reference", msg("Reference")),
    _column("status", msg("Status"), width=22),
    _column("created_at", msg("Created"), "moment", make=_moment),
    *_TEN,
    _column("updated_at", msg("Changed"), "moment", make=_moment),
    _column("remote_reference", msg("Reference on the server")),
    _column("email", msg("Email"), width=28),
    _column("area", msg("Area")),
    _column("shipment_way", msg("Shipment way"), "whole", 10),
    _column("is_fees_paid_by_customer", msg("Customer pays the fees (1/0)"), "whole", 10,
            _switch),
    ExportColumn(ColumnSpec("products_total", "money", 12), msg("Value of the products (MAD)"), "lines", _worth),
    _column("attempt", msg("Attempt"), "whole", 8),
    _column("held", msg("On hold (1/0)"), "whole", 8, _switch),
    _column("hold_reason", msg("Reason for hold"), width=30),
    _column("shipping_company", msg("Shipping company"), width=22),
    _column("from_stock", msg("From the company's stock (1/0)"), "whole", 10, _switch),
    _column("tracking_number", msg("Tracking number"), width=22),
    _column("delivery_person", msg("Delivery person"), width=22),
    _column("warehouse", msg("Warehouse")),
    _column("cancel_reason", msg("Reason for cancellation"), width=30),
    _column("short_skus", msg("Short SKUs"), width=22),
    _column("label_count", msg("Labels printed"), "whole", 8),
    _column("label_outdated", msg("Label outdated (1/0)"), "whole", 8, _switch),
    _column("packed_on", msg("Packed on"), "day", 12),
    _column("shipped_on", msg("Shipped on"), "day", 12),
    _column("delivered_on", msg("Delivered on"), "day", 12),
    _column("returned_on", msg("Returned on"), "day", 12),
    _column("canceled_on", msg("Canceled on"), "day", 12),
)  # fmt: skip

COLUMNS: Final = {column.spec.title: column for column in _COLUMNS}
"""Every column on offer by its heading. The ten columns of an import keep its names: an export is an import."""

DEFAULT_COLUMNS: Final = (
    "reference", "status", "created_at", *(column.title for column in ORDER_COLUMNS), "shipping_company",
    "tracking_number", "delivery_person", "packed_on", "shipped_on", "delivered_on", "returned_on", "canceled_on",
)  # fmt: skip


def columns_named(names: Sequence[str]) -> list[ExportColumn]:
    """Return the columns of some headings, in that order.

    Raises:
        WrongUsage: a heading is not on offer, or named twice, or there is none.
    """
    wrong = next((name for name in names if name not in COLUMNS), None)
    if wrong is not None:
        raise WrongUsage(
            msg("There is no column “{name}”. Known: {known}.", name=wrong[:60], known=list(COLUMNS)), "columns"
        )
    if not names:
        raise WrongUsage(NO_COLUMN, "columns")
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise WrongUsage(msg("The column “{name}” is listed twice.", name=twice), "columns")
    return [COLUMNS[name] for name in names]


def fields_of(columns: Sequence[ExportColumn]) -> tuple[str, ...]:
    """Return the fields that some columns are made of, each once."""
    return tuple(dict.fromkeys(column.field for column in columns))


def cells_of(columns: Sequence[ExportColumn], fields: Sequence[str]) -> Callable[[Sequence[Any]], list[object]]:
    """Return what makes the cells of a row out of its fields."""
    places = [fields.index(column.field) for column in columns]
    # itemgetter gives a single item bare
    pick = itemgetter(*places) if len(places) > 1 else itemgetter(slice(places[0], places[0] + 1))
    made = [(at, column.make) for at, column in enumerate(columns) if column.make is not None]

    def cells(row: Sequence[Any]) -> list[object]:
        found = list(pick(row))
        for at, make in made:
            found[at] = make(found[at])
        return found

    return cells
