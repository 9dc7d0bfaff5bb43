"""The parts of a filter, one by one: which are set, how each reads, and the filter without it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from warehouse_desk.common.formats import day_text
from warehouse_desk.common.messages import Message, msg, tr
from warehouse_desk.domain.orders.finding import OrderFilter, Period
from warehouse_desk.domain.status import status_name
from warehouse_desk.ui.bidi import in_order


class Facet(StrEnum):
    """One question that a filter may answer; its value is the field's name in :class:`OrderFilter`."""

    STATUS = "status"
    KEYWORD = "keyword"
    CITY = "city_id"
    CREATED = "created_in"
    COMPANY = "shipping_company_id"
    PERSON = "delivery_person_id"
    WAREHOUSE = "warehouse_id"
    HELD = "held"
    PRINTED = "printed"
    OUTDATED = "label_outdated"
    UNSYNCED = "unsynced"
    TWINS = "twins"
    IDS = "ids"


NAMED = (Facet.CITY, Facet.COMPANY, Facet.PERSON, Facet.WAREHOUSE)
"""Those that name something of a list that is looked up."""

FACET_NAMES: Mapping[Facet, Message] = {
    Facet.STATUS: msg("Status"),
    Facet.KEYWORD: msg("Search"),
    Facet.CITY: msg("City"),
    Facet.CREATED: msg("Created"),
    Facet.COMPANY: msg("Shipping company"),
    Facet.PERSON: msg("Delivery person"),
    Facet.WAREHOUSE: msg("Warehouse"),
    Facet.HELD: msg("Orders on hold"),
    Facet.PRINTED: msg("Labels"),
    Facet.OUTDATED: msg("Outdated labels"),
    Facet.UNSYNCED: msg("Server"),
    Facet.TWINS: msg("Possible twins"),
    Facet.IDS: msg("Orders"),
}

PERIOD_NAMES: Mapping[Period, Message] = {
    Period.TODAY: msg("Today"),
    Period.YESTERDAY: msg("Yesterday"),
    Period.LAST_7_DAYS: msg("The last 7 days"),
    Period.THIS_MONTH: msg("This month"),
}

SWITCH_NAMES: Mapping[Facet, tuple[Message, Message]] = {
    Facet.HELD: (msg("On hold"), msg("Not on hold")),
    Facet.PRINTED: (msg("Label printed"), msg("No label printed yet")),
    Facet.OUTDATED: (msg("Label outdated"), msg("Label not outdated")),
    Facet.UNSYNCED: (msg("Not yet sent to the server"), msg("Sent to the server")),
    Facet.TWINS: (msg("Possible twins"), msg("No possible twins")),
}
"""What yes and no mean."""

FIELD_NAMES: Mapping[str | None, Message] = {
    None: msg("Everywhere"),
    "reference": msg("Reference only"),
    "phone": msg("Phone only"),
    "full_name": msg("Customer only"),
    "city": msg("City only"),
}
"""Values of ``search_by`` (docs/api.md#orders-on-the-wire)."""


@dataclass(frozen=True, slots=True)
class Names:
    """What the numbers in a filter are called."""

    by_facet: Mapping[Facet, Mapping[int, str]] = field(default_factory=dict)

    def of(self, facet: Facet, number: int) -> str:
        """Return a name, or a sign for one that is not known yet."""
        return self.by_facet.get(facet, {}).get(number, "…")

    def lacks(self, order_filter: OrderFilter) -> bool:
        """Tell whether a filter names something that is not known yet."""
        numbers = ((facet, getattr(order_filter, facet)) for facet in NAMED)
        return any(number is not None and number not in self.by_facet.get(f, {}) for f, number in numbers)


def active(order_filter: OrderFilter) -> tuple[Facet, ...]:
    """Return what a filter asks for, in the order in which it is shown."""
    return tuple(facet for facet in Facet if _is_set(order_filter, facet))


def _is_set(order_filter: OrderFilter, facet: Facet) -> bool:
    if facet is Facet.KEYWORD:
        return bool(order_filter.keyword.strip())
    if facet is Facet.CREATED:
        return any(
            value is not None for value in (order_filter.created_in, order_filter.created_from, order_filter.created_to)
        )
    return getattr(order_filter, facet) is not None


def without(order_filter: OrderFilter, facet: Facet) -> OrderFilter:
    """Return the filter without one of its parts."""
    if facet is Facet.KEYWORD:
        return replace(order_filter, keyword="", search_by=None)
    if facet is Facet.CREATED:
        return replace(order_filter, created_in=None, created_from=None, created_to=None)
    return with_value(order_filter, facet, None)


def with_value(order_filter: OrderFilter, facet: Facet, value: object) -> OrderFilter:
    """Return the filter with another value of one of its parts."""
    changes: dict[str, Any] = {facet.value: value}
    return replace(order_filter, **changes)


def words(order_filter: OrderFilter, facet: Facet, names: Names) -> str:
    """Return what a chip says of a part that is set."""
    if facet in SWITCH_NAMES:
        yes, no = SWITCH_NAMES[facet]
        return str(yes if getattr(order_filter, facet) else no)
    tell: Mapping[Facet, Callable[[], str]] = {
        Facet.STATUS: lambda: str(status_name(order_filter.status)) if order_filter.status is not None else "",
        Facet.KEYWORD: lambda: _keyword(order_filter),
        Facet.CREATED: lambda: _days(order_filter),
        Facet.IDS: lambda: str(len(order_filter.ids or ())),
    }
    value = tell[facet]() if facet in tell else names.of(facet, getattr(order_filter, facet))
    return tr("{facet}: {value}", facet=FACET_NAMES[facet], value=value)


def _keyword(order_filter: OrderFilter) -> str:
    keyword = f"“{order_filter.keyword.strip()}”"
    return keyword if order_filter.search_by is None else f"{keyword} · {FIELD_NAMES[order_filter.search_by]}"


def _days(order_filter: OrderFilter) -> str:
    if order_filter.created_in is not None:
        return str(PERIOD_NAMES[order_filter.created_in])
    first, last = order_filter.created_from, order_filter.created_to
    if first is not None and last is not None:
        return in_order(day_text(first) if first == last else f"{day_text(first)} – {day_text(last)}")
    if first is not None:
        return tr("from {day}", day=in_order(day_text(first)))
    return tr("up to {day}", day=in_order(day_text(last))) if last is not None else ""


def all_words(order_filter: OrderFilter, names: Names) -> str:
    """Return the whole filter in one line."""
    return " · ".join(words(order_filter, facet, names) for facet in active(order_filter))
