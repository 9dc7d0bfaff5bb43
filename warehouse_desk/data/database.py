"""The database of a station: one engine, short units of work, errors in a worker's words."""

import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, CursorResult, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.sql.base import Executable

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.data.failures import as_desk_error, driver_errors, is_retryable
from warehouse_desk.data.prepared import Prepared
from warehouse_desk.domain.errors import DatabaseUnavailable, WrongUsage

T = TypeVar("T")

BUSY_TIMEOUT_MS = 5_000
_ATTEMPTS = 3
_POSTGRES_LIMITS = (
    "-c statement_timeout=10000 -c lock_timeout=3000 -c idle_in_transaction_session_timeout=15000 -c timezone=UTC"
)
"""A station that hangs must not hold the others for longer than a worker waits (ms)."""

POSTGRES_CONNECTION = {
    "connect_timeout": 3,
    "keepalives_idle": 10,
    "keepalives_interval": 3,
    "keepalives_count": 3,
    "options": _POSTGRES_LIMITS,
}
"""What every connection to PostgreSQL is opened with (s)."""


class UnitOfWork:
    """One transaction on one connection: all of it is kept, or nothing."""

    __slots__ = ("_last", "_raw", "connection", "dialect")

    def __init__(self, connection: Connection) -> None:
        self._last: list[Callable[[], None]] = []
        self.connection = connection
        self.dialect = connection.dialect
        self._raw: Any = connection.connection.dbapi_connection

    @property
    def is_postgresql(self) -> bool:
        """Whether several stations may be at work at the same moment, row by row."""
        return self.dialect.name == "postgresql"

    def execute(self, statement: Executable, values: Any = None) -> CursorResult[Any]:
        """Run a Core statement the ordinary way."""
        return self.connection.execute(statement, values)

    def table(self, query: Executable) -> list[tuple[Any, ...]]:
        """Run a Core query the ordinary way and return all its rows."""
        return [tuple(row) for row in self.connection.execute(query)]

    def do_last(self, work: Callable[[], None]) -> None:
        """Leave a piece of work for the very end, after every other lock has been taken."""
        self._last.append(work)

    def finish(self) -> None:
        """Do what was left for the end; the database calls it right before it commits."""
        for work in self._last:
            work()

    def run(self, prepared: Prepared, values: Mapping[str, Any]) -> int:
        """Run a prepared statement and return how many rows it touched."""
        compiled = prepared.compiled(self.dialect)
        cursor = self._raw.execute(compiled.sql, compiled.arguments(values))
        count: int = cursor.rowcount
        return count

    def run_many(self, prepared: Prepared, rows: Sequence[Mapping[str, Any]]) -> None:
        """Run a prepared statement once for each row of values."""
        if not rows:
            return
        compiled = prepared.compiled(self.dialect)
        cursor = self._raw.cursor()
        cursor.executemany(compiled.sql, [compiled.arguments(row) for row in rows])
        cursor.close()

    def copy_in(self, table: str, names: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
        """Load rows through PostgreSQL's COPY."""
        from psycopg import sql

        columns = sql.SQL(", ").join(map(sql.Identifier, names))
        command = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), columns)
        with self._raw.cursor() as cursor, cursor.copy(command) as copy:
            for row in rows:
                copy.write_row(row)

    def insert_in(self, table: str, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Load rows whose values are in the driver's own form through one prepared insert of SQLite."""
        places = ", ".join("?" * len(names))
        self._raw.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({places})", rows)  # noqa: S608 - our names

    def rows(self, prepared: Prepared, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Run a prepared query and return its rows, converted to Python values."""
        compiled = prepared.compiled(self.dialect)
        found: list[tuple[Any, ...]] = self._raw.execute(compiled.sql, compiled.arguments(values)).fetchall()
        if not compiled.results or not found:
            return found
        return [
            tuple(
                [
                    value if convert is None else convert(value)
                    for convert, value in zip(compiled.results, row, strict=True)
                ]
            )
            for row in found
        ]


class Database:
    """A local SQLite file or a shared PostgreSQL, behind one set of verbs.

    Raises:
        WrongUsage: the URL names no database this program knows.
    """

    def __init__(self, url: str, *, application_name: str = "warehouse-desk") -> None:
        self.url = _read_url(url)
        self.place = place_of(self.url)
        self.engine = _make_engine(self.url, application_name)
        self.upgrade_copy: Path | None = None
        """The copy that was made before this program upgraded a local file."""
        self._write_lane = threading.Lock()
        self._writer: Connection | None = None

    @property
    def is_postgresql(self) -> bool:
        """Whether this is the shared database of several stations."""
        return self.engine.dialect.name == "postgresql"

    def transact(self, work: Callable[[UnitOfWork], T]) -> T:
        """Do a piece of work in one durable transaction, again when the database asks for it (3 times at most).

        Raises:
            DatabaseUnavailable: the database cannot be reached or written; nothing was changed.
        """
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                return self._once(work)
            except driver_errors() as error:
                if is_retryable(error) and attempt < _ATTEMPTS:
                    continue
                self._raise(error)
        raise AssertionError("unreachable")

    def _once(self, work: Callable[[UnitOfWork], T]) -> T:
        if self.is_postgresql:
            with self.engine.begin() as connection:
                return _whole(work, connection)
        # One writer at a time in this process: waiting here is fair, SQLite's own waiting is not.
        with self._write_lane:
            connection = self._writing_connection()
            try:
                return _immediately(work, connection)
            except driver_errors():
                self._forget_writer()
                raise

    def _writing_connection(self) -> Connection:
        """Return the connection kept for writing: taking one from the pool costs as much as a statement."""
        if self._writer is None or self._writer.closed:
            self._writer = self.engine.connect()
            if not self.is_postgresql:
                raw: Any = self._writer.connection.dbapi_connection
                raw.execute(_WRITER_CACHE)
        return self._writer

    def _forget_writer(self) -> None:
        if self._writer is not None:
            self._writer.close()
            self._writer = None

    @contextmanager
    def read(self) -> Iterator[UnitOfWork]:
        """Open a consistent reading of the database; writes are not for here.

        Raises:
            DatabaseUnavailable: the database cannot be reached.
        """
        try:
            with self.engine.connect() as connection, connection.begin():
                yield UnitOfWork(connection)
        except driver_errors() as error:
            self._raise(error)

    def _raise(self, error: BaseException) -> None:
        told = as_desk_error(error, self.place)
        if told is None:
            raise error
        raise told from error

    def close(self) -> None:
        """Give all connections back. The database can be used again afterwards."""
        with self._write_lane:
            self._forget_writer()
        self.engine.dispose()


def _immediately(work: Callable[[UnitOfWork], T], connection: Connection) -> T:
    """Do a piece of work between SQLite's own BEGIN IMMEDIATE and COMMIT: it holds the write lock from the start."""
    raw: Any = connection.connection.dbapi_connection
    raw.execute("BEGIN IMMEDIATE")
    try:
        result = _whole(work, connection)
        raw.execute("COMMIT")
    except BaseException:
        if raw.in_transaction:
            raw.execute("ROLLBACK")
        connection.rollback()
        raise
    if connection.in_transaction():
        connection.commit()
    return result


def _whole(work: Callable[[UnitOfWork], T], connection: Connection) -> T:
    uow = UnitOfWork(connection)
    result = work(uow)
    uow.finish()
    return result


def sqlite_url(path: Path) -> str:
    """Return the URL of a local database file."""
    return URL.create("sqlite", database=str(path)).render_as_string()


def place_of(url: URL) -> str:
    """Return how to name a database to people: never with its password."""
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    return f"{url.host or 'localhost'}/{url.database}"


def _read_url(text: str) -> URL:
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as error:  # the latter for a port that is no number
        raise WrongUsage(_url_help(text)) from error
    backend = url.get_backend_name()
    if backend in {"postgresql", "postgres"}:
        return url.set(drivername="postgresql+psycopg")
    if backend != "sqlite" or not url.database or url.database == ":memory:":
        raise WrongUsage(_url_help(text))
    return url.set(drivername="sqlite")


def _url_help(text: str) -> Message:
    return msg(
        "“{url}” names no database. Write sqlite:///file.db or postgresql://user:password@host/name.",
        url=text.rsplit("@", maxsplit=1)[-1],
    )


def _make_engine(url: URL, application_name: str) -> Engine:
    try:
        if url.get_backend_name() == "sqlite":
            return _sqlite_engine(url)
        return _postgres_engine(url, application_name)
    except (NoSuchModuleError, ImportError) as error:
        raise DatabaseUnavailable(msg("The driver for this kind of database is not installed.")) from error


def _postgres_engine(url: URL, application_name: str) -> Engine:
    return create_engine(
        url,
        pool_pre_ping=True,
        pool_size=5,
        connect_args={**POSTGRES_CONNECTION, "application_name": application_name[:63]},
    )


def _sqlite_engine(url: URL) -> Engine:
    engine = create_engine(url, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000})

    @event.listens_for(engine, "connect")
    def _on_connect(connection: sqlite3.Connection, _record: object) -> None:
        # The driver's own transactions begin too late (after the first SELECT): ours are begun below.
        connection.isolation_level = None
        for pragma in SQLITE_PRAGMAS:
            connection.execute(pragma)
        connection.execute(_READER_CACHE)

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        mode = connection.get_execution_options().get("begin_mode", "DEFERRED")
        raw: Any = connection.connection.dbapi_connection
        if not raw.in_transaction:
            raw.execute(f"BEGIN {mode}")

    return engine


_WRITER_CACHE = "PRAGMA cache_size=-32768"
_READER_CACHE = "PRAGMA cache_size=-8192"
"""Each of a window's readers keeps pages of its own: 32 MB each would be most of the program's memory (KiB)."""

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA fullfsync=1",
    "PRAGMA foreign_keys=ON",
    "PRAGMA cache_size=-32768",
    "PRAGMA temp_store=MEMORY",
)
"""FULL: a confirmed scan survives a power cut (NORMAL may lose the last commits in WAL mode)."""
