"""The same demo orders in PostgreSQL, on a server that the benchmarks start and stop themselves."""

import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import Boolean, Column, Table

from tests.benchmarks.worlds import FOLDER, Statement, world
from tests.support import leash
from tests.support.postgres import PostgresServer, create_cluster, run_server
from warehouse_desk.data.engine.database import Database
from warehouse_desk.data.engine.types import UtcDateTime
from warehouse_desk.data.schema import upgrade
from warehouse_desk.data.tables import metadata

Connection = psycopg.Connection[tuple[Any, ...]]
_CLUSTER = FOLDER / "postgres"
_STOP_SECONDS = 60
_PLAIN_INDEXES = (
    "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND indexname NOT IN "
    "(SELECT conname FROM pg_constraint)"
)


@contextmanager
def server() -> Iterator[PostgresServer]:
    """Run a server that waits for the disk, as a station's does; its cluster is kept from run to run."""
    run_folder = Path(tempfile.mkdtemp(prefix="desk-bench-"))
    run_folder.chmod(0o755)  # the server's own user must reach it
    watcher = leash.start(run_folder)
    try:
        if not _CLUSTER.exists():
            FOLDER.mkdir(parents=True, exist_ok=True)
            unfinished = FOLDER / "postgres.unfinished"
            shutil.rmtree(unfinished, ignore_errors=True)
            create_cluster(unfinished)
            unfinished.rename(_CLUSTER)
        running = run_server(_CLUSTER, run_folder, fsync=True)
        _clear(running)
        yield running
    finally:
        watcher.communicate(timeout=_STOP_SECONDS)


def _clear(running: PostgresServer) -> None:
    """Drop what runs that were killed have left, and worlds of an older schema."""
    with closing(running.connect()) as administrator:
        names = [str(name) for (name,) in administrator.execute("SELECT datname FROM pg_database").fetchall()]
        for name in names:
            if name.startswith("test_") or (
                name.startswith("orders_") and not name.endswith(upgrade.newest_revision())
            ):
                running.drop_database(name)


@contextmanager
def copy_of(running: PostgresServer, orders: int) -> Iterator[str]:
    """Lend a copy of a world that may be changed; yield the name of its database."""
    name = running.create_database(_world(running, orders))
    try:
        yield name
    finally:
        running.drop_database(name)


def _world(running: PostgresServer, orders: int) -> str:
    """Return a database of so many demo orders, filling it the first time from the SQLite one (a million: minutes)."""
    name = f"orders_{orders}_{upgrade.newest_revision()}"
    with closing(running.connect()) as administrator:
        known = administrator.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if known is not None:
            return name
    source = world(orders)
    draft = running.create_database()
    database = Database(running.url(draft))
    upgrade.upgrade(database)
    database.close()
    with closing(running.connect(draft)) as connection:
        _fill(connection, source)
    with closing(running.connect()) as administrator:
        rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        administrator.execute(rename.format(sql.Identifier(draft), sql.Identifier(name)))
    return name


def _fill(connection: Connection, source: Path) -> None:
    """Load every table; its indexes are made afterwards, which takes a fraction of the time."""
    with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as lite, connection.transaction():
        connection.execute("SET LOCAL session_replication_role = replica")
        indexes = connection.execute(_PLAIN_INDEXES).fetchall()
        for index, _ in indexes:
            connection.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(index)))
        tables = sql.SQL(", ").join(sql.Identifier(table.name) for table in metadata.sorted_tables)
        connection.execute(sql.SQL("TRUNCATE {}").format(tables))
        for table in metadata.sorted_tables:
            _load(connection, lite, table)
        for _, definition in indexes:
            connection.execute(definition.encode())
    connection.execute("VACUUM ANALYZE")


def _load(connection: Connection, lite: sqlite3.Connection, table: Table) -> None:
    sys.stderr.write(f"PostgreSQL: {table.name}\n")
    names = [column.name for column in table.columns]
    places = sql.SQL(", ").join(map(sql.Identifier, names))
    command = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table.name), places)
    rows = lite.execute(f"SELECT {', '.join(map(_as_postgres, table.columns))} FROM {table.name}")
    with connection.cursor() as cursor, cursor.copy(command) as copy:
        for row in rows:
            copy.write_row(row)
    for column in table.columns:
        sequence = connection.execute("SELECT pg_get_serial_sequence(%s, %s)", [table.name, column.name]).fetchone()
        if sequence is not None and sequence[0] is not None:
            newest = sql.SQL("SELECT setval(%s, (SELECT coalesce(max({}), 0) + 1 FROM {}), false)")
            where = newest.format(sql.Identifier(column.name), sql.Identifier(table.name))
            connection.execute(where, [sequence[0]])


def _as_postgres(column: Column[Any]) -> str:
    """Return the expression by which SQLite writes a column as PostgreSQL reads it."""
    if isinstance(column.type, Boolean):
        return f"CASE {column.name} WHEN 1 THEN 'true' WHEN 0 THEN 'false' END"
    return f"{column.name} || '+00'" if isinstance(column.type, UtcDateTime) else f'"{column.name}"'


def replay(connection: Connection, unit: list[Statement]) -> None:
    """Run the noted statements of one transaction by the barest code."""
    connection.execute("BEGIN")
    for statement, arguments in unit:
        cursor = connection.execute(statement, arguments)
        if cursor.description is not None:
            cursor.fetchall()
    connection.execute("COMMIT")
