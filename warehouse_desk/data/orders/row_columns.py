"""What an order table can show besides what every list needs: who has the order, since when, and what it waits for."""

from typing import Any

from sqlalchemy import ColumnElement, Table, exists, or_, select

from warehouse_desk.data.orders.filters import UNSENT
from warehouse_desk.data.tables import delivery_person, orders, outbox, shipping_company, warehouse


def _name(table: Table, column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return the name of what a column refers to; one look by primary key for each row, no join."""
    return select(table.c.name).where(table.c.id == column).scalar_subquery()


FURTHER_COLUMNS: tuple[ColumnElement[Any], ...] = (
    *(orders.c[name] for name in ("second_phone", "tracking_number", "attempt", "hold_reason")),
    _name(shipping_company, orders.c.shipping_company_id).label("company"),
    _name(delivery_person, orders.c.delivery_person_id).label("person"),
    _name(warehouse, orders.c.warehouse_id).label("warehouse"),
    *(orders.c[name] for name in ("packed_on", "shipped_on", "delivered_on", "returned_on", "canceled_on")),
    orders.c.updated_at,
    exists()
    .where(outbox.c.order_id == orders.c.id, or_(*(outbox.c.state == each for each in UNSENT)))
    .label("unsynced"),
)
"""In the order of the fields of ``OrderRow`` that follow ``version``."""
