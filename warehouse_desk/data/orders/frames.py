"""The frame of a long list: where every so-many-th order stands, read without shipping the orders between."""

from sqlalchemy import ColumnElement, Select, and_, func, select

from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.orders.filters import LIVE, conditions, sort_column
from warehouse_desk.data.orders.lists import count
from warehouse_desk.data.tables import orders
from warehouse_desk.domain.orders.finding import EVERY_ORDER, NEWEST_FIRST, Anchor, OrderFilter, Sort
from warehouse_desk.domain.orders.order import OrderWindow


def frame(uow: UnitOfWork, order_filter: OrderFilter, sort: Sort, step: int) -> OrderWindow:
    """Return the exact length of a list and its order at every ``step``-th row, from the first."""
    if order_filter.is_plain and sort == NEWEST_FIRST:
        found: list[Anchor] = [
            (None, int(row[0])) for row in uow.table(_hops(order_filter, step)) if row[0] is not None
        ]
    else:
        keyed = sort_column(sort) is not None
        found = [
            (row[0] if keyed else None, int(row[1])) for row in uow.table(_numbered(uow, order_filter, sort, step))
        ]
    return OrderWindow(count(uow, order_filter), tuple(found), step)


def _hops(order_filter: OrderFilter, step: int) -> Select[tuple[int]]:
    """Return a query that hops along the index of the ids, half as long under way as counting every row."""
    where = [LIVE] if order_filter.status is None else [LIVE, orders.c.status == order_filter.status.value]
    start = select(select(func.max(orders.c.id)).where(*where).scalar_subquery().label("id"))
    hops = start.cte("hops", recursive=True)
    one = orders.alias("one")
    within: list[ColumnElement[bool]] = [one.c.deleted_at.is_(None)]
    if order_filter.status is not None:
        within.append(one.c.status == order_filter.status.value)
    following = (
        select(one.c.id).where(*within, one.c.id < hops.c.id).order_by(one.c.id.desc()).offset(step - 1).limit(1)
    )
    hops = hops.union_all(select(following.correlate(hops).scalar_subquery()).where(hops.c.id.is_not(None)))
    return select(hops.c.id)


def _numbered(uow: UnitOfWork, order_filter: OrderFilter, sort: Sort, step: int) -> Select[tuple[object, int]]:
    """Return a query that numbers the rows; what a filter finds is put aside first.

    Otherwise SQLite walks the index of the sort and looks up every order of the table to filter it: ten times slower.
    """
    column = sort_column(sort)
    found = select((orders.c.id if column is None else column).label("value"), orders.c.id.label("id")).where(
        and_(*conditions(uow, order_filter))
    )
    listed = found.cte("found")
    if order_filter != EVERY_ORDER:
        listed = listed.prefix_with("MATERIALIZED")
    by = [listed.c.id] if column is None else [listed.c.value, listed.c.id]
    order = [each.desc() if sort.descending else each.asc() for each in by]
    number = func.row_number().over(order_by=order).label("number")
    numbered = select(listed.c.value, listed.c.id, number).subquery("numbered")
    return (
        select(numbered.c.value, numbered.c.id).where((numbered.c.number - 1) % step == 0).order_by(numbered.c.number)
    )
