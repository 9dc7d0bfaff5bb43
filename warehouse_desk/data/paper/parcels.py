"""Read what is printed of orders: three statements for any number of them."""

from collections.abc import Sequence

from sqlalchemy import select

from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.engine.prepared import Prepared
from warehouse_desk.data.engine.types import Among
from warehouse_desk.data.tables import delivery_person, order_line, orders, product, shipping_company
from warehouse_desk.domain.paper.printing import Parcel, ParcelLine

_FIELDS = (
    "id", "reference", "attempt", "full_name", "phone", "second_phone", "city", "area", "address", "total", "notes",
    "tracking_number",
)  # fmt: skip
_PARCELS = Prepared(
    select(*(orders.c[name] for name in _FIELDS), shipping_company.c.name, delivery_person.c.name)
    .join(shipping_company, shipping_company.c.id == orders.c.shipping_company_id, isouter=True)
    .join(delivery_person, delivery_person.c.id == orders.c.delivery_person_id, isouter=True)
    .where(Among(orders.c.id, "ids"))
)
_LINES = Prepared(
    select(order_line.c.order_id, product.c.sku, product.c.name, order_line.c.quantity)
    .join(product, product.c.id == order_line.c.product_id)
    .where(Among(order_line.c.order_id, "ids"))
    .order_by(order_line.c.order_id, order_line.c.position)
)


def parcels_of(uow: UnitOfWork, ids: Sequence[int]) -> dict[int, Parcel]:
    """Return the parcels of some orders by their ids; unknown ones are missing."""
    lines: dict[int, list[ParcelLine]] = {}
    for order_id, *rest in uow.rows(_LINES, {"ids": list(ids)}):
        lines.setdefault(order_id, []).append(ParcelLine(*rest))
    found: dict[int, Parcel] = {}
    for row in uow.rows(_PARCELS, {"ids": list(ids)}):
        fields = dict(zip(_FIELDS, row, strict=False))
        company, person = row[len(_FIELDS) :]
        found[row[0]] = Parcel(**fields, company=company, person=person, lines=tuple(lines.get(row[0], ())))
    return found
