"""Demo databases of the sizes that are measured, made once and copied for each use."""

import json
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from tests.benchmarks import bare
from tests.benchmarks.figures import peak_of
from warehouse_desk.data.engine.database import SQLITE_PRAGMAS, Database, UnitOfWork, sqlite_url
from warehouse_desk.data.engine.prepared import Prepared
from warehouse_desk.data.schema.upgrade import newest_revision
from warehouse_desk.domain.people.caller import Source
from warehouse_desk.services.connect import connect, open_database
from warehouse_desk.services.context import Context
from warehouse_desk.services.demo import generate

FOLDER = Path(__file__).resolve().parents[2] / ".dev" / "bench"
SMALL = 10_000
LARGE = 1_000_000


def world(orders: int) -> Path:
    """Return a database of so many demo orders, making it the first time (a million: some minutes)."""
    path = FOLDER / f"orders-{orders}-{newest_revision()}.db"
    if path.exists():
        return path
    FOLDER.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".unfinished")
    for old in FOLDER.glob(f"{unfinished.name}*"):
        old.unlink()
    context = context_of(unfinished)
    generate(context, orders, seed=7, progress=lambda done: _tell(done, orders))
    context.database.close()
    bare = sqlite3.connect(unfinished)
    bare.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    bare.execute("PRAGMA optimize")
    bare.close()
    unfinished.rename(path)
    return path


def _tell(done: int, orders: int) -> None:
    if done % 50_000 == 0 or done == orders:
        sys.stderr.write(f"demo orders: {done:,} of {orders:,}\n")


@contextmanager
def copy_of(orders: int, name: str) -> Iterator[Path]:
    """Lend a copy of a world that may be changed."""
    path = FOLDER / f"copy-{name}.db"
    shutil.copyfile(world(orders), path)
    try:
        yield path
    finally:
        for part in FOLDER.glob(f"{path.name}*"):
            part.unlink()


def context_of(path: Path) -> Context:
    """Open a database as the program does."""
    database = open_database(sqlite_url(path), "bench")
    return connect(database, "bench", "bench", None, Source.SCANNER)


def bare_connection(path: Path) -> sqlite3.Connection:
    """Open a database by the barest code, with the same pragmas."""
    return bare.connect(path, SQLITE_PRAGMAS)


def floor_peak(function: str, path: Path, number: int) -> float:
    """Return the peak memory of a floor in a process of its own, in MB."""
    return peak_of("tests.benchmarks.bare", function, str(path), json.dumps(SQLITE_PRAGMAS), str(number))


Statement = tuple[str, Any]


class Rows(list[Any]):
    """The values of a statement that is run once for each of them."""


class Recorder:
    """Notes the statements that units of work give to the driver, to be run again by the barest code."""

    def __init__(self) -> None:
        self.units: list[list[Statement]] = []

    def unit(self, context: Context, work: Callable[[], object]) -> None:
        """Note the statements of one piece of work as one transaction."""
        noted: list[Statement] = []
        run, rows, later = UnitOfWork.run, UnitOfWork.rows, UnitOfWork.later
        run_many, insert_in = UnitOfWork.run_many, UnitOfWork.insert_in

        def noting_run(uow: UnitOfWork, prepared: Prepared, values: Mapping[str, Any]) -> int:
            noted.append(_statement(context.database, prepared, values))
            return run(uow, prepared, values)

        def noting_rows(uow: UnitOfWork, prepared: Prepared, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
            noted.append(_statement(context.database, prepared, values))
            return rows(uow, prepared, values)

        def noting_later(uow: UnitOfWork, prepared: Prepared, values: Mapping[str, Any]) -> None:
            noted.append(_statement(context.database, prepared, values))
            later(uow, prepared, values)

        def noting_many(uow: UnitOfWork, prepared: Prepared, values: Sequence[Mapping[str, Any]]) -> None:
            compiled = prepared.for_many(context.database.engine.dialect)
            noted.append((compiled.sql, Rows(compiled.arguments(each) for each in values)))
            run_many(uow, prepared, values)

        def noting_insert(uow: UnitOfWork, table: str, names: Sequence[str], values: Iterable[Sequence[Any]]) -> None:
            kept = Rows(tuple(each) for each in values)
            noted.append((f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})", kept))
            insert_in(uow, table, names, kept)

        with (
            patch.object(UnitOfWork, "run_many", noting_many),
            patch.object(UnitOfWork, "insert_in", noting_insert),
            patch.object(UnitOfWork, "run", noting_run),
            patch.object(UnitOfWork, "rows", noting_rows),
            patch.object(UnitOfWork, "later", noting_later),
        ):
            work()
        self.units.append(noted)


def _statement(database: Database, prepared: Prepared, values: Mapping[str, Any]) -> Statement:
    compiled = prepared.compiled(database.engine.dialect, values)
    return compiled.sql, compiled.arguments(values)


def replay(connection: sqlite3.Connection, unit: list[Statement]) -> None:
    """Run the noted statements of one transaction."""
    connection.execute("BEGIN IMMEDIATE")
    for sql, arguments in unit:
        if isinstance(arguments, Rows):
            connection.executemany(sql, arguments)
        else:
            connection.execute(sql, arguments).fetchall()
    connection.execute("COMMIT")
