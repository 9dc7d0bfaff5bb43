"""Prove the ledger of stock: the totals kept beside it, what waits in inspection, and what left the shelf twice."""

from typing import Any

from sqlalchemy import and_, case, func, or_, select

from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.goods.returns import WAITING_KINDS, waiting_pieces
from warehouse_desk.data.tables import orders, product, stock, stock_movement, warehouse
from warehouse_desk.domain.goods.stock import WEIGHTS, Movement


def ledger_differences(uow: UnitOfWork) -> list[tuple[int, int | None, str, int, int]]:
    """Compare the totals with the ledger: product, warehouse, which total, kept, and the ledger's sum."""

    def summed(name: str) -> Any:
        weights = {kind.value: getattr(weight, name) for kind, weight in WEIGHTS.items()}
        return func.coalesce(func.sum(case(weights, value=stock_movement.c.kind) * stock_movement.c.quantity), 0)

    found: list[tuple[int, int | None, str, int, int]] = []
    moved = {
        (p, w): (int(on_hand), int(inspection))
        for p, w, on_hand, inspection in uow.table(
            select(stock_movement.c.product_id, stock_movement.c.warehouse_id, summed("on_hand"), summed("inspection"))
            .where(stock_movement.c.warehouse_id.is_not(None))
            .group_by(stock_movement.c.product_id, stock_movement.c.warehouse_id)
        )
    }
    kept = {(row.product_id, row.warehouse_id): (row.on_hand, row.inspection) for row in uow.execute(select(stock))}
    for place in sorted(moved.keys() | kept.keys()):
        pairs = zip(("on_hand", "inspection"), kept.get(place, (0, 0)), moved.get(place, (0, 0)), strict=True)
        found += [(*place, name, have, sum_) for name, have, sum_ in pairs if have != sum_]
    ledger = select(stock_movement.c.product_id, summed("committed")).group_by(stock_movement.c.product_id)
    committed: dict[int, int] = dict(uow.table(ledger))
    for product_id, have in uow.table(select(product.c.id, product.c.committed)):
        if have != int(committed.get(product_id, 0)):
            found.append((product_id, None, "committed", have, int(committed.get(product_id, 0))))
    return found


def promised_below_nothing(uow: UnitOfWork) -> list[tuple[str, int]]:
    """Return the products of which less than nothing is promised: SKU and pieces."""
    query = select(product.c.sku, product.c.committed).where(product.c.committed < 0).order_by(product.c.sku)
    return [(sku, int(pieces)) for sku, pieces in uow.table(query)]


def left_twice(uow: UnitOfWork) -> list[tuple[str, int]]:
    """Return the orders with a line that left the shelf, or came back to it, twice on one journey: reference, attempt.

    Counted over the whole attempt: what leaves in one cycle may come back in the next.
    """
    m = stock_movement.c
    out = case({Movement.PURGE.value: 1, Movement.UNPURGE.value: -1}, value=m.kind)
    query = (
        select(orders.c.reference, m.attempt)
        .select_from(stock_movement)
        .join(orders, orders.c.id == m.order_id)
        .where(m.kind.in_([Movement.PURGE.value, Movement.UNPURGE.value]))
        .group_by(orders.c.reference, m.attempt, m.line_id)
        .having(func.sum(out).not_in([0, 1]))
        .order_by(orders.c.reference)
    )
    return list(dict.fromkeys((reference, attempt) for reference, attempt in uow.table(query)))


def inspection_differences(uow: UnitOfWork) -> list[tuple[str, str, int, int]]:
    """Compare what lies in inspection with the open rows: SKU, warehouse, pieces kept, pieces that can be settled."""
    m = stock_movement.c
    waiting = (
        select(m.product_id, m.warehouse_id, waiting_pieces(m).label("pieces"))
        .where(m.kind.in_(WAITING_KINDS), m.line_id.is_not(None), m.order_id.is_not(None))
        .group_by(m.line_id, m.cycle, m.product_id, m.warehouse_id)
        .having(waiting_pieces(m) > 0)
        .subquery()
    )
    w, s = waiting.c, stock.c
    summed = (
        select(w.product_id, w.warehouse_id, func.sum(w.pieces).label("pieces"))
        .group_by(w.product_id, w.warehouse_id)
        .subquery()
    )
    can = func.coalesce(summed.c.pieces, 0)
    here = and_(summed.c.product_id == s.product_id, summed.c.warehouse_id == s.warehouse_id)
    query = (
        select(product.c.sku, warehouse.c.code, s.inspection, can)
        .select_from(stock)
        .join(product, product.c.id == s.product_id)
        .join(warehouse, warehouse.c.id == s.warehouse_id)
        .join(summed, here, isouter=True)
        .where(or_(s.inspection != can, s.inspection < 0))
        .order_by(product.c.sku, warehouse.c.code)
    )
    return [(sku, code, int(kept), int(settleable)) for sku, code, kept, settleable in uow.table(query)]


def settled_twice(uow: UnitOfWork) -> list[tuple[str, str]]:
    """Return the orders of which more goods left inspection than had come in: reference and SKU."""
    m = stock_movement.c
    query = (
        select(orders.c.reference, product.c.sku)
        .select_from(stock_movement)
        .join(orders, orders.c.id == m.order_id)
        .join(product, product.c.id == m.product_id)
        .where(m.kind.in_(WAITING_KINDS), m.line_id.is_not(None))
        .group_by(orders.c.reference, product.c.sku, m.line_id, m.cycle)
        .having(waiting_pieces(m) < 0)
        .order_by(orders.c.reference)
    )
    return list(dict.fromkeys((reference, sku) for reference, sku in uow.table(query)))
