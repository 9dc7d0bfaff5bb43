"""Readings of the scanner: stored when they come in, answered once, never twice."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite

from warehouse_desk.common.json_text import json_object
from warehouse_desk.common.messages import message_from_json
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.engine.prepared import Prepared
from warehouse_desk.data.tables import orders, scan, station
from warehouse_desk.data.tables.journal import NOT_DONE
from warehouse_desk.domain.results import ActionResult, Outcome
from warehouse_desk.domain.scanning.scans import PastScan
from warehouse_desk.domain.signature import Signature
from warehouse_desk.domain.status import Status

_RECEIVED = ("id", "mode", "code", "options", "at", "user_id", "user_name", "station_id")
_ANSWER = ("order_id", "outcome", "status_before", "status_after", "message", "answered_at", "detail")


def _insert(dialect: Any, columns: Sequence[str]) -> Any:
    values: dict[str, Any] = {column: bindparam(column, type_=scan.c[column].type) for column in columns}
    return dialect.insert(scan).values(**values)


def _store() -> dict[str, Prepared]:
    found = {}
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql)):
        statement = _insert(dialect, (*_RECEIVED, *_ANSWER))
        found[name] = Prepared(
            statement.on_conflict_do_update(
                index_elements=["id"],
                set_={column: statement.excluded[column] for column in _ANSWER},
                where=scan.c.outcome.is_(None),
            )
        )
    return found


_STORE = _store()
_RECEIVE = {
    name: Prepared(_insert(dialect, _RECEIVED).on_conflict_do_nothing())
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
}
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
_OPEN = Prepared(
    select(scan.c.mode, scan.c.code, scan.c.options, scan.c.user_id, scan.c.user_name)
    .where(scan.c.id == bindparam("scan_id"), scan.c.outcome.is_(None))
    .with_for_update()
)


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of the scanner and what it was to do."""

    scan_id: str
    mode: str
    code: str
    options: str
    """What was set at the station, as the row stores it."""


@dataclass(frozen=True, slots=True)
class OpenReading:
    """A reading that waits for its answer."""

    mode: str
    code: str
    options: str
    user_id: int | None
    user_name: str


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """An answer with what undoing it must know."""

    result: ActionResult
    detail: dict[str, Any] = field(default_factory=dict)


def store_reading(uow: UnitOfWork, reading: Reading, signature: Signature) -> bool:
    """Store a reading that just came in; False where it was stored before."""
    return uow.run(_RECEIVE[uow.dialect.name], _received(reading, signature)) == 1


def store_answer(uow: UnitOfWork, reading: Reading, answer: StoredAnswer, signature: Signature) -> bool:
    """Store a reading with its answer; False where the same reading has an answer already."""
    result = answer.result
    values = _received(reading, signature) | {
        "order_id": result.order_id,
        "outcome": result.outcome,
        "status_before": result.status_before,
        "status_after": result.status_after,
        "message": result.message.to_json(),
        "answered_at": signature.moment.at,
        "detail": json_object(answer.detail) if answer.detail else None,
    }
    return uow.run(_STORE[uow.dialect.name], values) == 1


def _received(reading: Reading, signature: Signature) -> dict[str, Any]:
    caller = signature.caller
    return {
        "id": reading.scan_id,
        "mode": reading.mode,
        "code": reading.code,
        "options": reading.options,
        "at": signature.moment.at,
        "user_id": caller.user_id,
        "user_name": caller.user_name,
        "station_id": caller.station_id,
    }


def open_reading(uow: UnitOfWork, scan_id: str) -> OpenReading | None:
    """Return a reading that waits for its answer and keep others from answering it meanwhile."""
    found = uow.rows(_OPEN, {"scan_id": scan_id})
    return OpenReading(*found[0]) if found else None


def options_of(uow: UnitOfWork, scan_id: str) -> str | None:
    """Return what was set at the station for a reading, as its row stores it."""
    found = uow.table(select(scan.c.options).where(scan.c.id == scan_id))
    return found[0][0] if found else None


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


def unanswered(uow: UnitOfWork, station_id: int) -> list[str]:
    """Return the readings of a station that wait for their answer, oldest first."""
    query = (
        select(scan.c.id)
        .where(scan.c.station_id == station_id, scan.c.outcome.is_(None))
        .order_by(scan.c.at, scan.c.id)
    )
    return [scan_id for (scan_id,) in uow.table(query)]


def _past() -> Select[Any]:
    s = scan.c
    return (
        select(
            s.id, s.mode, s.code, s.at, s.user_name, station.c.name, s.outcome, s.status_before, s.status_after,
            s.message, s.order_id, orders.c.reference, s.undone_at, s.detail, s.station_id, s.user_id,
        )
        .join(orders, orders.c.id == s.order_id, isouter=True)
        .join(station, station.c.id == s.station_id, isouter=True)
    )  # fmt: skip


def _past_scan(row: tuple[Any, ...]) -> PastScan:
    scan_id, mode, code, at, user, place, outcome, before, after, message, order_id, reference, undone, *rest = row
    return PastScan(
        scan_id,
        mode,
        code,
        at,
        user,
        place or "",
        Outcome(outcome) if outcome else None,
        Status(before) if before else None,
        Status(after) if after else None,
        message_from_json(message) if message else None,
        order_id,
        reference or code,
        undone_at=undone,
        detail=rest[0] or "",
        station_id=rest[1],
        user_id=rest[2],
    )


def past_scan(uow: UnitOfWork, scan_id: str) -> PastScan | None:
    """Return a stored reading."""
    found = uow.table(_past().where(scan.c.id == scan_id))
    return _past_scan(found[0]) if found else None


def last_scans(uow: UnitOfWork, station_id: int, limit: int) -> list[PastScan]:
    """Return the last readings of a station, newest first."""
    query = _past().where(scan.c.station_id == station_id).order_by(scan.c.at.desc()).limit(limit)
    return [_past_scan(row) for row in uow.table(query)]


def not_done_since(uow: UnitOfWork, since: datetime, limit: int) -> list[PastScan]:
    """Return the readings of all stations that were refused, unknown or failed, newest first."""
    query = _past().where(scan.c.at >= since, NOT_DONE).order_by(scan.c.at.desc()).limit(limit)
    return [_past_scan(row) for row in uow.table(query)]


def mark_undone(uow: UnitOfWork, scan_id: str, at: datetime) -> bool:
    """Note that what a reading did was taken back; False where it was noted before."""
    statement = update(scan).where(scan.c.id == scan_id, scan.c.undone_at.is_(None)).values(undone_at=at)
    return uow.execute(statement).rowcount == 1
