"""Read orders: lists by status and search, single orders, counts."""

from collections.abc import Sequence

from warehouse_desk.common.messages import msg
from warehouse_desk.common.text import is_storable
from warehouse_desk.data import order_details, order_facts, order_lists
from warehouse_desk.data.order_lists import OrderFilter
from warehouse_desk.data.types import is_row_number
from warehouse_desk.domain.abilities import Ability
from warehouse_desk.domain.caller import Source
from warehouse_desk.domain.errors import NotFound, WrongUsage
from warehouse_desk.domain.orders import OrderDetail, OrderFacts, OrderPage, OrderRow, OrderWindow
from warehouse_desk.domain.reports import IDS_CAP
from warehouse_desk.domain.status import Status
from warehouse_desk.services.context import Context

SEARCH_FIELDS = ("reference", "phone", "full_name", "city")
"""Values of ``search_by``; API text."""

DEFAULT_PER_PAGE = 25
MAX_PER_PAGE = 1_000

_FARTHEST = 2**48
"""A page or order number beyond every list, still within what a database can count with 1,000 rows a page."""

_IN_NO_ORDER = "\uffff"
"""A character that is never one of a text; stands for a keyword that a database cannot even be asked for."""


def require_view(ctx: Context) -> None:
    """Refuse who may not look at orders.

    Raises:
        NotAllowed: the role lacks ``view`` (``VIEW ORDERS`` over HTTP).
    """
    ctx.caller.require(Ability.REST_VIEW if ctx.caller.source is Source.REST else Ability.VIEW)


def list_orders(
    ctx: Context,
    *,
    status: Status | None = None,
    search_by: str | None = None,
    keyword: str = "",
    per_page: int = DEFAULT_PER_PAGE,
    page: int = 1,
    after: int | None = None,
) -> OrderPage:
    """Return a page of orders, newest first, with the exact total.

    A page is named by the order id it follows (``after``, from ``next_cursor``) or else by its number. Without
    ``search_by`` the keyword is looked for in reference, phone, name and city.

    Raises:
        WrongUsage: an unknown field to search by, or a page size out of 1 to 1,000.
        NotAllowed: the role may not look at orders.
    """
    wanted = _filter(ctx, status, search_by, keyword)
    if not 1 <= per_page <= MAX_PER_PAGE:
        raise WrongUsage(
            msg("per_page is {number}: give a number from 1 to {limit}.", number=per_page, limit=MAX_PER_PAGE)
        )
    if page < 1:
        raise WrongUsage(msg("page is {number}: pages are numbered from 1.", number=page))
    page, after = min(page, _FARTHEST), None if after is None else min(after, _FARTHEST)
    with ctx.database.read() as uow:
        return order_lists.numbered_page(uow, wanted, per_page, page, after)


WINDOW_STEP = 500
"""Orders in a page of a window; between two anchors."""


def open_window(
    ctx: Context,
    *,
    status: Status | None = None,
    search_by: str | None = None,
    keyword: str = "",
    ids: Sequence[int] | None = None,
) -> OrderWindow:
    """Return the frame of a list, newest first, in one reading: its exact length and the id every 500 orders.

    With ``ids`` the list holds only these orders, at most 1,000.

    Raises:
        WrongUsage: an unknown field to search by, or too many ids.
        NotAllowed: the role may not look at orders.
    """
    wanted = _filter(ctx, status, search_by, keyword, ids)
    with ctx.database.read() as uow:
        return OrderWindow(
            order_lists.count(uow, wanted), tuple(order_lists.anchors(uow, wanted, WINDOW_STEP)), WINDOW_STEP
        )


def window_page(
    ctx: Context,
    *,
    status: Status | None = None,
    search_by: str | None = None,
    keyword: str = "",
    ids: Sequence[int] | None = None,
    first: int | None = None,
) -> tuple[OrderRow, ...]:
    """Return the 500 orders of a list that begin with an anchor, or its first ones; a deep page costs no more.

    With ``ids`` the list holds only these orders, at most 1,000.

    Raises:
        WrongUsage: an unknown field to search by, or too many ids.
        NotAllowed: the role may not look at orders.
    """
    wanted = _filter(ctx, status, search_by, keyword, ids)
    with ctx.database.read() as uow:
        return tuple(order_lists.page_from(uow, wanted, WINDOW_STEP, first))


def _filter(
    ctx: Context, status: Status | None, search_by: str | None, keyword: str, ids: Sequence[int] | None = None
) -> OrderFilter:
    require_view(ctx)
    if ids is not None and len(ids) > IDS_CAP:
        raise WrongUsage(msg("{number} orders were named: name at most {limit}.", number=len(ids), limit=IDS_CAP))
    if search_by is not None and search_by not in SEARCH_FIELDS:
        raise WrongUsage(
            msg("search_by cannot be “{field}”. It is one of: {fields}.", field=search_by, fields=list(SEARCH_FIELDS))
        )
    some = None if ids is None else tuple(number for number in ids if is_row_number(number))
    return OrderFilter(status, search_by, keyword if is_storable(keyword) else _IN_NO_ORDER, some)


def facts_of(ctx: Context, ids: Sequence[int]) -> list[OrderFacts]:
    """Return what the rules know of some orders; deleted ones are missing."""
    require_view(ctx)
    with ctx.database.read() as uow:
        found = order_facts.facts_of(uow, ids, lock=False)
    return [found[number] for number in ids if number in found and not found[number].deleted]


def show_order(ctx: Context, key: int | str) -> OrderDetail:
    """Return a whole order by its id, reference or tracking number.

    Raises:
        NotFound: there is none, or it was deleted.
        NotAllowed: the role may not look at orders.
    """
    require_view(ctx)
    with ctx.database.read() as uow:
        facts = order_facts.facts_of(uow, [key], lock=False).get(key)
        detail = None if facts is None or facts.deleted else order_details.order_detail(uow, facts.id)
    if detail is None:
        raise NotFound(
            msg("No order carries the code {code}. Check the label, or search for the customer.", code=str(key)[:64])
        )
    return detail


def count_by_status(ctx: Context) -> dict[Status, int]:
    """Return how many orders stand in each of the nine statuses."""
    require_view(ctx)
    with ctx.database.read() as uow:
        return order_lists.counts_by_status(uow)


def rows_of(ctx: Context, ids: Sequence[int]) -> list[OrderRow]:
    """Return the list rows of some orders as they are now; deleted ones are missing."""
    require_view(ctx)
    with ctx.database.read() as uow:
        return order_lists.rows_by_ids(uow, list(ids))
