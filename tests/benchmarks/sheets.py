"""How far reading and writing 100,000 orders are from the bare libraries, in time and in memory.

Run as ``python -m tests.benchmarks.sheets``. Each figure is the best of several runs, taken in turn with its
floor; each run is a process of its own, so that its peak memory is its own.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, TypedDict

from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from warehouse_desk.common.text import fold
from warehouse_desk.sheets.drafts import DraftLine, OrderDraft
from warehouse_desk.sheets.importing import read_orders
from warehouse_desk.sheets.order_columns import ORDER_COLUMNS, order_cells
from warehouse_desk.sheets.writing import write_orders

ROWS: Final = 100_000
RUNS: Final = 3
_CITIES: Final = ("Casablanca", "Rabat", "Fès", "Marrakech", "Agadir", "Tanger", "Oujda", "El Jadida")
_PRODUCTS: Final = 500


class Figure(TypedDict):
    """One measurement beside the least it could be."""

    name: str
    figure: float
    floor: float
    ratio: float
    unit: str
    n: int


def orders(count: int = ROWS) -> Iterator[OrderDraft]:
    """Yield different orders as a Moroccan shop has them, a third of them with two products."""
    for number in range(count):
        lines = tuple(
            DraftLine(
                f"SKU-{(number * 7 + more) % _PRODUCTS:03d}",
                1 + (number + more) % 3,
                9_950 + number % 50 * 100,
            )
            for more in range(1 + (number % 3 == 0))
        )
        yield OrderDraft(
            full_name=f"Client {number} محمد",
            phone=f"06{number:08d}",
            second_phone="" if number % 10 else f"+2127{number:08d}",
            city=_CITIES[number % len(_CITIES)],
            address=f"{number} rue des Fleurs, appartement {number % 90}",
            lines=lines,
            total=sum(quantity * price for _, quantity, price in lines),
            notes="" if number % 5 else "Appeler avant la livraison",
        )


def _import(path: Path) -> int:
    skus = {f"SKU-{number:03d}": True for number in range(_PRODUCTS)}
    preview = read_orders(path, known_skus=skus, cities={fold(city): city for city in _CITIES})
    return preview.tally().clean


def _bare_read(path: Path) -> int:
    return len(CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()) - 1


def _export(path: Path) -> int:
    return write_orders(path, _cells(), ORDER_COLUMNS)


def _bare_write(path: Path) -> int:
    """The same cells through the same writer, with no format, check or count: the floor of an export."""
    with Workbook(str(path), {"constant_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        row = 0
        for row, cells in enumerate(_cells(), 1):
            for column, cell in enumerate(cells):
                if isinstance(cell, str):
                    sheet.write_string(row, column, cell)
                elif isinstance(cell, int):
                    sheet.write_number(row, column, cell)
    return row


def _cells() -> Iterator[tuple[object, ...]]:
    return (order_cells(order) for order in orders())


_WORK: Final[dict[str, Callable[[Path], int]]] = {
    "import": _import,
    "bare read": _bare_read,
    "export": _export,
    "bare write": _bare_write,
}


def run_one(work: str, path: Path) -> None:
    """Do one piece of work and print its seconds and the process's peak memory in MB (Linux)."""
    if work == "bare write":
        path = path.with_name("bare.xlsx")
    if work == "export":
        path = path.with_name("export.xlsx")
    began = time.perf_counter()
    done = _WORK[work](path)
    seconds = time.perf_counter() - began
    assert done == ROWS, done
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    sys.stdout.write(json.dumps([seconds, int(status["VmHWM"].split()[0]) / 1024]))


def measure() -> list[Figure]:
    """Measure import against a bare read and export against a bare write: seconds, then megabytes."""
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "orders.xlsx"
        write_orders(path, _cells(), ORDER_COLUMNS)
        for ours, bare in (("import", "bare read"), ("export", "bare write")):
            runs = [(_measured(ours, path), _measured(bare, path)) for _ in range(RUNS)]
            for at, unit in enumerate(("s", "MB")):
                figure, floor = min(mine[at] for mine, _ in runs), min(base[at] for _, base in runs)
                figures.append(
                    Figure(
                        name=f"{ours} of {ROWS:,} orders .xlsx, against a {bare}",
                        figure=round(figure, 2),
                        floor=round(floor, 2),
                        ratio=round(figure / floor, 2),
                        unit=unit,
                        n=RUNS,
                    )
                )
    return figures


def _measured(work: str, path: Path) -> tuple[float, float]:
    code = (
        f"from pathlib import Path; from tests.benchmarks.sheets import run_one; run_one({work!r}, Path({str(path)!r}))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    seconds, megabytes = json.loads(run.stdout)
    return float(seconds), float(megabytes)


if __name__ == "__main__":
    for measured in measure():
        sys.stdout.write(json.dumps(measured, ensure_ascii=False) + "\n")
