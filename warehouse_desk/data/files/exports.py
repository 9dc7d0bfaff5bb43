"""Whole orders in windows, newest first, for lists that leave the desk: memory for one window, however many match."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Select, and_, select

from warehouse_desk.data.engine.database import Database, UnitOfWork
from warehouse_desk.data.engine.prepared import Prepared
from warehouse_desk.data.engine.types import Among, IdList
from warehouse_desk.data.orders.filters import LIVE, conditions
from warehouse_desk.data.tables import delivery_person, order_line, orders, product, shipping_company, warehouse
from warehouse_desk.domain.orders.finding import OrderFilter

WINDOW = 2_000
"""Orders read at once: about 3 MB."""

LINES = "lines"
"""The field that holds an order's lines: a tuple of (SKU, quantity, unit price, line total)."""

_NAMED = {
    "shipping_company": shipping_company,
    "delivery_person": delivery_person,
    "warehouse": warehouse,
}
"""Fields that hold the name of what the order refers to; every other field is a column of ``orders``."""

_LINES = Prepared(
    select(order_line.c.order_id, product.c.sku, order_line.c.quantity, order_line.c.price, order_line.c.total)
    .join(product, product.c.id == order_line.c.product_id)
    .where(Among(order_line.c.order_id, "ids"))
    .order_by(order_line.c.order_id, order_line.c.position)
)


def _whole_orders(fields: Sequence[str]) -> Select[Any]:
    """Return the query of the fields but the lines, after the order's id."""
    columns: list[Any] = [orders.c.id]
    source: Any = orders
    for name in fields:
        table = _NAMED.get(name)
        if table is not None:
            source = source.join(table, table.c.id == orders.c[f"{name}_id"], isouter=True)
            columns.append(table.c.name)
        elif name != LINES:
            columns.append(orders.c[name])
    return select(*columns).select_from(source).order_by(orders.c.id.desc())


def windows_of_filter(
    database: Database, fields: Sequence[str], order_filter: OrderFilter
) -> Iterator[list[tuple[Any, ...]]]:
    """Yield some fields of a filter's orders window by window, newest first.

    Each window is read by itself, so that no station waits for an export.
    """
    after: int | None = None
    while True:
        with database.read() as uow:
            where = conditions(uow, order_filter)
            if after is not None:
                where.append(orders.c.id < after)
            found = uow.rows(Prepared(_whole_orders(fields).where(and_(*where)).limit(WINDOW)), {})
            window = _window(uow, fields, found)
        if window:
            yield window
            after = found[-1][0]
        if len(found) < WINDOW:
            return


def windows_of_ids(database: Database, fields: Sequence[str], ids: Sequence[int]) -> Iterator[list[tuple[Any, ...]]]:
    """Yield some fields of some orders window by window, newest first; deleted ones are missing."""
    numbers = sorted(set(ids), reverse=True)
    query = Prepared(_whole_orders(fields).where(Among(orders.c.id, "ids", IdList), LIVE))
    for first in range(0, len(numbers), WINDOW):
        with database.read() as uow:
            window = _window(uow, fields, uow.rows(query, {"ids": numbers[first : first + WINDOW]}))
        if window:
            yield window


def _window(uow: UnitOfWork, fields: Sequence[str], rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Put the lines into their place and leave the leading id out."""
    if LINES not in fields:
        return [row[1:] for row in rows]
    place = fields.index(LINES)
    lines: dict[int, list[tuple[str, int, int, int]]] = {row[0]: [] for row in rows}
    for order_id, sku, quantity, price, total in uow.rows(_LINES, {"ids": list(lines)}):
        lines[order_id].append((sku, quantity, price, total))
    return [(*row[1 : place + 1], tuple(lines[row[0]]), *row[place + 1 :]) for row in rows]
