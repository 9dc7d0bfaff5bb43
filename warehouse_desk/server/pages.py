"""A page of orders: what the query of a list asks for, and the body that answers it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from warehouse_desk.common.messages import Message
from warehouse_desk.common.text import is_storable
from warehouse_desk.domain.fields import FieldReader, raise_faults
from warehouse_desk.domain.numbers import whole_number
from warehouse_desk.domain.orders.finding import OrderFilter
from warehouse_desk.domain.orders.order import OrderPage
from warehouse_desk.domain.orders.status_field import optional_status
from warehouse_desk.server.exchange import Ask
from warehouse_desk.services.orders.listing import DEFAULT_PER_PAGE, MAX_PER_PAGE, SEARCH_FIELDS

MAX_KEYWORD = 1_000
MAX_CURSOR = 2**48
_FAR = 10**9


@dataclass(frozen=True, slots=True)
class PageWanted:
    """Which page of which list."""

    filter: OrderFilter
    per_page: int
    page: int
    after: int | None


def page_wanted(ask: Ask, more: Callable[[FieldReader], Mapping[str, object]] = lambda _: {}) -> PageWanted:
    """Return what the query asks for; ``more`` reads further fields of the filter, by their names.

    Raises:
        InvalidInput: a word of the query that cannot be, under its name.
    """
    faults: dict[str, Message] = {}
    read = FieldReader(dict(ask.query), "", faults)
    given: dict[str, object] = {
        "status": optional_status(read),
        "search_by": read.optional_choice("search_by", SEARCH_FIELDS),
        "keyword": _keyword(read),
        **more(read),
    }
    per_page = read.optional_whole("per_page", MAX_PER_PAGE)
    after = read.optional_whole("cursor", MAX_CURSOR)
    raise_faults(faults)
    # As clients of such APIs are used to: what is no page number is the first page.
    page = whole_number(ask.asked("page"), 1, _FAR) or 1
    return PageWanted(OrderFilter(**given), per_page or DEFAULT_PER_PAGE, page, after)  # type: ignore[arg-type]  # by name


def _keyword(read: FieldReader) -> str:
    word = str(read.body.get("keyWord", ""))
    # What no database can keep stands in no order: the list says so by being empty.
    return read.text("keyWord", MAX_KEYWORD, required=False) if is_storable(word) else word[:MAX_KEYWORD]


def page_body(ask: Ask, wanted: PageWanted, page: OrderPage, rows: Sequence[object]) -> dict[str, object]:
    """Return a page as such APIs answer it: ``data``, ``links`` and ``meta``; ``next_cursor`` is ours."""
    last = max(1, -(-page.total // wanted.per_page))
    current = wanted.page
    numbered = wanted.after is None
    first = (current - 1) * wanted.per_page + 1 if numbered and rows else None
    following = _address(ask, cursor=page.next_cursor) if not numbered else _address(ask, page=current + 1)
    return {
        "data": list(rows),
        "links": {
            "first": _address(ask, page=1),
            "last": _address(ask, page=last),
            "prev": _address(ask, page=current - 1) if numbered and current > 1 else None,
            "next": following if page.next_cursor is not None else None,
        },
        "meta": {
            "current_page": current,
            "from": first,
            "last_page": last,
            "path": f"{ask.state.public_url}{ask.knock.path}",
            "per_page": wanted.per_page,
            "to": None if first is None else first + len(rows) - 1,
            "total": page.total,
            "next_cursor": page.next_cursor,
        },
    }


def _address(ask: Ask, **place: int | None) -> str:
    """Return the address of another page of the same list."""
    kept = [(name, value) for name, value in ask.query if name not in {"page", "cursor"}]
    return f"{ask.state.public_url}{ask.knock.path}?{urlencode([*kept, *place.items()])}"
