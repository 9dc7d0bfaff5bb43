"""The board's questions to the database: each is answered by a few statements, whatever the number of orders."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import CTE, ColumnElement, and_, case, exists, func, or_, select

from warehouse_desk.data.database import UnitOfWork
from warehouse_desk.data.order_filters import LIVE
from warehouse_desk.data.tables import order_event, order_line, orders, product, stock, warehouse
from warehouse_desk.data.tables.orders import LYING
from warehouse_desk.domain.caller import Source
from warehouse_desk.domain.reports import IDS_CAP, LyingOrder, OrderSet, ShortOrder
from warehouse_desk.domain.status import Status
from warehouse_desk.domain.transitions import Action


@dataclass(frozen=True, slots=True)
class Counted:
    """Steps, and the orders they were done with."""

    steps: int
    orders: OrderSet


def _steps(start: datetime, end: datetime) -> CTE:
    """Return the changes of status between two moments that were not taken back, of orders not deleted meanwhile."""
    e = order_event.c
    following = func.lead(e.kind).over(partition_by=e.order_id, order_by=e.id).label("following")
    day = (
        select(e.order_id, e.kind, e.status_before, e.status_after, e.user_name, e.source, e.at, following)
        .where(e.at >= start, e.at < end)
        .cte("day")
    )
    deleted = select(day.c.order_id).where(day.c.kind == Action.DELETE.value)
    return (
        select(day)
        .where(
            or_(day.c.status_before.is_(None), day.c.status_before != day.c.status_after),
            day.c.kind != Action.UNDO.value,
            func.coalesce(day.c.following, "") != Action.UNDO.value,
            day.c.order_id.not_in(deleted),
        )
        .cte("step")
    )


def _counted(uow: UnitOfWork, step: CTE, key: ColumnElement[Any], *where: ColumnElement[bool]) -> dict[Any, Counted]:
    """Count steps and orders by a key; the ids of the newest orders of each come along."""
    each = (
        select(key.label("key"), step.c.order_id.label("id"), func.count().label("steps"))
        .where(*where)
        .group_by(key, step.c.order_id)
        .subquery()
    )
    ranked = select(
        each.c.key,
        each.c.id,
        func.sum(each.c.steps).over(partition_by=each.c.key).label("steps"),
        func.count().over(partition_by=each.c.key).label("orders"),
        func.row_number().over(partition_by=each.c.key, order_by=each.c.id.desc()).label("place"),
    ).subquery()
    query = select(ranked).where(ranked.c.place <= IDS_CAP).order_by(ranked.c.key, ranked.c.place)
    found: dict[Any, tuple[int, int, list[int]]] = {}
    for value, number, steps, count, _place in uow.table(query):
        found.setdefault(value, (int(steps), int(count), []))[2].append(number)
    return {value: Counted(steps, OrderSet(count, tuple(ids))) for value, (steps, count, ids) in found.items()}


def reached_between(uow: UnitOfWork, start: datetime, end: datetime) -> dict[Status, OrderSet]:
    """Return the orders that reached each status between two moments; a status that none reached is missing."""
    step = _steps(start, end)
    return {Status(value): found.orders for value, found in _counted(uow, step, step.c.status_after).items()}


def _work(step: CTE) -> ColumnElement[bool]:
    return and_(step.c.kind != Action.CREATE.value, step.c.source != Source.SYNC.value)


def steps_by_worker(uow: UnitOfWork, start: datetime, end: datetime) -> dict[str, Counted]:
    """Return the steps of each worker between two moments."""
    step = _steps(start, end)
    return _counted(uow, step, step.c.user_name, _work(step))


def steps_by_hour(uow: UnitOfWork, hours: Sequence[datetime]) -> dict[int, Counted]:
    """Return the steps of each hour by its place; ``hours`` are the beginnings, the last one the end of the last."""
    step = _steps(hours[0], hours[-1])
    # The boundaries are compared, not computed: both databases agree, also on the days when clocks change.
    key = case(*((step.c.at < end, place) for place, end in enumerate(hours[1:])), else_=len(hours))
    return _counted(uow, step, key, _work(step))


def _arrived(status: Status) -> ColumnElement[bool]:
    """Return the condition that an event brought its order to a status; what an undo restores was there before."""
    e = order_event.c
    changed = or_(e.status_before.is_(None), e.status_before != e.status_after)
    return and_(e.status_after == status.value, changed, e.kind != Action.UNDO.value)


def _lying(status: Status, limit: datetime) -> ColumnElement[bool]:
    o, e = orders.c, order_event.c
    arrival = and_(e.order_id == o.id, _arrived(status))
    # What nobody touched since the limit lies there since then; only the few others need their history read.
    touched = and_(exists().where(arrival, e.at < limit), ~exists().where(arrival, e.at >= limit))
    return and_(LYING, LIVE, o.status == status.value, or_(o.updated_at < limit, touched))


def lying_since(uow: UnitOfWork, status: Status, limit: datetime, rows: int) -> tuple[OrderSet, list[LyingOrder]]:
    """Return the orders that reached a status before ``limit`` and still lie there, and some rows, longest first.

    Where no event tells when an order arrived, its last change does. Of more than 1,000 orders, those untouched for
    longest are named.
    """
    where = _lying(status, limit)
    total = int(uow.table(select(func.count()).select_from(orders).where(where))[0][0])
    oldest = select(orders.c.id, orders.c.updated_at).where(where).order_by(orders.c.updated_at, orders.c.id)
    since: dict[int, datetime] = dict(uow.table(oldest.limit(IDS_CAP)))
    e = order_event.c
    arrivals = (
        select(e.order_id, func.max(e.at)).where(e.order_id.in_(list(since)), _arrived(status)).group_by(e.order_id)
    )
    since |= dict(uow.table(arrivals))
    ids = sorted(since, key=lambda number: (since[number], number))
    return OrderSet(total, tuple(ids)), _lying_rows(uow, ids[:rows], since)


def _lying_rows(uow: UnitOfWork, ids: Sequence[int], since: Mapping[int, datetime]) -> list[LyingOrder]:
    o = orders.c
    query = select(o.id, o.reference, o.full_name, o.city, o.held).where(o.id.in_(ids))
    found = {
        number: LyingOrder(number, reference, name, city, bool(held), since[number])
        for number, reference, name, city, held in uow.table(query)
    }
    return [found[number] for number in ids if number in found]


def short_count(uow: UnitOfWork) -> int:
    """Return how many orders are out of stock."""
    query = select(func.count()).select_from(orders).where(LIVE, orders.c.status == Status.OUT_OF_STOCK.value)
    return int(uow.table(query)[0][0])


def available_goods(uow: UnitOfWork) -> dict[int, tuple[str, str, int]]:
    """Return SKU, name and available units of the products of which anything may still be promised, by id."""
    lies = _available()
    query = select(product.c.id, product.c.sku, product.c.name, lies.c.available)
    query = query.join(lies, lies.c.product_id == product.c.id).where(lies.c.available > 0)
    return {number: (sku, name, int(units)) for number, sku, name, units in uow.table(query)}


def _available() -> CTE:
    on_hand = func.coalesce(func.sum(stock.c.on_hand), 0)
    return (
        select(product.c.id.label("product_id"), (on_hand - product.c.committed).label("available"))
        .join(stock, stock.c.product_id == product.c.id)
        .join(warehouse, warehouse.c.id == stock.c.warehouse_id)
        .where(warehouse.c.shipping_company_id.is_(None))
        .group_by(product.c.id, product.c.committed)
        .cte("lies")
    )


def short_orders(uow: UnitOfWork) -> list[ShortOrder]:
    """Return the orders out of stock that what is available would fill if each were alone, oldest first.

    Orders on hold are left out: they cannot be taken up before somebody releases them.
    """
    lies = _available()
    wanted = func.sum(order_line.c.quantity)
    each = (
        select(
            order_line.c.order_id,
            order_line.c.product_id,
            wanted.label("units"),
            (func.coalesce(func.max(lies.c.available), 0) - wanted).label("spare"),
        )
        .join(orders, orders.c.id == order_line.c.order_id)
        .outerjoin(lies, lies.c.product_id == order_line.c.product_id)
        .where(LIVE, orders.c.status == Status.OUT_OF_STOCK.value)
        .group_by(order_line.c.order_id, order_line.c.product_id)
        .subquery()
    )
    least = func.min(each.c.spare).over(partition_by=each.c.order_id).label("least")
    judged = select(each, least).subquery()
    query = (
        select(orders.c.id, orders.c.short_skus, judged.c.product_id, judged.c.units)
        .join(judged, judged.c.order_id == orders.c.id)
        .where(judged.c.least >= 0, orders.c.held.is_(False))
        .order_by(orders.c.id)
    )
    found: dict[int, tuple[str | None, dict[int, int]]] = {}
    for number, short, product_id, units in uow.table(query):
        found.setdefault(number, (short, {}))[1][product_id] = int(units)
    return [ShortOrder(number, wants, _skus(short)) for number, (short, wants) in found.items()]


def _skus(stored: str | None) -> tuple[str, ...]:
    return tuple(json.loads(stored)) if stored else ()
