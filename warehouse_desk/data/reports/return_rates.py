"""Parcels that came to an end, by city and company: delivered, or come back."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import case, func, select

from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.orders.filters import LIVE
from warehouse_desk.data.tables import city, orders, shipping_company
from warehouse_desk.data.tables.orders import DELIVERED, RETURNED
from warehouse_desk.domain.reports import IDS_CAP, OrderSet, RateFigure

_UNLISTED = case((orders.c.city_id.is_(None), orders.c.city_folded), else_="")
"""A city that is not in the list of cities is told apart by its folded name."""


@dataclass(slots=True)
class _Group:
    delivered: int = 0
    returned: int = 0
    ids: list[int] = field(default_factory=list)

    def figure(self, name: str, name_ar: str = "") -> RateFigure:
        return RateFigure(name, self.delivered, OrderSet(self.returned, tuple(self.ids)), name_ar)


class Outcomes:
    """The parcels delivered and come back since a day: by city, by company (None: our own delivery), all together."""

    def __init__(self) -> None:
        self.cities: dict[tuple[int | None, str], _Group] = {}
        self.companies: dict[int | None, _Group] = {}
        self.all = _Group()

    def groups_of(self, city_key: tuple[int | None, str], company: int | None) -> Iterable[_Group]:
        """Return the groups that a parcel belongs to."""
        return (self.cities.setdefault(city_key, _Group()), self.companies.setdefault(company, _Group()), self.all)


def outcomes_since(uow: UnitOfWork, since: date) -> Outcomes:
    """Count the parcels that came to an end since a day, included, as they stand now; the newest returns by id too."""
    o = orders.c
    place = (o.city_id, _UNLISTED, o.shipping_company_id)
    delivered = select(*place, func.count()).where(DELIVERED, LIVE, o.delivered_on >= since).group_by(*place)
    returned = select(*place, o.id).where(RETURNED, LIVE, o.returned_on >= since).order_by(o.id.desc())
    outcomes = Outcomes()
    for city_id, unlisted, company, number in uow.table(delivered):
        for group in outcomes.groups_of((city_id, unlisted), company):
            group.delivered += number
    for city_id, unlisted, company, order_id in uow.table(returned):
        for group in outcomes.groups_of((city_id, unlisted), company):
            group.returned += 1
            if group.returned <= IDS_CAP:
                group.ids.append(order_id)
    return outcomes


def city_rates(uow: UnitOfWork, outcomes: Outcomes, least: int) -> list[RateFigure]:
    """Return the rate of each city with at least so many parcels, the worst first."""
    names = {row[0]: row[1:] for row in uow.table(select(city.c.id, city.c.name, city.c.name_ar))}
    return _worst_first(
        group.figure(*names.get(city_id, (unlisted.title(), "")))
        for (city_id, unlisted), group in _with_sample(outcomes.cities, least)
    )


def company_rates(uow: UnitOfWork, outcomes: Outcomes, least: int) -> list[RateFigure]:
    """Return the rate of each company with at least so many parcels, the worst first; our own delivery is ""."""
    names: dict[int | None, str] = dict(uow.table(select(shipping_company.c.id, shipping_company.c.name)))
    return _worst_first(group.figure(names.get(key, "")) for key, group in _with_sample(outcomes.companies, least))


def _with_sample(groups: dict[Any, _Group], least: int) -> Iterable[tuple[Any, _Group]]:
    return ((key, group) for key, group in groups.items() if group.delivered + group.returned >= least)


def _worst_first(figures: Iterable[RateFigure]) -> list[RateFigure]:
    def worst(figure: RateFigure) -> tuple[float, int, str]:
        return -figure.rate, -figure.sample, figure.name

    return sorted(figures, key=worst)
