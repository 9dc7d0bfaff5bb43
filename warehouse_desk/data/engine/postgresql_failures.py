"""Tell PostgreSQL's errors in a sentence; loaded only where a station has such a database."""

import re

import psycopg

from warehouse_desk.common.messages import msg
from warehouse_desk.data.engine.busy import busy
from warehouse_desk.domain.errors import DatabaseUnavailable, DeskError

_BUSY = {"40001", "40P01", "55P03", "57014"}
"""Given up after a conflict with another station; lock not available in time; statement cancelled by its time limit."""


def told(error: BaseException, place: str) -> DeskError | None:
    """Return a PostgreSQL error in a worker's words, or None where it is a fault of the program."""
    if not isinstance(error, psycopg.Error):
        return None
    state = error.sqlstate or ""
    if state in _BUSY:
        return busy()
    if state.startswith("28") or _refused_entry(error):
        return DatabaseUnavailable(msg("{place}: the user or password was refused. Correct --database.", place=place))
    if state == "3D000" or _lacks_database(error, place.rpartition("/")[2]):
        return DatabaseUnavailable(
            msg("{place}: there is no such database. Create it, or correct --database.", place=place)
        )
    if state == "42501":
        return DatabaseUnavailable(
            msg("{place}: this user lacks the rights for it. Ask who runs the database.", place=place)
        )
    lost = isinstance(error, psycopg.OperationalError | psycopg.InterfaceError) or state.startswith(("08", "57P"))
    if lost:
        return DatabaseUnavailable(
            msg("{place} cannot be reached. Check that the server runs and the network is up.", place=place)
        )
    return None


def _refused_entry(error: psycopg.Error) -> bool:
    said = str(error).lower()
    return any(words in said for words in ("password", "mot de passe", "pg_hba.conf"))


def _lacks_database(error: psycopg.Error, name: str) -> bool:
    """Tell whether a server answered that it has no such database.

    A connection that fails carries no code, only the server's sentence in the server's language; apart from a refused
    entry, it names the database only when there is none.
    """
    answer = str(error).partition("FATAL")[2]
    return re.search(rf"[\"«]\s?{re.escape(name)}\s?[\"»]", answer) is not None
