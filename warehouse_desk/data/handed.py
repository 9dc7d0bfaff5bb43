"""Parcels given to companies and delivery persons."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, delete, exists, func, insert, select

from warehouse_desk.data.database import UnitOfWork
from warehouse_desk.data.order_steps import Writer
from warehouse_desk.data.tables import handed_parcel, orders
from warehouse_desk.data.tables.orders import WAITS_FOR_COMPANY, WITH_PERSON
from warehouse_desk.domain.orders import OrderFacts
from warehouse_desk.domain.scans import HandOverCount
from warehouse_desk.domain.status import Status

_NAMED = 20
"""How many missing parcels are named; the screen has room for no more."""


def handed_at(uow: UnitOfWork, facts: OrderFacts) -> tuple[datetime, str] | None:
    """Return when an order's parcel was given away in its present attempt, and by whom."""
    h = handed_parcel.c
    found = uow.table(select(h.at, h.user_name).where(h.order_id == facts.id, h.attempt == facts.attempt))
    return (found[0][0], found[0][1]) if found else None


def note_handed(
    uow: UnitOfWork, facts: OrderFacts, company_id: int | None, person_id: int | None, writer: Writer
) -> None:
    """Note that a parcel was given away."""
    uow.execute(
        insert(handed_parcel).values(
            order_id=facts.id,
            attempt=facts.attempt,
            company_id=company_id,
            person_id=person_id,
            at=writer.moment.at,
            user_name=writer.caller.user_name,
            station_id=writer.caller.station_id,
        )
    )


def take_back(uow: UnitOfWork, facts: OrderFacts) -> bool:
    """Forget that a parcel was given away; False where it was not."""
    h = handed_parcel.c
    return uow.execute(delete(handed_parcel).where(h.order_id == facts.id, h.attempt == facts.attempt)).rowcount == 1


def count_for(
    uow: UnitOfWork, company_id: int | None, person_id: int | None, since: datetime, day: date
) -> HandOverCount:
    """Count the parcels given to a company or person since a moment, and those that are still expected.

    Expected of a company: what waits for it. Expected of a person: what was assigned to them on ``day``.
    """
    h, o = handed_parcel.c, orders.c
    receiver = h.company_id == company_id if person_id is None else h.person_id == person_id
    handed = uow.table(select(func.count()).select_from(handed_parcel).where(receiver, h.at >= since))[0][0]
    given_away = exists().where(h.order_id == o.id, h.attempt == o.attempt)
    if person_id is None:
        waiting: ColumnElement[bool] = and_(WAITS_FOR_COMPANY, o.shipping_company_id == company_id)
    else:
        shipped = and_(o.status == Status.SHIPPED.value, o.shipped_on == day)
        waiting = and_(WITH_PERSON, o.delivery_person_id == person_id, shipped)
    left = and_(waiting, ~given_away)
    missing = uow.table(select(func.count()).select_from(orders).where(left))[0][0]
    names = uow.table(select(o.reference).where(left).order_by(o.id).limit(_NAMED))
    return HandOverCount(handed, handed + missing, tuple(name for (name,) in names))
