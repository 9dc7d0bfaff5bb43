"""Read orders: lists by status and search, single orders, counts."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from warehouse_desk.common.formats import day_text
from warehouse_desk.common.messages import msg
from warehouse_desk.common.text import is_storable
from warehouse_desk.data.orders import details, frames, lists
from warehouse_desk.data.orders import facts as order_facts
from warehouse_desk.domain.errors import NotFound, WrongUsage
from warehouse_desk.domain.orders.finding import EVERY_ORDER, NEWEST_FIRST, Anchor, OrderFilter, Sort
from warehouse_desk.domain.orders.order import OrderDetail, OrderPage, OrderRow, OrderWindow
from warehouse_desk.domain.reports import IDS_CAP
from warehouse_desk.domain.status import Status
from warehouse_desk.services.context import Context
from warehouse_desk.services.orders.absent import why_absent
from warehouse_desk.services.subject import Subject

SEARCH_FIELDS = ("reference", "phone", "full_name", "city")
"""Values of ``search_by`` (docs/api.md#orders-on-the-wire)."""

DEFAULT_PER_PAGE = 25
MAX_PER_PAGE = 1_000

WINDOW_STEP = 200
"""Orders in a page of a window; between two anchors."""

_FARTHEST = 2**48
"""A page or order number beyond every list, still within what a database can count with 1,000 rows a page."""

_IN_NO_ORDER = "\uffff"
"""A character that is never one of a text; stands for a keyword that a database cannot even be asked for."""


class Listing(Subject):
    """Orders as they are looked at: lists, whole orders, counts."""

    def find(
        self,
        order_filter: OrderFilter = EVERY_ORDER,
        *,
        sort: Sort = NEWEST_FIRST,
        per_page: int = DEFAULT_PER_PAGE,
        page: int = 1,
        after: int | None = None,
        **fields: Any,  # noqa: ANN401 - of the filter, which checks them
    ) -> OrderPage:
        """Return a page of orders with the exact total; fields of the filter may be given by their names.

        A page is named by the order id it follows (``after``, from ``next_cursor``) or else by its number. Without
        ``search_by`` the keyword is looked for in reference, phone, name and city.

        Raises:
            WrongUsage: an unknown field to search by, days in the wrong order, or a page size out of 1 to 1,000.
            NotAllowed: the role may not look at orders.
        """
        order_filter = checked(self.context, replace(order_filter, **fields))
        if not 1 <= per_page <= MAX_PER_PAGE:
            raise WrongUsage(
                msg("per_page is {number}: enter a number from 1 to {limit}.", number=per_page, limit=MAX_PER_PAGE),
                "per_page",
            )
        if page < 1:
            raise WrongUsage(msg("page is {number}: pages are numbered from 1.", number=page), "page")
        page, after = min(page, _FARTHEST), None if after is None else min(after, _FARTHEST)
        with self.context.database.read() as uow:
            return lists.numbered_page(uow, order_filter, per_page, page, after, sort)

    def open_window(self, order_filter: OrderFilter = EVERY_ORDER, sort: Sort = NEWEST_FIRST) -> OrderWindow:
        """Return the frame of a list in one reading: its exact length and where every 200th order stands.

        With ``ids`` the list holds only these orders, at most 1,000.

        Raises:
            WrongUsage: an unknown field to search by, or days in the wrong order.
            NotAllowed: the role may not look at orders.
        """
        order_filter = checked(self.context, order_filter)
        with self.context.database.read() as uow:
            return frames.frame(uow, order_filter, sort, WINDOW_STEP)

    def window_page(
        self,
        order_filter: OrderFilter = EVERY_ORDER,
        sort: Sort = NEWEST_FIRST,
        *,
        first: Anchor | None = None,
    ) -> tuple[OrderRow, ...]:
        """Return the 200 orders of a list that begin with an anchor, or its first ones; a deep page costs no more.

        With ``ids`` the list holds only these orders, at most 1,000.

        Raises:
            WrongUsage: an unknown field to search by, or days in the wrong order.
            NotAllowed: the role may not look at orders.
        """
        order_filter = checked(self.context, order_filter)
        with self.context.database.read() as uow:
            return tuple(lists.page_from(uow, order_filter, WINDOW_STEP, first, sort))

    def ids_in_list(self, order_filter: OrderFilter, ids: Sequence[int]) -> frozenset[int]:
        """Return those of some orders that a list holds now: what others changed may have entered or left it."""
        order_filter = checked(self.context, order_filter)
        with self.context.database.read() as uow:
            return lists.ids_that_match(uow, order_filter, ids)

    def show(self, key: int | str) -> OrderDetail:
        """Return a whole order by its id, reference or tracking number.

        Raises:
            NotFound: there is none, or it was deleted.
            NotAllowed: the role may not look at orders.
        """
        self.context.caller.require_view()
        with self.context.database.read() as uow:
            facts = order_facts.facts_of(uow, [key], lock=False).get(key)
            detail = None if facts is None or facts.deleted else details.order_detail(uow, facts.id)
            if detail is None:
                raise NotFound(why_absent(uow, key, facts, self.context.today()))
        return detail

    def counts(self) -> dict[Status, int]:
        """Return how many orders stand in each of the nine statuses."""
        self.context.caller.require_view()
        with self.context.database.read() as uow:
            return lists.counts_by_status(uow)

    def rows(self, ids: Sequence[int]) -> list[OrderRow]:
        """Return the list rows of some orders as they are now; deleted ones are missing."""
        self.context.caller.require_view()
        with self.context.database.read() as uow:
            return lists.rows_by_ids(uow, list(ids))


def checked(ctx: Context, order_filter: OrderFilter) -> OrderFilter:
    """Return a filter that a database can be asked for now: a period has become its days of today.

    Raises:
        As :func:`allowed`.
    """
    return allowed(ctx, order_filter).on(ctx.today())


def allowed(ctx: Context, order_filter: OrderFilter) -> OrderFilter:
    """Return a filter that may be asked for, its period as it was given.

    Raises:
        WrongUsage: an unknown field to search by, or days in the wrong order.
        NotAllowed: the role may not look at orders.
    """
    ctx.caller.require_view()
    field = order_filter.search_by
    if field is not None and field not in SEARCH_FIELDS:
        raise WrongUsage(
            msg("search_by cannot be “{field}”. It is one of: {fields}.", field=field, fields=list(SEARCH_FIELDS)),
            "search_by",
        )
    if order_filter.ids is not None and len(order_filter.ids) > IDS_CAP:
        raise WrongUsage(
            msg("Too many orders: {number} instead of {limit} at most.", number=len(order_filter.ids), limit=IDS_CAP)
        )
    if order_filter.created_from and order_filter.created_to and order_filter.created_from > order_filter.created_to:
        raise WrongUsage(
            msg(
                "The first day ({first}) is after the last ({last}). Swap the two days.",
                first=day_text(order_filter.created_from),
                last=day_text(order_filter.created_to),
            ),
            "created_from",
        )
    return order_filter if is_storable(order_filter.keyword) else replace(order_filter, keyword=_IN_NO_ORDER)
