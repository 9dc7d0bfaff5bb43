"""Orders that may be one order given twice: the same phone and products within a short while."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, select

from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.engine.prepared import Prepared
from warehouse_desk.data.engine.types import Among, TextList
from warehouse_desk.data.tables import orders

_TWINS = Prepared(
    select(orders.c.twin_key, orders.c.reference)
    .where(
        Among(orders.c.twin_key, "keys", TextList),
        orders.c.created_at >= bindparam("since", type_=orders.c.created_at.type),
        orders.c.deleted_at.is_(None),
    )
    .order_by(orders.c.id)
)


def twins(uow: UnitOfWork, keys: Sequence[str], since: datetime) -> dict[str, str]:
    """Return the reference of an order created since then for each key that one has."""
    return dict(uow.rows(_TWINS, {"keys": keys, "since": since}))
