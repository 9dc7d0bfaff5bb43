"""Wait for what other stations change: a connection of its own, woken by the database and never trusting the waking."""

import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Protocol

from warehouse_desk.data.engine.database import BUSY_TIMEOUT_MS, POSTGRES_CONNECTION, Database
from warehouse_desk.data.engine.failures import as_desk_error, driver_errors

_NEWEST = "SELECT coalesce(max(seq), 0) FROM change_log"
_SINCE = "SELECT seq, order_id, kind FROM change_log WHERE seq > {} ORDER BY seq LIMIT {}"

Change = tuple[int, int, str]
"""Number in the log, order id, kind of the step."""


class Feed(Protocol):
    """One connection that listens; for one thread."""

    def wait(self, seconds: float, stopped: threading.Event) -> bool:
        """Wait at most so long, less once stopped; tell whether something may have changed."""

    def newest(self) -> int:
        """Return the number of the last change."""

    def since(self, seq: int, limit: int) -> list[Change]:
        """Return the changes after a number, at most so many, oldest first."""

    def close(self) -> None:
        """Give the connection back."""


class _PostgresFeed:
    """LISTEN, to what ``order_steps`` announces, wakes at once; a lost notice is made up for by looking."""

    def __init__(self, arguments: Mapping[str, Any]) -> None:
        import psycopg  # late: a station with a file of its own needs no driver for a server

        # A server that vanished without a word is noticed after 5 s; some systems have no such limit and ignore it.
        self._connection = psycopg.connect(**{**arguments, "tcp_user_timeout": 5_000}, autocommit=True)
        try:
            self._connection.execute("LISTEN warehouse_desk")
        except BaseException:
            self._connection.close()
            raise

    def wait(self, seconds: float, stopped: threading.Event) -> bool:
        return not stopped.is_set() and any(True for _ in self._connection.notifies(timeout=seconds, stop_after=1))

    def newest(self) -> int:
        return int(self._connection.execute(_NEWEST).fetchall()[0][0])

    def since(self, seq: int, limit: int) -> list[Change]:
        return self._connection.execute(_SINCE.format("%s", "%s"), (seq, limit)).fetchall()

    def close(self) -> None:
        self._connection.close()


class _SqliteFeed:
    """The file counts the commits of all other connections; asking for it reads nothing else."""

    def __init__(self, path: str) -> None:
        self._connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_MS / 1000, isolation_level=None)
        self._connection.execute("PRAGMA query_only=ON")
        self._version = self._data_version()

    def _data_version(self) -> int:
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def wait(self, seconds: float, stopped: threading.Event) -> bool:
        stopped.wait(seconds)
        before, self._version = self._version, self._data_version()
        return before != self._version

    def newest(self) -> int:
        return int(self._connection.execute(_NEWEST).fetchone()[0])

    def since(self, seq: int, limit: int) -> list[Change]:
        return self._connection.execute(_SINCE.format("?", "?"), (seq, limit)).fetchall()

    def close(self) -> None:
        self._connection.close()


def open_feed(database: Database) -> Feed:
    """Open a listening connection of its own, which the database's pool knows nothing of."""
    if not database.is_postgresql:
        return _SqliteFeed(str(database.url.database))
    _, arguments = database.engine.dialect.create_connect_args(database.url)
    return _PostgresFeed({**arguments, **POSTGRES_CONNECTION})


@contextmanager
def in_words(place: str) -> Iterator[None]:
    """Tell whatever a feed's connection meets in a worker's words.

    Raises:
        DeskError: the database cannot be reached or read.
    """
    try:
        yield
    except driver_errors() as error:
        told = as_desk_error(error, place)
        if told is None:
            raise
        raise told from error
