"""What happened to orders, read from the audit for the steps that go by it."""

import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy import case, or_, select

from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.engine.prepared import Prepared
from warehouse_desk.data.engine.types import Among
from warehouse_desk.data.tables import order_event
from warehouse_desk.domain.orders.days import DAY_OF
from warehouse_desk.domain.orders.past import Past, StatusChange, past_of
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.status import Status

_event = order_event.c
_CHANGES = Prepared(
    select(
        _event.order_id,
        _event.kind,
        _event.status_after,
        case((_event.kind == Action.RENEW.value, _event.before), else_=""),
    )
    .where(
        Among(_event.order_id, "ids"),
        or_(_event.status_before.is_(None), _event.status_before != _event.status_after),
    )
    .order_by(_event.order_id, _event.id)
)


def pasts(uow: UnitOfWork, ids: Sequence[int]) -> dict[int, Past]:
    """Return the past of each of some orders, in one statement."""
    if not ids:
        return {}
    changes: defaultdict[int, list[StatusChange]] = defaultdict(list)
    for order_id, kind, after, before in uow.rows(_CHANGES, {"ids": ids}):
        changes[order_id].append(StatusChange(kind, Status(after), _days_in(before)))
    return {order_id: past_of(found) for order_id, found in changes.items()}


def _days_in(before: str) -> tuple[date, ...]:
    """Return the days that an entry cleared."""
    if not before:
        return ()
    was = json.loads(before)
    return tuple(date.fromisoformat(was[column]) for column in DAY_OF.values() if was.get(column))
