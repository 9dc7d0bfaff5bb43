"""A hostile or broken file ends in one sentence, in little memory and time."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from tests.sheets.corpus.hostile import HOSTILE, Hostile
from tests.sheets.corpus.making import CITIES, SKUS, book, row
from warehouse_desk.sheets.errors import FileNotReachable, Stopped
from warehouse_desk.sheets.headings import ORDER_HEADINGS
from warehouse_desk.sheets.importing import read_orders

_ROOT = Path(__file__).parents[2]
_READ = """
import json, resource, sys, time
resource.setrlimit(resource.RLIMIT_AS, (2_000_000_000, 2_000_000_000))
from pathlib import Path
from warehouse_desk.domain.errors import DeskError
from warehouse_desk.sheets.importing import read_orders
began = time.perf_counter()
try:
    read_orders(Path(sys.argv[1]), known_skus={}, cities={})
    error, said = "", ""
except DeskError as refused:
    error, said = type(refused).__name__, str(refused)
seconds = time.perf_counter() - began
status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
print(json.dumps([error, said, int(status["VmHWM"].split()[0]) / 1024, seconds]))
"""
MOST_MEMORY = 200
"""MB for the whole process, as much as an honest sheet of 100,000 orders takes."""
MOST_TIME = 5
"""Seconds; on a free machine the slowest, a million rows, takes less than one."""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is read from /proc")
@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda hostile: hostile.name)
def test_a_hostile_file_ends_in_a_sentence(hostile: Hostile, tmp_path: Path) -> None:
    path = tmp_path / hostile.name
    hostile.make(path)
    run = subprocess.run(
        [sys.executable, "-c", _READ, str(path)],
        cwd=_ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    error, said, megabytes, seconds = json.loads(run.stdout)
    assert error == hostile.error, said
    assert hostile.words in said
    assert hostile.name in said
    assert megabytes < MOST_MEMORY
    assert seconds < MOST_TIME


def test_one_long_note_does_not_make_a_workbook_hostile(tmp_path: Path) -> None:
    """The longest text times the cells would be a gigabyte; the cells are counted one by one."""
    path = tmp_path / "orders.xlsx"
    with Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ORDER_HEADINGS)
        for number in range(1, 4_001):
            sheet.write_row(number, 0, map(str, row(notes="x" * 30_000 if number == 1 else "")))
    preview = read_orders(path, known_skus=SKUS, cities=CITIES)
    assert (len(preview.rows), [row.number for row in preview.rows if not row.is_valid]) == (4_000, [2])


def test_a_permission_refused_by_the_system_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "private.xlsx"
    path.write_bytes(b"x")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(FileNotReachable, match=r"private\.xlsx cannot be opened\. Close it in Excel"):
        read_orders(path, known_skus={}, cities={})


def test_reading_can_be_stopped(tmp_path: Path) -> None:
    path = tmp_path / "orders.xlsx"
    book(row())(path)
    with pytest.raises(Stopped):
        read_orders(path, known_skus={}, cities={}, cancelled=lambda: True)
