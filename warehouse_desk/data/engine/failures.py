"""Tell a database's own errors in a sentence for the worker."""

import re
import sqlite3
import sys

from sqlalchemy import exc

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.domain.errors import AnswerLost, DatabaseBusy, DatabaseUnavailable, DeskError


def driver_errors() -> tuple[type[Exception], ...]:
    """Return what the drivers in use may raise; PostgreSQL's is loaded only where a station has such a database."""
    errors: tuple[type[Exception], ...] = (exc.DBAPIError, sqlite3.Error)
    psycopg = sys.modules.get("psycopg")
    return errors if psycopg is None else (*errors, psycopg.Error)


_RETRYABLE = {"40001", "40P01"}
"""Serialization failure and deadlock: the whole unit of work may simply be done again."""

_UNIQUE = "23505"

_SQLITE_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


def driver_error(error: BaseException) -> BaseException:
    """Return the driver's own error from under SQLAlchemy's."""
    return error.orig if isinstance(error, exc.DBAPIError) and error.orig is not None else error


def is_retryable(error: BaseException) -> bool:
    """Tell whether the database gave up a unit of work that may succeed when done again."""
    return getattr(driver_error(error), "sqlstate", None) in _RETRYABLE


def is_unique_violation(error: BaseException) -> bool:
    """Tell whether a unique key refused a row."""
    original = driver_error(error)
    if hasattr(original, "sqlstate"):
        return bool(original.sqlstate == _UNIQUE)
    return isinstance(original, sqlite3.IntegrityError) and "UNIQUE" in str(original)


def as_desk_error(error: BaseException, place: str) -> DeskError | None:
    """Return the error in a worker's words, or None where it is a fault of the program."""
    original = driver_error(error)
    if isinstance(original, sqlite3.Error):
        return _sqlite(original, place)
    if hasattr(original, "sqlstate"):
        return _postgresql(original, place)
    return None


def _busy() -> DatabaseBusy:
    """Return the error for a lock that did not come in time; nothing was changed."""
    return DatabaseBusy(
        msg("Another station is using the database for longer than usual. Nothing was changed; try again.")
    )


def _sqlite(error: sqlite3.Error, place: str) -> DeskError | None:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _SQLITE_BUSY:
        return _busy()
    reason = _SQLITE_REASONS.get(code)
    return None if reason is None else DatabaseUnavailable(Message(reason.text, {"place": place}))


DISK_FULL = msg("{place}: the disk is full. Free some room; nothing was changed.")
NO_DATABASE_OF_OURS = msg("{place} is not a Warehouse Desk database. Choose another file.")
DAMAGED = msg("{place} is damaged. Restore it from a backup.")

_SQLITE_REASONS = {
    sqlite3.SQLITE_CANTOPEN: msg("{place} cannot be opened. Check that the folder exists and is not read-only."),
    sqlite3.SQLITE_READONLY: msg("{place} is read-only. Allow this user to change it."),
    sqlite3.SQLITE_FULL: DISK_FULL,
    sqlite3.SQLITE_IOERR: msg("{place}: the disk does not answer. Check it; nothing was changed."),
    sqlite3.SQLITE_NOTADB: NO_DATABASE_OF_OURS,
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_PERM: msg("{place} may not be opened by this user. Ask for the right to it."),
}

_POSTGRESQL_BUSY = {"40001", "40P01", "55P03", "57014"}
"""Given up after a conflict with another station; lock not available in time; statement cancelled by its time limit."""


def _postgresql(error: BaseException, place: str) -> DeskError | None:
    state = getattr(error, "sqlstate", None) or ""
    if state in _POSTGRESQL_BUSY:
        return _busy()
    if state.startswith("28") or _refused_entry(error):
        return DatabaseUnavailable(msg("{place}: the user or password was refused. Correct --database.", place=place))
    if state == "3D000" or _lacks_database(error, place.rpartition("/")[2]):
        return DatabaseUnavailable(
            msg("{place}: there is no such database. Create it, or correct --database.", place=place)
        )
    if state == "42501":
        return DatabaseUnavailable(
            msg("{place}: this user does not have the rights. Ask whoever runs the database.", place=place)
        )
    if _is_lost(error):
        return DatabaseUnavailable(
            msg("{place} cannot be reached. Check that the server runs and the network is up.", place=place)
        )
    return None


def _is_lost(error: BaseException) -> bool:
    """Tell whether the connection to PostgreSQL went, or was none."""
    import psycopg  # late: only a station with such a database needs it

    state = getattr(error, "sqlstate", None) or ""
    return isinstance(error, psycopg.OperationalError | psycopg.InterfaceError) or state.startswith(("08", "57P"))


def answer_lost(error: BaseException, place: str) -> AnswerLost | None:
    """Return the error for a COMMIT whose answer did not come, None where the database said what became of it.

    A server that is being stopped may have kept the work before it said so.
    """
    original = driver_error(error)
    if (getattr(original, "sqlstate", None) or "08").startswith(("08", "57P")) and _is_lost(original):
        return AnswerLost(
            msg("{place}: the answer was lost. This may be done already: look before you repeat it.", place=place)
        )
    return None


def _refused_entry(error: BaseException) -> bool:
    said = str(error).lower()
    return any(words in said for words in ("password", "mot de passe", "pg_hba.conf"))


def _lacks_database(error: BaseException, name: str) -> bool:
    """Tell whether a server answered that it has no such database.

    A connection that fails carries no code, only the server's sentence in the server's language; apart from a refused
    entry, it names the database only when there is none.
    """
    answer = str(error).partition("FATAL")[2]
    return re.search(rf"[\"«]\s?{re.escape(name)}\s?[\"»]", answer) is not None
