"""The real window's order table at a million orders, beside Qt's own SQL models doing the same in a plain table view.

Each runs in a process of its own on the offscreen platform. "Painted" ends when the viewport has drawn rows that all
hold their orders. A stall is the longest time during which the GUI thread answered no timer; "without waiting for a
core" leaves out how long the thread was ready but other threads and programs had the cores (Linux tells), so that it
can be judged on a busy machine: what is left is the thread's own work and its waiting for the interpreter.
"""

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from tests.benchmarks.figures import Figure, figure
from tests.benchmarks.worlds import LARGE, world

JUMPS = 30
SEARCHES = ("Benjelloun", "06 12", "Rabat")
_TICK_MS = 2
_REST_S = 0.06
"""How long a hand rests at least between two jumps (s)."""
_PATIENCE = 600.0

_NAMES = {
    "first": ("first rows painted after choosing a status", "ms"),
    "jump": ("random jump to painted, median", "ms"),
    "worst jump": ("random jump to painted, worst", "ms"),
    "search": ("last keystroke to search result painted, median", "ms"),
    "stall": ("longest GUI stall", "ms"),
    "own stall": ("longest GUI stall without waiting for a core", "ms"),
    "memory": ("memory growth", "MB"),
}


def measure() -> list[Figure]:
    """Measure our table, QSqlTableModel and QSqlQueryModel; the floor of each figure is the better of Qt's two."""
    path = world(LARGE)
    ours, *theirs = (_in_a_process(who, path) for who in ("ours", "QSqlTableModel", "QSqlQueryModel"))
    figures = []
    for key, (name, unit) in _NAMES.items():
        for who, found in zip(("QSqlTableModel", "QSqlQueryModel"), theirs, strict=True):
            figures.append(figure(f"table, {name}, beside {who}", ours[key], found[key], unit, JUMPS))
    figures.append(figure("table, exact total known after opening all", ours["total"], 0, "ms", 1))
    return figures


def _in_a_process(who: str, path: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.benchmarks.table", who, str(path)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def _resident_mb(mark: str = "VmRSS") -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith(mark))
    return int(line.split()[1]) / 1024


def _painted_of(view: Any) -> Any:
    """Return what tells when a view is painted in the state that ``ready`` asks for."""
    from PySide6.QtCore import QEvent, QObject

    class Painted(QObject):
        ready: Callable[[], bool] | None = None

        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
            if event.type() == QEvent.Type.Paint and self.ready is not None and self.ready():
                self.ready = None
            return False

    found = view.findChild(QObject, "painted")
    if found is None:
        found = Painted(view)
        found.setObjectName("painted")
        view.viewport().installEventFilter(found)
    return found


def _waited_for_a_core() -> float:
    """Return how long this thread was ready to run and had no core, in seconds; 0 where the system does not tell."""
    schedule = Path("/proc/thread-self/schedstat")
    return int(schedule.read_text(encoding="ascii").split()[1]) / 1e9 if schedule.exists() else 0.0


class _Watch:
    """Runs the event loop until something is so, and notes how long the GUI thread was deaf at most."""

    def __init__(self) -> None:
        from PySide6.QtCore import Qt, QTimer

        self.stall = self.own_stall = 0.0
        self._last, self._waited = time.perf_counter(), _waited_for_a_core()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(_TICK_MS)

    def _tick(self) -> None:
        now, waited = time.perf_counter(), _waited_for_a_core()
        deaf = now - self._last - _TICK_MS / 1000
        self.stall = max(self.stall, deaf)
        self.own_stall = max(self.own_stall, deaf - (waited - self._waited))
        self._last, self._waited = now, waited

    def begin(self) -> None:
        """Forget what the start of the program cost."""
        self.stall = self.own_stall = 0.0
        self._last, self._waited = time.perf_counter(), _waited_for_a_core()
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak of memory begins here
        self._memory = _resident_mb()

    def end(self) -> dict[str, float]:
        """Return the longest stalls and the growth of memory at its peak."""
        growth = max(0.0, _resident_mb("VmHWM") - self._memory)
        return {"stall": self.stall * 1000, "own stall": self.own_stall * 1000, "memory": growth}

    def until(self, ready: Callable[[], bool]) -> float:
        """Run the event loop until something is so; return how long it took (s)."""
        from PySide6.QtCore import QCoreApplication, QEventLoop

        begun = time.perf_counter()
        while not ready():
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            if time.perf_counter() - begun > _PATIENCE:
                raise TimeoutError("the table never became ready")
        return time.perf_counter() - begun

    def rest(self) -> None:
        """Let the hand rest."""
        begun = time.perf_counter()
        self.until(lambda: time.perf_counter() - begun > _REST_S)

    def timed(self, work: Callable[[], object], ready: Callable[[], bool], view: Any) -> float:
        """Return how long something takes until it is painted (ms)."""
        painted = _painted_of(view)
        begun = time.perf_counter()
        work()
        painted.ready = ready
        if ready():  # what was painted while the work ran was not seen
            view.viewport().update()
        self.until(lambda: painted.ready is None)
        return (time.perf_counter() - begun) * 1000


class _Window:
    """The whole window on a million orders, as a supervisor has it open."""

    def __init__(self, app: Any, watch: _Watch) -> None:
        self.app, self.watch = app, watch
        self.window = app.window
        self.model, self.view = app.window.orders.model, app.window.orders.view
        self.opened: list[int] = []
        self.resets: list[bool] = []
        self.model.opened.connect(self.opened.append)
        self.model.modelReset.connect(lambda: self.resets.append(True))

    def shown(self) -> bool:
        """Tell whether every visible row holds its order."""
        top, bottom = self.view.rowAt(0), self.view.rowAt(self.view.viewport().height() - 1)
        bottom = self.model.rowCount() - 1 if bottom < 0 else bottom
        return top >= 0 and all(self.model.row_at(row) is not None for row in range(top, bottom + 1))

    def shows(self, status: Any) -> bool:
        first = self.model.row_at(0)
        return self.shown() and first is not None and first.status is status and self.model.query.status is status

    def wait_for_total(self, work: Callable[[], object]) -> float:
        self.opened.clear()
        work()
        return self.watch.until(lambda: bool(self.opened)) * 1000

    def choose(self, row: int, status: Any) -> float:
        self.opened.clear()
        taken = self.watch.timed(
            partial(self.window.navigation.setCurrentRow, row), partial(self.shows, status), self.view
        )
        self.watch.until(lambda: bool(self.opened))
        return taken

    def search(self, keyword: str) -> float:
        from PySide6.QtTest import QTest

        field = self.window.toolbar.search
        if field.text():
            self.wait_for_total(field.clear)
        QTest.keyClicks(field, keyword[:-1])
        self.resets.clear()
        found = self.watch.timed(
            partial(QTest.keyClicks, field, keyword[-1]),
            lambda: self.model.query.keyword == keyword and bool(self.resets) and self.shown(),
            self.view,
        )
        if not self.opened:
            self.watch.until(lambda: bool(self.opened))
        return found


def _ours(path: Path) -> dict[str, float]:
    from PySide6.QtWidgets import QApplication

    from tests.benchmarks.worlds import context_of
    from warehouse_desk.app.window import WindowApp, WindowOptions
    from warehouse_desk.domain.status import Status
    from warehouse_desk.services.desk import Desk
    from warehouse_desk.ui import theme

    qt = QApplication([])
    theme.set_up(qt)
    with tempfile.TemporaryDirectory() as folder:
        options = WindowOptions(settings_file=Path(folder) / "window.ini")
        watch = _Watch()
        desk = _Window(WindowApp(options, lambda _who: Desk(context_of(path)), qt), watch)
        desk.window.resize(1920, 1080)
        desk.window.show()
        desk.app.connect_station()
        watch.until(lambda: int(desk.model.rowCount()) > 0)
        watch.begin()
        total = desk.wait_for_total(lambda: None)
        rows = [None, *Status]
        firsts = [desk.choose(rows.index(each), each) for each in (Status.PACKED, Status.DELIVERED, Status.NEW)]
        desk.wait_for_total(partial(desk.window.navigation.setCurrentRow, 0))
        jumps = _jumps(watch, desk.view, desk.model.rowCount(), desk.shown)
        searches = [desk.search(keyword) for keyword in SEARCHES]
        found = watch.end()
        desk.window.close()
    return _figures(firsts, jumps, searches) | found | {"total": total}


def _jumps(watch: _Watch, view: Any, rows: int, shown: Callable[[], bool]) -> list[float]:
    dice = random.Random(7)  # noqa: S311 - places to jump to
    places = [dice.randrange(rows) for _ in range(JUMPS)]
    jumps = []
    for at in places:
        watch.rest()
        jumps.append(watch.timed(partial(view.verticalScrollBar().setValue, at), shown, view))
    return jumps


def _figures(firsts: list[float], jumps: list[float], searches: list[float]) -> dict[str, float]:
    return {
        "first": statistics.median(firsts),
        "jump": statistics.median(jumps),
        "worst jump": max(jumps),
        "search": statistics.median(searches),
    }


def _theirs(who: str, path: Path) -> dict[str, float]:
    from PySide6.QtSql import QSqlDatabase, QSqlQueryModel, QSqlTableModel
    from PySide6.QtWidgets import QApplication, QTableView

    qt = QApplication([])
    database = QSqlDatabase.addDatabase("QSQLITE")
    database.setDatabaseName(str(path))
    assert database.open()
    view, watch = QTableView(), _Watch()
    model: Any = QSqlTableModel(None, database) if who == "QSqlTableModel" else QSqlQueryModel()
    view.setModel(model)
    view.resize(1920, 1080)
    view.show()
    columns = "id, reference, status, full_name, phone, city, total, created_at, held, label_count, version"

    def show(condition: str) -> None:
        where = f"deleted_at IS NULL {condition}"
        if isinstance(model, QSqlTableModel):
            model.setTable("orders")
            model.setFilter(f"{where} ORDER BY id DESC")
            model.select()
        else:
            model.setQuery(f"SELECT {columns} FROM orders WHERE {where} ORDER BY id DESC", database)

    def ready() -> bool:
        return int(model.rowCount()) > 0

    watch.until(lambda: True)
    watch.begin()
    statuses = ("PACKED", "DELIVERED", "NEW")
    firsts = [watch.timed(partial(show, f"AND status = '{s}'"), ready, view) for s in statuses]
    show("")
    qt.processEvents()

    def jump(row: int) -> None:
        while model.rowCount() <= row and model.canFetchMore():
            model.fetchMore()
            if model.rowCount() % 51_200 == 0:
                qt.processEvents()
        view.verticalScrollBar().setValue(row)

    dice = random.Random(7)  # noqa: S311 - places to jump to
    jumps = []
    for _ in range(JUMPS):
        watch.rest()
        jumps.append(watch.timed(partial(jump, dice.randrange(LARGE - 1)), ready, view))
    folded = ("name_folded LIKE '%benjelloun%'", "phone_keys LIKE '%612%'", "city_folded LIKE '%rabat%'")
    searches = [watch.timed(partial(show, f"AND {each}"), ready, view) for each in folded]
    qt.processEvents()
    return _figures(firsts, jumps, searches) | watch.end()


if __name__ == "__main__":
    answer = _ours(Path(sys.argv[2])) if sys.argv[1] == "ours" else _theirs(sys.argv[1], Path(sys.argv[2]))
    sys.stdout.write(json.dumps(answer) + "\n")
