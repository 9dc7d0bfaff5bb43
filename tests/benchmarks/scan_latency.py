"""From the scanner's Enter to the answer on disk and on the screen, in the real window over a million orders.

The floor of "committed" is the same statements in bare sqlite3 with the same pragmas: one durable transaction to
receive, one to answer. The floor of "painted" is that and one repainting of the same answer.
"""

import os
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

from tests.benchmarks.figures import Figure, figure, median_ms, percentile_ms
from tests.benchmarks.worlds import LARGE, Recorder, Statement, bare_connection, context_of, copy_of, replay
from warehouse_desk.common.ids import new_id
from warehouse_desk.data.database import sqlite_url
from warehouse_desk.domain.caller import Source
from warehouse_desk.domain.finding import OrderFilter
from warehouse_desk.domain.rules import Given
from warehouse_desk.domain.scans import ScanAnswer
from warehouse_desk.domain.status import Status
from warehouse_desk.services import scanning
from warehouse_desk.services.connect import connect, open_database
from warehouse_desk.services.context import Context
from warehouse_desk.services.desk import Desk
from warehouse_desk.services.directories import warehouses
from warehouse_desk.services.listing import list_orders
from warehouse_desk.services.scan_request import ScanRequest

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication

SCANS, WARM = 320, 20
PATIENCE_SECONDS = 20
POSTGRES = "WAREHOUSE_DESK_BENCH_POSTGRES"
"""Environment variable: the URL of a PostgreSQL database of a million demo orders, to be measured besides."""


def measure() -> list[Figure]:
    """Measure ship scans at 1,000,000 orders; each is followed by its floor, so that load hits both alike."""
    repaint = _repaint()
    with copy_of(LARGE, "noted") as noted, copy_of(LARGE, "bare") as bare, copy_of(LARGE, "window") as path:
        units = _noted(noted)
        connection = bare_connection(bare)
        figures = _figures("SQLite", _window(sqlite_url(path), partial(_replay, connection, units)), repaint)
        url = os.environ.get(POSTGRES)
        if url:
            figures += _figures("PostgreSQL", _window(url, partial(_replay, connection, _noted(noted))), repaint)
        connection.close()
    return figures


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


def _work(context: Context) -> tuple[list[str], Given]:
    page = list_orders(context, OrderFilter(Status.PACKED), per_page=SCANS)
    own = next(w for w in warehouses(context) if w.shipping_company_id is None)
    return [row.reference for row in page.rows], Given(date=context.today(), warehouse_id=own.id)


Pair = tuple[list[Statement], list[Statement]]


def _noted(path: Path) -> Iterator[Pair]:
    """Note the statements of each scan, received and answered, on a copy."""
    context = context_of(path)
    recorder = Recorder()
    references, given = _work(context)
    for reference in references:
        scan_id = new_id()
        request = ScanRequest(mode="ship", code=reference, given=given)
        recorder.unit(context, partial(scanning.receive, context, request, scan_id))
        recorder.unit(context, partial(scanning.process, context, scan_id))
    context.database.close()
    return iter(list(zip(recorder.units[::2], recorder.units[1::2], strict=True)))


def _replay(connection: sqlite3.Connection, units: Iterator[Pair]) -> float:
    """Run the statements of the next scan again by the barest code; return the seconds."""
    received, answered = next(units)
    started = time.perf_counter()
    replay(connection, received)
    replay(connection, answered)
    return time.perf_counter() - started


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

        paint, process = VerdictPanel.paintEvent, scanning.process

        def noting_paint(panel: VerdictPanel, event: "QPaintEvent") -> None:
            paint(panel, event)
            if panel.verdict.level == "done":
                self.painted.setdefault(panel.verdict.reference, time.perf_counter())

        def noting_process(ctx: Context, scan_id: str) -> ScanAnswer:
            answer = process(ctx, scan_id)
            self.committed[answer.result.reference] = time.perf_counter()
            return answer

        with patch.object(VerdictPanel, "paintEvent", noting_paint), patch.object(scanning, "process", noting_process):
            yield


def _window(url: str, floor: Callable[[], float]) -> _Times:
    """Scan in the real window: Enter pressed in its field to answer committed, and to answer painted."""
    app = _application()
    from PySide6.QtCore import QEventLoop, Qt
    from PySide6.QtTest import QTest

    from warehouse_desk.app.window import WindowApp, WindowOptions

    moments, started, floors = _Moments(), {}, []
    with tempfile.TemporaryDirectory() as folder, moments.noted():
        running = WindowApp(WindowOptions(settings_file=Path(folder) / "window.ini"), lambda _who: _desk(url), app)
        window = running.window
        window.resize(1280, 800)
        window.show()
        running.connect_station()
        _until(app, lambda: window.scanner.station is not None)
        pane = window.scanner
        pane.sounds.muted = True
        pane.controls.set_mode("ship")
        pane.controls.sticky.warehouse.setCurrentIndex(0)
        context = _desk(url).context
        references, _ = _work(context)
        context.database.close()
        for reference in references:
            _until(app, lambda: not pane.intake.waiting)
            app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
            pane.field.setText(reference)
            started[reference] = time.perf_counter()
            QTest.keyClick(pane.field, Qt.Key.Key_Return)
            _until(app, lambda reference=reference: reference in moments.painted)  # type: ignore[misc]
            floors.append(floor())
        assert pane.history._counts["done"] == len(references)
        window.close()
        window.deleteLater()
        running.deleteLater()
    measured = references[WARM:]
    committed = [moments.committed[reference] - started[reference] for reference in measured]
    painted = [moments.painted[reference] - started[reference] for reference in measured]
    return _Times(committed, painted, floors[WARM:])


def _desk(url: str) -> Desk:
    return Desk(connect(open_database(url, "bench"), "bench", "bench", None, Source.DESK))


def _until(app: "QApplication", holds: Callable[[], bool]) -> None:
    """Let the window live as it does at a station: asleep until something happens."""
    from PySide6.QtCore import QEventLoop, QTimer

    beat = QTimer()
    beat.start(100)
    deadline = time.perf_counter() + PATIENCE_SECONDS
    while not holds():
        if time.perf_counter() > deadline:
            raise TimeoutError("the window did not answer")
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    beat.stop()
