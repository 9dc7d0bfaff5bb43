"""From a file of 100,000 orders to stored orders and back, against reading, inserting and writing bare.

The floor of an import is the bare reading of the file and bare bulk inserts of the very rows that the import makes;
the floor of an export is a bare loop that writes the very cells that the export makes.
"""

import json
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from tests.benchmarks.figures import Figure, figure, peak_mb
from tests.benchmarks.sheets import ROWS, orders
from tests.benchmarks.worlds import bare_connection, context_of
from warehouse_desk.data import bulk, order_exports
from warehouse_desk.data.database import UnitOfWork
from warehouse_desk.data.tables import product
from warehouse_desk.domain.finding import OrderFilter
from warehouse_desk.services.context import Context
from warehouse_desk.services.export_columns import DEFAULT_COLUMNS, columns_named, fields_of, takes_of
from warehouse_desk.services.exports import ExportRequest, export_now
from warehouse_desk.services.imports import read_file, store
from warehouse_desk.sheets.order_columns import ORDER_COLUMNS, order_cells
from warehouse_desk.sheets.writing import write_orders

RUNS = 3
_PRODUCTS = 500
_TABLES = ("orders", "order_line", "order_event", "outbox", "stock_movement", "change_log", "import_file")


def measure() -> list[Figure]:
    """Measure import and export in processes of their own: seconds and peak memory, work and floor in turns."""
    figures = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_orders(folder / "orders.xlsx", map(order_cells, orders()), ORDER_COLUMNS)
        for ours, bare, about in (
            ("import", "bare_import", f"import of {ROWS:,} orders .xlsx into the database"),
            ("export", "bare_export", f"export of {ROWS:,} orders to .xlsx"),
        ):
            pairs = [(_run(ours, folder), _run(bare, folder)) for _ in range(RUNS)]
            for at, unit in enumerate(("s", "MB")):
                best = min(mine[at] for mine, _ in pairs), min(floor[at] for _, floor in pairs)
                figures.append(figure(f"{about}, {'time' if unit == 's' else 'peak memory'}", *best, unit, ROWS))
    return figures


def _run(work: str, folder: Path) -> tuple[float, float]:
    code = f"from tests.benchmarks.imports import run_one; run_one({work!r}, {str(folder)!r})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    seconds, megabytes = json.loads(done.stdout.splitlines()[-1])
    return float(seconds), float(megabytes)


def run_one(work: str, folder: str) -> None:
    """Do one piece of work and print its seconds and this process's peak memory in MB."""
    seconds = {"import": _import, "bare_import": _bare_import, "export": _export, "bare_export": _bare_export}[work](
        Path(folder)
    )
    sys.stdout.write(json.dumps([seconds, peak_mb()]) + "\n")


def _new_desk(path: Path) -> Context:
    for part in path.parent.glob(f"{path.name}*"):
        part.unlink()
    context = context_of(path)

    def stock(uow: UnitOfWork) -> None:
        names = ("sku", "name", "active", "committed")
        bulk.load_rows(uow, product, names, [(f"SKU-{n:03d}", f"Produit {n}", True, 0) for n in range(_PRODUCTS)])

    context.database.transact(stock)
    return context


def _import(folder: Path) -> float:
    """Import the file into a new database, which is left for the others."""
    context = _new_desk(folder / "desk.db")
    began = time.perf_counter()
    done = store(context, read_file(context, folder / "orders.xlsx"))
    seconds = time.perf_counter() - began
    context.database.close()
    if len(done.references) != ROWS:
        raise AssertionError(done)
    return seconds


def _bare_import(folder: Path) -> float:
    """Read the file and insert ready rows; they stream from the other database, outside the time that counts."""
    context = _new_desk(folder / "bare.db")
    context.database.close()
    source = bare_connection(folder / "desk.db")
    target = bare_connection(folder / "bare.db")
    began = time.perf_counter()
    read = len(CalamineWorkbook.from_path(folder / "orders.xlsx").get_sheet_by_index(0).to_python()) - 1
    seconds = time.perf_counter() - began
    if read != ROWS:
        raise AssertionError(read)
    began = time.perf_counter()
    target.execute("BEGIN IMMEDIATE")
    seconds += time.perf_counter() - began
    for table in _TABLES:
        for statement, rows in _ready(source, table):
            began = time.perf_counter()
            target.executemany(statement, rows)
            seconds += time.perf_counter() - began
    began = time.perf_counter()
    target.execute("COMMIT")
    seconds += time.perf_counter() - began
    source.close()
    target.close()
    return seconds


def _ready(source: sqlite3.Connection, table: str) -> Iterator[tuple[str, list[Any]]]:
    cursor = source.execute(f"SELECT * FROM {table}")
    places = ", ".join("?" * len(cursor.description))
    while rows := cursor.fetchmany(20_000):
        yield f"INSERT INTO {table} VALUES ({places})", rows


def _export(folder: Path) -> float:
    context = context_of(folder / "desk.db")
    began = time.perf_counter()
    done = export_now(context, ExportRequest(str(folder / "export.xlsx")))
    seconds = time.perf_counter() - began
    context.database.close()
    if done != ROWS:
        raise AssertionError(done)
    return seconds


def _bare_export(folder: Path) -> float:
    """Write the cells, each by its type; reading the orders does not count."""
    context = context_of(folder / "desk.db")
    columns = columns_named(DEFAULT_COLUMNS)
    takes = takes_of(columns, fields_of(columns))
    windows = order_exports.matching(context.database, fields_of(columns), OrderFilter())
    seconds = 0.0
    book = Workbook(str(folder / "bare.xlsx"), {"constant_memory": True, "tmpdir": str(folder)})
    sheet = book.add_worksheet()
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    write_moment: Any = sheet.write_datetime
    writers: dict[type, Any] = {str: sheet.write_string, int: sheet.write_number}
    number = 0
    for window in windows:
        ready = [[take(row) for take in takes] for row in window]
        began = time.perf_counter()
        for row in ready:
            for at, value in enumerate(row):
                if value is None:
                    continue
                if isinstance(value, date | datetime):
                    write_moment(number, at, value, moment)
                else:
                    writers[type(value)](number, at, value)
            number += 1
        seconds += time.perf_counter() - began
    began = time.perf_counter()
    book.close()
    seconds += time.perf_counter() - began
    context.database.close()
    if number != ROWS:
        raise AssertionError(number)
    return seconds
