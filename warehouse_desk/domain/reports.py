"""What the supervisor's board says: numbers, each with the orders behind it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from warehouse_desk.domain.status import Status

IDS_CAP = 1_000
"""Orders that a number names at most; the number itself is exact."""

LYING_LIMITS: Mapping[Status, timedelta] = {
    Status.PACKED: timedelta(hours=24),
    Status.WAITING: timedelta(hours=48),
}
"""How long a parcel may lie in a status before somebody should ask why."""

RATE_DAYS = 30
"""Days that a return rate looks back, today included."""
RATE_SAMPLE = 20
"""Parcels, delivered and returned together, below which a rate says more of chance than of a city."""


@dataclass(frozen=True, slots=True)
class OrderSet:
    """The orders behind a number: how many exactly, and the ids of at most 1,000 of them."""

    count: int = 0
    ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class StatusFigure:
    """Orders that reached a status today, each counted once."""

    status: Status
    orders: OrderSet


@dataclass(frozen=True, slots=True)
class HourFigure:
    """Steps done in one hour that begins at ``start`` (UTC)."""

    start: datetime
    steps: int
    orders: OrderSet


@dataclass(frozen=True, slots=True)
class WorkerFigure:
    """Steps that one worker did today."""

    name: str
    steps: int
    orders: OrderSet


@dataclass(frozen=True, slots=True)
class TodayReport:
    """The station's day so far: one figure for each status, from the first hour with a step to the last, by worker.

    A step is a change of status made by somebody; creation, what the server decided and what was undone are none.
    """

    day: date
    statuses: tuple[StatusFigure, ...]
    hours: tuple[HourFigure, ...]
    workers: tuple[WorkerFigure, ...]

    @property
    def steps(self) -> int:
        """How many steps were done today."""
        return sum(worker.steps for worker in self.workers)


@dataclass(frozen=True, slots=True)
class LyingOrder:
    """An order that lies too long, and since when (UTC)."""

    id: int
    reference: str
    full_name: str
    city: str
    held: bool
    since: datetime


@dataclass(frozen=True, slots=True)
class LyingFigure:
    """Orders that lie in a status for longer than ``limit``; the ids and the rows from the longest on."""

    status: Status
    limit: timedelta
    orders: OrderSet
    longest: tuple[LyingOrder, ...]


@dataclass(frozen=True, slots=True)
class StuckReport:
    """Orders that should have moved on."""

    taken_at: datetime
    figures: tuple[LyingFigure, ...]


@dataclass(frozen=True, slots=True)
class ShortFigure:
    """A product that was short, what may be promised of it now, and the orders it lets go."""

    sku: str
    name: str
    available: int
    orders: OrderSet


@dataclass(frozen=True, slots=True)
class ShortsReport:
    """Orders out of stock that can be filled now, the oldest served first; ``waiting`` counts all that are short."""

    waiting: int
    fillable: OrderSet
    products: tuple[ShortFigure, ...]


@dataclass(frozen=True, slots=True)
class RateFigure:
    """How many parcels of a city or a company came back; ``orders`` are the returned ones."""

    name: str
    delivered: int
    orders: OrderSet
    name_ar: str = ""

    @property
    def returned(self) -> int:
        """How many came back."""
        return self.orders.count

    @property
    def sample(self) -> int:
        """How many parcels have come to an end, one way or the other."""
        return self.delivered + self.returned

    @property
    def rate(self) -> float:
        """The share that came back, 0 to 1."""
        return self.returned / self.sample if self.sample else 0.0


@dataclass(frozen=True, slots=True)
class RateList:
    """Return rates, the worst first; ``left_out`` counts what has fewer parcels than a rate wants."""

    figures: tuple[RateFigure, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class ReturnsReport:
    """Return rates of the parcels that came to an end from ``since`` on; a company "" is our own delivery."""

    since: date
    least: int
    whole: RateFigure
    cities: RateList
    companies: RateList


@dataclass(frozen=True, slots=True)
class ShortOrder:
    """What an order out of stock wants: units by product id; and the SKUs that were short."""

    id: int
    wants: Mapping[int, int]
    short_skus: tuple[str, ...] = ()


def fillable(orders: Iterable[ShortOrder], available: Mapping[int, int]) -> list[ShortOrder]:
    """Return the orders that what is available fills, first come, first served.

    An order is served whole or not at all; one that cannot be served leaves the goods to those behind it.
    """
    left = dict(available)
    served = []
    for order in orders:
        if all(left.get(product, 0) >= units for product, units in order.wants.items()):
            for product, units in order.wants.items():
                left[product] -= units
            served.append(order)
    return served
