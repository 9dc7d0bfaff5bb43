"""Put a copy in place of a local database, which goes on counting where the replaced one stood.

References, label runs and hand-overs that were given out never come again: docs/rules.md#references.
"""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from warehouse_desk.common.messages import msg
from warehouse_desk.data.counters import reference_of
from warehouse_desk.data.schema.backups import (
    copy_through,
    copy_to,
    damaged,
    forget_old_copies,
    free_name,
    in_words,
    need_room,
    open_file,
)
from warehouse_desk.domain.errors import DatabaseBusy, DatabaseUnavailable

_UNUSABLE = {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}


@dataclass(frozen=True, slots=True)
class Restored:
    """What a copy that came back left behind."""

    kept: Path | None
    """Where the database as it was is kept now; None where there was none."""
    counters_known: bool
    """Whether the replaced database could say which numbers it had given out."""
    newest_reference: str
    """The newest reference that is taken as given out."""


def restore(file: Path, copy: Path, at: datetime) -> Restored:
    """Put a copy in place of a database, which goes on counting where the replaced one stood.

    The copy must be a good one: see :func:`revision_of`. Killed in the middle, the database is as it was before.

    Raises:
        DatabaseBusy: somebody has the database open; nothing was changed.
        DatabaseUnavailable: there is no room, or it cannot be written; nothing was changed.
    """
    kept = free_name(file, "replaced", at)
    if not file.exists():
        copy_to(copy, file)
        return Restored(None, counters_known=False, newest_reference=_newest_reference(file))
    draft = file.with_name(f".{file.name}.restored.part")
    known = True
    try:
        with in_words(file):
            try:
                with closing(_alone(file)) as connection:
                    copy_through(connection, file, kept)
                    # Counted on before it takes its place: killed in between, no number is given out twice.
                    _counting_on(copy, draft, _counters(connection))
                    # Whoever was shut out stays out, though the copy knows nothing of it.
                    _stay_revoked(draft, _revoked(connection), at)
                    need_room(draft, file.parent)
                    with closing(open_file(draft, "ro")) as source:
                        source.backup(connection)
            except (sqlite3.DatabaseError, DatabaseUnavailable) as error:
                if not _is_unusable(error):
                    raise
                known = False
                _put_aside(file, kept)
                copy_to(copy, file)
    finally:
        draft.unlink(missing_ok=True)
    forget_old_copies(file, but=copy)
    return Restored(kept, counters_known=known, newest_reference=_newest_reference(file))


Counters = dict[tuple[str, str], int]
"""What was given out last, by table and name: references, and the numbers of rows such as runs and hand-overs."""

_COUNTED = (("counter", "value"), ("sqlite_sequence", "seq"))


def _counters(connection: sqlite3.Connection) -> Counters:
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return {
        (table, name): value
        for table, column in _COUNTED
        if table in tables
        for name, value in connection.execute(f"SELECT name, {column} FROM {table}")  # noqa: S608 - our names
    }


def _counting_on(copy: Path, draft: Path, counters: Counters) -> None:
    """Copy a copy to a draft whose counters stand no lower than those given."""
    draft.unlink(missing_ok=True)
    copy_to(copy, draft)
    with closing(open_file(draft, "rw")) as connection:
        mine = _counters(connection)
        connection.execute("BEGIN")
        for (table, name), value in counters.items():
            column = dict(_COUNTED)[table]
            if (table, name) in mine:
                connection.execute(f"UPDATE {table} SET {column} = max({column}, ?) WHERE name = ?", (value, name))  # noqa: S608
            else:
                connection.execute(f"INSERT INTO {table} (name, {column}) VALUES (?, ?)", (name, value))  # noqa: S608
        connection.execute("COMMIT")


Revoked = dict[tuple[str, str], str]
"""When badges and tokens became worthless, by table and by what they are known."""

_REVOCABLE = (("badge", "token_hash"), ("api_token", "public_id"))


def _revoked(connection: sqlite3.Connection) -> Revoked:
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return {
        (table, known): at
        for table, column in _REVOCABLE
        if table in tables
        for known, at in connection.execute(f"SELECT {column}, revoked_at FROM {table} WHERE revoked_at IS NOT NULL")  # noqa: S608 - our names
    }


def _stay_revoked(draft: Path, revoked: Revoked, at: datetime) -> None:
    """Make worthless in a draft what was worthless in the replaced database, and end all sessions of browsers."""
    with closing(open_file(draft, "rw")) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        connection.execute("BEGIN")
        for (table, known), since in revoked.items():
            column = dict(_REVOCABLE)[table]
            if table in tables:
                change = f"UPDATE {table} SET revoked_at = ? WHERE {column} = ? AND revoked_at IS NULL"  # noqa: S608
                connection.execute(change, (since, known))
        if "http_session" in tables:
            ended = at.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
            connection.execute("UPDATE http_session SET ended_at = ? WHERE ended_at IS NULL", (ended,))
        connection.execute("COMMIT")


def _newest_reference(file: Path) -> str:
    with in_words(file), closing(open_file(file, "ro")) as connection:
        return reference_of(_counters(connection).get(("counter", "reference"), 0))


def _is_unusable(error: BaseException) -> bool:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in _UNUSABLE or (isinstance(error, DatabaseUnavailable) and error.message.text == damaged(Path()).text)


def _put_aside(file: Path, kept: Path) -> None:
    """Move a file that is no usable database, with its companions: nobody can be at work on it."""
    for end in ("-wal", "-shm", "-journal"):
        companion = Path(f"{file}{end}")
        if companion.exists():
            companion.replace(f"{kept}{end}")
    file.replace(kept)


def _alone(file: Path) -> sqlite3.Connection:
    """Open a database that nobody else has open, and let nobody in until it is closed."""
    connection = sqlite3.connect(file, isolation_level=None, timeout=0)
    try:
        # Leaving the write-ahead log needs every other connection closed, idle ones too.
        (mode,) = connection.execute("PRAGMA journal_mode=DELETE").fetchone()
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")
    except sqlite3.OperationalError as error:
        connection.close()
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            raise _in_use(file) from error
        raise
    except BaseException:
        connection.close()
        raise
    if mode != "delete":
        connection.close()
        raise _in_use(file)
    return connection


def _in_use(file: Path) -> DatabaseBusy:
    return DatabaseBusy(
        msg("{place} is open in another program. Close Warehouse Desk everywhere, then try again.", place=str(file))
    )
