"""Hand-overs: parcels that a shipping company or a delivery person takes along."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, exists, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from warehouse_desk.data.bulk import load_rows
from warehouse_desk.data.database import UnitOfWork
from warehouse_desk.data.order_steps import Writer
from warehouse_desk.data.tables import delivery_person, hand_over, hand_over_row, orders, shipping_company
from warehouse_desk.data.types import Among
from warehouse_desk.domain.printing import HandOverParcel, HandOverSummary
from warehouse_desk.domain.status import Status


@dataclass(frozen=True, slots=True)
class Carrier:
    """Who takes the parcels: a company or a person, never both."""

    company_id: int | None
    person_id: int | None

    def draft(self) -> ColumnElement[bool]:
        """Return the condition of the carrier's draft."""
        mine = (
            hand_over.c.company_id == self.company_id
            if self.company_id is not None
            else hand_over.c.person_id == self.person_id
        )
        return mine & hand_over.c.closed_at.is_(None)

    def parcels(self) -> ColumnElement[bool]:
        """Return the condition of the orders that stand with the carrier."""
        stands: ColumnElement[bool]
        if self.company_id is not None:
            stands = orders.c.status.in_([Status.WAITING.value, Status.SHIPPED.value])
            mine = orders.c.shipping_company_id == self.company_id
        else:
            stands = orders.c.status == Status.SHIPPED.value
            mine = orders.c.delivery_person_id == self.person_id
        return mine & stands & orders.c.deleted_at.is_(None) & orders.c.held.is_(False)


def draft_of(uow: UnitOfWork, carrier: Carrier, day: date, writer: Writer) -> int:
    """Return the carrier's open draft, beginning one where there is none."""
    make: Any = postgresql.insert if uow.is_postgresql else sqlite.insert
    uow.execute(
        make(hand_over)
        .values(
            company_id=carrier.company_id,
            person_id=carrier.person_id,
            day=day,
            opened_at=writer.moment.at,
            opened_by=writer.caller.user_name,
            station_id=writer.caller.station_id,
        )
        .on_conflict_do_nothing()
    )
    return int(uow.table(select(hand_over.c.id).where(carrier.draft()).with_for_update())[0][0])


def set_day(uow: UnitOfWork, number: int, day: date) -> None:
    """Give a draft another day."""
    uow.execute(update(hand_over).where(hand_over.c.id == number).values(day=day))


def fitting(uow: UnitOfWork, carrier: Carrier, ids: Sequence[int]) -> set[int]:
    """Return which of some orders stand with the carrier and were not handed over in their present attempt."""
    query = select(orders.c.id).where(Among(orders.c.id, "ids"), carrier.parcels(), ~_handed())
    return {number for (number,) in uow.execute(query, {"ids": list(ids)})}


def due(uow: UnitOfWork, carrier: Carrier, day: date) -> list[int]:
    """Return the orders that the carrier is to take: waiting for the company, or shipped with the person that day."""
    query = select(orders.c.id).where(carrier.parcels(), ~_handed()).order_by(orders.c.id)
    if carrier.company_id is not None:
        query = query.where(orders.c.status == Status.WAITING.value)
    else:
        query = query.where(orders.c.shipped_on == day)
    return [number for (number,) in uow.table(query)]


def _handed() -> ColumnElement[bool]:
    return exists().where(
        hand_over_row.c.order_id == orders.c.id,
        hand_over_row.c.attempt == orders.c.attempt,
        hand_over.c.id == hand_over_row.c.hand_over_id,
        hand_over.c.closed_at.is_not(None),
    )


def order_ids(uow: UnitOfWork, number: int) -> list[int]:
    """Return the orders of a hand-over."""
    query = select(hand_over_row.c.order_id).where(hand_over_row.c.hand_over_id == number)
    return [each for (each,) in uow.table(query.order_by(hand_over_row.c.order_id))]


def add_parcels(uow: UnitOfWork, number: int, ids: Sequence[int]) -> None:
    """Put orders on a hand-over with the cash to collect now; those on it already are left."""
    present = set(order_ids(uow, number))
    new = [each for each in ids if each not in present]
    query = select(orders.c.id, orders.c.attempt, orders.c.total).where(Among(orders.c.id, "ids"))
    rows = [(number, *row) for row in uow.execute(query, {"ids": new})]
    load_rows(uow, hand_over_row, ("hand_over_id", "order_id", "attempt", "cod"), rows)


def take_out(uow: UnitOfWork, number: int, ids: Sequence[int]) -> None:
    """Take orders off a draft."""
    gone = delete(hand_over_row).where(hand_over_row.c.hand_over_id == number, Among(hand_over_row.c.order_id, "ids"))
    uow.execute(gone, {"ids": list(ids)})


def close(uow: UnitOfWork, number: int, writer: Writer) -> None:
    """Close a draft: its amounts become what the orders say now, and stay so."""
    amount = select(orders.c.total).where(orders.c.id == hand_over_row.c.order_id).scalar_subquery()
    uow.execute(update(hand_over_row).where(hand_over_row.c.hand_over_id == number).values(cod=amount))
    uow.execute(
        update(hand_over)
        .where(hand_over.c.id == number)
        .values(closed_at=writer.moment.at, closed_by=writer.caller.user_name)
    )


def parcels(uow: UnitOfWork, number: int) -> list[HandOverParcel]:
    """Return the parcels of a hand-over in the order of their references' age."""
    o = orders.c
    query = (
        select(o.id, o.reference, o.full_name, o.city, o.tracking_number, hand_over_row.c.cod)
        .join(hand_over_row, hand_over_row.c.order_id == o.id)
        .where(hand_over_row.c.hand_over_id == number)
        .order_by(o.id)
    )
    return [HandOverParcel(*row) for row in uow.table(query)]


def summary(uow: UnitOfWork, number: int, *, lock: bool = False) -> HandOverSummary | None:
    """Return a hand-over without its parcels; with ``lock`` it stays ours until the unit of work ends."""
    if lock:
        uow.table(select(hand_over.c.id).where(hand_over.c.id == number).with_for_update())
    found = uow.table(_summaries().where(hand_over.c.id == number))
    return _summary(found[0]) if found else None


def summaries(uow: UnitOfWork, limit: int) -> list[HandOverSummary]:
    """Return the newest hand-overs."""
    return [_summary(row) for row in uow.table(_summaries().limit(limit))]


def _summaries() -> Select[Any]:
    h = hand_over.c
    mine = hand_over_row.c.hand_over_id == h.id
    count = select(func.count()).where(mine).scalar_subquery()
    total = select(func.coalesce(func.sum(hand_over_row.c.cod), 0)).where(mine).scalar_subquery()
    carrier = func.coalesce(shipping_company.c.name, delivery_person.c.name)
    columns = (h.id, carrier, h.company_id, h.person_id, h.day, h.opened_at, h.opened_by, h.closed_at, h.closed_by)
    return (
        select(*columns, count, total)
        .join(shipping_company, shipping_company.c.id == h.company_id, isouter=True)
        .join(delivery_person, delivery_person.c.id == h.person_id, isouter=True)
        .order_by(h.id.desc())
    )


def _summary(row: tuple[Any, ...]) -> HandOverSummary:
    values = (*row[:-1], int(row[-1]))  # PostgreSQL sums whole numbers into decimals
    return HandOverSummary(*values)
