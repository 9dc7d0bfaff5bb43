"""Which orders are looked for, and in which order they are shown."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from warehouse_desk.domain.status import Status

Anchor = tuple[Any, int]
"""Where a page of a list begins: the value sorted by (None where it is the id) and the order's id."""


class Period(StrEnum):
    """Days counted from today: what is kept under a name still means them tomorrow."""

    TODAY = "today"
    YESTERDAY = "yesterday"
    LAST_7_DAYS = "last-7-days"
    THIS_MONTH = "this-month"

    def days(self, today: date) -> tuple[date, date]:
        """Return the first and the last day."""
        return {
            Period.TODAY: (today, today),
            Period.YESTERDAY: (today - timedelta(days=1), today - timedelta(days=1)),
            Period.LAST_7_DAYS: (today - timedelta(days=6), today),
            Period.THIS_MONTH: (today.replace(day=1), today),
        }[self]


@dataclass(frozen=True, slots=True)
class OrderFilter:
    """Which orders a list holds: those for which everything given is true. None leaves a question open."""

    status: Status | None = None
    search_by: str | None = None
    """The one field that must contain the keyword; any of them where None."""
    keyword: str = ""
    city_id: int | None = None
    created_from: date | None = None
    """The first day of creation, in the station's time zone."""
    created_to: date | None = None
    """The last day of creation, itself included."""
    created_in: Period | None = None
    """The days of creation, counted from the day on which the list is read; they stand above the two days."""
    shipping_company_id: int | None = None
    delivery_person_id: int | None = None
    warehouse_id: int | None = None
    held: bool | None = None
    printed: bool | None = None
    """Whether a label was ever printed."""
    label_outdated: bool | None = None
    """Whether the order was changed since its label was printed."""
    unsynced: bool | None = None
    """Whether something of the order has not reached the server yet."""
    twins: bool | None = None
    """Whether it was made as a possible twin of another order."""
    ids: tuple[int, ...] | None = None
    """Only these orders: those behind a number."""

    @property
    def is_plain(self) -> bool:
        """Whether nothing but a status is asked for."""
        return self == OrderFilter(self.status, self.search_by) and not self.keyword.strip()

    def on(self, today: date) -> "OrderFilter":
        """Return the filter with the days that its period means on a day, for work that goes on after midnight."""
        if self.created_in is None:
            return self
        first, last = self.created_in.days(today)
        return replace(self, created_from=first, created_to=last, created_in=None)

    def to_json(self) -> str:
        """Return what is asked for as JSON, without what is left open."""
        given = {field.name: getattr(self, field.name) for field in fields(self)}
        return json.dumps({name: _plain(value) for name, value in given.items() if value not in {None, ""}})

    @classmethod
    def from_json(cls, text: str) -> "OrderFilter":
        """Read what :meth:`to_json` wrote; what a newer program added is left out.

        Raises:
            ValueError: it is no such text.
        """
        stored = json.loads(text)
        if not isinstance(stored, Mapping):
            raise ValueError("a filter is a JSON object")  # noqa: TRY004 - the text is wrong, not a type of ours
        known = {field.name for field in fields(cls)}
        given = {name: value for name, value in stored.items() if name in known}
        for name in ("created_from", "created_to"):
            if name in given:
                given[name] = date.fromisoformat(given[name])
        if "created_in" in given:
            given["created_in"] = Period(given["created_in"])
        if "ids" in given:
            given["ids"] = tuple(given["ids"])
        if "status" in given:
            given["status"] = Status(given["status"])
        return cls(**given)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


class SortKey(StrEnum):
    """What a list may be sorted by: each has an index that ends in the order's id."""

    NEWEST = "newest"
    NAME = "name"
    CITY = "city"
    TOTAL = "total"
    CREATED = "created"
    STATUS = "status"


@dataclass(frozen=True, slots=True)
class Sort:
    """The order of a list; orders with the same value follow each other by their id, in the same direction."""

    by: SortKey = SortKey.NEWEST
    descending: bool = True

    @classmethod
    def read(cls, text: str) -> "Sort":
        """Read ``total`` (ascending) or ``-total`` (descending); ``newest`` alone begins with the newest.

        Raises:
            ValueError: nothing is sorted by that.
        """
        by = SortKey(text.removeprefix("-"))
        return cls(by, text.startswith("-") != (by is SortKey.NEWEST))

    def __str__(self) -> str:
        return f"{'-' if self.descending != (self.by is SortKey.NEWEST) else ''}{self.by}"


NEWEST_FIRST = Sort()
EVERY_ORDER = OrderFilter()
