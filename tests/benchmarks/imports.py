"""From a file of 100,000 orders to stored orders and back, against reading, inserting and writing bare.

The floor of an import is the bare reading of the file and bare bulk inserts of the very rows that the import makes
(COPY in PostgreSQL); the floor of an export to .xlsx is a bare loop that writes the very cells that the export makes,
without reading them from the database; the floor of an export to .csv reads them by plain SQL and writes them.
"""

import csv
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import psycopg
from python_calamine import CalamineWorkbook
from sqlalchemy.engine import make_url

from tests.benchmarks.figures import Figure
from tests.benchmarks.sheets import PRODUCTS, ROWS, Cost, Watch, bare_workbook, in_process, in_turns, orders, tell
from tests.benchmarks.worlds import bare_connection
from tests.support import run
from tests.support.postgres import PostgresServer, shared_server
from warehouse_desk.data import bulk
from warehouse_desk.data.engine.database import UnitOfWork, sqlite_url
from warehouse_desk.data.files import exports
from warehouse_desk.data.tables import product
from warehouse_desk.domain.orders.finding import OrderFilter
from warehouse_desk.domain.people.caller import Source
from warehouse_desk.services.connect import connect, open_database
from warehouse_desk.services.context import Context
from warehouse_desk.services.desk import Desk
from warehouse_desk.services.files.export_columns import DEFAULT_COLUMNS, cells_of, columns_named, fields_of
from warehouse_desk.services.files.exports import ExportRequest
from warehouse_desk.sheets.order_columns import ORDER_COLUMNS, order_cells
from warehouse_desk.sheets.writing import write_orders

_ROUNDS = 3
_TABLES = ("orders", "order_line", "order_event", "outbox", "stock_movement", "change_log", "import_file")
_CHUNK = 20_000
_ABOUT = {
    "import": f"import of {ROWS:,} orders .xlsx into SQLite",
    "export": f"export of {ROWS:,} orders to .xlsx",
    "export_csv": f"export of {ROWS:,} orders to .csv",
}


def measure() -> list[Figure]:
    """Measure imports and exports in processes of their own, work and floor in turns."""
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as name, _postgres() as server:
        folder = Path(name)
        write_orders(folder / "orders.xlsx", map(order_cells, orders()), ORDER_COLUMNS)
        for work, about in _ABOUT.items():
            figures += in_turns(
                about,
                partial(in_process, __name__, work, name),
                partial(in_process, __name__, f"bare_{work}", name),
                _ROUNDS,
            )
        theirs = server.url(server.create_database())

        def bare() -> Cost:
            new = server.create_database()
            cost = in_process(__name__, "bare_import_shared", name, theirs, server.url(new))
            server.drop_database(new)
            return cost

        figures += in_turns(
            f"import of {ROWS:,} orders .xlsx into PostgreSQL",
            partial(in_process, __name__, "import_shared", name, theirs),
            bare,
            _ROUNDS,
        )
    return figures


@contextmanager
def _postgres() -> Iterator[PostgresServer]:
    run.begin()
    try:
        yield shared_server(run.folder(), fsync=True)
    finally:
        run.end()


def run_one(work: str, folder: str, *urls: str) -> None:
    """Do one piece of work and print what it took."""
    watch: Watch = globals()[f"_{work}"](Path(folder), *urls)
    tell(watch.seconds, watch.cpu)


def _desk(url: str) -> Context:
    return connect(open_database(url, "bench"), "bench", "bench", None, Source.SCANNER)


def _fill(context: Context) -> None:
    def stock(uow: UnitOfWork) -> None:
        names = ("sku", "name", "active", "committed")
        bulk.load_rows(uow, product, names, [(f"SKU-{n:03d}", f"Produit {n}", True, 0) for n in range(PRODUCTS)])

    context.database.transact(stock)


def _new_desk(path: Path) -> Context:
    for part in path.parent.glob(f"{path.name}*"):
        part.unlink()
    context = _desk(sqlite_url(path))
    _fill(context)
    return context


def _import(folder: Path) -> Watch:
    """Import the file into a new database, which is left for the others."""
    return _imported(_new_desk(folder / "desk.db"), folder)


def _import_shared(folder: Path, url: str) -> Watch:
    """Import the file into an emptied database."""
    context = _desk(url)
    with psycopg.connect(_plain(url), autocommit=True) as connection:
        connection.execute(f"TRUNCATE {', '.join(_TABLES)}, product RESTART IDENTITY CASCADE")
        connection.execute("UPDATE counter SET value = 0")
    _fill(context)
    return _imported(context, folder)


def _imported(context: Context, folder: Path) -> Watch:
    with Watch() as watch:
        imports = Desk(context).files.imports
        done = imports.store(imports.read(folder / "orders.xlsx"))
    context.database.close()
    if len(done.references) != ROWS:
        raise AssertionError(done)
    return watch


def _bare_read(folder: Path) -> Watch:
    with Watch() as watch:
        read = len(CalamineWorkbook.from_path(folder / "orders.xlsx").get_sheet_by_index(0).to_python()) - 1
    if read != ROWS:
        raise AssertionError(read)
    return watch


def _bare_import(folder: Path) -> Watch:
    """Read the file and insert ready rows; they stream from the other database, outside the time that counts."""
    _new_desk(folder / "bare.db").database.close()
    source, target = bare_connection(folder / "desk.db"), bare_connection(folder / "bare.db")
    watch = _bare_read(folder)
    with watch:
        target.execute("BEGIN IMMEDIATE")
    for table in _TABLES:
        for statement, rows in _ready(source, table):
            with watch:
                target.executemany(statement, rows)
    with watch:
        target.execute("COMMIT")
    source.close()
    target.close()
    return watch


def _ready(source: sqlite3.Connection, table: str) -> Iterator[tuple[str, list[Any]]]:
    cursor = source.execute(f"SELECT * FROM {table}")
    places = ", ".join("?" * len(cursor.description))
    while rows := cursor.fetchmany(_CHUNK):
        yield f"INSERT INTO {table} VALUES ({places})", rows


def _bare_import_shared(folder: Path, theirs: str, url: str) -> Watch:
    """Read the file and COPY ready rows of text into a new database, in one transaction."""
    context = _desk(url)
    _fill(context)
    context.database.close()
    watch = _bare_read(folder)
    with psycopg.connect(_plain(theirs)) as source, psycopg.connect(_plain(url)) as target:
        for table in _TABLES:
            with source.cursor() as cursor, cursor.copy(f"COPY {table} TO STDOUT") as taken:
                rows = list(taken.rows())
            with watch, target.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN") as given:
                for row in rows:
                    given.write_row(row)
        with watch:
            target.commit()
    return watch


def _plain(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def _export(folder: Path) -> Watch:
    return _exported(folder, "export.xlsx")


def _export_csv(folder: Path) -> Watch:
    return _exported(folder, "export.csv")


def _exported(folder: Path, name: str) -> Watch:
    context = _desk(sqlite_url(folder / "desk.db"))
    with Watch() as watch:
        done = Desk(context).files.exports.write(ExportRequest(str(folder / name)))
    context.database.close()
    if done != ROWS:
        raise AssertionError(done)
    return watch


def _bare_export(folder: Path) -> Watch:
    context = _desk(sqlite_url(folder / "desk.db"))
    columns = columns_named(DEFAULT_COLUMNS)
    cells = cells_of(columns, fields_of(columns))
    windows = exports.windows_of_filter(context.database, fields_of(columns), OrderFilter())
    ready = ([cells(row) for row in window] for window in windows)
    watch = bare_workbook(folder / "bare.xlsx", ready, [column.spec for column in columns])
    context.database.close()
    return watch


_FIELDS = (
    "o.reference, o.status, o.created_at, o.full_name, o.phone, o.second_phone, o.city, o.address, o.total, o.notes, "
    "c.name, o.tracking_number, d.name, o.packed_on, o.shipped_on, o.delivered_on, o.returned_on, o.canceled_on"
)


def _bare_export_csv(folder: Path) -> Watch:
    """Read by plain SQL, write by the plain module."""
    source = bare_connection(folder / "desk.db")
    with Watch() as watch, (folder / "bare.csv").open("w", encoding="utf-8-sig", newline="") as stream:
        lines = source.execute(
            "SELECT l.order_id, p.sku, l.quantity, l.price FROM order_line l JOIN product p ON p.id = l.product_id "
            "ORDER BY l.order_id, l.position"
        )
        products = {
            number: tuple("|".join(map(str, items)) for items in list(zip(*group, strict=True))[1:])
            for number, group in groupby(lines, itemgetter(0))
        }
        found = source.execute(
            f"SELECT o.id, {_FIELDS} FROM orders o LEFT JOIN shipping_company c ON c.id = o.shipping_company_id "
            "LEFT JOIN delivery_person d ON d.id = o.delivery_person_id WHERE o.deleted_at IS NULL ORDER BY o.id DESC"
        )
        csv.writer(stream, delimiter=";").writerows((*row[1:9], *products[row[0]], *row[9:]) for row in found)
    source.close()
    return watch
