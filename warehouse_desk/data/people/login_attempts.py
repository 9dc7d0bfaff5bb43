"""Wrong tries to sign in, kept for all stations and servers of the database, by the database's own time."""

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import delete, select, text, update
from sqlalchemy.dialects import postgresql, sqlite

from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.tables import login_attempt
from warehouse_desk.domain.people.lock_out import FORGOTTEN, Failures, Tried

_FORGOTTEN_AT_ONCE: Final = 50
"""Old rows removed with each new one: a flood of names leaves nothing for good."""

Subject = tuple[Tried, str]
"""What is locked: the hash of a name, an address, the number of a user."""


def name_subject(name: str) -> Subject:
    """Return how the tries of a name are kept, in any case; whether there is such a user does not matter."""
    known = name.strip().casefold().encode("utf-8", "surrogatepass")
    return Tried.NAME, hashlib.sha256(known).hexdigest()


def database_time(uow: UnitOfWork, clock: Callable[[], datetime]) -> datetime:
    """Return what time it is where all stations agree: the server's; of a local file, the station's."""
    if not uow.is_postgresql:
        return clock()
    now: datetime = uow.table(text("SELECT clock_timestamp()"))[0][0]
    return now.astimezone(UTC)


def failures(uow: UnitOfWork, subject: Subject, *, lock: bool = False) -> Failures:
    """Return what was tried in vain; ``lock`` keeps others from changing it until this unit of work ends."""
    a = login_attempt.c
    query = select(a.failed_at, a.locks, a.locked_until).where(*_is(subject))
    found = uow.table(query.with_for_update() if lock else query)
    return _failures(found[0]) if found else Failures()


def begin(uow: UnitOfWork, subject: Subject, now: datetime) -> Failures:
    """Make sure that there is a row, forgetting old ones, and return it, kept from others until the end."""
    a = login_attempt.c
    old = select(a.kind, a.subject).where(a.changed_at < now - FORGOTTEN).order_by(a.changed_at)
    for kind, known in uow.table(old.limit(_FORGOTTEN_AT_ONCE).with_for_update(skip_locked=True)):
        uow.execute(delete(login_attempt).where(a.kind == kind, a.subject == known))
    dialect = postgresql if uow.is_postgresql else sqlite
    new = dialect.insert(login_attempt).values(
        kind=subject[0].value, subject=subject[1], failed_at="[]", locks=0, changed_at=now
    )
    uow.execute(new.on_conflict_do_nothing(index_elements=["kind", "subject"]))
    return failures(uow, subject, lock=True)


def keep(uow: UnitOfWork, subject: Subject, known: Failures, now: datetime) -> None:
    """Keep what was tried in vain by now."""
    moments = json.dumps([at.timestamp() for at in known.moments])
    change = update(login_attempt).where(*_is(subject))
    uow.execute(change.values(failed_at=moments, locks=known.locks, locked_until=known.locked_until, changed_at=now))


def forget(uow: UnitOfWork, subject: Subject) -> bool:
    """Forget what was tried in vain; False where nothing was."""
    return bool(uow.execute(delete(login_attempt).where(*_is(subject))).rowcount)


def locked_names(uow: UnitOfWork, now: datetime) -> dict[str, datetime]:
    """Return until when the names are locked that are, by their hash."""
    a = login_attempt.c
    query = select(a.subject, a.locked_until).where(a.kind == Tried.NAME.value, a.locked_until > now)
    return dict(uow.table(query))


def locked_addresses(uow: UnitOfWork, now: datetime) -> dict[str, datetime]:
    """Return until when addresses are locked."""
    a = login_attempt.c
    query = select(a.subject, a.locked_until).where(a.kind == Tried.ADDRESS.value, a.locked_until > now)
    return dict(uow.table(query))


def _is(subject: Subject) -> tuple[Any, Any]:
    return login_attempt.c.kind == subject[0].value, login_attempt.c.subject == subject[1]


def _failures(row: tuple[Any, ...]) -> Failures:
    moments = [datetime.fromtimestamp(at, UTC) for at in json.loads(row[0])]
    return Failures(moments, row[1], row[2])
