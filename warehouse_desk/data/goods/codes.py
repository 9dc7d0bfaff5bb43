"""What carries a code: products by barcode or SKU."""

from sqlalchemy import bindparam, func, select

from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.engine.prepared import Prepared
from warehouse_desk.data.tables import product, product_barcode

_BY_BARCODE = Prepared(
    select(product.c.id, product.c.sku, product.c.name, product_barcode.c.quantity)
    .join(product, product.c.id == product_barcode.c.product_id)
    .where(product_barcode.c.barcode == bindparam("code"))
)
_BY_SKU = Prepared(select(product.c.id, product.c.sku, product.c.name).where(product.c.sku == bindparam("code")))
_BY_SKU_ANY_CASE = Prepared(
    select(product.c.id, product.c.sku, product.c.name)
    .where(func.lower(product.c.sku) == bindparam("code"))
    .order_by(product.c.id)
)
"""No index helps it: asked for codes that are nothing else, of which a shift has few."""
_UPC_DIGITS = 12


def product_by_code(uow: UnitOfWork, code: str) -> tuple[int, str, str, int] | None:
    """Return id, SKU, name and pieces of the product that carries a barcode or, failing that, a SKU.

    A 12-digit UPC-A and the same number as EAN-13 with its leading zero are one code: scanners send either.
    """
    wanted = code.strip()
    for text in (wanted, *same_gtin(wanted)):
        found = uow.rows(_BY_BARCODE, {"code": text})
        if found:
            number, sku, name, pieces = found[0]
            return number, sku, name, pieces
    # Readings arrive in upper case, whatever the SKU is written in.
    named = uow.rows(_BY_SKU, {"code": wanted}) or uow.rows(_BY_SKU_ANY_CASE, {"code": wanted.lower()})
    return (*named[0], 1) if named else None


def same_gtin(code: str) -> tuple[str, ...]:
    """Return the other form of a number that scanners send as UPC-A or as EAN-13."""
    if not (code.isascii() and code.isdigit()):
        return ()
    if len(code) == _UPC_DIGITS:
        return (f"0{code}",)
    return (code[1:],) if len(code) == _UPC_DIGITS + 1 and code.startswith("0") else ()
