"""Labels that were made and parcels that were handed over, as the services tell of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from warehouse_desk.common.messages import msg

ROLL_FOR_ZEBRA = msg("Sheets of labels do not go into a Zebra printer. Choose a roll.")


@dataclass(frozen=True, slots=True)
class LabelRun:
    """One stored PDF of labels: who made it when and where, on which stock, and why where it holds reprints."""

    id: int
    at: datetime
    user_name: str
    station_name: str
    stock: str
    dpi: int
    start: int
    labels: int
    size: int
    """Bytes of the PDF."""
    reason: str | None
    fetches: int
    """How often the file was taken out again."""
    kept: bool
    """Whether the file is still there; old ones are removed."""


@dataclass(frozen=True, slots=True)
class LabelPrint:
    """One label of an order that was made; ``copy`` counts from 1 within an attempt."""

    order_id: int
    attempt: int
    copy: int
    run_id: int
    at: datetime
    user_name: str
    station_name: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class ParcelLine:
    """So many pieces of one product in a parcel."""

    sku: str
    name: str
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """What is printed of an order; ``total`` is the cash to collect in centimes."""

    id: int
    reference: str
    attempt: int
    full_name: str
    phone: str
    second_phone: str | None
    city: str
    area: str | None
    address: str
    total: int
    notes: str | None
    tracking_number: str | None
    company: str | None
    person: str | None
    lines: tuple[ParcelLine, ...] = ()


@dataclass(frozen=True, slots=True)
class HandOverSummary:
    """A hand-over without its parcels: a draft until it is closed."""

    id: int
    carrier: str
    company_id: int | None
    person_id: int | None
    day: date
    opened_at: datetime
    opened_by: str
    closed_at: datetime | None
    closed_by: str | None
    parcels: int
    """Without those that were struck off."""
    cod_total: int
    """Cash to collect for these parcels, in centimes."""
    struck: int = 0
    """Parcels that were struck off after the closing."""

    @property
    def is_closed(self) -> bool:
        """Whether it was signed off and can no longer change."""
        return self.closed_at is not None


@dataclass(frozen=True, slots=True)
class Strike:
    """When, by whom and why a parcel was struck off a closed hand-over."""

    at: datetime
    user_name: str
    reason: str


@dataclass(frozen=True, slots=True)
class HandOverParcel:
    """A parcel of a hand-over; ``cod`` is the cash to collect in centimes.

    Of a draft it says what the order says now, of a closed hand-over what the order said at the closing.
    """

    order_id: int
    reference: str
    full_name: str
    phone: str
    city: str
    address: str
    pieces: int
    tracking_number: str | None
    cod: int
    strike: Strike | None = None


@dataclass(frozen=True, slots=True)
class HandOverSheet:
    """A hand-over with its parcels."""

    summary: HandOverSummary
    parcels: Sequence[HandOverParcel]
    left: int = 0
    """How many parcels are still expected on a draft."""
    missing: Sequence[str] = ()
    """The references of the first of them."""
    held_back: Sequence[str] = ()
    """Parcels of a draft, on it or expected, that have to stay: their labels are outdated, or they were not counted
    again."""
