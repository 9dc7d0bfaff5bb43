"""What carries a code: products by barcode or SKU."""

from sqlalchemy import bindparam, func, select

from warehouse_desk.common.codes import gtin_forms, plain_code
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


def product_by_code(uow: UnitOfWork, code: str) -> tuple[int, str, str, int] | None:
    """Return id, SKU, name and pieces of the product that carries a barcode or, failing that, a SKU.

    The forms of one article number are one code (docs/rules.md#codes); what was entered as it is read comes first.
    """
    wanted = code.strip()
    plain = plain_code(code)
    for text in dict.fromkeys((wanted, plain, *gtin_forms(plain))):
        found = uow.rows(_BY_BARCODE, {"code": text})
        if found:
            number, sku, name, pieces = found[0]
            return number, sku, name, pieces
    # Readings arrive in upper case, whatever the SKU is written in.
    for text in dict.fromkeys((wanted, plain)):
        named = uow.rows(_BY_SKU, {"code": text}) or uow.rows(_BY_SKU_ANY_CASE, {"code": text.lower()})
        if named:
            return (*named[0], 1)
    return None
