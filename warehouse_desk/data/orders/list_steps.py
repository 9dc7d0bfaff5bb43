"""What a step on a whole list must know: where the list ends, and which of its orders others have touched since."""

from dataclasses import dataclass

from sqlalchemy import and_, func, select

from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.orders.filters import conditions
from warehouse_desk.data.tables import change_log, orders
from warehouse_desk.domain.orders.finding import OrderFilter


@dataclass(frozen=True, slots=True)
class Watermark:
    """The moment at which a list was chosen."""

    newest_id: int
    """No order created later has an id so small."""
    seq: int
    """The last change of that moment."""


def watermark(uow: UnitOfWork) -> Watermark:
    """Return the present moment; the change log is read first, so that nothing falls between."""
    seq = newest_change(uow)
    newest = uow.table(select(func.max(orders.c.id)))[0][0]
    return Watermark(newest or 0, seq)


def newest_change(uow: UnitOfWork) -> int:
    """Return the number of the last change that anybody made; 0 where there is none."""
    return int(uow.table(select(func.max(change_log.c.seq)))[0][0] or 0)


def next_ids(uow: UnitOfWork, order_filter: OrderFilter, after: int, last: int, limit: int) -> list[int]:
    """Return the next orders of a list, oldest first: after one id, up to another."""
    where = and_(*conditions(uow, order_filter), orders.c.id > after, orders.c.id <= last)
    return [int(row[0]) for row in uow.table(select(orders.c.id).where(where).order_by(orders.c.id).limit(limit))]


def changed_since(uow: UnitOfWork, seq: int, after: int, last: int) -> tuple[set[int], int]:
    """Return which orders between two ids were changed after a change, and the newest change of all."""
    newest = newest_change(uow)
    query = select(change_log.c.order_id).where(
        change_log.c.seq > seq, change_log.c.order_id > after, change_log.c.order_id <= last
    )
    return {int(row[0]) for row in uow.table(query)}, newest
