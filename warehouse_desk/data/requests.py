"""Requests that may be sent twice: claimed before they are done, kept with their answer, forgotten after two days."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.engine.prepared import Prepared
from warehouse_desk.data.tables import request
from warehouse_desk.domain.signature import Signature

KEPT_HOURS: Final = 48
"""How long a request is remembered."""

_FORGOTTEN_AT_ONCE = 200
"""Old requests removed with each new one: enough to keep up, too few to wait for."""

_CLAIMED = ("principal", "key", "kind", "fingerprint", "at", "station_id")
_CLAIM = {
    name: Prepared(
        dialect.insert(request)
        .values(**{column: bindparam(column, type_=request.c[column].type) for column in _CLAIMED})
        .on_conflict_do_nothing(index_elements=["principal", "key"])
    )
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
}
_MINE = (request.c.principal == bindparam("of_principal"), request.c.key == bindparam("of_key"))
_ANSWER = Prepared(update(request).where(*_MINE).values(answer=bindparam("told")))
_KEPT = Prepared(select(request.c.kind, request.c.fingerprint, request.c.answer).where(*_MINE))
_FORGET = Prepared(
    delete(request).where(
        request.c.id.in_(
            select(request.c.id)
            .where(request.c.at < bindparam("since", type_=request.c.at.type))
            .order_by(request.c.at)
            .limit(_FORGOTTEN_AT_ONCE)
            # Another station may be forgetting the same ones at this moment.
            .with_for_update(skip_locked=True)
        )
    )
)


@dataclass(frozen=True, slots=True)
class KeptRequest:
    """A request that was done."""

    kind: str
    fingerprint: str
    answer: str


def is_alone(uow: UnitOfWork, principal: str, key: str) -> bool:
    """Tell whether no other transaction does the same request at this moment, and keep it so until the end.

    SQLite has one writer anyway.
    """
    if not uow.is_postgresql:
        return True
    lock = func.pg_try_advisory_xact_lock(func.hashtextextended(f"request {principal} {key}", 0))
    return bool(uow.table(select(lock))[0][0])


def claim(
    uow: UnitOfWork, principal: str, key: str, kind: str, fingerprint: str, signature: Signature
) -> KeptRequest | None:
    """Keep a request for this unit of work; return what is kept of it where it was done before.

    A station that does the same request at this moment is waited for.
    """
    at = signature.moment.at
    uow.run(_FORGET, {"since": _oldest(at)})
    values = {"principal": principal, "key": key, "kind": kind, "fingerprint": fingerprint, "at": at}
    if uow.run(_CLAIM[uow.dialect.name], {**values, "station_id": signature.caller.station_id}):
        return None
    return kept(uow, principal, key)


def kept(uow: UnitOfWork, principal: str, key: str) -> KeptRequest | None:
    """Return a request that was done within the last two days or a little longer, None where there is none."""
    found = uow.rows(_KEPT, {"of_principal": principal, "of_key": key})
    return KeptRequest(*found[0]) if found else None


def keep_answer(uow: UnitOfWork, principal: str, key: str, answer: str) -> None:
    """Keep what is answered to a request that was claimed."""
    uow.later(_ANSWER, {"of_principal": principal, "of_key": key, "told": answer})


def _oldest(at: datetime) -> datetime:
    return at - timedelta(hours=KEPT_HOURS)
