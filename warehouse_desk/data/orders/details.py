"""Read a whole order: customer, lines, life line."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final

from sqlalchemy import bindparam, func, select

from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.engine.prepared import Prepared
from warehouse_desk.data.orders.facts import FACT_COLUMNS, read_facts
from warehouse_desk.data.tables import (
    delivery_person,
    order_event,
    order_line,
    orders,
    product,
    shipment_way,
    shipping_company,
    station,
    warehouse,
)
from warehouse_desk.domain.directories.entries import ShipmentWay
from warehouse_desk.domain.orders.order import OrderDetail, OrderEvent, OrderLine
from warehouse_desk.domain.people.caller import Caller
from warehouse_desk.domain.status import Status

_FIELDS = (
    "full_name", "phone", "second_phone", "email", "city", "city_id", "area", "address", "shipment_way",
    "is_fees_paid_by_customer", "total", "notes", "created_at", "updated_at",
)  # fmt: skip
_WAY = ("id", "number", "name", "name_ar", "name_en", "active")


_ORDER: Final = Prepared(
    select(
        *(orders.c[name] for name in (*FACT_COLUMNS, "deleted_at", *_FIELDS)),
        warehouse.c.name,
        shipping_company.c.name,
        delivery_person.c.name,
        *(shipment_way.c[name] for name in _WAY),
    )
    .join(warehouse, warehouse.c.id == orders.c.warehouse_id, isouter=True)
    .join(shipping_company, shipping_company.c.id == orders.c.shipping_company_id, isouter=True)
    .join(delivery_person, delivery_person.c.id == orders.c.delivery_person_id, isouter=True)
    .join(shipment_way, shipment_way.c.number == orders.c.shipment_way, isouter=True)
    .where(orders.c.id == bindparam("order_id"))
)


def order_detail(uow: UnitOfWork, order_id: int) -> OrderDetail | None:
    """Return an order with its lines and events, or None where there is no such order."""
    found = uow.rows(_ORDER, {"order_id": order_id})
    if not found:
        return None
    row = found[0]
    facts_end = len(FACT_COLUMNS) + 1
    facts = read_facts(row[:facts_end])
    way = row[-len(_WAY) :]
    named = None if way[0] is None else ShipmentWay(*way)
    rest = (*row[facts_end : -len(_WAY)], named, order_lines(uow, order_id), order_events(uow, order_id))
    return OrderDetail(facts, *rest)


_line = order_line.c
_LINES: Final = Prepared(
    select(
        _line.id,
        _line.position,
        _line.product_id,
        product.c.sku,
        product.c.name,
        _line.quantity,
        _line.price,
        _line.total,
    )
    .join(product, product.c.id == _line.product_id)
    .where(_line.order_id == bindparam("order_id"))
    .order_by(_line.position)
)


def order_lines(uow: UnitOfWork, order_id: int) -> tuple[OrderLine, ...]:
    """Return the lines of an order in their order."""
    return tuple(OrderLine(*row) for row in uow.rows(_LINES, {"order_id": order_id}))


def order_events(uow: UnitOfWork, order_id: int) -> tuple[OrderEvent, ...]:
    """Return the audit of an order, oldest first."""
    return tuple(_event(row) for row in uow.rows(_life_line(), {"order_id": order_id}))


@cache
def _life_line() -> Prepared:
    return Prepared(_events().where(order_event.c.order_id == bindparam("order_id")))


def last_status_event(uow: UnitOfWork, order_id: int, status: Status) -> OrderEvent | None:
    """Return the event that brought an order to a status the last time."""
    event = order_event.c
    changed = event.status_before.is_(None) | (event.status_before != event.status_after)
    query = (
        _events()
        .where(event.order_id == order_id, event.status_after == status.value, changed)
        .order_by(None)
        .order_by(event.id.desc())
        .limit(1)
    )
    found = uow.table(query)
    return _event(found[0]) if found else None


def deletion_of(uow: UnitOfWork, order_id: int) -> OrderEvent | None:
    """Return the event that deleted an order."""
    event = order_event.c
    query = _events().where(event.order_id == order_id, event.kind == "delete").order_by(None)
    found = uow.table(query.order_by(event.id.desc()).limit(1))
    return _event(found[0]) if found else None


def maker_of(uow: UnitOfWork, order_id: int, version: int) -> tuple[str, datetime, int | None] | None:
    """Return what gave an order one of its versions, when and at which station; None where it has no such version."""
    e = order_event.c
    found = uow.table(select(e.kind, e.at, e.station_id).where(e.order_id == order_id, e.version == version))
    return (found[0][0], found[0][1], found[0][2]) if found else None


@dataclass(frozen=True, slots=True)
class LastEvent:
    """The newest audit row of an order, with who wrote it where."""

    kind: str
    status_before: Status | None
    status_after: Status
    version: int
    at: datetime
    user_id: int | None
    user_name: str
    station_id: int | None
    before: str
    after: str
    id: int
    """Its place among all audit rows: a greater one was written later."""


def last_event(uow: UnitOfWork, order_id: int) -> LastEvent | None:
    """Return the newest audit row of an order."""
    e = order_event.c
    columns = (
        e.kind,
        e.status_before,
        e.status_after,
        e.version,
        e.at,
        e.user_id,
        e.user_name,
        e.station_id,
        e.before,
        e.after,
        e.id,
    )
    found = uow.table(select(*columns).where(e.order_id == order_id).order_by(e.id.desc()).limit(1))
    if not found:
        return None
    kind, before, after, *rest = found[0]
    return LastEvent(kind, None if before is None else Status(before), Status(after), *rest)


_LOOKED_BACK = 20_000
"""Audit rows among which a worker's newest one is looked for: what all stations write within minutes."""


def newest_besides(uow: UnitOfWork, caller: Caller, ids: Collection[int]) -> tuple[int, int, str] | None:
    """Return the newest audit row that a worker wrote at a station on any but some orders: its id, order and kind."""
    e = order_event.c
    newest = select(func.max(e.id)).scalar_subquery()
    mine = (
        e.station_id == caller.station_id,
        e.user_name == caller.user_name,
        e.user_id.is_(None) if caller.user_id is None else e.user_id == caller.user_id,
    )
    query = select(e.id, e.order_id, e.kind).where(e.id > newest - _LOOKED_BACK, *mine).order_by(e.id.desc())
    # Of each of these orders what was done last, and its undoing, may stand before the row that is looked for.
    for number, order_id, kind in uow.table(query.limit(2 * len(ids) + 1)):
        if order_id not in ids:
            return number, order_id, kind
    return None


def _events() -> Any:
    event = order_event.c
    return (
        select(
            event.id, event.kind, event.status_before, event.status_after, event.at, event.user_name,
            station.c.name, event.source, event.reason, event.before, event.after,
        )
        .join(station, station.c.id == event.station_id, isouter=True)
        .order_by(event.id)
    )  # fmt: skip


def _event(row: tuple[Any, ...]) -> OrderEvent:
    before = None if row[2] is None else Status(row[2])
    return OrderEvent(row[0], row[1], before, Status(row[3]), row[4], row[5], row[6] or "", *row[7:])
