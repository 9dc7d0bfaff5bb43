"""Readings of the scanner: stored with their answer, never answered twice."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from warehouse_desk.common.messages import message_from_json
from warehouse_desk.data.database import UnitOfWork
from warehouse_desk.data.order_steps import Writer, as_json
from warehouse_desk.data.prepared import Prepared
from warehouse_desk.data.tables import orders, scan
from warehouse_desk.domain.results import ActionResult, Outcome
from warehouse_desk.domain.status import Status

_COLUMNS = (
    "id", "mode", "code", "given", "at", "user_id", "user_name", "station_id", "order_id", "outcome",
    "status_before", "status_after", "message", "answered_at",
)  # fmt: skip
_ANSWER = ("order_id", "outcome", "status_before", "status_after", "message", "answered_at")


def _store() -> dict[str, Prepared]:
    found = {}
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql)):
        values: dict[str, Any] = {column: bindparam(column, type_=scan.c[column].type) for column in _COLUMNS}
        statement = dialect.insert(scan).values(**values)
        found[name] = Prepared(
            statement.on_conflict_do_update(
                index_elements=["id"],
                set_={column: statement.excluded[column] for column in _ANSWER},
                where=scan.c.outcome.is_(None),
            )
        )
    return found


_STORE = _store()
_ANSWERED = Prepared(
    select(
        scan.c.code,
        scan.c.outcome,
        scan.c.status_before,
        scan.c.status_after,
        scan.c.message,
        scan.c.order_id,
        orders.c.reference,
    )
    .join(orders, orders.c.id == scan.c.order_id, isouter=True)
    .where(scan.c.id == bindparam("scan_id"), scan.c.outcome.is_not(None))
)


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of the scanner and what it was to do."""

    scan_id: str
    mode: str
    code: str
    given: dict[str, Any]


def store_answer(uow: UnitOfWork, reading: Reading, result: ActionResult, writer: Writer) -> bool:
    """Store a reading with its answer; False where the same reading has an answer already."""
    caller = writer.caller
    values = {
        "id": reading.scan_id,
        "mode": reading.mode,
        "code": reading.code,
        "given": as_json(reading.given),
        "at": writer.moment.at,
        "user_id": caller.user_id,
        "user_name": caller.user_name,
        "station_id": caller.station_id,
        "order_id": result.order_id,
        "outcome": result.outcome.value,
        "status_before": result.status_before,
        "status_after": result.status_after,
        "message": result.message.to_json(),
        "answered_at": writer.moment.at,
    }
    return uow.run(_STORE[uow.dialect.name], values) == 1


def answer_of(uow: UnitOfWork, scan_id: str) -> ActionResult | None:
    """Return the answer that a reading got, or None where it has none yet."""
    found = uow.rows(_ANSWERED, {"scan_id": scan_id})
    if not found:
        return None
    code, outcome, before, after, message, order_id, reference = found[0]
    return ActionResult(
        reference or code,
        Outcome(outcome),
        Status(before) if before else None,
        Status(after) if after else None,
        message_from_json(message),
        order_id,
    )
