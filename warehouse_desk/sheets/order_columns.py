"""The columns of an order in a file, written so that the importer reads the same order back."""

from collections.abc import Sequence
from typing import Final

from warehouse_desk.sheets.drafts import FileOrder
from warehouse_desk.sheets.headings import ORDER_HEADINGS
from warehouse_desk.sheets.products import write_products
from warehouse_desk.sheets.writing import ColumnSpec

_WIDTHS: Final = {"full_name": 34, "address": 40, "skus": 24, "notes": 30, "total": 12, "city": 18}

ORDER_COLUMNS: Final[Sequence[ColumnSpec]] = tuple(
    ColumnSpec(name, "money" if name == "total" else "text", _WIDTHS.get(name, 16)) for name in ORDER_HEADINGS
)
"""The ten columns of docs/rules.md#import-cells; more may stand before and after them."""


def order_cells(order: FileOrder) -> tuple[object, ...]:
    """Return the ten cells of an order, in the order of ``ORDER_COLUMNS``."""
    return (
        order.full_name,
        order.phone,
        order.second_phone,
        order.city,
        order.address,
        *write_products(order.lines),
        order.total,
        order.notes,
    )
