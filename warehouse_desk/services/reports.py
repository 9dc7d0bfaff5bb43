"""The supervisor's board: what happened today, what is stuck, what can be filled, what comes back."""

from bisect import bisect_right
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TypeVar

from warehouse_desk.common.clock import day_start
from warehouse_desk.common.messages import msg
from warehouse_desk.data.reports import order_reports, return_rates
from warehouse_desk.data.reports.order_reports import DoneStep
from warehouse_desk.domain.errors import WrongUsage
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.people.caller import Source
from warehouse_desk.domain.reports import (
    IDS_CAP,
    LYING_LIMITS,
    RATE_DAYS,
    RATE_SAMPLE,
    HourFigure,
    LyingFigure,
    OrderSet,
    RateFigure,
    RateList,
    ReturnsReport,
    ShortFigure,
    ShortOrder,
    ShortsReport,
    StatusFigure,
    StuckReport,
    TodayReport,
    WorkerFigure,
    fillable,
)
from warehouse_desk.domain.status import Status
from warehouse_desk.services.subject import Subject

Key = TypeVar("Key", str, int)

LONGEST_SHOWN = 50
"""Rows of orders that lie too long; the ids behind the number are more."""


class Reports(Subject):
    """What one worker sees of the whole warehouse; each report is one reading, for who may ``viewReports``."""

    def today(self) -> TodayReport:
        """Return what was done today, in the station's time zone.

        Raises:
            NotAllowed: the role lacks ``viewReports``.
        """
        self.context.caller.require(Ability.VIEW_REPORTS)
        day = self.context.today()
        hours = _hours(day)
        with self.context.database.read() as uow:
            steps = order_reports.steps_between(uow, hours[0], hours[-1])
        reached = _tally(steps, lambda step: step.status_after)
        work = [step for step in steps if step.kind != Action.CREATE.value and step.source != Source.SYNC.value]
        workers = _tally(work, lambda step: step.user_name)
        by_hour = _tally(work, lambda step: bisect_right(hours, step.at) - 1)
        busy = range(min(by_hour), max(by_hour) + 1) if by_hour else range(0)
        figures = ((hours[place], by_hour.get(place, (0, OrderSet()))) for place in busy)
        return TodayReport(
            day,
            tuple(StatusFigure(status, reached.get(status.value, (0, OrderSet()))[1]) for status in Status),
            tuple(HourFigure(start, *found) for start, found in figures),
            tuple(
                WorkerFigure(name, *found)
                for name, found in sorted(workers.items(), key=lambda item: (-item[1][0], item[0]))
            ),
        )

    def stuck(self) -> StuckReport:
        """Return the parcels packed for more than 24 hours, and those waiting for pickup for more than 48.

        Raises:
            NotAllowed: the role lacks ``viewReports``.
        """
        self.context.caller.require(Ability.VIEW_REPORTS)
        now = self.context.now()
        figures = []
        with self.context.database.read() as uow:
            for status, limit in LYING_LIMITS.items():
                found, longest = order_reports.lying_since(uow, status, now - limit, LONGEST_SHOWN)
                figures.append(LyingFigure(status, limit, found, tuple(longest)))
        return StuckReport(now, tuple(figures))

    def shorts(self) -> ShortsReport:
        """Return the orders out of stock that can be filled now, the oldest served first.

        Every line of an order must be covered by what may still be promised, not only those that were short: it could
        not be packed otherwise.

        Raises:
            NotAllowed: the role lacks ``viewReports``.
        """
        self.context.caller.require(Ability.VIEW_REPORTS)
        with self.context.database.read() as uow:
            waiting = order_reports.short_count(uow)
            goods = order_reports.available_goods(uow)
            candidates = order_reports.short_orders(uow)
        served = fillable(candidates, {number: units for number, (_, _, units) in goods.items()})
        by_sku: dict[str, list[ShortOrder]] = {}
        for order in served:
            for sku in order.short_skus:
                by_sku.setdefault(sku, []).append(order)
        known = {sku: (name, units) for sku, name, units in goods.values()}
        products = [ShortFigure(sku, *known[sku], _set_of(orders)) for sku, orders in by_sku.items() if sku in known]
        products.sort(key=lambda figure: (-figure.orders.count, figure.sku))
        return ShortsReport(waiting, _set_of(served), tuple(products))

    def returns(self, *, least: int = RATE_SAMPLE) -> ReturnsReport:
        """Return how many parcels of the last 30 days came back, by city and by company with at least so many parcels.

        Raises:
            WrongUsage: ``least`` is below 1.
            NotAllowed: the role lacks ``viewReports``.
        """
        self.context.caller.require(Ability.VIEW_REPORTS)
        if least < 1:
            raise WrongUsage(msg("The least number of parcels is {number}: enter at least 1.", number=least))
        since = self.context.today() - timedelta(days=RATE_DAYS - 1)
        with self.context.database.read() as uow:
            outcomes = return_rates.outcomes_since(uow, since)
            cities = return_rates.city_rates(uow, outcomes, least)
            companies = return_rates.company_rates(uow, outcomes, least)
        return ReturnsReport(
            since,
            least,
            outcomes.all.figure(""),
            _list(cities, len(outcomes.cities)),
            _list(companies, len(outcomes.companies)),
        )


def _tally(steps: list[DoneStep], key: Callable[[DoneStep], Key]) -> dict[Key, tuple[int, OrderSet]]:
    """Count steps, and the orders they were done with, by a key."""
    groups: dict[Key, list[int]] = {}
    for step in steps:
        groups.setdefault(key(step), []).append(step.order_id)
    found = {}
    for value, ids in groups.items():
        orders = sorted(set(ids), reverse=True)
        found[value] = (len(ids), OrderSet(len(orders), tuple(orders[:IDS_CAP])))
    return found


def _hours(day: date) -> list[datetime]:
    """Return when each hour of a day begins, and when the day ends: 23 to 25 hours, as the clocks change."""
    start, end = day_start(day), day_start(day + timedelta(days=1))
    count = round((end - start) / timedelta(hours=1))
    return [start + timedelta(hours=place) for place in range(count)] + [end]


def _set_of(orders: list[ShortOrder]) -> OrderSet:
    return OrderSet(len(orders), tuple(order.id for order in orders[:IDS_CAP]))


def _list(figures: list[RateFigure], known: int) -> RateList:
    return RateList(tuple(figures), known - len(figures))
