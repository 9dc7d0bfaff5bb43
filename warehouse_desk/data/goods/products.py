"""Products seen closely and changed: barcodes, places, the ledger of one product."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, exists, func, insert, or_, select, update

from warehouse_desk.data.directories.lookup import products_with_stock
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.tables import (
    order_line,
    orders,
    product,
    product_barcode,
    station,
    stock,
    stock_movement,
    warehouse,
)
from warehouse_desk.domain.goods.product_sheet import Barcode, MovementRow, Place, ProductSheet
from warehouse_desk.domain.goods.stock import WEIGHTS, Movement


def sheet_of(uow: UnitOfWork, product_id: int) -> ProductSheet | None:
    """Return a product with its barcodes and the places where it lies or lay."""
    found = products_with_stock(uow, [product_id])
    if not found:
        return None
    b, w = product_barcode.c, warehouse.c
    codes = uow.table(select(b.barcode, b.quantity).where(b.product_id == product_id).order_by(b.barcode))
    places = uow.table(
        select(w.id, w.code, w.name, stock.c.on_hand, stock.c.inspection, w.shipping_company_id.is_not(None))
        .join(stock, stock.c.warehouse_id == w.id)
        .where(stock.c.product_id == product_id)
        .order_by(w.id)
    )
    return ProductSheet(
        found[0],
        tuple(Barcode(code, pieces) for code, pieces in codes),
        tuple(Place(*row) for row in places),
    )


def lock_product(uow: UnitOfWork, key: int | str) -> tuple[int, str, str, bool, int] | None:
    """Return id, SKU, name, whether active and pieces promised of a product by id or SKU, and keep it from changing."""
    p = product.c
    where = p.sku == key if isinstance(key, str) else p.id == key
    found = uow.table(select(p.id, p.sku, p.name, p.active, p.committed).where(where).with_for_update())
    if not found:
        return None
    number, sku, name, active, committed = found[0]
    return number, sku, name, bool(active), committed


def same_sku(uow: UnitOfWork, sku: str) -> str | None:
    """Return the SKU of the product that has this one, case aside."""
    found = uow.table(select(product.c.sku).where(func.lower(product.c.sku) == sku.lower()).limit(1))
    return found[0][0] if found else None


def owner_of_barcode(uow: UnitOfWork, codes: Sequence[str]) -> tuple[str, str] | None:
    """Return the first of these barcodes that is in use and the SKU of its product."""
    found = uow.table(
        select(product_barcode.c.barcode, product.c.sku)
        .join(product, product.c.id == product_barcode.c.product_id)
        .where(product_barcode.c.barcode.in_(list(codes)))
        .limit(1)
    )
    return (found[0][0], found[0][1]) if found else None


def barcode_owners(uow: UnitOfWork) -> dict[str, str]:
    """Return the SKU of the product behind every barcode."""
    b = product_barcode.c
    return dict(uow.table(select(b.barcode, product.c.sku).join(product, product.c.id == b.product_id)))


def add_products(uow: UnitOfWork, rows: Sequence[tuple[str, str, Sequence[str]]]) -> None:
    """Add products by SKU, name and barcodes."""
    if not rows:
        return
    uow.execute(insert(product), [{"sku": sku, "name": name} for sku, name, _codes in rows])
    ids = dict(uow.table(select(product.c.sku, product.c.id)))
    codes = [{"barcode": code, "product_id": ids[sku]} for sku, _name, barcodes in rows for code in barcodes]
    if codes:
        uow.execute(insert(product_barcode), codes)


def is_used(uow: UnitOfWork, product_id: int) -> bool:
    """Tell whether an order or a movement names the product."""
    used = or_(
        exists().where(stock_movement.c.product_id == product_id), exists().where(order_line.c.product_id == product_id)
    )
    return bool(uow.table(select(used))[0][0])


def change_product(uow: UnitOfWork, product_id: int, **values: object) -> None:
    """Write columns of a product."""
    uow.execute(update(product).where(product.c.id == product_id).values(**values))


def add_barcode(uow: UnitOfWork, product_id: int, code: str, pieces: int) -> None:
    """Give a product one more barcode."""
    uow.execute(insert(product_barcode).values(barcode=code, product_id=product_id, quantity=pieces))


def remove_barcode(uow: UnitOfWork, product_id: int, code: str) -> bool:
    """Take a barcode from a product; tell whether it had it."""
    b = product_barcode.c
    return uow.execute(delete(product_barcode).where(b.product_id == product_id, b.barcode == code)).rowcount > 0


def movements(uow: UnitOfWork, product_id: int, before: int | None, limit: int) -> list[MovementRow]:
    """Return movements of a product, newest first, older than the movement ``before``."""
    m = stock_movement.c
    query = (
        select(
            m.id, m.at, m.kind, m.quantity, warehouse.c.code, orders.c.reference, m.user_name, station.c.name, m.reason
        )
        .select_from(stock_movement)
        .join(warehouse, warehouse.c.id == m.warehouse_id, isouter=True)
        .join(orders, orders.c.id == m.order_id, isouter=True)
        .join(station, station.c.id == m.station_id, isouter=True)
        .where(m.product_id == product_id)
        .order_by(m.id.desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(m.id < before)
    return [_movement(row) for row in uow.table(query)]


def _movement(row: tuple[Any, ...]) -> MovementRow:
    number, at, kind_name, quantity, place, reference, user, desk, reason = row
    kind = Movement(kind_name)
    weight = WEIGHTS[kind]
    return MovementRow(
        number,
        at,
        kind,
        weight.on_hand * quantity,
        weight.inspection * quantity,
        weight.committed * quantity,
        place or "",
        reference or "",
        user,
        desk or "",
        reason or "",
    )
