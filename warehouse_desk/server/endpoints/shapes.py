"""Shapes that several answers share, and the fields that every list may be asked with."""

from warehouse_desk.domain.orders.status_field import STATUSES
from warehouse_desk.domain.results import Outcome
from warehouse_desk.server.endpoints.endpoint import ApiField, FieldKind
from warehouse_desk.server.pages import MAX_CURSOR, MAX_KEYWORD
from warehouse_desk.services.orders.listing import MAX_PER_PAGE, SEARCH_FIELDS

LIST_QUERY = (
    ApiField("search_by", FieldKind.CHOICE, "The one field to search; all of them without it.", choices=SEARCH_FIELDS),
    ApiField("keyWord", FieldKind.TEXT, "What the field holds, or a part of it.", most=MAX_KEYWORD),
    ApiField("status", FieldKind.CHOICE, "Only orders with this status, in either case.", choices=STATUSES),
    ApiField("per_page", FieldKind.WHOLE, "Orders on a page; 25 without it.", least=1, most=MAX_PER_PAGE),
    ApiField("page", FieldKind.TEXT, "The number of the page; what is no number is the first page."),
    ApiField(
        "cursor",
        FieldKind.WHOLE,
        "The meta.next_cursor of the page before: no order is met twice while others arrive.",
        least=1,
        most=MAX_CURSOR,
    ),
)

_ADDRESS = FieldKind.TEXT
PAGE_FIELDS = (
    ApiField(
        "links",
        FieldKind.OBJECT,
        required=True,
        fields=tuple(
            ApiField(name, _ADDRESS, required=True, nullable=name in {"prev", "next"})
            for name in ("first", "last", "prev", "next")
        ),
    ),
    ApiField(
        "meta",
        FieldKind.OBJECT,
        required=True,
        fields=(
            *(
                ApiField(name, FieldKind.WHOLE, required=True, nullable=name in {"from", "to", "next_cursor"})
                for name in ("current_page", "from", "last_page", "per_page", "to", "total", "next_cursor")
            ),
            ApiField("path", _ADDRESS, required=True),
        ),
    ),
)
"""What stands beside ``data`` on a page."""

OUTCOMES = tuple(outcome.value for outcome in Outcome)

MESSAGE = ApiField("message", FieldKind.TEXT, "What happened, in a sentence.", required=True)
NOTICES = ApiField(
    "notices", FieldKind.TEXTS, "What else is to be said, such as fields that nobody reads.", required=True
)

BULK_FIELDS = (
    MESSAGE,
    ApiField(
        "counts",
        FieldKind.OBJECT,
        "How many orders ended in which way.",
        required=True,
        fields=tuple(ApiField(name, FieldKind.WHOLE, required=True) for name in OUTCOMES),
    ),
    ApiField(
        "results",
        FieldKind.LIST,
        "One for each order, in the order asked.",
        required=True,
        fields=(
            ApiField("id", FieldKind.WHOLE, required=True, nullable=True),
            ApiField("reference", FieldKind.TEXT, required=True),
            ApiField("outcome", FieldKind.CHOICE, required=True, choices=OUTCOMES),
            ApiField("status_before", FieldKind.CHOICE, required=True, nullable=True, choices=STATUSES),
            ApiField("status", FieldKind.CHOICE, required=True, nullable=True, choices=STATUSES),
            ApiField("message", FieldKind.TEXT, required=True),
        ),
    ),
    NOTICES,
)
"""The answer to a request about many orders: see bulk.py."""

ERROR_FIELDS = (
    MESSAGE,
    ApiField("errors", FieldKind.MAP, "Sentences by the path of the field, such as orders.0.total.", required=True),
    ApiField("request_id", FieldKind.TEXT, "What the server's log calls this request.", required=True),
)
"""Every refusal."""
