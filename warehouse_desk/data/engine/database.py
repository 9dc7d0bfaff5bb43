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
from warehouse_desk.data.engine.failures import answer_lost, as_desk_error, driver_errors, is_retryable
from warehouse_desk.data.engine.prepared import Prepared
from warehouse_desk.domain.errors import DatabaseUnavailable, WrongUsage
from warehouse_desk.domain.results import Outcome
from warehouse_desk.domain.status import Status

T = TypeVar("T")

BUSY_TIMEOUT_MS = 5_000
_ATTEMPTS = 3
_POSTGRES_LIMITS = (
    "-c statement_timeout=10000 -c lock_timeout=3000 -c idle_in_transaction_session_timeout=15000 -c timezone=UTC"
    " -c jit=off"
)
"""A station that hangs must not hold the others for longer than a worker waits (ms).

No query is compiled either: ours are short, and what compiling costs would be waited for.
"""

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

    __slots__ = ("_connection", "_join", "_last", "_raw", "_used", "_waiting", "dialect", "is_postgresql")

    def __init__(self, connection: Connection, raw: Any = None) -> None:
        self._last: list[Callable[[], None]] = []
        self._waiting: list[tuple[str, Any]] = []
        self._connection = connection
        self._used = False
        self.dialect = connection.dialect
        self.is_postgresql = self.dialect.name == "postgresql"
        """Whether several stations may be at work at the same moment, row by row."""
        self._join = self.is_postgresql
        """Whether the next statement travels with others: at first with the driver's own BEGIN."""
        self._raw: Any = raw or driver_of(connection)

    @property
    def connection(self) -> Connection:
        """The connection for what goes the ordinary way; on SQLite it begins a transaction of its own."""
        self._used = True
        self._send()
        return self._connection

    def execute(self, statement: Executable, values: Any = None) -> CursorResult[Any]:
        """Run a Core statement the ordinary way."""
        return self.connection.execute(statement, values)

    def table(self, query: Executable) -> list[tuple[Any, ...]]:
        """Run a Core query the ordinary way and return all its rows."""
        return [tuple(row) for row in self.connection.execute(query)]

    def do_last(self, work: Callable[[], None]) -> None:
        """Leave a piece of work for the very end, after every other lock has been taken."""
        self._last.append(work)

    def whole(self, work: Callable[["UnitOfWork"], T]) -> T:
        """Do a piece of work and then what it left for the end; the database commits right after it."""
        result = work(self)
        for last in self._last:
            last()
        self._send()
        return result

    def immediately(self, work: Callable[["UnitOfWork"], T]) -> T:
        """Do a piece of work between SQLite's own BEGIN IMMEDIATE and COMMIT: the write lock is held from the start."""
        raw = self._raw
        raw.execute("BEGIN IMMEDIATE")
        try:
            result = self.whole(work)
            raw.execute("COMMIT")
        except BaseException:
            if raw.in_transaction:
                raw.execute("ROLLBACK")
            self._connection.rollback()
            raise
        if self._used and self._connection.in_transaction():
            self._connection.commit()
        return result

    def run(self, prepared: Prepared, values: Mapping[str, Any]) -> int:
        """Run a prepared statement and return how many rows it touched."""
        compiled = prepared.compiled(self.dialect, values)
        execute = self._together if self._join else self._raw.execute
        count: int = execute(compiled.sql, compiled.arguments(values)).rowcount
        return count

    def later(self, prepared: Prepared, values: Mapping[str, Any]) -> None:
        """Run a prepared statement of which nothing need be known at once.

        PostgreSQL gets it with the next statement that has an answer, in the same order: one journey through the
        network instead of two. Whatever it objects to is raised there.
        """
        compiled = prepared.compiled(self.dialect, values)
        if self.is_postgresql:
            self._waiting.append((compiled.sql, compiled.arguments(values)))
            self._join = True
        else:
            self._raw.execute(compiled.sql, compiled.arguments(values))

    def _together(self, sql: str, arguments: Any) -> Any:
        """Run a statement in one journey with what waits for company."""
        with self._raw.pipeline():
            self._send_waiting()
            return self._raw.execute(sql, arguments)

    def _send(self) -> None:
        """Run what waits for company."""
        if self._waiting:
            with self._raw.pipeline():
                self._send_waiting()

    def _send_waiting(self) -> None:
        for sql, arguments in self._waiting:
            self._raw.execute(sql, arguments)
        self._waiting, self._join = [], False

    def run_many(self, prepared: Prepared, rows: Sequence[Mapping[str, Any]]) -> None:
        """Run a prepared statement once for each row of values."""
        if not rows:
            return
        self._send()
        compiled = prepared.for_many(self.dialect)
        cursor = self._raw.cursor()
        cursor.executemany(compiled.sql, [compiled.arguments(row) for row in rows])
        cursor.close()

    def copy_in(self, table: str, names: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
        """Load rows through PostgreSQL's COPY."""
        from psycopg import sql

        self._send()
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
        compiled = prepared.compiled(self.dialect, values)
        execute = self._together if self._join else self._raw.execute
        return compiled.read(execute(compiled.sql, compiled.arguments(values)).fetchall())


class Database:
    """A local SQLite file or a shared PostgreSQL, behind one set of verbs.

    Raises:
        WrongUsage: the URL names no database this program knows.
    """

    def __init__(self, url: str, *, application_name: str = "warehouse-desk") -> None:
        self.url = _read_url(url)
        self.place = place_of(self.url)
        self.engine = _make_engine(self.url, application_name)
        self.is_postgresql = self.engine.dialect.name == "postgresql"
        """Whether this is the shared database of several stations."""
        self.upgrade_copy: Path | None = None
        """The copy that was made before this program upgraded a local file."""
        self._write_lane = threading.Lock()
        self._writer: tuple[Connection, Any] | None = None

    @property
    def address(self) -> str:
        """Which database this is among all that a station may have used; never with a password."""
        return f"{self.url.host or 'localhost'}:{self.url.port or ''}/{self.url.database}"

    def transact(self, work: Callable[[UnitOfWork], T]) -> T:
        """Do a piece of work in one durable transaction, again when the database asks for it (3 times at most).

        Raises:
            DatabaseUnavailable: the database cannot be reached or written; nothing was changed.
            AnswerLost: it was lost while it kept the work, which is perhaps done.
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
            return self._on_server(work)
        # One writer at a time in this process: waiting here is fair, SQLite's own waiting is not.
        with self._write_lane:
            connection, raw = self._writer or self._new_writer()
            try:
                return UnitOfWork(connection, raw).immediately(work)
            except driver_errors():
                self._forget_writer()
                raise

    def _on_server(self, work: Callable[[UnitOfWork], T]) -> T:
        with self.engine.connect() as connection, connection.begin() as transaction:
            result = UnitOfWork(connection).whole(work)
            try:
                transaction.commit()
            except driver_errors() as error:
                lost = answer_lost(error, self.place)
                if lost is None:
                    raise
                raise lost from error
            return result

    def _new_writer(self) -> tuple[Connection, Any]:
        """Open the connection kept for writing: taking one from the pool costs as much as a statement."""
        connection = self.engine.connect()
        raw = driver_of(connection)
        raw.execute(_WRITER_CACHE)
        self._writer = connection, raw
        return self._writer

    def _forget_writer(self) -> None:
        if self._writer is not None:
            self._writer[0].close()
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


def driver_of(connection: Connection) -> Any:
    """Return the driver's own connection."""
    return connection.connection.dbapi_connection


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
        "“{url}” is not a database address. Write sqlite:///file.db or postgresql://user:password@host/name.",
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


# The driver would first try three other ways to write these words, each by way of an exception.
for _kind in (Status, Outcome):
    sqlite3.register_adapter(_kind, str)

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
