"""Hand-overs: parcels that a shipping company or a delivery person takes along."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, case, delete, exists, false, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from warehouse_desk.data.bulk import load_rows
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.engine.types import Among
from warehouse_desk.data.tables import delivery_person, hand_over, hand_over_row, orders, shipping_company, station
from warehouse_desk.domain.orders.hand_over import BROUGHT_TO_AN_END, Carrier, OnSheet
from warehouse_desk.domain.orders.order import OrderFacts
from warehouse_desk.domain.paper.printing import HandOverSummary
from warehouse_desk.domain.scanning.scans import HandOverCount
from warehouse_desk.domain.shared_settings import SharedSettings
from warehouse_desk.domain.signature import Signature
from warehouse_desk.domain.status import Status

_NAMED = 20
"""How many expected parcels are named; the screen has room for no more."""
_ROW = ("hand_over_id", "order_id", "attempt", "cod", "at", "user_name", "station_id")


def _of(carrier: Carrier) -> ColumnElement[bool]:
    """Return the condition of a carrier's hand-overs."""
    if carrier.company_id is not None:
        return hand_over.c.company_id == carrier.company_id
    return hand_over.c.person_id == carrier.person_id


def _draft_of(carrier: Carrier) -> ColumnElement[bool]:
    """Return the condition of a carrier's draft."""
    return _of(carrier) & hand_over.c.closed_at.is_(None)


def _stand_with(carrier: Carrier, *ended: Status) -> ColumnElement[bool]:
    """Return the condition of the orders that go along with a carrier, or ended in some statuses."""
    if carrier.company_id is not None:
        mine = orders.c.shipping_company_id == carrier.company_id
    else:
        mine = orders.c.delivery_person_id == carrier.person_id
    there = orders.c.status.in_([status.value for status in (*carrier.statuses, *ended)])
    return mine & there & orders.c.deleted_at.is_(None) & orders.c.held.is_(False)


def _on_a_sheet(carrier: Carrier) -> ColumnElement[bool]:
    """Return the condition of the orders on a carrier's draft, or on any closed sheet, in their present attempt."""
    r = hand_over_row.c
    row = (r.order_id == orders.c.id) & (r.attempt == orders.c.attempt) & (hand_over.c.id == r.hand_over_id)
    return orders.c.hand_over_id.is_not(None) | exists().where(row, _draft_of(carrier))


def lock_draft(uow: UnitOfWork, carrier: Carrier) -> int | None:
    """Return the carrier's draft, which nobody can close before the unit of work ends; None where there is none."""
    found = uow.table(select(hand_over.c.id).where(_draft_of(carrier)).with_for_update())
    return int(found[0][0]) if found else None


def draft_of(uow: UnitOfWork, carrier: Carrier, day: date, signature: Signature) -> int:
    """Return the carrier's draft, locked, beginning one where there is none."""
    make: Any = postgresql.insert if uow.is_postgresql else sqlite.insert
    while (number := lock_draft(uow, carrier)) is None:
        # Another station may begin one at the same moment, or close it again: then there is one more turn.
        uow.execute(
            make(hand_over)
            .values(
                company_id=carrier.company_id,
                person_id=carrier.person_id,
                day=day,
                opened_at=signature.moment.at,
                opened_by=signature.caller.user_name,
                station_id=signature.caller.station_id,
            )
            .on_conflict_do_nothing()
        )
    return number


def set_day(uow: UnitOfWork, number: int, day: date) -> None:
    """Give a draft another day."""
    uow.execute(update(hand_over).where(hand_over.c.id == number, hand_over.c.day != day).values(day=day))


def no_longer_with(uow: UnitOfWork, carrier: Carrier, number: int) -> dict[int, str]:
    """Return the orders of a draft that do not stand with the carrier any more, with their references.

    What it delivered or brought back since it was put on the sheet was taken along all the same.
    """
    r = hand_over_row.c
    # An order without any carrier compares to null, which is neither true nor false.
    stays = func.coalesce(_stand_with(carrier, *BROUGHT_TO_AN_END), false()) & (r.attempt == orders.c.attempt)
    stays &= orders.c.hand_over_id.is_(None)
    query = select(orders.c.id, orders.c.reference).join(hand_over_row, r.order_id == orders.c.id)
    return dict(uow.table(query.where(r.hand_over_id == number, ~stays).order_by(orders.c.id)))


def _expected(carrier: Carrier, day: date) -> ColumnElement[bool]:
    """Return the condition of the orders that a carrier is still to take along.

    Of a company: what waits for it. Of a person: what was shipped with them on the day.
    """
    if carrier.company_id is not None:
        waits: ColumnElement[bool] = orders.c.status == Status.WAITING.value
    else:
        waits = orders.c.shipped_on == day
    return _stand_with(carrier) & waits & ~_on_a_sheet(carrier)


def expected_ids(uow: UnitOfWork, carrier: Carrier, day: date) -> list[int]:
    """Return the orders that the carrier is still to take along and that are on no sheet of it."""
    return [number for (number,) in uow.table(select(orders.c.id).where(_expected(carrier, day)).order_by(orders.c.id))]


def held_back(uow: UnitOfWork, carrier: Carrier, number: int, day: date, shared: SharedSettings) -> list[str]:
    """Return the references of the first parcels on a draft, or expected on it, that may not leave as they are."""
    on_draft = orders.c.id.in_(select(hand_over_row.c.order_id).where(hand_over_row.c.hand_over_id == number))
    stays = orders.c.label_outdated.is_(True) | (orders.c.recount.is_(True) if shared.verify_before_pack else false())
    query = select(orders.c.reference).where(_expected(carrier, day) | on_draft, stays)
    return [reference for (reference,) in uow.table(query.order_by(orders.c.id).limit(_NAMED))]


def count_of(uow: UnitOfWork, carrier: Carrier, day: date) -> HandOverCount:
    """Count the parcels on the carrier's draft, and those that are still expected."""
    rows = select(func.count()).where(hand_over_row.c.hand_over_id == hand_over.c.id).scalar_subquery()
    drafts = uow.table(select(hand_over.c.id, rows).where(_draft_of(carrier)))
    number, on_sheet = drafts[0] if drafts else (None, 0)
    left = _expected(carrier, day)
    missing = uow.table(select(func.count()).select_from(orders).where(left))[0][0]
    names = uow.table(select(orders.c.reference).where(left).order_by(orders.c.id).limit(_NAMED))
    return HandOverCount(on_sheet, on_sheet + missing, tuple(name for (name,) in names), number)


def sheets_of(uow: UnitOfWork, carrier: Carrier | None, ids: Sequence[int]) -> dict[int, OnSheet]:
    """Return the newest sheet of a carrier, or of any, that each order's parcel stands on in its present attempt."""
    r, h = hand_over_row.c, hand_over.c
    query = (
        select(r.order_id, h.id, h.closed_at.is_not(None), r.at, r.user_name, func.coalesce(station.c.name, ""))
        .join(hand_over, h.id == r.hand_over_id)
        .join(orders, (orders.c.id == r.order_id) & (orders.c.attempt == r.attempt))
        .join(station, station.c.id == r.station_id, isouter=True)
        .where(Among(r.order_id, "ids"), r.struck_at.is_(None), *([_of(carrier)] if carrier else []))
        .order_by(h.id)
    )
    rows: list[tuple[Any, ...]] = [tuple(row) for row in uow.execute(query, {"ids": list(ids)})]
    return {row[0]: OnSheet(*row[1:]) for row in rows}


def take_back(uow: UnitOfWork, facts: OrderFacts) -> int | None:
    """Take an order's parcel off a draft and return the sheet's number; None where it is on none."""
    r = hand_over_row.c
    drafts = select(hand_over.c.id).where(hand_over.c.closed_at.is_(None))
    gone = delete(hand_over_row).where(r.order_id == facts.id, r.attempt == facts.attempt, r.hand_over_id.in_(drafts))
    numbers = uow.execute(gone.returning(r.hand_over_id)).scalars().all()
    return numbers[0] if numbers else None


def order_ids(uow: UnitOfWork, number: int) -> list[int]:
    """Return the orders of a hand-over."""
    query = select(hand_over_row.c.order_id).where(hand_over_row.c.hand_over_id == number)
    return [each for (each,) in uow.table(query.order_by(hand_over_row.c.order_id))]


def add_parcels(uow: UnitOfWork, number: int, ids: Sequence[int], signature: Signature) -> None:
    """Put orders on a draft with the cash to collect now; those on it already are left.

    A parcel goes with one carrier only: it leaves the draft of another, and an earlier attempt leaves this one.
    """
    r = hand_over_row.c
    drafts = select(hand_over.c.id).where(hand_over.c.closed_at.is_(None))
    attempt = select(orders.c.attempt).where(orders.c.id == r.order_id).scalar_subquery()
    elsewhere = r.hand_over_id.in_(drafts) & ((r.hand_over_id != number) | (r.attempt != attempt))
    uow.execute(delete(hand_over_row).where(Among(r.order_id, "ids"), elsewhere), {"ids": list(ids)})
    present = set(order_ids(uow, number))
    new = [each for each in ids if each not in present]
    query = select(orders.c.id, orders.c.attempt, orders.c.total).where(Among(orders.c.id, "ids"))
    who = (signature.moment.at, signature.caller.user_name, signature.caller.station_id)
    rows = [(number, *row, *who) for row in uow.execute(query, {"ids": new})]
    load_rows(uow, hand_over_row, _ROW, rows)


def take_out(uow: UnitOfWork, number: int, ids: Sequence[int]) -> None:
    """Take orders off a draft."""
    gone = delete(hand_over_row).where(hand_over_row.c.hand_over_id == number, Among(hand_over_row.c.order_id, "ids"))
    uow.execute(gone, {"ids": list(ids)})


def summary(uow: UnitOfWork, number: int, *, lock: bool = False) -> HandOverSummary | None:
    """Return a hand-over without its parcels; with ``lock`` it stays ours until the unit of work ends."""
    if lock:
        uow.table(select(hand_over.c.id).where(hand_over.c.id == number).with_for_update())
    found = uow.table(_summaries().where(hand_over.c.id == number))
    return _summary(found[0]) if found else None


def summaries(uow: UnitOfWork, limit: int, carrier: Carrier | None = None) -> list[HandOverSummary]:
    """Return the newest hand-overs, of a carrier or of all."""
    query = _summaries().limit(limit)
    return [_summary(row) for row in uow.table(query if carrier is None else query.where(_of(carrier)))]


def _summaries() -> Select[Any]:
    h, r = hand_over.c, hand_over_row.c
    mine, left = r.hand_over_id == h.id, r.struck_at.is_(None)
    count = select(func.count()).where(mine, left).scalar_subquery()
    amount = case((h.closed_at.is_(None), orders.c.total), else_=r.cod)
    amounts = select(func.coalesce(func.sum(amount), 0)).join(orders, orders.c.id == r.order_id)
    total = amounts.where(mine, left).correlate(hand_over).scalar_subquery()
    struck = select(func.count()).where(mine, ~left).scalar_subquery()
    carrier = func.coalesce(h.carrier_name, shipping_company.c.name, delivery_person.c.name)
    columns = (h.id, carrier, h.company_id, h.person_id, h.day, h.opened_at, h.opened_by, h.closed_at, h.closed_by)
    return (
        select(*columns, count, total, struck)
        .join(shipping_company, shipping_company.c.id == h.company_id, isouter=True)
        .join(delivery_person, delivery_person.c.id == h.person_id, isouter=True)
        .order_by(h.id.desc())
    )


def _summary(row: tuple[Any, ...]) -> HandOverSummary:
    values = (*row[:-2], int(row[-2]), row[-1])  # PostgreSQL sums whole numbers into decimals
    return HandOverSummary(*values)
