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
from warehouse_desk.domain.errors import DatabaseUnavailable
from warehouse_desk.domain.files import cannot_write

KEPT_COPIES = 5
"""Copies kept beside the database: five upgrades back is further than anybody goes."""

_SPARE_BYTES = 16 * 2**20
"""Room that must be left on the disk for the work that goes on."""

_DAMAGES_TOLD = 20
"""After the first few, a backup is the answer anyway."""


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
    with in_words(source), closing(open_file(source, "rw")) as connection:
        copy_through(connection, source, target)


def _copy_beside(file: Path, purpose: str, at: datetime) -> Path:
    target = free_name(file, purpose, at)
    copy_to(file, target)
    return target


def free_name(file: Path, purpose: str, at: datetime) -> Path:
    """Return a name beside a database that nothing has: two copies of one second must not become one."""
    name = f"{file.stem}.{purpose}.{at.astimezone():%Y%m%d-%H%M%S}"
    free, number = file.with_name(f"{name}.db"), 1
    while free.exists():
        number += 1
        free = file.with_name(f"{name}-{number}.db")
    return free


def copy_through(connection: sqlite3.Connection, source: Path, target: Path) -> None:
    """Copy an open database to a new file, which is whole or not there."""
    need_room(source, target.parent)
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


def need_room(source: Path, folder: Path) -> None:
    """Refuse where a folder has no room for a database and the work that goes on.

    Raises:
        DatabaseUnavailable: the sentence says how much is needed.
    """
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
        raise DatabaseUnavailable(damaged(source))


def damaged(file: Path) -> Message:
    """Return the sentence for a database whose pages are damaged."""
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
        raise DatabaseUnavailable(msg("There is no file {file}. Choose an existing copy.", file=str(file)))
    with in_words(file), closing(open_file(file, "ro")) as connection:
        _need_whole(connection, file)
        known = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone() if known else None
    return str(row[0]) if row else ""


def open_file(file: Path, mode: str) -> sqlite3.Connection:
    """Open a database file by SQLite's own means; ``mode`` is ``ro`` or ``rw``, which make no file."""
    return sqlite3.connect(f"file:{quote(str(file.absolute()))}?mode={mode}", uri=True, isolation_level=None)


@contextlib.contextmanager
def in_words(file: Path) -> Iterator[None]:
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
