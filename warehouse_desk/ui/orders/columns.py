"""The columns of the order table and the words in its cells."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum

from warehouse_desk.common.messages import Message, msg, tr
from warehouse_desk.domain.money import money_text
from warehouse_desk.domain.orders.finding import SortKey
from warehouse_desk.domain.orders.order import OrderRow
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
    HELD = 8
    COMPANY = 9
    PERSON = 10
    WAREHOUSE = 11
    TRACKING = 12
    ATTEMPT = 13
    SECOND_PHONE = 14
    PACKED = 15
    SHIPPED = 16
    DELIVERED = 17
    RETURNED = 18
    CANCELED = 19
    UPDATED = 20
    UNSYNCED = 21


_DAY = "00/00/0000"
_MOMENT = "00/00/0000 00:00"


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """How a column is headed, and the longest text that it must show whole."""

    title: Message
    sample: str
    number: bool = False
    share: float = 0.0
    """What part of a broad window's spare width it takes, beside the other columns shown."""
    fixed: bool = False
    """Whether it reads left to right in every language."""


COLUMNS = {
    Column.REFERENCE: ColumnSpec(msg("Reference"), "ORD-00000", fixed=True),
    Column.STATUS: ColumnSpec(msg("Status"), ""),
    Column.NAME: ColumnSpec(msg("Customer"), "Abdelilah Ait Taleb", share=0.4),
    Column.PHONE: ColumnSpec(msg("Phone"), "00 00 00 00 00", fixed=True),
    Column.CITY: ColumnSpec(msg("City"), "Casablanca", share=0.25),
    Column.TOTAL: ColumnSpec(msg("To collect"), money_text(9_999_900), number=True, fixed=True),
    Column.CREATED: ColumnSpec(msg("Created"), _MOMENT, share=0.05, fixed=True),
    Column.LABELS: ColumnSpec(msg("Label"), "", share=0.05),
    Column.HELD: ColumnSpec(msg("Held because"), "Client à rappeler", share=0.2),
    Column.COMPANY: ColumnSpec(msg("Shipping company"), "Atlas Express", share=0.1),
    Column.PERSON: ColumnSpec(msg("Delivery person"), "Hamid Ouazzani", share=0.1),
    Column.WAREHOUSE: ColumnSpec(msg("Warehouse"), "Entrepôt Rabat", share=0.1),
    Column.TRACKING: ColumnSpec(msg("Tracking number"), "AM000000000MA", fixed=True),
    Column.ATTEMPT: ColumnSpec(msg("Attempt"), "00", number=True, fixed=True),
    Column.SECOND_PHONE: ColumnSpec(msg("Second phone"), "00 00 00 00 00", fixed=True),
    Column.PACKED: ColumnSpec(msg("Packed on"), _DAY, fixed=True),
    Column.SHIPPED: ColumnSpec(msg("Shipped on"), _DAY, fixed=True),
    Column.DELIVERED: ColumnSpec(msg("Delivered on"), _DAY, fixed=True),
    Column.RETURNED: ColumnSpec(msg("Returned on"), _DAY, fixed=True),
    Column.CANCELED: ColumnSpec(msg("Canceled on"), _DAY, fixed=True),
    Column.UPDATED: ColumnSpec(msg("Last change"), _MOMENT, fixed=True),
    Column.UNSYNCED: ColumnSpec(msg("Server"), "Not yet sent"),
}

USUAL = tuple(Column)[: Column.LABELS + 1]
"""The columns shown until somebody chooses others."""

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


_FIXED = tuple(COLUMNS[column].fixed for column in Column)


def _shown(order: OrderRow, *, mirrored: bool) -> ShownRow:
    texts = (
        order.reference,
        str(status_name(order.status)),
        order.full_name,
        readable_phone(order.phone),
        order.city,
        money_text(order.total),
        _moment(order.created_at),
        _label(order.label_count),
        (order.hold_reason or tr("On hold")) if order.held else "",
        order.company or "",
        order.person or "",
        order.warehouse or "",
        order.tracking_number or "",
        str(order.attempt),
        readable_phone(order.second_phone) if order.second_phone else "",
        _day(order.packed_on),
        _day(order.shipped_on),
        _day(order.delivered_on),
        _day(order.returned_on),
        _day(order.canceled_on),
        _moment(order.updated_at),
        tr("Not yet sent") if order.unsynced else "",
    )
    if not mirrored:
        return ShownRow(order, texts, texts)
    cells = tuple(in_order(text) if fixed else text for fixed, text in zip(_FIXED, texts, strict=True))
    return ShownRow(order, texts, cells)


def _label(count: int) -> str:
    if count > 1:
        return tr("Printed × {n}", n=count)
    return tr("Printed") if count else ""


def _day(day: date | None) -> str:
    return "" if day is None else f"{day.day:02d}/{day.month:02d}/{day.year}"


def _moment(moment: datetime | None) -> str:
    if moment is None:
        return ""
    at = moment.astimezone()
    return f"{at.day:02d}/{at.month:02d}/{at.year} {at.hour:02d}:{at.minute:02d}"
