"""The columns of the order table: one entry each, with its heading and the words in its cells."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum
from typing import Self

from warehouse_desk.common.formats import day_text, moment_text
from warehouse_desk.common.messages import Message, msg, tr
from warehouse_desk.domain.money import money_text
from warehouse_desk.domain.orders.finding import SortKey
from warehouse_desk.domain.orders.order import OrderRow
from warehouse_desk.domain.phone import readable_phone
from warehouse_desk.domain.status import status_name
from warehouse_desk.ui.bidi import in_order, is_mirrored


@dataclass(frozen=True, slots=True)
class OrderColumnSpec:
    """How a column is headed, what its cells say, and the longest text that it must show whole."""

    title: Message
    text: Callable[[OrderRow], str]
    sample: Message | str = ""
    number: bool = False
    share: float = 0.0
    """What part of a broad window's spare width it takes, beside the other columns shown."""
    fixed: bool = False
    """Whether it reads left to right in every language."""
    usual: bool = False
    """Whether it is shown until somebody chooses the columns."""
    sort: SortKey | None = None
    """What a click on its heading sorts by; None where no index helps."""


def _day(day: date | None) -> str:
    return "" if day is None else day_text(day)


def _moment(moment: datetime | None) -> str:
    return "" if moment is None else moment_text(moment)


def _label(order: OrderRow) -> str:
    if order.label_outdated:
        return tr("Outdated")
    if order.label_count > 1:
        return tr("Printed × {n}", n=order.label_count)
    return tr("Printed") if order.label_count else ""


def _second_phone(order: OrderRow) -> str:
    return readable_phone(order.second_phone) if order.second_phone else ""


def _held(order: OrderRow) -> str:
    return (order.hold_reason or tr("On hold")) if order.held else ""


_PHONE, _DAY, _MOMENT = "00 00 00 00 00", "00/00/0000", "00/00/0000 00:00"


class OrderColumn(IntEnum):
    """The columns, from the leading edge; a saved view knows them by their names."""

    spec: OrderColumnSpec

    def __new__(cls, spec: OrderColumnSpec) -> Self:
        """Number the columns as they stand here."""
        column = int.__new__(cls, len(cls.__members__))
        column._value_ = int(column)
        column.spec = spec
        return column

    @classmethod
    def at(cls, place: int) -> "OrderColumn":
        """Return the column at a place (the model's number of it)."""
        return _ALL[place]

    REFERENCE = OrderColumnSpec(
        msg("Reference"), lambda order: order.reference, "ORD-00000", fixed=True, usual=True, sort=SortKey.NEWEST
    )
    STATUS = OrderColumnSpec(
        msg("Status"), lambda order: str(status_name(order.status)), usual=True, sort=SortKey.STATUS
    )
    NAME = OrderColumnSpec(
        msg("Customer"), lambda order: order.full_name, "Abdelilah Ait Taleb", share=0.4, usual=True, sort=SortKey.NAME
    )
    PHONE = OrderColumnSpec(msg("Phone"), lambda order: readable_phone(order.phone), _PHONE, fixed=True, usual=True)
    CITY = OrderColumnSpec(
        msg("City"), lambda order: order.city, "Casablanca", share=0.25, usual=True, sort=SortKey.CITY
    )
    TOTAL = OrderColumnSpec(
        msg("To collect"), lambda order: money_text(order.total), money_text(9_999_900), number=True, fixed=True,
        usual=True, sort=SortKey.TOTAL,
    )  # fmt: skip
    CREATED = OrderColumnSpec(
        msg("Created"), lambda order: _moment(order.created_at), _MOMENT, share=0.05, fixed=True, usual=True,
        sort=SortKey.CREATED,
    )  # fmt: skip
    LABELS = OrderColumnSpec(msg("Label"), _label, msg("Printed × {n}", n=2), share=0.05, usual=True)
    HELD = OrderColumnSpec(msg("Reason for hold"), _held, "Client à rappeler", share=0.2)
    COMPANY = OrderColumnSpec(msg("Shipping company"), lambda order: order.company or "", "Atlas Express", share=0.1)
    PERSON = OrderColumnSpec(msg("Delivery person"), lambda order: order.person or "", "Hamid Ouazzani", share=0.1)
    WAREHOUSE = OrderColumnSpec(msg("Warehouse"), lambda order: order.warehouse or "", "Entrepôt Rabat", share=0.1)
    TRACKING = OrderColumnSpec(
        msg("Tracking number"), lambda order: order.tracking_number or "", "AM000000000MA", fixed=True
    )
    ATTEMPT = OrderColumnSpec(msg("Attempt"), lambda order: str(order.attempt), "00", number=True, fixed=True)
    SECOND_PHONE = OrderColumnSpec(msg("Second phone"), _second_phone, _PHONE, fixed=True)
    PACKED = OrderColumnSpec(msg("Packed on"), lambda order: _day(order.packed_on), _DAY, fixed=True)
    SHIPPED = OrderColumnSpec(msg("Shipped on"), lambda order: _day(order.shipped_on), _DAY, fixed=True)
    DELIVERED = OrderColumnSpec(msg("Delivered on"), lambda order: _day(order.delivered_on), _DAY, fixed=True)
    RETURNED = OrderColumnSpec(msg("Returned on"), lambda order: _day(order.returned_on), _DAY, fixed=True)
    CANCELED = OrderColumnSpec(msg("Canceled on"), lambda order: _day(order.canceled_on), _DAY, fixed=True)
    UPDATED = OrderColumnSpec(msg("Last change"), lambda order: _moment(order.updated_at), _MOMENT, fixed=True)
    UNSYNCED = OrderColumnSpec(
        msg("Server"), lambda order: tr("Not yet sent") if order.unsynced else "", msg("Not yet sent")
    )
    TWIN = OrderColumnSpec(msg("Possible twin of"), lambda order: order.twin_of or "", "ORD-00000", fixed=True)


_ALL = tuple(OrderColumn)

USUAL = tuple(column for column in _ALL if column.spec.usual)
"""The columns shown until somebody chooses others."""


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


_TEXTS = tuple(column.spec.text for column in _ALL)
_FIXED = tuple(column.spec.fixed for column in _ALL)


def _shown(order: OrderRow, *, mirrored: bool) -> ShownRow:
    texts = tuple([text(order) for text in _TEXTS])
    if not mirrored:
        return ShownRow(order, texts, texts)
    cells = tuple(in_order(text) if fixed else text for fixed, text in zip(_FIXED, texts, strict=True))
    return ShownRow(order, texts, cells)
