"""Sessions of browsers: only the hashes of their cookies are kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import bindparam, delete, insert, select, update

from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.engine.prepared import Prepared
from warehouse_desk.data.tables import app_user, http_session
from warehouse_desk.domain.people.access import IDLE, LONGEST, SessionInfo

_KEPT: Final = timedelta(days=30)
_FORGOTTEN_AT_ONCE: Final = 50

_s, _u = http_session.c, app_user.c
_FIND = Prepared(
    select(_s.id, _s.user_id, _u.name, _u.role_id, _s.created_at, _s.seen_at)
    .join(app_user, _u.id == _s.user_id)
    .where(_s.session_hash == bindparam("hash"), _s.ended_at.is_(None), _u.active)
)


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session that was not ended, of an active user."""

    id: int
    user_id: int
    user_name: str
    role_id: int
    created_at: datetime
    seen_at: datetime

    def is_open(self, now: datetime) -> bool:
        """Tell whether it is neither idle for too long nor too old."""
        return now < min(self.seen_at + IDLE, self.created_at + LONGEST)


def find(uow: UnitOfWork, session_hash: str) -> SessionRow | None:
    """Return a session by the hash of its cookie."""
    found = uow.rows(_FIND, {"hash": session_hash})
    return SessionRow(*found[0]) if found else None


def add(uow: UnitOfWork, user_id: int, session_hash: str, address: str, agent: str, at: datetime) -> None:
    """Keep a new session, forgetting some that ended long ago."""
    old = select(_s.id).where(_s.created_at < at - _KEPT).order_by(_s.created_at).limit(_FORGOTTEN_AT_ONCE)
    uow.execute(delete(http_session).where(_s.id.in_(old)))
    uow.execute(
        insert(http_session).values(
            session_hash=session_hash, user_id=user_id, address=address, agent=agent, created_at=at, seen_at=at
        )
    )


def note_seen(uow: UnitOfWork, session_id: int, at: datetime) -> None:
    """Note that a session was used."""
    uow.execute(update(http_session).where(_s.id == session_id).values(seen_at=at))


def end(uow: UnitOfWork, session_hash: str, at: datetime) -> bool:
    """End a session by the hash of its cookie; False where there is none."""
    change = update(http_session).where(_s.session_hash == session_hash, _s.ended_at.is_(None)).values(ended_at=at)
    return bool(uow.execute(change).rowcount)


def end_by_id(uow: UnitOfWork, session_id: int, at: datetime) -> bool:
    """End a session by its number; False where there is none."""
    change = update(http_session).where(_s.id == session_id, _s.ended_at.is_(None)).values(ended_at=at)
    return bool(uow.execute(change).rowcount)


def end_all(uow: UnitOfWork, user_id: int, at: datetime) -> int:
    """End every session of a user and return how many there were."""
    change = update(http_session).where(_s.user_id == user_id, _s.ended_at.is_(None)).values(ended_at=at)
    return int(uow.execute(change).rowcount)


def open_sessions(uow: UnitOfWork, now: datetime) -> list[SessionInfo]:
    """Return the sessions that are open, the last used first."""
    query = (
        select(_s.id, _u.name, _s.address, _s.agent, _s.created_at, _s.seen_at)
        .join(app_user, _u.id == _s.user_id)
        .where(_s.ended_at.is_(None), _u.active, _s.seen_at > now - IDLE, _s.created_at > now - LONGEST)
        .order_by(_s.seen_at.desc(), _s.id.desc())
    )
    return [SessionInfo(*row) for row in uow.table(query)]
