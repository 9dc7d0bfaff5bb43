"""Whole orders in windows, newest first, for lists that leave the desk: memory for one window, however many match."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Select, and_, select

from warehouse_desk.data.database import Database, UnitOfWork
from warehouse_desk.data.order_lists import LIVE, OrderFilter, conditions
from warehouse_desk.data.prepared import Prepared
from warehouse_desk.data.tables import delivery_person, order_line, orders, product, shipping_company, warehouse
from warehouse_desk.data.types import Among, IdList

WINDOW = 2_000
"""Orders read at once: about 3 MB."""

_OWN = (
    "id", "reference", "remote_reference", "status", "created_at", "updated_at", "full_name", "phone", "second_phone",
    "email", "city", "area", "address", "shipment_way", "is_fees_paid_by_customer", "total", "notes", "attempt",
    "held", "hold_reason", "tracking_number", "from_stock", "cancel_reason", "short_skus", "label_count",
    "packed_on", "shipped_on", "delivered_on", "returned_on", "canceled_on",
)  # fmt: skip
_NAMED = {
    "shipping_company": shipping_company,
    "delivery_person": delivery_person,
    "warehouse": warehouse,
}
EXPORT_FIELDS: Sequence[str] = (*_OWN, *_NAMED, "lines")
"""The values of a row, in this order; ``lines`` is a list of (SKU, quantity, unit price, line total)."""

_LINES = Prepared(
    select(order_line.c.order_id, product.c.sku, order_line.c.quantity, order_line.c.price, order_line.c.total)
    .join(product, product.c.id == order_line.c.product_id)
    .where(Among(order_line.c.order_id, "ids"))
    .order_by(order_line.c.order_id, order_line.c.position)
)


def _whole_orders() -> Select[Any]:
    query = select(*(orders.c[name] for name in _OWN), *(table.c.name for table in _NAMED.values()))
    source: Any = orders
    for table in _NAMED.values():
        source = source.join(table, table.c.id == orders.c[f"{table.name}_id"], isouter=True)
    return query.select_from(source).order_by(orders.c.id.desc())


_AMONG = Prepared(_whole_orders().where(Among(orders.c.id, "ids", IdList), LIVE))


def matching(database: Database, wanted: OrderFilter) -> Iterator[list[tuple[Any, ...]]]:
    """Yield the orders of a filter window by window, each read by itself so that no station waits for an export."""
    after: int | None = None
    while True:
        with database.read() as uow:
            where = conditions(uow, wanted)
            if after is not None:
                where.append(orders.c.id < after)
            found = uow.rows(Prepared(_whole_orders().where(and_(*where)).limit(WINDOW)), {})
            window = _with_lines(uow, found)
        if window:
            yield window
            after = window[-1][0]
        if len(window) < WINDOW:
            return


def chosen(database: Database, ids: Sequence[int]) -> Iterator[list[tuple[Any, ...]]]:
    """Yield some orders window by window, newest first; deleted ones are missing."""
    wanted = sorted(set(ids), reverse=True)
    for first in range(0, len(wanted), WINDOW):
        with database.read() as uow:
            found = uow.rows(_AMONG, {"ids": wanted[first : first + WINDOW]})
            window = _with_lines(uow, found)
        if window:
            yield window


def _with_lines(uow: UnitOfWork, found: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    lines: dict[int, list[tuple[str, int, int, int]]] = {row[0]: [] for row in found}
    for order_id, *line in uow.rows(_LINES, {"ids": list(lines)}):
        lines[order_id].append(tuple(line))
    return [(*row, lines[row[0]]) for row in found]
