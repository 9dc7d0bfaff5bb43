"""Read a part of a sorted and filtered list in bounded time, whichever of two ways is the shorter.

*Walk*: along the index of the sort, leaving out what the filter does not want: at once where it wants much.
*Gather*: all that the filter wants through its own index, then sort it: at once where it wants little.

Left to themselves SQLite gathers 300,000 orders to show 200 of them, and PostgreSQL, which takes any filter for evenly
spread, walks past a million for a company whose orders stand at the end. Here the walk is tried first, over so many
entries as take a blink; where they do not fill the page, what the filter wants is gathered.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select

from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.orders.filters import LIVE, as_it_is, conditions, sort_column, sorting, unindexed
from warehouse_desk.data.orders.search import has_trigrams
from warehouse_desk.data.tables import orders
from warehouse_desk.domain.orders.finding import EVERY_ORDER, Anchor, OrderFilter, Sort, SortKey

Columns = Sequence[ColumnElement[Any]]

WALK = 20_000
"""Entries of the sort's index that are walked in the hope of a whole page: every hundredth order must match."""

_SIDE_BY_SIDE = 10
"""How many times as far the days of creation are walked: orders of one day lie side by side in the file."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a sorted list that an index holds in a row: all of it (None), the ties after an order, what follows."""

    after: Anchor | None = None
    ties: bool = False

    def conditions(self, sort: Sort, *, free: bool = False) -> list[ColumnElement[bool]]:
        """Return the stretch as SQL conditions; ``free`` of the sort's index."""
        if self.after is None:
            return []
        value, number = self.after
        of = unindexed if free else as_it_is
        column, order_id = sort_column(sort), of(orders.c.id)
        later = order_id < number if sort.descending else order_id > number
        if column is None:
            return [later]
        if self.ties:
            return [of(column) == value, later]
        return [of(column) < value if sort.descending else of(column) > value]


def stretches(after: Anchor | None, sort: Sort) -> list[Stretch]:
    """Return where a page goes on: first the rest of the orders with the same value, then the values beyond.

    Two ranges, each the end of one index: asked for ``(value, id) < (?, ?)``, SQLite walks all orders of that value.
    """
    if after is None or sort_column(sort) is None:
        return [Stretch(after)]
    return [Stretch(after, ties=True), Stretch(after)]


def read_stretch(
    uow: UnitOfWork,
    columns: Sequence[ColumnElement[Any]],
    order_filter: OrderFilter,
    stretch: Stretch,
    sort: Sort,
    limit: int,
) -> list[tuple[Any, ...]]:
    """Return the first orders of a stretch that a filter wants, at most ``limit``."""
    query = select(*columns).order_by(*sorting(sort)).limit(limit)
    if order_filter == EVERY_ORDER or (_is_in_order(order_filter, sort) and not _wants_few(order_filter)):
        return uow.table(query.where(*conditions(uow, order_filter), *stretch.conditions(sort)))
    if not _wants_little(uow, order_filter):
        bound = _bound(uow, stretch, sort)
        where = conditions(uow, order_filter, walked=None if uow.is_postgresql else sort)
        rows = _walked(uow, query.where(*where, *stretch.conditions(sort), *_up_to(bound, sort)))
        if bound is None or len(rows) >= limit:
            return rows
    if uow.is_postgresql:
        return uow.table(_gathered_apart(uow, columns, order_filter, stretch, sort, limit))
    gathered = select(*columns).where(*conditions(uow, order_filter), *stretch.conditions(sort, free=True))
    return uow.table(gathered.order_by(*sorting(sort, free=True)).limit(limit))


def _is_in_order(order_filter: OrderFilter, sort: Sort) -> bool:
    """Tell whether the index of a filter holds its orders in the order of the sort already."""
    if sort.by is SortKey.NEWEST:
        given = (order_filter.status, order_filter.city_id, order_filter.shipping_company_id)
        return any(value is not None for value in given) and not order_filter.keyword.strip()
    return sort.by is SortKey.STATUS and order_filter.status is not None


_OTHER_WAYS = ("enable_seqscan", "enable_bitmapscan", "enable_sort")


def _walked(uow: UnitOfWork, query: Select[Any]) -> list[tuple[Any, ...]]:
    """Run a query along the index of its sort, ending with the page.

    PostgreSQL would read a stretch of 20,000 as a whole, or even the table, as if the page ended with the stretch.
    For this query it is left no other way.
    """
    if not uow.is_postgresql:
        return uow.table(query)
    uow.execute(select(*(func.set_config(name, "off", True) for name in _OTHER_WAYS)))
    rows = uow.table(query)
    uow.execute(select(*(func.set_config(name, "on", True) for name in _OTHER_WAYS)))
    return rows


def _gathered_apart(
    uow: UnitOfWork, columns: Columns, order_filter: OrderFilter, stretch: Stretch, sort: Sort, limit: int
) -> Select[Any]:
    """Return a query that finds before it sorts; PostgreSQL would look for an index to do both."""
    column = sort_column(sort)
    keys = [orders.c.id.label("id"), *([] if column is None else [column.label("value")])]
    found = (
        select(*keys)
        .where(*conditions(uow, order_filter), *stretch.conditions(sort))
        .cte("found")
        .prefix_with("MATERIALIZED")
    )
    by = [found.c.id] if column is None else [found.c.value, found.c.id]
    first = select(found.c.id).order_by(*(each.desc() if sort.descending else each.asc() for each in by)).limit(limit)
    top = first.subquery("top")
    return select(*columns).join(top, top.c.id == orders.c.id).order_by(*sorting(sort))


def _wants_few(order_filter: OrderFilter) -> bool:
    """Tell whether a filter wants orders that bear a mark, or are named: few, each with its place in an index."""
    marks = (order_filter.held, order_filter.label_outdated, order_filter.twins)
    return order_filter.ids is not None or any(mark is True for mark in marks)


def _wants_little(uow: UnitOfWork, order_filter: OrderFilter) -> bool:
    """Tell whether a filter has an index that quickly tells all it wants, so that a walk is not worth the trial.

    PostgreSQL has to look at each order that its trigram index names.
    """
    is_found = not uow.is_postgresql and has_trigrams(order_filter.search_by, order_filter.keyword.strip())
    return is_found or _wants_few(order_filter)


def _bound(uow: UnitOfWork, stretch: Stretch, sort: Sort) -> Anchor | None:
    """Return the order at which a walk is given up, or None where the stretch is no longer."""
    column = sort_column(sort)
    if column is not None:
        entries: Select[Any] = select(column, orders.c.id).where(LIVE, *stretch.conditions(sort))
        farthest = WALK * _SIDE_BY_SIDE if sort.by is SortKey.CREATED else WALK
        found = uow.table(entries.order_by(*sorting(sort)).offset(farthest).limit(1))
        return (found[0][0], int(found[0][1])) if found else None
    first, last = uow.table(select(func.min(orders.c.id), func.max(orders.c.id)))[0]
    if last is None:
        return None
    # Ids have few gaps, and the rows themselves would have to be read to count those that are left.
    begin = (last if sort.descending else first) if stretch.after is None else stretch.after[1]
    begin = max(first, min(last, begin))
    end = begin - WALK if sort.descending else begin + WALK
    return (None, end) if first < end < last else None


def _up_to(bound: Anchor | None, sort: Sort) -> list[ColumnElement[bool]]:
    if bound is None:
        return []
    value, number = bound
    column = sort_column(sort)
    within = orders.c.id >= number if sort.descending else orders.c.id <= number
    if column is None:
        return [within]
    if sort.descending:
        return [column >= value, or_(column > value, within)]
    return [column <= value, or_(column < value, within)]
