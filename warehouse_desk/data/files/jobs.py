"""The queue of a station's background work, kept in the database so that it survives a restart."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, func, insert, select, update

from warehouse_desk.common.messages import Message, message_from_json
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.tables import job, station
from warehouse_desk.domain.jobs import Job, JobState
from warehouse_desk.domain.signature import Signature

_COLUMNS = (
    job.c.id, job.c.kind, job.c.state, job.c.payload, job.c.progress, job.c.result, job.c.user_name,
    job.c.created_at, job.c.finished_at, job.c.user_id, job.c.answer, station.c.name,
)  # fmt: skip


def _job(row: tuple[Any, ...]) -> Job:
    number, kind, state, payload, progress, result, user, created, finished, user_id, answer, place = row
    message = message_from_json(result) if result else None
    more = json.loads(answer) if answer else None
    told = (message, user, created, finished, user_id, more, place or "")
    return Job(number, kind, JobState(state), json.loads(payload), progress, *told)


def _jobs() -> Select[Any]:
    return select(*_COLUMNS).join(station, station.c.id == job.c.station_id, isouter=True)


def add_job(uow: UnitOfWork, kind: str, payload: Mapping[str, Any], signature: Signature) -> int:
    """Queue a job that the worker asks the station for, and return its id."""
    values = {
        "kind": kind,
        "state": JobState.QUEUED.value,
        "payload": json.dumps(payload, ensure_ascii=False),
        "station_id": signature.caller.station_id,
        "user_name": signature.caller.user_name,
        "user_id": signature.caller.user_id,
        "created_at": signature.moment.at,
    }
    key: Any = uow.execute(insert(job).values(**values)).inserted_primary_key
    return int(key[0])


def set_payload(uow: UnitOfWork, number: int, payload: Mapping[str, Any]) -> None:
    """Write anew what is to be done."""
    uow.execute(update(job).where(job.c.id == number).values(payload=json.dumps(payload, ensure_ascii=False)))


def job_by_id(uow: UnitOfWork, number: int) -> Job | None:
    """Return a job."""
    found = uow.table(_jobs().where(job.c.id == number))
    return _job(found[0]) if found else None


def jobs_of(uow: UnitOfWork, station_id: int | None, kind: str, limit: int) -> list[Job]:
    """Return a station's jobs of a kind, newest first."""
    query = _jobs().where(job.c.station_id == station_id, job.c.kind == kind)
    return [_job(row) for row in uow.table(query.order_by(job.c.id.desc()).limit(limit))]


def unfinished_of(uow: UnitOfWork, user_id: int | None, kinds: Sequence[str]) -> int:
    """Return how many jobs of some kinds a user waits for."""
    over = [state.value for state in JobState if state.is_over]
    where = (job.c.user_id == user_id, job.c.kind.in_(kinds), job.c.state.not_in(over))
    return int(uow.table(select(func.count()).where(*where))[0][0])


def forget(uow: UnitOfWork, kinds: Sequence[str], before: datetime) -> int:
    """Remove what is over and was asked for before a moment, and return how many jobs those were."""
    over = [state.value for state in JobState if state.is_over]
    # SQLite would give the number of the newest one again: whoever asks for it would be shown another job.
    newest = select(func.max(job.c.id)).scalar_subquery()
    where = (job.c.kind.in_(kinds), job.c.state.in_(over), job.c.created_at < before, job.c.id < newest)
    return uow.execute(delete(job).where(*where)).rowcount


def claim_next(uow: UnitOfWork, station_id: int | None, kind: str) -> Job | None:
    """Take the oldest queued job of a station, or nothing where there is none or another program took it."""
    queued = (job.c.station_id == station_id, job.c.kind == kind, job.c.state == JobState.QUEUED.value)
    found = uow.table(_jobs().where(*queued).order_by(job.c.id).limit(1))
    if not found:
        return None
    claimed = uow.execute(
        update(job)
        .where(job.c.id == found[0][0], job.c.state == JobState.QUEUED.value)
        .values(state=JobState.RUNNING.value, progress=0)
    )
    return _job(found[0]) if claimed.rowcount else None


def queue_interrupted(uow: UnitOfWork, station_id: int | None, kind: str) -> int:
    """Queue anew the jobs that a program at this station was doing when it ended, and return how many."""
    where = (job.c.station_id == station_id, job.c.kind == kind, job.c.state == JobState.RUNNING.value)
    return uow.execute(update(job).where(*where).values(state=JobState.QUEUED.value, progress=0)).rowcount


def note_progress(uow: UnitOfWork, number: int, progress: int) -> bool:
    """Write how far a running job is; false when it was cancelled meanwhile."""
    where = (job.c.id == number, job.c.state == JobState.RUNNING.value)
    return uow.execute(update(job).where(*where).values(progress=progress)).rowcount == 1


def finish_job(
    uow: UnitOfWork,
    number: int,
    state: JobState,
    message: Message,
    progress: int,
    at: datetime,
    answer: Mapping[str, Any] | None = None,
) -> bool:
    """Write how a job ended unless it has ended already; tell whether it was written."""
    over = [state.value for state in JobState if state.is_over]
    values = {"state": state.value, "result": message.to_json(), "progress": progress, "finished_at": at}
    if answer is not None:
        values["answer"] = json.dumps(answer, ensure_ascii=False)
    ended = uow.execute(update(job).where(job.c.id == number, job.c.state.not_in(over)).values(**values))
    return ended.rowcount == 1


def put_back(uow: UnitOfWork, number: int) -> None:
    """Queue a running job anew: its program ends before it does."""
    where = (job.c.id == number, job.c.state == JobState.RUNNING.value)
    uow.execute(update(job).where(*where).values(state=JobState.QUEUED.value, progress=0))
