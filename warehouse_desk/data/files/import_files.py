"""What was imported before: files by their hash, orders by their content."""

from sqlalchemy import BigInteger, bindparam, func, insert, select

from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.engine.prepared import Prepared
from warehouse_desk.data.tables import import_file, station
from warehouse_desk.domain.files import EarlierImport
from warehouse_desk.domain.signature import Signature

_MAX_NAME = 255

_CLAIM = Prepared(select(func.pg_try_advisory_xact_lock(bindparam("key", type_=BigInteger))))


def imports_of(uow: UnitOfWork, sha256: str) -> list[EarlierImport]:
    """Return when and by whom a file with this hash was imported, newest first."""
    c = import_file.c
    query = (
        select(c.id, c.name, c.at, c.user_name, station.c.name, c.rows_stored)
        .join(station, station.c.id == c.station_id, isouter=True)
        .where(c.sha256 == sha256)
        .order_by(c.id.desc())
    )
    return [
        EarlierImport(number, name, at, user, place or "", stored)
        for number, name, at, user, place, stored in uow.table(query)
    ]


def claim_file(uow: UnitOfWork, sha256: str) -> bool:
    """Keep a file for this unit of work; tell whether no other station is importing it at this moment.

    SQLite has one writer at a time.
    """
    if not uow.is_postgresql:
        return True
    key = int.from_bytes(bytes.fromhex(sha256[:16]), signed=True)
    return bool(uow.rows(_CLAIM, {"key": key})[0][0])


def note_import(uow: UnitOfWork, sha256: str, name: str, stored: int, left_out: int, signature: Signature) -> None:
    """Remember that a file was imported."""
    uow.execute(
        insert(import_file).values(
            sha256=sha256,
            name=name[:_MAX_NAME],
            rows_stored=stored,
            rows_left_out=left_out,
            at=signature.moment.at,
            user_id=signature.caller.user_id,
            user_name=signature.caller.user_name,
            station_id=signature.caller.station_id,
        )
    )
