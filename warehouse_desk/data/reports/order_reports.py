"""The board's questions to the database: each is answered by a few statements, whatever the number of orders."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CTE, ColumnElement, and_, bindparam, exists, func, or_, select

from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.engine.prepared import Prepared
from warehouse_desk.data.orders.filters import LIVE
from warehouse_desk.data.tables import order_event, order_line, orders, product, stock, warehouse
from warehouse_desk.data.tables.orders import LYING
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.reports import IDS_CAP, LyingOrder, OrderSet, ShortOrder
from warehouse_desk.domain.status import Status


@dataclass(frozen=True, slots=True)
class DoneStep:
    """A change of status that stands."""

    order_id: int
    kind: str
    status_after: str
    user_name: str
    source: str
    at: datetime


_EVENTS = Prepared(
    select(
        order_event.c.order_id,
        order_event.c.kind,
        order_event.c.status_after,
        order_event.c.user_name,
        order_event.c.source,
        order_event.c.at,
        func.coalesce(order_event.c.status_before, "") != order_event.c.status_after,
    )
    .where(order_event.c.at >= bindparam("start"), order_event.c.at < bindparam("end"))
    .order_by(order_event.c.id)
)


def steps_between(uow: UnitOfWork, start: datetime, end: datetime) -> list[DoneStep]:
    """Return the changes of status between two moments that were not taken back, of orders not deleted meanwhile.

    A day's events are read once and told apart here: counted in the database, the same takes four times as long.
    """
    steps: dict[int, list[DoneStep]] = {}
    for order_id, kind, status_after, user_name, source, at, changed in uow.rows(_EVENTS, {"start": start, "end": end}):
        if kind == Action.DELETE.value:
            steps.pop(order_id, None)
        elif kind == Action.UNDO.value:
            # Only the newest event of an order is ever undone; it may be one of the day before.
            if steps.get(order_id):
                steps[order_id].pop()
        elif changed:
            steps.setdefault(order_id, []).append(DoneStep(order_id, kind, status_after, user_name, source, at))
    return [step for of_order in steps.values() for step in of_order]


def _arrived(status: Status) -> ColumnElement[bool]:
    """Return the condition that an event brought its order to a status; what an undo restores was there before."""
    e = order_event.c
    changed = or_(e.status_before.is_(None), e.status_before != e.status_after)
    return and_(e.status_after == status.value, changed, e.kind != Action.UNDO.value)


def _lying(status: Status, limit: datetime) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Return the conditions of two lists that together lie too long: untouched since the limit, and touched since.

    What nobody touched lies there since then; only the few others need their history read. Apart, because a database
    that sees both in one condition may read the history of every order.
    """
    o, e = orders.c, order_event.c
    arrival = and_(e.order_id == o.id, _arrived(status))
    here = and_(LYING, LIVE, o.status == status.value)
    came = and_(exists().where(arrival, e.at < limit), ~exists().where(arrival, e.at >= limit))
    return and_(here, o.updated_at < limit), and_(here, o.updated_at >= limit, came)


def lying_since(uow: UnitOfWork, status: Status, limit: datetime, rows: int) -> tuple[OrderSet, list[LyingOrder]]:
    """Return the orders that reached a status before ``limit`` and still lie there, and some rows, longest first.

    Where no event tells when an order arrived, its last change does. Of more than 1,000 orders, those untouched for
    longest are named.
    """
    total = 0
    since: dict[int, datetime] = {}
    for where in _lying(status, limit):
        total += int(uow.table(select(func.count()).select_from(orders).where(where))[0][0])
        oldest = select(orders.c.id, orders.c.updated_at).where(where).order_by(orders.c.updated_at, orders.c.id)
        since |= dict(uow.table(oldest.limit(IDS_CAP - len(since))))
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
