"""The open rows of the ledger: returned goods of which nobody has decided, found whatever became of their order."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, case, exists, func, select, type_coerce

from warehouse_desk.common.clock import local_day
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.goods import stock as ledger
from warehouse_desk.data.goods.stock import LedgerRow
from warehouse_desk.data.tables import orders, product, stock, stock_movement, warehouse
from warehouse_desk.domain.goods.returns import OpenRow, ReturnedLine, Settled, WaitingReturn
from warehouse_desk.domain.goods.stock import INSPECTING, Movement
from warehouse_desk.domain.signature import Signature
from warehouse_desk.domain.status import Status

WAITING_KINDS = [kind.value for kind in INSPECTING]
"""The movements that say what waits."""

_DECIDED = (Movement.RESTOCK.value, Movement.WRITE_OFF.value)
_TAKEN_BACK = (Movement.UNRESTOCK.value, Movement.UNWRITE_OFF.value)


def waiting_pieces(movement: Any) -> ColumnElement[int]:
    """Return the sum of what some movements (columns of the ledger) left in inspection."""
    weights = {kind.value: weight for kind, weight in INSPECTING.items()}
    return type_coerce(func.sum(case(weights, value=movement.kind) * movement.quantity), Integer)


def open_rows(uow: UnitOfWork, order_ids: Sequence[int]) -> dict[int, tuple[OpenRow, ...]]:
    """Return what waits of some orders, those first that came back first; orders of which nothing waits are missing."""
    found = [_open_row(row) for row in uow.table(_open_rows(order_ids))] if order_ids else []
    return {order_id: tuple(rows) for order_id, rows in groupby(found, key=lambda row: row.line.order_id)}


def _open_rows(order_ids: Sequence[int]) -> Select[Any]:
    m = stock_movement.c
    key = [m[field.name] for field in fields(ReturnedLine)]
    pieces = waiting_pieces(m)
    grouped = (
        select(*key, pieces.label("pieces"), func.min(m.at).label("since"), func.max(m.part).label("part"))
        .where(m.order_id.in_(list(order_ids)), m.kind.in_(WAITING_KINDS))
        .group_by(*key)
        .having(pieces > 0)
        .subquery()
    )
    g = grouped.c
    return (
        select(
            *(g[field.name] for field in fields(ReturnedLine)), product.c.sku, warehouse.c.code, warehouse.c.active,
            g.pieces, g.since, g.part,
        )
        .join(product, product.c.id == g.product_id)
        .join(warehouse, warehouse.c.id == g.warehouse_id)
        .order_by(g.order_id, g.cycle, g.line_id)
    )  # fmt: skip


def _open_row(row: Sequence[Any]) -> OpenRow:
    sku, code, active, pieces, since, part = row[_KEY_LENGTH:]
    return OpenRow(ReturnedLine(*row[:_KEY_LENGTH]), sku, code, bool(active), int(pieces), since, int(part) + 1)


_KEY_LENGTH = len(fields(ReturnedLine))


def anything_waits(uow: UnitOfWork) -> bool:
    """Tell whether any goods wait in inspection."""
    return bool(uow.table(select(exists().where(stock.c.inspection > 0)))[0][0])


def waiting_returns(
    uow: UnitOfWork, before: int | None, limit: int, warehouse_id: int | None = None
) -> list[WaitingReturn]:
    """Return the orders whose goods wait in inspection, newest first, older than the order ``before``."""
    ids = _orders_waiting(uow, before, limit, warehouse_id)
    rows = open_rows(uow, ids)
    o = orders.c
    columns = (o.id, o.reference, o.full_name, o.status, o.deleted_at, o.returned_on)
    query = select(*columns).where(o.id.in_(ids)).order_by(o.id.desc())
    return [
        WaitingReturn(
            number,
            reference,
            customer,
            Status(status),
            deleted is not None,
            # Renewing clears the order's own day; the ledger knows when the goods came in.
            returned_on or local_day(rows[number][0].since),
            rows[number],
        )
        for number, reference, customer, status, deleted, returned_on in (uow.table(query) if ids else ())
    ]


def _orders_waiting(uow: UnitOfWork, before: int | None, limit: int, warehouse_id: int | None) -> list[int]:
    came, same = stock_movement.alias("came"), stock_movement.alias("same")
    still = (
        select(waiting_pieces(same.c))
        .where(same.c.line_id == came.c.line_id, same.c.cycle == came.c.cycle, same.c.kind.in_(WAITING_KINDS))
        .scalar_subquery()
    )
    query = (
        select(came.c.order_id)
        .where(came.c.kind == Movement.RETURN_IN.value, still > 0)
        .group_by(came.c.order_id)
        .order_by(came.c.order_id.desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(came.c.order_id < before)
    if warehouse_id is not None:
        query = query.where(came.c.warehouse_id == warehouse_id)
    return [row[0] for row in uow.table(query)]


@dataclass(frozen=True, slots=True)
class ReturnedGoods:
    """What became of the goods of an order that came back in its present cycle."""

    at_once: bool
    """Whether they went on the shelf with the return itself, because the setting says so."""
    decided: bool
    """Whether somebody decided on any of them, and did not take it back."""


def returned_goods(uow: UnitOfWork, order_ids: Sequence[int]) -> dict[int, ReturnedGoods]:
    """Return what became of the returned goods of some orders; orders of which stock noticed no return are missing."""
    m = stock_movement.c
    decided = case(dict.fromkeys(_DECIDED, 1) | dict.fromkeys(_TAKEN_BACK, -1), value=m.kind, else_=0)
    query = (
        select(
            m.order_id,
            func.max(case((and_(m.kind == Movement.RESTOCK.value, m.part == 0), 1), else_=0)),
            func.sum(case((m.part > 0, decided * m.quantity), else_=0)),
        )
        .join(orders, and_(orders.c.id == m.order_id, orders.c.stock_cycle == m.cycle))
        .where(m.order_id.in_(list(order_ids)), m.kind.in_(WAITING_KINDS))
        .group_by(m.order_id)
    )
    found = uow.table(query) if order_ids else ()
    return {order_id: ReturnedGoods(bool(at_once), pieces > 0) for order_id, at_once, pieces in found}


def settle(uow: UnitOfWork, settled: Sequence[Settled], signature: Signature) -> None:
    """Write what was decided on open rows."""
    ledger.write_rows(uow, _rows(settled, back=False), signature)


def next_parts(uow: UnitOfWork, order_id: int) -> dict[tuple[int, int], int]:
    """Return the number that the next decision gets on each line and cycle of an order's returned goods."""
    m = stock_movement.c
    query = (
        select(m.line_id, m.cycle, func.max(m.part))
        .where(m.order_id == order_id, m.kind.in_(WAITING_KINDS))
        .group_by(m.line_id, m.cycle)
    )
    return {(line_id, cycle): int(part) + 1 for line_id, cycle, part in uow.table(query)}


def take_back(uow: UnitOfWork, settled: Sequence[Settled], signature: Signature) -> None:
    """Write that decisions were taken back: their goods wait in inspection again, where they had waited.

    The rows carry a free ``part`` as any decision does.
    """
    ledger.write_rows(uow, _rows(settled, back=True), signature)


_BACK = {True: Movement.UNRESTOCK, False: Movement.UNWRITE_OFF}
_FORTH = {True: Movement.RESTOCK, False: Movement.WRITE_OFF}


def _rows(settled: Sequence[Settled], *, back: bool) -> Iterable[LedgerRow]:
    for each in settled:
        kind = (_BACK if back else _FORTH)[each.shelf_id is not None]
        yield LedgerRow(kind, quantity=each.pieces, part=each.part, **asdict(each.line))
        if each.shelf_id is not None and each.shelf_id != each.line.warehouse_id:
            moved = {"order_id": each.line.order_id, "attempt": each.line.attempt, "product_id": each.line.product_id}
            pieces = -each.pieces if back else each.pieces
            yield LedgerRow(Movement.MOVE, warehouse_id=each.line.warehouse_id, quantity=-pieces, **moved)
            yield LedgerRow(Movement.MOVE, warehouse_id=each.shelf_id, quantity=pieces, **moved)
