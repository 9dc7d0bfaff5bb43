"""Pages of orders, newest first, by keyset: the deep page costs what the first does."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, select

from warehouse_desk.data.database import UnitOfWork
from warehouse_desk.data.order_search import containing
from warehouse_desk.data.prepared import Prepared
from warehouse_desk.data.tables import orders
from warehouse_desk.domain.orders import OrderPage, OrderRow
from warehouse_desk.domain.status import Status

ROW_COLUMNS = tuple(
    orders.c[name]
    for name in (
        "id", "reference", "status", "full_name", "phone", "city", "total", "created_at", "held",
        "label_count", "version",
    )
)  # fmt: skip

LIVE: ColumnElement[bool] = orders.c.deleted_at.is_(None)


@dataclass(frozen=True, slots=True)
class OrderFilter:
    """Which orders a list holds: one status or all, one field that contains a keyword, and where given only some."""

    status: Status | None = None
    search_by: str | None = None
    keyword: str = ""
    ids: tuple[int, ...] | None = None


def order_row(row: Any) -> OrderRow:
    """Make a list row of a database row of ``ROW_COLUMNS``."""
    return OrderRow(row[0], row[1], Status(row[2]), *row[3:])


def conditions(uow: UnitOfWork, wanted: OrderFilter) -> list[ColumnElement[bool]]:
    """Return a filter as SQL conditions."""
    found = [LIVE]
    if wanted.status is not None:
        found.append(orders.c.status == wanted.status.value)
    if wanted.ids is not None:
        found.append(orders.c.id.in_(wanted.ids))
    keyword = wanted.keyword.strip()
    if keyword:
        found.append(containing(wanted.search_by, keyword, trigram_table=not uow.is_postgresql))
    return found


def page_after(uow: UnitOfWork, wanted: OrderFilter, per_page: int, after: int | None) -> list[OrderRow]:
    """Return the page that follows an order id, newest first; the first page after None."""
    if not wanted.keyword.strip() and wanted.ids is None:
        values = {"status": wanted.status, "after": after, "per_page": per_page}
        given = tuple(name for name, value in values.items() if value is not None)
        return [order_row(row) for row in uow.rows(_plain_page(given), values)]
    where = conditions(uow, wanted)
    if after is not None:
        where.append(orders.c.id < after)
    query = select(*ROW_COLUMNS).where(and_(*where)).order_by(orders.c.id.desc()).limit(per_page)
    return [order_row(row) for row in uow.table(query)]


@cache
def _plain_page(given: tuple[str, ...]) -> Prepared:
    """Return the keyset query of a page without search: scrolling asks it many times a second."""
    query = select(*ROW_COLUMNS).where(LIVE)
    if "status" in given:
        query = query.where(orders.c.status == bindparam("status"))
    if "after" in given:
        query = query.where(orders.c.id < bindparam("after"))
    return Prepared(query.order_by(orders.c.id.desc()).limit(bindparam("per_page")))


def count(uow: UnitOfWork, wanted: OrderFilter) -> int:
    """Return exactly how many orders match."""
    found = uow.table(select(func.count()).select_from(orders).where(and_(*conditions(uow, wanted))))
    return int(found[0][0])


def key_before_page(uow: UnitOfWork, wanted: OrderFilter, rows_before: int) -> int | None:
    """Return the id of the last order before a numbered page: an index walk that reads no order.

    None where the list is shorter.
    """
    query = select(orders.c.id).where(and_(*conditions(uow, wanted))).order_by(orders.c.id.desc())
    found = uow.table(query.offset(rows_before - 1).limit(1))
    return int(found[0][0]) if found else None


def numbered_page(uow: UnitOfWork, wanted: OrderFilter, per_page: int, number: int, after: int | None) -> OrderPage:
    """Return a page by the order id it follows, or else by its number (from 1)."""
    total = count(uow, wanted)
    key = after
    beyond = False
    if after is None and number > 1:
        key = key_before_page(uow, wanted, (number - 1) * per_page)
        beyond = key is None
    rows = [] if beyond else page_after(uow, wanted, per_page + 1, key)
    more = len(rows) > per_page
    shown = tuple(rows[:per_page])
    return OrderPage(shown, total, per_page, number, shown[-1].id if more else None)


def anchors(uow: UnitOfWork, wanted: OrderFilter, step: int) -> list[int]:
    """Return the order id at every ``step``-th row of a list, from its first: an index walk that ships few rows."""
    number = func.row_number().over(order_by=orders.c.id.desc()).label("number")
    numbered = select(orders.c.id.label("id"), number).where(and_(*conditions(uow, wanted))).subquery()
    query = select(numbered.c.id).where((numbered.c.number - 1) % step == 0).order_by(numbered.c.id.desc())
    return [int(row[0]) for row in uow.table(query)]


def page_from(uow: UnitOfWork, wanted: OrderFilter, per_page: int, first: int | None) -> list[OrderRow]:
    """Return the page that begins with an order id, newest first; the first page for None."""
    return page_after(uow, wanted, per_page, None if first is None else first + 1)


def counts_by_status(uow: UnitOfWork) -> dict[Status, int]:
    """Return how many orders stand in each status."""
    query = select(orders.c.status, func.count()).where(LIVE).group_by(orders.c.status)
    found = {Status(status): int(number) for status, number in uow.table(query)}
    return {status: found.get(status, 0) for status in Status}


def rows_by_ids(uow: UnitOfWork, ids: list[int]) -> list[OrderRow]:
    """Return the list rows of some orders, in no order; deleted ones are missing."""
    query = select(*ROW_COLUMNS).where(orders.c.id.in_(ids), LIVE)
    return [order_row(row) for row in uow.table(query)]
