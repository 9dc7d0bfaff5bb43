"""Label runs: who made which labels when and where, and the files."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, func, insert, select

from warehouse_desk.data.bulk import load_rows
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.engine.prepared import Prepared
from warehouse_desk.data.engine.types import Among
from warehouse_desk.data.tables import label_fetch, label_file, label_print, label_run, orders, station
from warehouse_desk.domain.paper.printing import LabelPrint, LabelRun
from warehouse_desk.domain.signature import Signature

_COPIES = Prepared(
    select(label_print.c.order_id, label_print.c.attempt, func.max(label_print.c.copy))
    .where(Among(label_print.c.order_id, "ids"))
    .group_by(label_print.c.order_id, label_print.c.attempt)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRun:
    """A run to be stored."""

    stock: str
    dpi: int
    start: int
    reason: str | None
    pdf: bytes


@dataclass(frozen=True, slots=True)
class NewPrint:
    """A label of a run to be stored, in the order of its place in the file."""

    order_id: int
    attempt: int
    reason: str | None
    content: str


def copies_made(uow: UnitOfWork, ids: Sequence[int]) -> dict[tuple[int, int], int]:
    """Return how many labels were made of each (order, attempt) that has any."""
    return {(order, attempt): int(copy) for order, attempt, copy in uow.rows(_COPIES, {"ids": list(ids)})}


def add_run(uow: UnitOfWork, signature: Signature, run: NewRun, prints: Sequence[NewPrint]) -> int:
    """Store a run, its labels and its file, and return its number.

    The orders must be locked in this unit of work; the unique key of the labels refuses what slipped through.
    """
    caller = signature.caller
    values = {
        "at": signature.moment.at,
        "user_id": caller.user_id,
        "user_name": caller.user_name,
        "station_id": caller.station_id,
        "stock": run.stock,
        "dpi": run.dpi,
        "start": run.start,
        "labels": len(prints),
        "size": len(run.pdf),
        "reason": run.reason,
    }
    key: Any = uow.execute(insert(label_run).values(**values)).inserted_primary_key
    number = int(key[0])
    made = copies_made(uow, [each.order_id for each in prints])
    names = ("run_id", "position", "order_id", "attempt", "copy", "reason", "content")
    rows = [
        (
            *(number, place, each.order_id, each.attempt),
            *(made.get((each.order_id, each.attempt), 0) + 1, each.reason, each.content),
        )
        for place, each in enumerate(prints, 1)
    ]
    load_rows(uow, label_print, names, rows)
    uow.execute(insert(label_file).values(run_id=number, pdf=run.pdf))
    return number


def last_content(uow: UnitOfWork, order_id: int, attempt: int) -> str | None:
    """Return what the newest label of an attempt says; None where nobody wrote that down."""
    p = label_print.c
    query = select(p.content).where(p.order_id == order_id, p.attempt == attempt).order_by(p.copy.desc()).limit(1)
    found = uow.table(query)
    return found[0][0] if found else None


def runs(uow: UnitOfWork, limit: int, order_id: int | None = None) -> list[LabelRun]:
    """Return the newest runs, of one order or of all."""
    query = _runs().limit(limit)
    if order_id is not None:
        query = query.where(label_run.c.id.in_(select(label_print.c.run_id).where(label_print.c.order_id == order_id)))
    return [_run(row) for row in uow.table(query)]


def run_by_id(uow: UnitOfWork, number: int) -> LabelRun | None:
    """Return a run."""
    found = uow.table(_runs().where(label_run.c.id == number))
    return _run(found[0]) if found else None


def newest_run_of(uow: UnitOfWork, user_id: int | None, number: int | None = None) -> int | None:
    """Return the newest run that a user made, or the one of a number where that user made it."""
    query = select(label_run.c.id).where(label_run.c.user_id == user_id)
    if number is not None:
        query = query.where(label_run.c.id == number)
    found = uow.table(query.order_by(label_run.c.id.desc()).limit(1))
    return int(found[0][0]) if found else None


def _runs() -> Select[Any]:
    r = label_run.c
    fetches = select(func.count()).where(label_fetch.c.run_id == r.id).scalar_subquery()
    kept = select(label_file.c.run_id).where(label_file.c.run_id == r.id).exists()
    return (
        select(
            *(r.id, r.at, r.user_name, station.c.name, r.stock, r.dpi, r.start, r.labels, r.size, r.reason),
            fetches,
            kept,
        )
        .join(station, station.c.id == r.station_id, isouter=True)
        .order_by(r.id.desc())
    )


def _run(row: tuple[Any, ...]) -> LabelRun:
    values = (*row[:3], row[3] or "", *row[4:10], int(row[10]), bool(row[11]))
    return LabelRun(*values)


def file_of(uow: UnitOfWork, number: int) -> bytes | None:
    """Return the PDF of a run."""
    found = uow.table(select(label_file.c.pdf).where(label_file.c.run_id == number))
    return bytes(found[0][0]) if found else None


def files_before(uow: UnitOfWork, moment: datetime, limit: int) -> list[int]:
    """Return the numbers of the oldest runs before a moment whose files are still there."""
    query = (
        select(label_file.c.run_id)
        .join(label_run, label_run.c.id == label_file.c.run_id)
        .where(label_run.c.at < moment)
        .order_by(label_file.c.run_id)
        .limit(limit)
    )
    return [int(number) for (number,) in uow.table(query)]


def remove_files(uow: UnitOfWork, numbers: Sequence[int]) -> None:
    """Remove the files of some runs; the runs and their labels stay."""
    uow.execute(delete(label_file).where(label_file.c.run_id.in_(numbers)))


def note_fetch(uow: UnitOfWork, signature: Signature, number: int) -> None:
    """Note that somebody takes a stored file out again."""
    uow.execute(
        insert(label_fetch).values(
            run_id=number,
            at=signature.moment.at,
            user_name=signature.caller.user_name,
            station_id=signature.caller.station_id,
        )
    )


def orders_of_run(uow: UnitOfWork, number: int) -> list[tuple[int, bool]]:
    """Return the orders of a run in the order of their labels, each with whether its label is a reprint."""
    query = (
        select(label_print.c.order_id, label_print.c.reason)
        .where(label_print.c.run_id == number)
        .order_by(label_print.c.position)
    )
    return [(order_id, reason is not None) for order_id, reason in uow.table(query)]


_LAST = Prepared(
    select(
        label_print.c.order_id,
        label_print.c.attempt,
        label_print.c.copy,
        label_print.c.run_id,
        label_run.c.at,
        label_run.c.user_name,
        station.c.name,
        label_print.c.reason,
    )
    .join(label_run, label_run.c.id == label_print.c.run_id)
    .join(orders, orders.c.id == label_print.c.order_id)
    .join(station, station.c.id == label_run.c.station_id, isouter=True)
    .where(Among(label_print.c.order_id, "ids"), label_print.c.attempt == orders.c.attempt)
    .order_by(label_print.c.order_id, label_print.c.copy)
)


def prints_of(uow: UnitOfWork, ids: Sequence[int]) -> dict[int, list[LabelPrint]]:
    """Return the labels made of some orders in their present attempt, oldest first."""
    found: dict[int, list[LabelPrint]] = {}
    for row in uow.rows(_LAST, {"ids": list(ids)}):
        values = (*row[:6], row[6] or "", row[7])
        found.setdefault(row[0], []).append(LabelPrint(*values))
    return found
