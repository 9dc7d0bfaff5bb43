"""Write judged steps: orders, audit, outbox and change log, a few statements for any number of orders."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, bindparam, exists, func, insert, literal, literal_column, select, update

from warehouse_desk.common.json_text import json_object
from warehouse_desk.common.messages import msg
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.engine.prepared import Prepared
from warehouse_desk.data.engine.types import Among, NewUuid
from warehouse_desk.data.orders.tracking import remember_past
from warehouse_desk.data.tables import change_log, order_event, orders, outbox
from warehouse_desk.domain.errors import StaleOrder
from warehouse_desk.domain.orders.days import DAY_OF
from warehouse_desk.domain.orders.order import OrderFacts
from warehouse_desk.domain.orders.rules import Step
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.signature import Signature
from warehouse_desk.domain.status import Status

PENDING = "PENDING"
UNDONE = "UNDONE"
"""An unsent status step that its worker took back: it is never sent."""

_CHANGE_LOCK = 0x5744_0002
"""Advisory lock under which the change log is appended, so that its numbers become visible in order."""

_CHANGED = msg("Another station changed one of these orders at the same moment. Try again.")


def write_steps(uow: UnitOfWork, steps: Sequence[Step], signature: Signature) -> None:
    """Write steps that were judged on facts read under lock in this same unit of work.

    Raises:
        StaleOrder: an order no longer stood where it was judged; nothing of the unit of work is kept.
    """
    for group in [steps] if len(steps) == 1 else _alike(steps):
        _write_group(uow, group, signature)


def _alike(steps: Sequence[Step]) -> list[list[Step]]:
    keyed = sorted(((_likeness(step), step) for step in steps), key=lambda pair: pair[0])
    return [[step for _, step in group] for _, group in groupby(keyed, key=lambda pair: pair[0])]


def _likeness(step: Step) -> str:
    """Return a text equal for steps that the same statements write."""
    before = step.before
    was = [getattr(before, name) for name in step.changes]
    return repr((step.action.value, step.variant, before.status.value, list(step.changes.items()), was, step.deleted))


def _write_group(uow: UnitOfWork, group: Sequence[Step], signature: Signature) -> None:
    step, at = group[0], signature.moment.at
    before, kind = step.before, str(step.action)
    ids = [each.before.id for each in group]
    changes = {**step.changes, "deleted_at": at} if step.deleted else step.changes
    if step.action is Action.RENEW and any(each.before.tracking_number for each in group):
        remember_past(uow, ids)
    values: dict[str, Any] = {"ids": ids, "status_was": before.status, "at": at}
    for name, value in changes.items():
        values[f"to_{name}"] = value
    touched = uow.run(_update_of(tuple(changes)), values)
    if touched != len(ids):
        raise StaleOrder(_CHANGED)
    was = {name: getattr(before, name) for name in step.changes}
    entry = JournalEntry(kind, before.status, step.status_after, was, step.changes)
    write_event(uow, ids, entry, signature)
    if step.deleted:
        write_outbox(uow, ids, "delete", entry, signature)
    elif step.status_after is not before.status:
        write_outbox(uow, ids, "status", entry, signature)
    write_change(uow, ids, kind, signature)


@cache
def _update_of(names: tuple[str, ...]) -> Prepared:
    # The parameters are prefixed: SQLAlchemy keeps the columns' own names for itself.
    values: dict[str, Any] = {name: bindparam(f"to_{name}", type_=orders.c[name].type) for name in names}
    return Prepared(
        update(orders)
        .where(
            Among(orders.c.id, "ids"),
            orders.c.status == bindparam("status_was"),
            orders.c.deleted_at.is_(None),
        )
        .values(version=orders.c.version + 1, updated_at=bindparam("at", type_=orders.c.updated_at.type), **values)
    )


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """What happened to some orders alike."""

    kind: str
    status_before: Status | None
    status_after: Status
    before: Mapping[str, Any]
    after: Mapping[str, Any]


def _given(name: str, column: ColumnElement[Any]) -> ColumnElement[Any]:
    return bindparam(name, type_=column.type)


_EVENT = Prepared(
    insert(order_event).from_select(
        [
            "order_id", "version", "kind", "status_before", "status_after", "at", "user_id", "user_name",
            "station_id", "source", "reason", "before", "after",
        ],
        select(
            orders.c.id,
            orders.c.version,
            *(
                _given(name, order_event.c[name])
                for name in (
                    "kind", "status_before", "status_after", "at", "user_id", "user_name",
                    "station_id", "source", "reason", "before", "after",
                )
            ),
        ).where(Among(orders.c.id, "ids")),
    )
)  # fmt: skip

_OUTBOX = Prepared(
    insert(outbox).from_select(
        [
            "op_uuid", "order_id", "seq_in_order", "kind", "payload_json", "from_status", "to_status",
            "action_at_utc", "action_local", "tz", "station_id", "user_id", "state",
        ],
        select(
            NewUuid(),
            orders.c.id,
            orders.c.version,
            *(
                _given(name, outbox.c[name])
                for name in (
                    "kind", "payload_json", "from_status", "to_status",
                    "action_at_utc", "action_local", "tz", "station_id", "user_id",
                )
            ),
            literal_column(f"'{PENDING}'"),
        )
        .where(Among(orders.c.id, "ids"))
        .order_by(orders.c.id),
    )
)  # fmt: skip

_CHANGE = Prepared(
    insert(change_log).from_select(
        ["order_id", "version", "kind", "at", "station_id"],
        select(
            orders.c.id,
            orders.c.version,
            *(_given(name, change_log.c[name]) for name in ("kind", "at", "station_id")),
        ).where(Among(orders.c.id, "ids")),
    )
)

_ANNOUNCE = Prepared(
    select(
        func.pg_advisory_xact_lock(literal(_CHANGE_LOCK)),
        func.pg_notify(literal("warehouse_desk"), literal("")),
    )
)


def write_event(uow: UnitOfWork, ids: Sequence[int], entry: JournalEntry, signature: Signature) -> None:
    """Append one audit row for each order."""
    caller = signature.caller
    uow.later(
        _EVENT,
        {
            "ids": ids,
            "kind": entry.kind,
            "status_before": entry.status_before,
            "status_after": entry.status_after,
            "at": signature.moment.at,
            "user_id": caller.user_id,
            "user_name": caller.user_name,
            "station_id": caller.station_id,
            "source": str(caller.source),
            "reason": signature.reason,
            "before": json_object(entry.before),
            "after": json_object(entry.after),
        },
    )


def write_outbox(uow: UnitOfWork, ids: Sequence[int], kind: str, entry: JournalEntry, signature: Signature) -> None:
    """Queue one operation for each order. Its place in the order is the order's version: steps never swap."""
    # An undo restores the days of earlier steps: none of them is the day of what it does.
    day = None if entry.kind == Action.UNDO.value else entry.after.get(DAY_OF.get(entry.status_after, ""))
    payload = {} if day is None else {"action_date": day}
    uow.later(
        _OUTBOX,
        {
            "ids": ids,
            "kind": kind,
            "payload_json": json_object(payload),
            "from_status": entry.status_before,
            "to_status": entry.status_after if kind == "status" else None,
            "action_at_utc": signature.moment.at,
            "action_local": signature.moment.action_local,
            "tz": signature.moment.tz,
            "station_id": signature.caller.station_id,
            "user_id": signature.caller.user_id,
        },
    )


def write_change(uow: UnitOfWork, ids: Sequence[int], kind: str, signature: Signature) -> None:
    """Append to the change log: last of all, because on PostgreSQL it waits its turn among the stations."""
    values = {"ids": ids, "kind": kind, "at": signature.moment.at, "station_id": signature.caller.station_id}

    def append() -> None:
        if uow.is_postgresql:
            uow.later(_ANNOUNCE, {})
        uow.later(_CHANGE, values)

    uow.do_last(append)


_NOTE = Prepared(
    update(orders)
    .where(orders.c.id == bindparam("of_order"), orders.c.version == bindparam("of_version"))
    .values(version=orders.c.version + 1, updated_at=bindparam("to_at", type_=orders.c.updated_at.type))
)


def write_note(uow: UnitOfWork, facts: OrderFacts, kind: str, after: Mapping[str, Any], signature: Signature) -> None:
    """Append to the history of an order, deleted or not, what changed none of its own facts.

    Raises:
        StaleOrder: somebody changed the order since it was read.
    """
    given = {"of_order": facts.id, "of_version": facts.version, "to_at": signature.moment.at}
    if uow.run(_NOTE, given) != 1:
        raise StaleOrder(_CHANGED)
    write_event(uow, [facts.id], JournalEntry(kind, facts.status, facts.status, {}, after), signature)
    write_change(uow, [facts.id], kind, signature)


_LAST_STATUS_OP = Prepared(
    update(outbox)
    .where(
        outbox.c.order_id == bindparam("of_order"),
        outbox.c.seq_in_order == bindparam("of_version"),
        outbox.c.kind == "status",
        outbox.c.state == PENDING,
        outbox.c.attempt_id.is_(None),
    )
    .values(state=UNDONE)
)


def withdraw_status_op(uow: UnitOfWork, facts: OrderFacts) -> bool:
    """Take back the order's last status operation if it was never sent; tell whether it was."""
    return uow.run(_LAST_STATUS_OP, {"of_order": facts.id, "of_version": facts.version}) == 1


def annihilate_unsent(uow: UnitOfWork, order_id: int) -> None:
    """Take a deleted order out of the outbox where its creation was never sent: server and order never meet."""
    never_sent = exists().where(
        outbox.c.order_id == order_id,
        outbox.c.kind == "create",
        outbox.c.state == PENDING,
        outbox.c.attempt_id.is_(None),
    )
    pending = update(outbox).where(outbox.c.order_id == order_id, outbox.c.state == PENDING)
    if uow.table(select(never_sent)) == [(True,)]:
        uow.execute(pending.values(state=UNDONE))


def write_undo(uow: UnitOfWork, step: Step, signature: Signature) -> None:
    """Write the undoing of an order's last step: unsent, the pair leaves the outbox together.

    Raises:
        StaleOrder: the order no longer stood where it was judged.
    """
    withdrawn = withdraw_status_op(uow, step.before)
    write_steps(uow, [step], signature)
    if withdrawn:
        after = OrderFacts(
            id=step.before.id,
            reference=step.before.reference,
            status=step.status_after,
            version=step.before.version + 1,
        )
        withdraw_status_op(uow, after)
