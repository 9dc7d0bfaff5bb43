"""Filters and sorts of orders as SQL: every sort ends in the id, so that each order has one place."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, UnaryExpression, false, literal_column, or_, select, true
from sqlalchemy.sql.operators import custom_op

from warehouse_desk.common.clock import day_start
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.engine.types import is_row_number
from warehouse_desk.data.orders.search import containing
from warehouse_desk.data.tables import orders, outbox
from warehouse_desk.domain.orders.finding import OrderFilter, Sort, SortKey

LIVE: ColumnElement[bool] = orders.c.deleted_at.is_(None)

UNSENT = ("PENDING", "INFLIGHT")
"""States of an operation that the server has not answered yet."""

_EQUAL = ("city_id", "shipping_company_id", "delivery_person_id", "warehouse_id")
"""Fields of the filter that are columns of the same name."""

_SWITCHES = ("held", "label_outdated")
"""Fields of the filter that are columns of the same name, true or not."""

_COLUMNS: dict[SortKey, ColumnElement[Any]] = {
    SortKey.NAME: orders.c.name_folded,
    SortKey.CITY: orders.c.city_folded,
    SortKey.TOTAL: orders.c.total,
    SortKey.CREATED: orders.c.created_at,
    SortKey.STATUS: orders.c.status,
}


def sort_column(sort: Sort) -> ColumnElement[Any] | None:
    """Return the column that a list is sorted by before the id, or None where it is the id alone."""
    return _COLUMNS.get(sort.by)


def sorting(sort: Sort, *, free: bool = False) -> list[ColumnElement[Any]]:
    """Return the columns of a sort in their direction; one direction, so that one index is read one way.

    ``free`` of any index: to sort what was found otherwise.
    """
    column = sort_column(sort)
    found = [orders.c.id] if column is None else [column, orders.c.id]
    of = unindexed if free else as_it_is
    return [of(each).desc() if sort.descending else of(each).asc() for each in found]


def conditions(uow: UnitOfWork, order_filter: OrderFilter, *, walked: Sort | None = None) -> list[ColumnElement[bool]]:
    """Return a filter as SQL conditions; where a sort's index is ``walked``, so that SQLite uses no other one."""
    only_twins = bool(order_filter.twins) and walked is None and not uow.is_postgresql

    def of(name: str) -> ColumnElement[Any]:
        if only_twins:
            # Their index has no column that is asked for: SQLite would take any other one for the better.
            return unindexed(orders.c[name])
        is_walked = walked is None or orders.c[name] is sort_column(walked)
        # The index of a status holds its orders by their ids.
        is_walked = is_walked or (walked is not None and walked.by is SortKey.NEWEST and name == "status")
        return orders.c[name] if is_walked else unindexed(orders.c[name])

    found = [LIVE]
    if order_filter.status is not None:
        found.append(of("status") == order_filter.status.value)
    found += [of(name) == getattr(order_filter, name) for name in _EQUAL if getattr(order_filter, name) is not None]
    found += _marks(order_filter, of)
    if order_filter.ids is not None:
        found.append(_one_of(of("id"), order_filter.ids))
    if order_filter.created_from is not None:
        found.append(of("created_at") >= day_start(order_filter.created_from))
    if order_filter.created_to is not None:
        found.append(of("created_at") < day_start(order_filter.created_to + timedelta(days=1)))
    if order_filter.printed is not None:
        found.append(of("label_count") > 0 if order_filter.printed else of("label_count") == 0)
    if order_filter.unsynced is not None:
        waiting = of("id").in_(_unsent())
        found.append(waiting if order_filter.unsynced else ~waiting)
    keyword = order_filter.keyword.strip()
    if keyword:
        found.append(containing(order_filter.search_by, keyword, trigram_table=not uow.is_postgresql))
    return found


def _marks(order_filter: OrderFilter, of: Callable[[str], ColumnElement[Any]]) -> list[ColumnElement[bool]]:
    """Return the conditions on marks that few orders bear, in the very words of the indexes of those orders."""
    switches = {name: getattr(order_filter, name) for name in _SWITCHES}
    found: list[ColumnElement[bool]] = [of(name).is_(true()) for name, wanted in switches.items() if wanted is True]
    found += [of(name).is_not(true()) for name, wanted in switches.items() if wanted is False]
    if order_filter.twins is True:
        found.append(orders.c.twin_of.is_not(None))
    elif order_filter.twins is False:
        found.append(of("twin_of").is_(None))
    return found


def as_it_is(value: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return a value as it is."""
    return value


def unindexed(value: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return a value so that SQLite uses no index for it, by its own means for that: a plus before it."""
    return UnaryExpression(value, operator=custom_op("+"), type_=value.type)


def _one_of(column: ColumnElement[Any], ids: Iterable[int]) -> ColumnElement[bool]:
    """Return whether a column is one of some ids, written out: a prepared statement takes no list as it comes."""
    numbers: list[ColumnElement[Any]] = [literal_column(str(number)) for number in ids if is_row_number(number)]
    return column.in_(numbers) if numbers else false()


def _unsent() -> Select[Any]:
    return select(outbox.c.order_id).where(or_(*(outbox.c.state == each for each in UNSENT)))
