"""Pages of orders by keyset: the deep page costs what the first does."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, select

from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.engine.prepared import Prepared
from warehouse_desk.data.orders.filters import LIVE, conditions, sort_column, sorting
from warehouse_desk.data.orders.row_columns import ROW_COLUMNS, order_row
from warehouse_desk.data.orders.walks import read_stretch, stretches
from warehouse_desk.data.tables import orders
from warehouse_desk.domain.orders.finding import NEWEST_FIRST, Anchor, OrderFilter, Sort, SortKey
from warehouse_desk.domain.orders.order import OrderPage, OrderRow
from warehouse_desk.domain.status import Status


def page_after(
    uow: UnitOfWork, order_filter: OrderFilter, per_page: int, after: Anchor | None, sort: Sort = NEWEST_FIRST
) -> list[OrderRow]:
    """Return the page that follows an order; the first page after None."""
    if order_filter.is_plain and sort == NEWEST_FIRST:
        values = {"status": order_filter.status, "after": None if after is None else after[1], "per_page": per_page}
        conditions = tuple(name for name, value in values.items() if value is not None)
        return [order_row(row) for row in uow.rows(_plain_page(conditions), values)]
    return _sorted_page(uow, order_filter, per_page, after, sort)


@cache
def _plain_page(conditions: tuple[str, ...]) -> Prepared:
    """Return the keyset query of a page without search: scrolling asks it many times a second."""
    query = select(*ROW_COLUMNS).where(LIVE)
    if "status" in conditions:
        query = query.where(orders.c.status == bindparam("status"))
    if "after" in conditions:
        query = query.where(orders.c.id < bindparam("after"))
    return Prepared(query.order_by(orders.c.id.desc()).limit(bindparam("per_page")))


def _sorted_page(
    uow: UnitOfWork, order_filter: OrderFilter, per_page: int, after: Anchor | None, sort: Sort
) -> list[OrderRow]:
    rows: list[OrderRow] = []
    for stretch in stretches(after, sort):
        found = read_stretch(uow, ROW_COLUMNS, order_filter, stretch, sort, per_page - len(rows))
        rows += map(order_row, found)
        if len(rows) >= per_page:
            break
    return rows


def page_from(
    uow: UnitOfWork, order_filter: OrderFilter, per_page: int, first: Anchor | None, sort: Sort = NEWEST_FIRST
) -> list[OrderRow]:
    """Return the page that begins where an order stands or stood; the first page for None."""
    if first is None:
        return page_after(uow, order_filter, per_page, None, sort)
    value, number = first
    return page_after(uow, order_filter, per_page, (value, number + (1 if sort.descending else -1)), sort)


def place_of(uow: UnitOfWork, order_id: int, sort: Sort) -> Anchor:
    """Return where an order stands in a sort, also a deleted one; an unknown id stands beyond the end."""
    column = sort_column(sort)
    if column is None:
        return None, order_id
    found = uow.table(select(column).where(orders.c.id == order_id))
    if found:
        return found[0][0], order_id
    end = uow.table(select(column).order_by(*sorting(Sort(sort.by, not sort.descending))).limit(1))
    return (end[0][0] if end else None), (-1 if sort.descending else 2**62)


_MARKS = ("held", "label_outdated", "twins")


def count(uow: UnitOfWork, order_filter: OrderFilter) -> int:
    """Return exactly how many orders match; those without a mark are all but those with it, which are few."""
    if order_filter.is_plain:
        status = order_filter.status
        values = {} if status is None else {"status": status}
        return int(uow.rows(_plain_count(status is not None), values)[0][0])
    for mark in _MARKS:
        if getattr(order_filter, mark) is False:
            whatever: dict[str, Any] = {mark: None}
            marked: dict[str, Any] = {mark: True}
            return count(uow, replace(order_filter, **whatever)) - count(uow, replace(order_filter, **marked))
    found = uow.table(select(func.count()).select_from(orders).where(and_(*conditions(uow, order_filter))))
    return int(found[0][0])


@cache
def _plain_count(of_status: bool) -> Prepared:
    """Return how many orders there are, or how many in a status: each page of a program asks."""
    query = select(func.count()).select_from(orders).where(LIVE)
    return Prepared(query.where(orders.c.status == bindparam("status")) if of_status else query)


def key_before_page(uow: UnitOfWork, order_filter: OrderFilter, rows_before: int, sort: Sort) -> Anchor | None:
    """Return the last order before a numbered page: an index walk that reads no order.

    None where the list is shorter.
    """
    query = select(_value(sort), orders.c.id).where(and_(*conditions(uow, order_filter))).order_by(*sorting(sort))
    found = uow.table(query.offset(rows_before - 1).limit(1))
    return _anchor(found[0], sort) if found else None


def _value(sort: Sort) -> ColumnElement[Any]:
    column = sort_column(sort)
    return orders.c.id if column is None else column


def _anchor(row: Sequence[Any], sort: Sort) -> Anchor:
    return (None if sort.by is SortKey.NEWEST else row[0]), int(row[1])


def numbered_page(
    uow: UnitOfWork, order_filter: OrderFilter, per_page: int, number: int, after: int | None, sort: Sort = NEWEST_FIRST
) -> OrderPage:
    """Return a page by the order id it follows, or else by its number (from 1)."""
    total = count(uow, order_filter)
    key = None if after is None else place_of(uow, after, sort)
    beyond = False
    if after is None and number > 1:
        key = key_before_page(uow, order_filter, (number - 1) * per_page, sort)
        beyond = key is None
    rows = [] if beyond else page_after(uow, order_filter, per_page + 1, key, sort)
    more = len(rows) > per_page
    shown = tuple(rows[:per_page])
    return OrderPage(shown, total, per_page, number, shown[-1].id if more else None)


def counts_by_status(uow: UnitOfWork) -> dict[Status, int]:
    """Return how many orders stand in each status."""
    query = select(orders.c.status, func.count()).where(LIVE).group_by(orders.c.status)
    found = {Status(status): int(number) for status, number in uow.table(query)}
    return {status: found.get(status, 0) for status in Status}


def rows_by_ids(uow: UnitOfWork, ids: Sequence[int]) -> list[OrderRow]:
    """Return the list rows of some orders, in no order; deleted ones are missing."""
    query = select(*ROW_COLUMNS).where(orders.c.id.in_(ids), LIVE)
    return [order_row(row) for row in uow.table(query)]


def ids_that_match(uow: UnitOfWork, order_filter: OrderFilter, ids: Sequence[int]) -> frozenset[int]:
    """Return those of some orders that a list holds now."""
    query = select(orders.c.id).where(orders.c.id.in_(ids), *conditions(uow, order_filter))
    return frozenset(int(row[0]) for row in uow.table(query))
