"""From the scanner's Enter to the answer on disk and on the screen, in the real window over a million orders.

A reading goes the whole way: key by key through the window to the recogniser, the queue, the database and the verdict.
The floor of "committed" is the same statements by the bare driver, on an equal database: one durable transaction to
receive, one to answer. The floor of "painted" is that and one repainting of the same answer.
"""

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

from tests.benchmarks import postgres_worlds
from tests.benchmarks.figures import Figure, figure, median_ms, percentile_ms
from tests.benchmarks.worlds import LARGE, Recorder, Statement, bare_connection, copy_of, replay
from tests.wedge.scanner import Scanner
from warehouse_desk.common.ids import new_id
from warehouse_desk.data.engine.database import sqlite_url
from warehouse_desk.domain.orders.finding import OrderFilter
from warehouse_desk.domain.orders.step_options import StepOptions
from warehouse_desk.domain.people.caller import Source
from warehouse_desk.domain.scanning.modes import ModeName
from warehouse_desk.domain.scanning.scans import ScanAnswer
from warehouse_desk.domain.status import Status
from warehouse_desk.services.connect import connect, open_database
from warehouse_desk.services.context import Context
from warehouse_desk.services.desk import Desk
from warehouse_desk.services.directories.directories import Directories
from warehouse_desk.services.orders.orders import Orders
from warehouse_desk.services.scanning.readings import Readings
from warehouse_desk.services.scanning.request import ScanRequest

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication, QMainWindow

SCANS, WARM = 320, 20
GAP_MS, PAUSE_MS = 4, 100
"""Between two keys of a reading as they are stamped (a quick scanner), and between two readings (a quick hand)."""

PATIENCE_SECONDS = 20

Unit = list[Statement]
Replay = Callable[[Unit], None]


def measure() -> list[Figure]:
    """Measure ship scans at 1,000,000 orders; each is followed by its floor, so that load hits both alike."""
    repaint = _repaint()
    return [*_on_sqlite(repaint), *_on_postgresql(repaint)]


def _on_sqlite(repaint: float) -> list[Figure]:
    with copy_of(LARGE, "noted") as noted:
        units = _noted(sqlite_url(noted))
    with copy_of(LARGE, "bare") as bare, copy_of(LARGE, "window") as path, closing(bare_connection(bare)) as connection:
        return _figures("SQLite", _window(sqlite_url(path), _floor(partial(replay, connection), units)), repaint)


def _on_postgresql(repaint: float) -> list[Figure]:
    with postgres_worlds.server() as server:
        with postgres_worlds.copy_of(server, LARGE) as noted:
            units = _noted(server.url(noted))
        with (
            postgres_worlds.copy_of(server, LARGE) as bare,
            postgres_worlds.copy_of(server, LARGE) as name,
            closing(server.connect(bare)) as connection,
        ):
            floor = _floor(partial(postgres_worlds.replay, connection), units)
            return _figures("PostgreSQL", _window(server.url(name), floor), repaint)


@dataclass(frozen=True, slots=True)
class _Times:
    """Seconds of each scan, and of its floor."""

    committed: list[float]
    painted: list[float]
    floor: list[float]


def _figures(engine: str, times: _Times, repaint: float) -> list[Figure]:
    made = []
    floors = {"committed": times.floor, "painted": [seconds + repaint for seconds in times.floor]}
    for what, ours in (("committed", times.committed), ("painted", times.painted)):
        name, floor = f"{engine} at {LARGE:,}: Enter to {what}", floors[what]
        made.append(figure(f"{name}, p50", median_ms(ours), median_ms(floor), "ms", len(ours)))
        made.append(figure(f"{name}, p99", percentile_ms(ours, 0.99), percentile_ms(floor, 0.99), "ms", len(ours)))
    return made


def _work(context: Context) -> tuple[list[str], StepOptions]:
    page = Orders(context).find(OrderFilter(Status.PACKED), per_page=SCANS)
    own = next(w for w in Directories(context).warehouses() if w.shipping_company_id is None)
    return [row.reference for row in page.rows], StepOptions(date=context.today(), warehouse_id=own.id)


def _noted(url: str) -> Iterator[tuple[Unit, Unit]]:
    """Note the statements of each scan, received and answered, on a copy."""
    context = connect(open_database(url, "bench"), "bench", "bench", None, Source.SCANNER)
    recorder = Recorder()
    scanning = Desk(context).scanning
    references, given = _work(context)
    for reference in references:
        scan_id = new_id()
        request = ScanRequest(mode=ModeName.SHIP, code=reference, options=given)
        recorder.unit(context, partial(scanning.receive, request, scan_id))
        recorder.unit(context, partial(scanning.process, scan_id))
    context.database.close()
    return iter(list(zip(recorder.units[::2], recorder.units[1::2], strict=True)))


def _floor(run: Replay, units: Iterator[tuple[Unit, Unit]]) -> Callable[[], float]:
    """Return what runs the statements of the next scan again by the barest code and tells the seconds."""

    def next_one() -> float:
        received, answered = next(units)
        started = time.perf_counter()
        run(received)
        run(answered)
        return time.perf_counter() - started

    return next_one


def _repaint() -> float:
    """Return how long one painting of the answer takes, in seconds."""
    from warehouse_desk.ui.scanner.verdict import VerdictPanel
    from warehouse_desk.ui.scanner.wording import Verdict

    app = _application()
    panel = VerdictPanel()
    panel.resize(900, 400)
    panel.show()
    app.processEvents()
    times = []
    for number in range(50):
        panel.verdict = Verdict("done", "SHIPPED", f"ORD-{number:05d}", "It was Packed. Next parcel.")
        started = time.perf_counter()
        panel.repaint()
        times.append(time.perf_counter() - started)
    panel.close()
    return sorted(times)[len(times) // 2]


def _application() -> "QApplication":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from warehouse_desk.ui import theme

    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(["bench"])
        theme.set_up(app)
    return app


class _Moments:
    """When each order's answer was committed and painted."""

    def __init__(self) -> None:
        self.committed: dict[str, float] = {}
        self.painted: dict[str, float] = {}

    @contextmanager
    def noted(self) -> Iterator[None]:
        """Watch the service and the panel."""
        from warehouse_desk.ui.scanner.verdict import VerdictPanel

        paint, process = VerdictPanel.paintEvent, Readings.process

        def noting_paint(panel: VerdictPanel, event: "QPaintEvent") -> None:
            paint(panel, event)
            if panel.verdict.level == "done":
                self.painted.setdefault(panel.verdict.reference, time.perf_counter())

        def noting_process(readings: Readings, scan_id: str) -> ScanAnswer:
            answer = process(readings, scan_id)
            self.committed[answer.result.reference] = time.perf_counter()
            return answer

        with patch.object(VerdictPanel, "paintEvent", noting_paint), patch.object(Readings, "process", noting_process):
            yield


def _window(url: str, floor: Callable[[], float]) -> _Times:
    """Scan in the real window: Enter pressed in its field to answer committed, and to answer painted."""
    app = _application()
    from warehouse_desk.app.window import WindowApp, WindowOptions

    moments, started, floors = _Moments(), {}, []
    with tempfile.TemporaryDirectory() as folder, moments.noted():
        running = WindowApp(WindowOptions(settings_file=Path(folder) / "window.ini"), lambda _who: _desk(url), app)
        window = running.window
        window.resize(1280, 800)
        window.show()
        running.connect_station()
        _until(app, lambda: window.workplace.station.current is not None)
        pane = window.scanner
        pane.sounds.muted = True
        pane.controls.set_mode("ship")
        pane.controls.sticky.warehouse.setCurrentIndex(0)
        context = _desk(url).context
        references, _ = _work(context)
        context.database.close()
        _on_x11(window)
        for reference in references:
            _until(app, lambda: not pane.intake.waiting)
            _let_pass(app, PAUSE_MS)
            started[reference] = _read(reference)
            _until(app, partial(moments.painted.__contains__, reference))
            floors.append(floor())
        assert pane.history._counts["done"] == len(references)
        window.close()
        window.deleteLater()
        running.deleteLater()
    measured = references[WARM:]
    committed = [moments.committed[reference] - started[reference] for reference in measured]
    painted = [moments.painted[reference] - started[reference] for reference in measured]
    return _Times(committed, painted, floors[WARM:])


def _on_x11(window: "QMainWindow") -> None:
    """Let the window read key events as X11 gives them; the platform without a screen tells no scan codes."""
    from warehouse_desk.ui.wedge.wedge_filter import WedgeFilter

    (found,) = window.findChildren(WedgeFilter)
    found._platform = "xcb"


def _read(code: str) -> float:
    """Read a code as a scanner does, key by key; return the moment of its Enter.

    The keys are stamped as the scanner sent them: how late a busy machine hands them on is no part of the reading.
    """
    from tests.ui.wedge_keys import press_one

    scanner = Scanner(gap_ms=GAP_MS)
    moment = 0.0
    for key in scanner.keys(code, time.monotonic_ns() // 1_000_000 - GAP_MS * len(code)):
        moment = time.perf_counter()
        press_one(key)
    return moment


def _desk(url: str) -> Desk:
    return Desk(connect(open_database(url, "bench"), "bench", "bench", None, Source.DESK))


def _let_pass(app: "QApplication", milliseconds: int) -> None:
    """Let the window live for a while."""
    over = time.perf_counter() + milliseconds / 1000
    _until(app, lambda: time.perf_counter() >= over, beat_ms=1)


def _until(app: "QApplication", holds: Callable[[], bool], beat_ms: int = 100) -> None:
    """Let the window live as it does at a station: asleep until something happens."""
    from PySide6.QtCore import QEventLoop, QTimer

    beat = QTimer()
    beat.start(beat_ms)
    deadline = time.perf_counter() + PATIENCE_SECONDS
    while not holds():
        if time.perf_counter() > deadline:
            raise TimeoutError("the window did not answer")
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    beat.stop()
