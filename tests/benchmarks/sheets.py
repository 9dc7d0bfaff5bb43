"""How far reading and writing 100,000 orders as files are from the bare libraries, in time and in memory.

The work and its floor run in turns, each in a process of its own; a ratio is the median of the rounds' ratios.
"""

import csv
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple, Self

from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from tests.benchmarks.figures import Figure, figure, peak_mb
from warehouse_desk.common.text import fold
from warehouse_desk.sheets.drafts import DraftLine, FileOrder
from warehouse_desk.sheets.importing import read_orders
from warehouse_desk.sheets.order_columns import ORDER_COLUMNS, order_cells
from warehouse_desk.sheets.writing import ColumnSpec, write_orders

ROWS: Final = 100_000
ROUNDS: Final = 3
_CITIES: Final = ("Casablanca", "Rabat", "Fès", "Marrakech", "Agadir", "Tanger", "Oujda", "El Jadida")
PRODUCTS: Final = 500
_STYLES: Final = {
    "text": "@", "whole": "0", "money": "#,##0.00", "day": "yyyy-mm-dd", "moment": "yyyy-mm-dd hh:mm",
}  # fmt: skip


class Cost(NamedTuple):
    """What one run took; the processor's time tells more where other programs are at work."""

    seconds: float
    cpu: float
    megabytes: float


def in_turns(about: str, work: Callable[[], Cost], floor: Callable[[], Cost], rounds: int = ROUNDS) -> list[Figure]:
    """Run both alternately, the one before the other and then the other way round, and compare them."""
    pairs = []
    for number in range(rounds):
        if number % 2:
            other = floor()
            pairs.append((work(), other))
        else:
            pairs.append((work(), floor()))
    figures = []
    for at, (what, unit) in enumerate((("time", "s"), ("processor", "s"), ("peak memory", "MB"))):
        mine, bare = (statistics.median(pair[side][at] for pair in pairs) for side in (0, 1))
        ratio = statistics.median(pair[0][at] / pair[1][at] for pair in pairs)
        figures.append({**figure(f"{about}, {what}", mine, bare, unit, ROWS), "ratio": round(ratio, 3)})
    return figures


def in_process(module: str, work: str, *arguments: str) -> Cost:
    """Run ``run_one`` of a module in a process of its own."""
    code = "import sys; from importlib import import_module; import_module(sys.argv[1]).run_one(*sys.argv[2:])"
    command = [sys.executable, "-c", code, module, work, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
    return Cost(*json.loads(done.stdout.splitlines()[-1]))


def tell(seconds: float, cpu: float) -> None:
    """Print what this process took."""
    sys.stdout.write(json.dumps([seconds, cpu, peak_mb()]) + "\n")


class Watch:
    """Adds up the time of the pieces of work that count."""

    def __init__(self) -> None:
        self.seconds = self.cpu = 0.0

    def __enter__(self) -> Self:
        self._began = time.perf_counter(), time.process_time()
        return self

    def __exit__(self, *_: object) -> None:
        self.seconds += time.perf_counter() - self._began[0]
        self.cpu += time.process_time() - self._began[1]


def orders(count: int = ROWS) -> Iterator[FileOrder]:
    """Yield different orders as a Moroccan shop has them, a third of them with two products."""
    for number in range(count):
        lines = tuple(
            DraftLine(
                f"SKU-{(number * 7 + more) % PRODUCTS:03d}",
                1 + (number + more) % 3,
                9_950 + number % 50 * 100,
            )
            for more in range(1 + (number % 3 == 0))
        )
        yield FileOrder(
            full_name=f"Client {number} محمد",
            phone=f"06{number:08d}",
            second_phone="" if number % 10 else f"+2127{number:08d}",
            city=_CITIES[number % len(_CITIES)],
            address=f"{number} rue des Fleurs, appartement {number % 90}",
            lines=lines,
            total=sum(quantity * price for _, quantity, price in lines),
            notes="" if number % 5 else "Appeler avant la livraison",
        )


def bare_workbook(path: Path, windows: Iterable[Sequence[Sequence[Any]]], columns: Sequence[ColumnSpec]) -> Watch:
    """Write the same cells into the same styled, frozen and filtered sheet, by the library's own loop.

    The windows of rows come ready; getting them does not count. Money comes in centimes.
    """
    watch, number = Watch(), 0
    with watch:
        book = Workbook(str(path), {"constant_memory": True, "tmpdir": str(path.parent)})
        sheet = book.add_worksheet()
        styles = {kind: book.add_format({"num_format": form}) for kind, form in _STYLES.items()}
        head = book.add_format({"bold": True, "bg_color": "#1F4E79", "font_color": "#FFFFFF"})
        for at, column in enumerate(columns):
            sheet.set_column(at, at, column.width, styles[column.kind])
            sheet.write_string(0, at, column.title, head)
        sheet.freeze_panes(1, 0)
        write_moment: Any = sheet.write_datetime
        is_money = [column.kind == "money" for column in columns]
    for window in windows:
        with watch:
            for number, row in enumerate(window, number + 1):  # noqa: B020 - it goes on counting
                for at, value in enumerate(row):
                    if isinstance(value, str):
                        if value:
                            sheet.write_string(number, at, value)
                    elif isinstance(value, int):
                        sheet.write_number(number, at, value / 100 if is_money[at] else value)
                    elif isinstance(value, date | datetime):
                        write_moment(number, at, value)
    with watch:
        sheet.autofilter(0, 0, number, len(columns) - 1)
        book.close()
    if number != ROWS:
        raise AssertionError(number)
    return watch


def _cells() -> Iterator[tuple[object, ...]]:
    return map(order_cells, orders())


def _read(path: Path) -> int:
    skus = {f"SKU-{number:03d}": True for number in range(PRODUCTS)}
    preview = read_orders(path, known_skus=skus, cities={fold(city): city for city in _CITIES})
    return preview.tally().clean


def _bare_read(path: Path) -> int:
    if path.suffix == ".xlsx":
        return len(CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()) - 1
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return len(list(csv.reader(stream))) - 1


def _write(path: Path) -> int:
    return write_orders(path.with_stem("written"), list(_cells()), ORDER_COLUMNS)


def _bare_write(path: Path) -> int:
    rows = list(_cells())
    if path.suffix == ".xlsx":
        bare_workbook(path.with_stem("bare"), [rows], ORDER_COLUMNS)
    else:
        with path.with_stem("bare").open("w", encoding="utf-8-sig", newline="") as stream:
            csv.writer(stream).writerows(rows)
    return len(rows)


_WORK: Final[dict[str, Callable[[Path], int]]] = {
    "read": _read,
    "bare read": _bare_read,
    "write": _write,
    "bare write": _bare_write,
}


def run_one(work: str, path: str) -> None:
    """Do one piece of work and print what it took."""
    with Watch() as watch:
        done = _WORK[work](Path(path))
    if done != ROWS:
        raise AssertionError(done)
    tell(watch.seconds, watch.cpu)


def measure() -> list[Figure]:
    """Measure reading and writing, .xlsx and .csv, without the database."""
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as folder:
        for ending in (".xlsx", ".csv"):
            path = Path(folder) / f"orders{ending}"
            write_orders(path, _cells(), ORDER_COLUMNS)
            for ours, about in (("read", "reading and judging"), ("write", "making and writing")):
                figures += in_turns(
                    f"{about} {ROWS:,} orders {ending}",
                    partial(in_process, __name__, ours, str(path)),
                    partial(in_process, __name__, f"bare {ours}", str(path)),
                )
    return figures
