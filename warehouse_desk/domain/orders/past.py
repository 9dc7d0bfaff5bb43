"""What happened to an order, as far as a step must go by it: read from its history, never guessed from its status."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from warehouse_desk.domain.orders.days import sets_a_day
from warehouse_desk.domain.orders.order import OrderFacts
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.status import Status

_BEGINS_ANEW = frozenset({Action.CREATE.value, Action.RENEW.value, Action.BACK_IN_STOCK.value})


@dataclass(frozen=True, slots=True)
class StatusChange:
    """One entry of an order's history that changed its status."""

    kind: str
    """The action, or what else brought the order there."""
    after: Status
    days: tuple[date, ...] = ()
    """The days of the journey that it ended; only where it began another one."""


@dataclass(frozen=True, slots=True)
class Past:
    """What is known of an order besides its facts."""

    road: tuple[Status, ...] = ()
    """The statuses of this attempt that still count, from NEW to the present one; of a rolled back order, to the one
    it goes back to."""
    earlier_journey: date | None = None
    """The last day of the attempt before this one."""

    def before(self, status: Status) -> Status | None:
        """Return from where the order came to a status on its road; None where that is not known."""
        if status not in self.road:
            return None
        place = len(self.road) - 1 - self.road[::-1].index(status)
        return self.road[place - 1] if place else None


def asks_for_past(facts: OrderFacts, action: Action) -> bool:
    """Tell whether a step of an order cannot be judged by its facts alone."""
    if action in {Action.ROLLBACK, Action.RESUME}:
        return True
    return sets_a_day(action) and facts.attempt > 1 and facts.packed_on is None and facts.shipped_on is None


def past_of(changes: Iterable[StatusChange]) -> Past:
    """Return what an order's changes of status, oldest first, come to."""
    roads: list[tuple[Status, ...]] = [()]
    days: list[date | None] = [None]
    for change in changes:
        if change.kind == Action.UNDO.value and len(roads) > 1:
            roads.pop()
            days.pop()
            roads[-1] = _up_to(roads[-1], change.after)
            continue
        roads.append(_road_after(roads[-1], change))
        days.append(max(change.days, default=None) if change.kind == Action.RENEW.value else days[-1])
    return Past(roads[-1], days[-1])


def _road_after(road: tuple[Status, ...], change: StatusChange) -> tuple[Status, ...]:
    if change.kind in _BEGINS_ANEW:
        return (change.after,)
    if change.kind == Action.ROLLBACK.value:
        return road[:-1]
    if change.kind == Action.RESUME.value:
        return _up_to(road, change.after)
    return (*road, change.after)


def _up_to(road: tuple[Status, ...], status: Status) -> tuple[Status, ...]:
    """Return a road that ends at a status."""
    if status not in road:
        return road if status is Status.ROLLBACK else (*road, status)
    return road[: len(road) - road[::-1].index(status)]
