"""What an order table is read from: for each field of an ``OrderRow`` the column that holds it, matched by name."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import ColumnElement, Table, exists, or_, select

from warehouse_desk.data.orders.filters import UNSENT
from warehouse_desk.data.tables import delivery_person, orders, outbox, shipping_company, warehouse
from warehouse_desk.domain.orders.order import OrderRow
from warehouse_desk.domain.status import Status


def _name(table: Table, column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return the name of what a column refers to; one look by primary key for each row, no join."""
    return select(table.c.name).where(table.c.id == column).scalar_subquery()


_MADE: Mapping[str, ColumnElement[Any]] = {
    "company": _name(shipping_company, orders.c.shipping_company_id),
    "person": _name(delivery_person, orders.c.delivery_person_id),
    "warehouse": _name(warehouse, orders.c.warehouse_id),
    "unsynced": exists().where(outbox.c.order_id == orders.c.id, or_(*(outbox.c.state == each for each in UNSENT))),
}
"""Fields that are no column of the order itself."""

_NAMES = tuple(field.name for field in fields(OrderRow))
_STATUS = _NAMES.index("status")

ROW_COLUMNS: tuple[ColumnElement[Any], ...] = tuple(
    _MADE[name].label(name) if name in _MADE else orders.c[name] for name in _NAMES
)
"""One column for each field of ``OrderRow``, in the order of the fields: pages are read by the thousand, and a row
filled by keywords costs two and a half times as much as one filled in order."""


def order_row(row: Sequence[Any]) -> OrderRow:
    """Make a list row of a database row of ``ROW_COLUMNS``."""
    values = list(row)
    values[_STATUS] = Status(values[_STATUS])
    return OrderRow(*values)
