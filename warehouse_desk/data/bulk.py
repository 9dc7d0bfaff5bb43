"""Load many rows at once, by each database's fastest way: COPY in PostgreSQL, one prepared insert in SQLite."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Table, bindparam, insert, select, text
from sqlalchemy.sql.base import Executable

from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.engine.prepared import Prepared, converter_of
from warehouse_desk.data.engine.types import Among, TextList
from warehouse_desk.data.tables import order_event, order_line, orders, stock_movement
from warehouse_desk.domain.goods.stock import Movement

_LONG_STATEMENTS = text("SET LOCAL statement_timeout = '5min'")


def allow_long_statements(uow: UnitOfWork) -> None:
    """Let the statements of this unit of work take minutes: thousands of rows on a busy server pass a scan's limit.

    Only for work that keeps nobody waiting meanwhile.
    """
    if uow.is_postgresql:
        uow.execute(_LONG_STATEMENTS)


_KNOWN_ROWS = text("SELECT reltuples FROM pg_class WHERE oid = 'order_line'::regclass")
_COUNT_ANEW = text("ANALYZE (SKIP_LOCKED) orders, order_line, order_event")
_PLANNED_WELL = 50_000
"""Order lines known to PostgreSQL's planner from which on it looks them up by their index, whatever comes."""


def refresh_statistics(uow: UnitOfWork) -> None:
    """Tell a young PostgreSQL database how much was just loaded.

    It would plan for empty tables until this unit of work has ended, and compare every row with every other.
    """
    if uow.is_postgresql and uow.table(_KNOWN_ROWS)[0][0] < _PLANNED_WELL:
        uow.execute(_COUNT_ANEW)


def load_rows(uow: UnitOfWork, table: Table, names: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """Write rows, each a tuple in the order of ``names``, inside the unit of work."""
    if uow.is_postgresql:
        uow.copy_in(table.name, names, rows)
        return
    converters = [
        (place, convert)
        for place, name in enumerate(names)
        if (convert := converter_of(table.c[name].type, uow.dialect)) is not None
    ]

    def converted() -> Iterable[list[Any]]:
        for row in rows:
            values = list(row)
            for place, convert in converters:
                values[place] = convert(values[place])
            yield values

    uow.insert_in(table.name, names, converted())


_IDS = Prepared(select(orders.c.id).where(Among(orders.c.reference, "codes", TextList)).order_by(orders.c.id))
_NEXT_IDS = "SELECT nextval(pg_get_serial_sequence('orders', 'id')) FROM generate_series(1, :number)"


def ids_ahead(uow: UnitOfWork, number: int) -> list[int]:
    """Return ids for so many orders about to be written, growing; PostgreSQL only.

    Looked up by their references afterwards they would be found through the trigram index, whose rows of this very
    unit of work still wait to be sorted in: seconds for a thousand.
    """
    return [int(row[0]) for row in uow.table(text(_NEXT_IDS).bindparams(number=number))]


def load_orders(
    uow: UnitOfWork, names: Sequence[str], rows: Sequence[tuple[Any, ...]], references: Sequence[str]
) -> list[int]:
    """Load orders and return their ids in the order given: ids and references grow together."""
    if uow.is_postgresql:
        ids = ids_ahead(uow, len(rows))
        load_rows(uow, orders, ("id", *names), ((number, *row) for number, row in zip(ids, rows, strict=True)))
        return ids
    load_rows(uow, orders, names, rows)
    return [number for (number,) in uow.rows(_IDS, {"codes": references})]


def load_movements(uow: UnitOfWork, kind: Movement, event_kinds: Sequence[str], order_ids: Sequence[int]) -> None:
    """Write a movement for each line of loaded orders that have one of these events, at the moment of the event."""
    uow.execute(_movements(kind, event_kinds), {"ids": order_ids})


def _movements(kind: Movement, event_kinds: Sequence[str]) -> Executable:
    placed = kind not in {Movement.COMMIT, Movement.RELEASE}
    columns = {
        "product_id": order_line.c.product_id,
        "warehouse_id": orders.c.warehouse_id
        if placed
        else bindparam("nowhere", None, type_=orders.c.warehouse_id.type),
        "kind": bindparam("of_kind", kind.value),
        "quantity": order_line.c.quantity,
        "order_id": orders.c.id,
        "line_id": order_line.c.id,
        "attempt": orders.c.attempt,
        "cycle": orders.c.stock_cycle,
        "at": order_event.c.at,
        "user_name": order_event.c.user_name,
        "station_id": order_event.c.station_id,
    }
    source = (
        select(*columns.values())
        .select_from(order_line)
        .join(orders, orders.c.id == order_line.c.order_id)
        .join(order_event, order_event.c.order_id == orders.c.id)
        .where(Among(orders.c.id, "ids"), order_event.c.kind.in_(list(event_kinds)))
    )
    return insert(stock_movement).from_select(list(columns), source)
