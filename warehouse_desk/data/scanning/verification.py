"""Pieces counted while an order is verified, and the order at each station."""

from collections.abc import Mapping

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.engine.prepared import Prepared
from warehouse_desk.data.tables import order_line, product, station_work, verification_count
from warehouse_desk.domain.orders.order import OrderFacts
from warehouse_desk.domain.scanning.scans import LineCount, Verification

_COUNTS = Prepared(
    select(
        order_line.c.id,
        order_line.c.product_id,
        product.c.sku,
        product.c.name,
        order_line.c.quantity,
        verification_count.c.counted,
    )
    .join(product, product.c.id == order_line.c.product_id)
    .join(
        verification_count,
        (verification_count.c.line_id == order_line.c.id)
        & (verification_count.c.order_id == order_line.c.order_id)
        & (verification_count.c.attempt == bindparam("attempt")),
        isouter=True,
    )
    .where(order_line.c.order_id == bindparam("of_order"))
    .order_by(order_line.c.position)
)


def verification_of(uow: UnitOfWork, facts: OrderFacts) -> Verification:
    """Return how far the scanning of an order's pieces has come in its present attempt."""
    rows = uow.rows(_COUNTS, {"of_order": facts.id, "attempt": facts.attempt})
    lines = [
        LineCount(line, number, sku, name, ordered, counted or 0) for line, number, sku, name, ordered, counted in rows
    ]
    return Verification(facts.id, facts.reference, tuple(lines))


def add_counts(uow: UnitOfWork, facts: OrderFacts, more: Mapping[int, int]) -> None:
    """Add pieces to the counts of lines; the order's row must be locked."""
    dialect = postgresql if uow.is_postgresql else sqlite
    for line_id, pieces in more.items():
        new = dialect.insert(verification_count).values(
            order_id=facts.id, attempt=facts.attempt, line_id=line_id, counted=pieces
        )
        uow.execute(
            new.on_conflict_do_update(
                index_elements=["order_id", "attempt", "line_id"],
                set_={"counted": verification_count.c.counted + new.excluded.counted},
            )
        )


def order_at(uow: UnitOfWork, station_id: int) -> int | None:
    """Return the order whose pieces are being scanned at a station."""
    found = uow.table(select(station_work.c.order_id).where(station_work.c.station_id == station_id))
    return int(found[0][0]) if found else None


def put_order_at(uow: UnitOfWork, station_id: int, order_id: int | None) -> None:
    """Put another order, or none, before a station."""
    uow.execute(delete(station_work).where(station_work.c.station_id == station_id))
    if order_id is not None:
        uow.execute(station_work.insert().values(station_id=station_id, order_id=order_id))
