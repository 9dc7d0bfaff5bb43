"""The columns of the order table and the words in its cells."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.domain.finding import SortKey
from warehouse_desk.domain.money import money_text
from warehouse_desk.domain.orders import OrderRow
from warehouse_desk.domain.phone import readable_phone
from warehouse_desk.domain.status import status_name
from warehouse_desk.ui.bidi import in_order, is_mirrored


class Column(IntEnum):
    """The columns, from the leading edge."""

    REFERENCE = 0
    STATUS = 1
    NAME = 2
    PHONE = 3
    CITY = 4
    TOTAL = 5
    CREATED = 6
    LABELS = 7


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """How a column is headed, and its first width in logical pixels."""

    title: Message
    width: int
    number: bool = False
    share: float = 0.0
    """What part of a broad window's spare width it takes; together 1."""
    fixed: bool = False
    """Whether it reads left to right in every language."""


COLUMNS = {
    Column.REFERENCE: ColumnSpec(msg("Reference"), 100, fixed=True),
    Column.STATUS: ColumnSpec(msg("Status"), 156, share=0.1),
    Column.NAME: ColumnSpec(msg("Customer"), 146, share=0.4),
    Column.PHONE: ColumnSpec(msg("Phone"), 112, share=0.1, fixed=True),
    Column.CITY: ColumnSpec(msg("City"), 96, share=0.25),
    Column.TOTAL: ColumnSpec(msg("To collect"), 108, number=True, fixed=True),
    Column.CREATED: ColumnSpec(msg("Created"), 132, share=0.15, fixed=True),
    Column.LABELS: ColumnSpec(msg("Labels"), 64, number=True),
}


SORTS = {
    Column.REFERENCE: SortKey.NEWEST,
    Column.STATUS: SortKey.STATUS,
    Column.NAME: SortKey.NAME,
    Column.CITY: SortKey.CITY,
    Column.TOTAL: SortKey.TOTAL,
    Column.CREATED: SortKey.CREATED,
}
"""The columns that a click on their heading sorts by; the others have no index."""


@dataclass(frozen=True, slots=True)
class ShownRow:
    """An order as the table shows it, put into words by the worker that read it."""

    order: OrderRow
    texts: tuple[str, ...]
    """The plain words, as they are copied."""
    cells: tuple[str, ...]
    """The same as they are shown: what must not be mirrored is kept in its order."""


def shown_rows(orders: Iterable[OrderRow]) -> tuple[ShownRow, ...]:
    """Put orders into the words of their cells; for the worker that read them."""
    mirrored = is_mirrored()
    return tuple(_shown(order, mirrored=mirrored) for order in orders)


def _shown(order: OrderRow, *, mirrored: bool) -> ShownRow:
    at = order.created_at.astimezone()
    texts = (
        order.reference,
        str(status_name(order.status)),
        order.full_name,
        readable_phone(order.phone),
        order.city,
        money_text(order.total),
        f"{at.day:02d}/{at.month:02d}/{at.year} {at.hour:02d}:{at.minute:02d}",
        str(order.label_count) if order.label_count else "",
    )
    if not mirrored:
        return ShownRow(order, texts, texts)
    cells = tuple(in_order(text) if COLUMNS[column].fixed else text for column, text in zip(Column, texts, strict=True))
    return ShownRow(order, texts, cells)
