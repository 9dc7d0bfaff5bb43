"""Is a database whole, and copies of a local file: before an upgrade, when somebody asks, and back in its place.

Always through SQLite's own backup: a file copied while it is open, or without its ``-wal``, is no database.
"""

import contextlib
import errno
import os
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from sqlalchemy import text
from sqlalchemy.engine import URL

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.engine.failures import DAMAGED, DISK_FULL, as_desk_error
from warehouse_desk.domain.errors import DatabaseBusy, DatabaseUnavailable
from warehouse_desk.domain.files import cannot_write

KEPT_COPIES = 5
"""Copies kept beside the database: five upgrades back is further than anybody goes."""

_SPARE_BYTES = 16 * 2**20
"""Room that must be left on the disk for the work that goes on."""

_DAMAGES_TOLD = 20
"""After the first few, a backup is the answer anyway."""

_UNUSABLE = {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}


def damages(uow: UnitOfWork) -> list[str]:
    """Return what SQLite finds damaged in its file, in its own words; PostgreSQL watches over its files itself."""
    if uow.is_postgresql:
        return []
    pages = [str(row[0]) for row in uow.connection.execute(text(f"PRAGMA integrity_check({_DAMAGES_TOLD})"))]
    keys = [
        f"{row[0]} {row[1]} names a missing row of {row[2]}"
        for row in uow.connection.execute(text("PRAGMA foreign_key_check"))
    ]
    return [line for line in pages if line != "ok"] + keys[:_DAMAGES_TOLD]


def file_of(url: URL) -> Path:
    """Return the file of a SQLite database, also where it is named by an address of SQLite's own."""
    name = str(url.database)
    return Path(unquote(urlsplit(name).path) if name.startswith("file:") else name)


def copy_before_upgrade(file: Path, revision: str, at: datetime) -> Path:
    """Copy a database beside itself before it is upgraded and return the copy, named by old schema and moment.

    Raises:
        DatabaseUnavailable: there is no room for it, or the database is damaged; nothing was changed.
    """
    return _copy_beside(file, f"schema-{revision}", at)


def forget_old_copies(file: Path, *, but: Path | None = None) -> None:
    """Remove all but the newest copies that were made beside a database, and the one that was just made use of."""
    ours = re.compile(re.escape(file.stem) + r"\.(schema-\d{4}|replaced)\.(\d{8}-\d{6}(-\d+)?)\.db")
    copies = [(match[2], path) for path in file.parent.iterdir() if (match := ours.fullmatch(path.name))]
    for _, path in sorted(copies)[:-KEPT_COPIES]:
        if but is None or not path.samefile(but):
            path.unlink(missing_ok=True)


def copy_to(source: Path, target: Path) -> None:
    """Copy a database to a new file while others work with it; the file is whole or not there.

    Raises:
        DatabaseUnavailable: there is no room, the file cannot be written, or the database is damaged.
    """
    with _in_words(source), closing(_open(source, "rw")) as connection:
        _copy(connection, source, target)


def _copy_beside(file: Path, what: str, at: datetime) -> Path:
    target = _free_name(file, what, at)
    copy_to(file, target)
    return target


def _free_name(file: Path, what: str, at: datetime) -> Path:
    """Return a name beside a database that nothing has: two copies of one second must not become one."""
    name = f"{file.stem}.{what}.{at.astimezone():%Y%m%d-%H%M%S}"
    free, number = file.with_name(f"{name}.db"), 1
    while free.exists():
        number += 1
        free = file.with_name(f"{name}-{number}.db")
    return free


def _copy(connection: sqlite3.Connection, source: Path, target: Path) -> None:
    _need_room(source, target.parent)
    draft = target.with_name(f".{target.name}.part")
    draft.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(draft, isolation_level=None)) as copy:
            # In one go: in pieces it would begin anew whenever a station writes.
            connection.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, without companions
            _need_whole(copy, source)
        _sync(draft)
        draft.replace(target)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def _need_room(source: Path, folder: Path) -> None:
    needed = sum(part.stat().st_size for part in (source, Path(f"{source}-wal")) if part.exists())
    free = shutil.disk_usage(folder).free
    if free < needed + _SPARE_BYTES:
        raise DatabaseUnavailable(
            msg(
                "There is no room for a copy of {place}: it needs {needed} MB in {folder}, where {free} MB are free. "
                "Free some room and try again; nothing was changed.",
                place=str(source),
                needed=(needed + _SPARE_BYTES) // 2**20 + 1,
                folder=str(folder),
                free=free // 2**20,
            )
        )


def _need_whole(connection: sqlite3.Connection, source: Path) -> None:
    (answer,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if answer != "ok":
        raise DatabaseUnavailable(_damaged(source))


def _damaged(file: Path) -> Message:
    return DAMAGED.with_params(place=str(file))


def _sync(file: Path) -> None:
    with file.open("rb+") as written:
        os.fsync(written.fileno())


def revision_of(file: Path) -> str:
    """Return the schema revision of a copy; empty where it is no database of ours.

    Raises:
        DatabaseUnavailable: it is not there, cannot be read, is no database, or is damaged.
    """
    if not file.is_file():
        raise DatabaseUnavailable(msg("There is no file {file}. Name a copy that was made before.", file=str(file)))
    with _in_words(file), closing(_open(file, "ro")) as connection:
        _need_whole(connection, file)
        known = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone() if known else None
    return str(row[0]) if row else ""


def restore(file: Path, copy: Path, at: datetime) -> Path | None:
    """Put a copy in place of a database and return where the database as it was is kept now, if there was one.

    The copy must be a good one: see :func:`revision_of`. Killed in the middle, the database is as it was before.

    Raises:
        DatabaseBusy: somebody has the database open; nothing was changed.
        DatabaseUnavailable: there is no room, or it cannot be written; nothing was changed.
    """
    kept = _free_name(file, "replaced", at)
    if not file.exists():
        copy_to(copy, file)
        return None
    with _in_words(file):
        try:
            with closing(_alone(file)) as connection:
                _copy(connection, file, kept)
                _need_room(copy, file.parent)
                with closing(_open(copy, "ro")) as source:
                    source.backup(connection)
        except (sqlite3.DatabaseError, DatabaseUnavailable) as error:
            if not _is_unusable(error):
                raise
            _put_aside(file, kept)
            copy_to(copy, file)
    forget_old_copies(file, but=copy)
    return kept


def _is_unusable(error: BaseException) -> bool:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in _UNUSABLE or (isinstance(error, DatabaseUnavailable) and error.message.text == _damaged(Path()).text)


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


def _open(file: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{quote(str(file.absolute()))}?mode={mode}", uri=True, isolation_level=None)


@contextlib.contextmanager
def _in_words(file: Path) -> Iterator[None]:
    """Tell what SQLite and the disk object to in a sentence."""
    try:
        yield
    except sqlite3.Error as error:
        told = as_desk_error(error, str(file))
        if told is None:
            raise
        raise told from error
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise DatabaseUnavailable(DISK_FULL.with_params(place=str(file))) from error
        raise DatabaseUnavailable(cannot_write(error.filename or str(file), error)) from error
