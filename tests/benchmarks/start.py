"""From the command to a window that can be used, against an empty PySide6 window."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks.figures import Figure, figure
from tests.benchmarks.worlds import SMALL, world

ROUNDS = 7
_REPORT = """
import sys, time
from PySide6.QtCore import QTimer
from tests.benchmarks.figures import peak_mb

def tell(what):
    peak = peak_mb()
    sys.stdout.write(f"{what} {time.time()} {peak}\\n")
    sys.stdout.flush()
"""
_EMPTY = (
    _REPORT
    + """
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.show()
QTimer.singleShot(0, lambda: (tell("shown"), tell("usable"), app.quit()))
app.exec()
"""
)
_OURS = (
    _REPORT
    + """
from PySide6.QtWidgets import QApplication
from warehouse_desk.app.run import run
from warehouse_desk.ui.shell.window import MainWindow

show, ready = MainWindow.show_as_left, MainWindow._on_opened

def shown(window):
    show(window)
    QTimer.singleShot(0, lambda: tell("shown"))

def usable(window, station):
    ready(window, station)
    QTimer.singleShot(0, lambda: (tell("usable"), QApplication.instance().quit()))

MainWindow.show_as_left, MainWindow._on_opened = shown, usable
run(["--data-dir", sys.argv[1]])
"""
)


def measure() -> list[Figure]:
    """Measure the first picture, the usable window with 10,000 orders, and the memory of each."""
    with _profile() as folder:
        ours = [_started(_OURS, folder) for _ in range(ROUNDS)]
        empty = [_started(_EMPTY, folder) for _ in range(ROUNDS)]
    figures = []
    for what in ("shown", "usable"):
        best, floor = min(each[what][0] for each in ours), min(each[what][0] for each in empty)
        figures.append(figure(f"start to {what} window", best * 1000, floor * 1000, "ms", ROUNDS))
    memory = max(each["usable"][1] for each in ours), max(each["usable"][1] for each in empty)
    figures.append(figure("usable window, peak memory", *memory, "MB", ROUNDS))
    return figures


@contextmanager
def _profile() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="warehouse-desk-bench-") as name:
        shutil.copyfile(world(SMALL), Path(name) / "warehouse-desk.db")
        yield Path(name)


def _started(code: str, folder: Path) -> dict[str, tuple[float, float]]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "DISPLAY": os.environ.get("DISPLAY", ":none")}
    began = time.time()
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
        timeout=60,
    )
    lines = (line.split() for line in done.stdout.splitlines())
    return {what: (float(moment) - began, float(peak)) for what, moment, peak in lines}
