"""Values that no program of ours wrote: a bit that the disk turned leaves a row whole and its meaning lost."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, DateTime, Integer, String, cast, func, select

from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.tables import orders
from warehouse_desk.domain.orders.days import DAY_OF
from warehouse_desk.domain.status import Status

_TOLD = 20
"""After the first few of a column, a backup is the answer anyway."""

_STATUSES = ("status", "previous_status", "resume_status")
_MOMENTS = ("created_at", "updated_at")


class UnreadableValue(NamedTuple):
    """A value that makes its order unreadable."""

    reference: str
    column: str
    text: str


def unreadable(uow: UnitOfWork) -> Iterator[UnreadableValue]:
    """Yield the values of orders that nobody can read; what PostgreSQL's own types refuse is not looked for there."""
    for name in _STATUSES:
        yield from _found(uow, name, orders.c[name].not_in([status.value for status in Status]))
    if uow.is_postgresql:
        return
    for name in DAY_OF.values():
        yield from _found(uow, name, func.date(orders.c[name], type_=String).is_(None))
    for name in _MOMENTS:
        yield from _found(uow, name, func.datetime(orders.c[name], type_=DateTime).is_(None))
    for column in orders.c:
        if isinstance(column.type, Integer):
            yield from _found(uow, column.name, func.typeof(column) != "integer")


def _found(uow: UnitOfWork, name: str, damaged: ColumnElement[Any]) -> Iterator[UnreadableValue]:
    column = orders.c[name]
    query = select(orders.c.reference, cast(column, String)).where(column.is_not(None), damaged)
    for reference, text in uow.table(query.order_by(orders.c.id).limit(_TOLD)):
        yield UnreadableValue(str(reference), name, str(text))
