"""Orders as the services hand them out: frozen rows, whole orders, lines and events."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from warehouse_desk.common.messages import Message
from warehouse_desk.domain.directories.entries import ShipmentWay
from warehouse_desk.domain.orders.finding import Anchor
from warehouse_desk.domain.results import ActionResult, Outcome
from warehouse_desk.domain.status import Holding, Status, holding


class OrderFacts(NamedTuple):
    """What the rules must know of an order, and all that a status step may change.

    A named tuple and no dataclass: every scan makes one, and a frozen dataclass of so many fields takes five times as
    long.
    """

    id: int
    reference: str
    status: Status
    version: int
    attempt: int = 1
    stock_cycle: int = 1
    previous_status: Status | None = None
    resume_status: Status | None = None
    held: bool = False
    hold_reason: str | None = None
    shipping_company_id: int | None = None
    from_stock: bool | None = None
    tracking_number: str | None = None
    delivery_person_id: int | None = None
    hand_over_id: int | None = None
    """The closed hand-over that the order stands on in its present attempt."""
    warehouse_id: int | None = None
    cancel_reason: str | None = None
    short_skus: str | None = None
    label_count: int = 0
    label_outdated: bool = False
    """Whether the order was changed since its newest label was printed, in something that the label says."""
    recount: bool = False
    """Whether its products were changed since it was packed, so that what was counted is not what it holds."""
    packed_on: date | None = None
    shipped_on: date | None = None
    delivered_on: date | None = None
    returned_on: date | None = None
    canceled_on: date | None = None
    created_at: datetime | None = None
    deleted: bool = False

    @property
    def holds(self) -> Holding:
        """What the order has taken from stock now."""
        return Holding.NOTHING if self.deleted else holding(self.status, self.resume_status)

    def answer(self, outcome: Outcome, message: Message, after: Status | None = None) -> ActionResult:
        """Return what became of the order; ``after`` is its status now, where that is another."""
        return ActionResult(self.reference, outcome, self.status, after or self.status, message, self.id)


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One line of an order table, and of the API's list."""

    id: int
    reference: str
    status: Status
    full_name: str
    phone: str
    city: str
    total: int
    """Amount to collect, in centimes."""
    created_at: datetime
    held: bool
    label_count: int
    version: int
    second_phone: str | None = None
    tracking_number: str | None = None
    attempt: int = 1
    hand_over_id: int | None = None
    """The closed hand-over that the order stands on in its present attempt."""
    hold_reason: str | None = None
    company: str | None = None
    person: str | None = None
    warehouse: str | None = None
    packed_on: date | None = None
    shipped_on: date | None = None
    delivered_on: date | None = None
    returned_on: date | None = None
    canceled_on: date | None = None
    updated_at: datetime | None = None
    label_outdated: bool = False
    recount: bool = False
    unsynced: bool = False
    """Whether something of the order has not reached the server yet."""
    twin_of: str | None = None
    """The order that it is possibly a twin of."""


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One product of an order. Money in centimes; the line total is authoritative, the unit price follows."""

    id: int
    position: int
    product_id: int
    sku: str
    product_name: str
    quantity: int
    price: int
    total: int


@dataclass(frozen=True, slots=True)
class OrderEvent:
    """One row of the audit: who did what, where, when and why."""

    id: int
    kind: str
    status_before: Status | None
    status_after: Status
    at: datetime
    user_name: str
    station_name: str
    source: str
    reason: str | None
    before: str
    after: str
    """The fields that changed, as JSON objects."""


@dataclass(frozen=True, slots=True)
class OrderDetail:
    """A whole order: facts, customer, lines and life line."""

    facts: OrderFacts
    full_name: str
    phone: str
    second_phone: str | None
    email: str | None
    city: str
    city_id: int | None
    area: str | None
    address: str
    shipment_way: int | None
    is_fees_paid_by_customer: bool
    total: int
    notes: str | None
    created_at: datetime
    updated_at: datetime
    warehouse: str | None
    shipping_company: str | None
    delivery_person: str | None
    way: ShipmentWay | None = None
    """What its shipment way's number means, where somebody has said it."""
    lines: tuple[OrderLine, ...] = ()
    events: tuple[OrderEvent, ...] = field(default=())

    def way_name(self, language: str) -> str:
        """Return how the order is sent, for people who read a language: its name, else its number, else nothing."""
        if self.way is not None:
            return self.way.called(language)
        return "" if self.shipment_way is None else str(self.shipment_way)


@dataclass(frozen=True, slots=True)
class OrderWindow:
    """The frame of a long list: its exact length and where every ``step``-th row stands."""

    total: int
    anchors: tuple[Anchor, ...]
    step: int


@dataclass(frozen=True, slots=True)
class OrderPage:
    """A page of a list, newest first, with the exact number of orders that match."""

    rows: tuple[OrderRow, ...]
    total: int
    per_page: int
    current_page: int
    next_cursor: int | None
    """The id after which the next page begins, or None on the last page."""
