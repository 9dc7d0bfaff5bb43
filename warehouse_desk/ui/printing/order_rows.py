"""Which orders paper is wanted of: some by name, or all of a list."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from warehouse_desk.domain.orders.finding import OrderFilter

if TYPE_CHECKING:
    from warehouse_desk.domain.orders.order import OrderRow
    from warehouse_desk.services.desk import Desk

_TOGETHER = 500
"""Orders named one by one that are read at once."""


def rows_to_print(desk: "Desk", ids: Sequence[int], listed: OrderFilter | None) -> Iterator["OrderRow"]:
    """Yield the orders of these numbers, or of a whole list in its order; for a worker thread."""
    if listed is None:
        for start in range(0, len(ids), _TOGETHER):
            yield from desk.orders.rows(ids[start : start + _TOGETHER])
    else:
        for anchor in desk.orders.open_window(listed).anchors:
            yield from desk.orders.window_page(listed, first=anchor)
