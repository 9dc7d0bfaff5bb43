"""The columns of the order table and the words in its cells."""

from dataclasses import dataclass
from enum import IntEnum

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.domain.money import money_text
from warehouse_desk.domain.orders import OrderRow
from warehouse_desk.domain.phone import readable_phone
from warehouse_desk.domain.status import status_name
from warehouse_desk.ui.bidi import in_order


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
    fixed: bool = False
    """Whether it reads left to right in every language."""


COLUMNS = {
    Column.REFERENCE: ColumnSpec(msg("Reference"), 100, fixed=True),
    Column.STATUS: ColumnSpec(msg("Status"), 156),
    Column.NAME: ColumnSpec(msg("Customer"), 146),
    Column.PHONE: ColumnSpec(msg("Phone"), 112, fixed=True),
    Column.CITY: ColumnSpec(msg("City"), 96),
    Column.TOTAL: ColumnSpec(msg("To collect"), 108, number=True, fixed=True),
    Column.CREATED: ColumnSpec(msg("Created"), 132, fixed=True),
    Column.LABELS: ColumnSpec(msg("Labels"), 64, number=True),
}


@dataclass(frozen=True, slots=True)
class ShownRow:
    """An order as the table shows it, put into words by the worker that read it."""

    order: OrderRow
    texts: tuple[str, ...]
    """The plain words, as they are copied."""
    cells: tuple[str, ...]
    """The same as they are shown: what must not be mirrored is kept in its order."""


def shown_row(order: OrderRow) -> ShownRow:
    """Put an order into the words of its cells."""
    texts = (
        order.reference,
        str(status_name(order.status)),
        order.full_name,
        readable_phone(order.phone),
        order.city,
        money_text(order.total),
        order.created_at.astimezone().strftime("%d/%m/%Y %H:%M"),
        str(order.label_count) if order.label_count else "",
    )
    cells = tuple(in_order(text) if COLUMNS[column].fixed else text for column, text in zip(Column, texts, strict=True))
    return ShownRow(order, texts, cells)
