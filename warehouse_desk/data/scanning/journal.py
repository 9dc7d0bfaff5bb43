"""Readings of this station on its own disk, until the shared database has answered them.

A station with a local database needs none: the database is its journal. With a shared one every reading is written
here first, always, and not only once the server is missed: that is noticed seconds later (a lost network is silent),
and a reading that waits in memory meanwhile is gone when the program is killed. It costs one sync of the local disk,
a small part of the way to the server and back; what was answered is deleted with the next reading's own sync.
"""

import logging
import sqlite3
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from warehouse_desk.common.messages import msg
from warehouse_desk.data.engine.failures import as_desk_error
from warehouse_desk.domain.errors import DatabaseUnavailable

_LOG = logging.getLogger(__name__)

_BUSY_SECONDS = 5.0
_DAMAGED = frozenset({sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT})
_PRAGMAS = ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA fullfsync=1")
_TABLE = """
CREATE TABLE IF NOT EXISTS reading (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    scan_id TEXT NOT NULL UNIQUE,
    place TEXT NOT NULL,
    mode TEXT NOT NULL,
    code TEXT NOT NULL,
    options TEXT NOT NULL,
    at TEXT NOT NULL,
    user_id INTEGER,
    user_name TEXT NOT NULL,
    station_id INTEGER,
    station_name TEXT NOT NULL
)
"""
_COLUMNS = "scan_id, mode, code, options, at, user_id, user_name, station_id, station_name"


@dataclass(frozen=True, slots=True)
class KeptReading:
    """A reading with all that its row in the shared database will hold."""

    scan_id: str
    mode: str
    code: str
    options: str
    at: datetime
    user_id: int | None
    user_name: str
    station_id: int | None
    station_name: str


class ScanJournal:
    """One small SQLite file. ``place`` names the database that its readings are for; those of others are left alone.

    Safe in any thread.

    Raises:
        DatabaseUnavailable: the file cannot be opened, read or written.
    """

    def __init__(self, file: Path, place: str) -> None:
        self._file = file
        self._place = place
        self._lock = threading.Lock()
        try:
            self._connection = self._opened()
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF not in _DAMAGED:
                raise self._as_unavailable(error) from error
            self._put_aside()
            self._connection = self._opened()

    def _opened(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._file, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        try:
            for statement in (*_PRAGMAS, _TABLE):
                connection.execute(statement)
        except BaseException:
            connection.close()
            raise
        return connection

    def _put_aside(self) -> None:
        """Keep a damaged file for whoever can read it, and begin a new one: the shift goes on."""
        aside = self._file.with_name(f"{self._file.name}.damaged-{time.time_ns()}")
        _LOG.error("the scans kept in %s cannot be read; the file is now %s", self._file, aside)
        self._file.replace(aside)

    def _as_unavailable(self, error: sqlite3.Error) -> DatabaseUnavailable:
        told = as_desk_error(error, str(self._file))
        if isinstance(told, DatabaseUnavailable):
            return told
        return DatabaseUnavailable(msg("{place} cannot be used. Check the disk.", place=str(self._file)))

    def keep(self, reading: KeptReading, scan_ids: Iterable[str] = ()) -> None:
        """Write a reading, and delete those that were answered; it is on the disk when this returns."""
        values = (
            reading.scan_id, self._place, reading.mode, reading.code, reading.options, reading.at.isoformat(),
            reading.user_id, reading.user_name, reading.station_id, reading.station_name,
        )  # fmt: skip
        with self._lock:
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                self._connection.execute(
                    "INSERT INTO reading (scan_id, place, mode, code, options, at, user_id, user_name, station_id, "
                    "station_name) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    values,
                )
                self._delete(scan_ids)
                self._connection.execute("COMMIT")
            except sqlite3.Error as error:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise self._as_unavailable(error) from error

    def forget(self, scan_ids: Iterable[str]) -> None:
        """Delete readings that were answered."""
        with self._lock:
            try:
                self._delete(scan_ids)
            except sqlite3.Error as error:
                raise self._as_unavailable(error) from error

    def _delete(self, scan_ids: Iterable[str]) -> None:
        self._connection.executemany("DELETE FROM reading WHERE scan_id = ?", [(scan_id,) for scan_id in scan_ids])

    def waiting(self) -> list[KeptReading]:
        """Return the readings that are kept for the database, in the order in which they were made."""
        with self._lock:
            try:
                query = f"SELECT {_COLUMNS} FROM reading WHERE place = ? ORDER BY seq"  # noqa: S608 - our columns
                found = self._connection.execute(query, (self._place,)).fetchall()
            except sqlite3.Error as error:
                raise self._as_unavailable(error) from error
        return [
            KeptReading(row[0], row[1], row[2], row[3], datetime.fromisoformat(row[4]).astimezone(UTC), *row[5:])
            for row in found
        ]

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()
