"""Who carries a tracking number, now or on an earlier journey, and the parcel at hand at each station."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, func, insert, literal, select

from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.engine.prepared import Prepared
from warehouse_desk.data.engine.types import Among, TextList
from warehouse_desk.data.tables import orders, parcel_at_hand, past_tracking


@dataclass(frozen=True, slots=True)
class NumberedOrder:
    """An order and a tracking number that it carries, or carried before it was renewed."""

    number: str
    order_id: int
    reference: str
    company_id: int | None


_NOW = Prepared(
    select(orders.c.tracking_number, orders.c.id, orders.c.reference, orders.c.shipping_company_id).where(
        Among(orders.c.tracking_number, "numbers", TextList), orders.c.deleted_at.is_(None)
    )
)
_BEFORE = Prepared(
    select(past_tracking.c.number, orders.c.id, orders.c.reference, past_tracking.c.shipping_company_id)
    .join(orders, orders.c.id == past_tracking.c.order_id)
    .where(Among(past_tracking.c.number, "numbers", TextList), orders.c.deleted_at.is_(None))
    .order_by(past_tracking.c.id)
)
_REMEMBER = Prepared(
    insert(past_tracking).from_select(
        ["order_id", "attempt", "shipping_company_id", "number"],
        select(orders.c.id, orders.c.attempt, orders.c.shipping_company_id, orders.c.tracking_number).where(
            Among(orders.c.id, "ids"), orders.c.tracking_number.is_not(None)
        ),
    )
)
_PAST_IDS = Prepared(
    select(past_tracking.c.order_id)
    .where(Among(past_tracking.c.number, "numbers", TextList))
    .distinct()
    .order_by(past_tracking.c.order_id)
)
_NUMBER_LOCK = 0x5744_0003
"""Advisory lock of a station that gives out couriers' numbers; any number that no other part uses."""

_RESERVE = Prepared(select(func.pg_advisory_xact_lock(literal(_NUMBER_LOCK))))
_AT_HAND = Prepared(
    select(parcel_at_hand.c.order_id, parcel_at_hand.c.at).where(parcel_at_hand.c.station_id == bindparam("station"))
)


def carriers_of(uow: UnitOfWork, numbers: Sequence[str]) -> list[NumberedOrder]:
    """Return the orders that carry tracking numbers, those of earlier journeys last."""
    wanted = {"numbers": list(set(numbers))}
    return [NumberedOrder(*row) for query in (_NOW, _BEFORE) for row in uow.rows(query, wanted)]


def others_with(uow: UnitOfWork, numbers: Mapping[int, str], company_id: int | None) -> dict[int, list[str]]:
    """Return for orders that carry numbers of a company which other orders may be meant by them.

    Those are the others of the company, and those of which nobody knows yet whose number they carry. Until the unit of
    work ends no other station gives out a number: what is free now is still free when it is written.
    """
    if uow.dialect.name == "postgresql":
        uow.rows(_RESERVE, {})
    taken: dict[int, list[str]] = {}
    carriers = carriers_of(uow, list(numbers.values()))
    for order_id, number in numbers.items():
        others = {
            each.reference
            for each in carriers
            if each.number == number
            and each.order_id != order_id
            and (each.company_id == company_id or None in {each.company_id, company_id})
        }
        if others:
            taken[order_id] = sorted(others)
    return taken


def past_carriers(uow: UnitOfWork, numbers: Sequence[str]) -> list[int]:
    """Return the ids of the orders that carried one of some numbers before they were renewed."""
    return [row[0] for row in uow.rows(_PAST_IDS, {"numbers": list(numbers)})]


def remember_past(uow: UnitOfWork, ids: Sequence[int]) -> None:
    """Keep the numbers of orders whose journey ends, before they are cleared."""
    uow.run(_REMEMBER, {"ids": ids})


def parcel_at(uow: UnitOfWork, station_id: int) -> tuple[int, datetime] | None:
    """Return the parcel whose courier's label is to be scanned next at a station, and since when."""
    found = uow.rows(_AT_HAND, {"station": station_id})
    return found[0] if found else None


def put_parcel_at(uow: UnitOfWork, station_id: int, order_id: int | None, at: datetime) -> None:
    """Put another parcel, or none, before a station."""
    uow.execute(delete(parcel_at_hand).where(parcel_at_hand.c.station_id == station_id))
    if order_id is not None:
        uow.execute(insert(parcel_at_hand).values(station_id=station_id, order_id=order_id, at=at))
