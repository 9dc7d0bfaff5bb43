"""The way of a list out of the desk: ask, queue, watch."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from warehouse_desk.common.clock import local_day, now_utc
from warehouse_desk.common.messages import tr
from warehouse_desk.domain.jobs import Job, JobState
from warehouse_desk.domain.orders.finding import EVERY_ORDER, OrderFilter
from warehouse_desk.ui.exports.dialog import ExportDialog, Subject, Wish
from warehouse_desk.ui.exports.jobs import JobsDialog
from warehouse_desk.ui.messages import Level, Messages
from warehouse_desk.ui.station import Station
from warehouse_desk.ui.tasks import Lane, Tasks

if TYPE_CHECKING:
    from warehouse_desk.services.desk import Desk
    from warehouse_desk.services.files.export_runner import ExportRunner

CLOSING_SECONDS = 3.0


class ExportFlow(QObject):
    """Asks for exports and shows what becomes of them; the runner does them behind the window."""

    moved = Signal()
    """A job has moved: told from the runner's thread."""

    def __init__(self, tasks: Tasks, messages: Messages, settings: QSettings, window: QWidget) -> None:
        super().__init__(window)
        self._tasks = tasks
        self._messages = messages
        self._settings = settings
        self._window = window
        self._station: Station | None = None
        self._runner: ExportRunner | None = None
        self._listed = EVERY_ORDER
        self._ids: tuple[int, ...] = ()
        self._told: dict[int, JobState] | None = None
        self.dialog: ExportDialog | None = None
        self.jobs: JobsDialog | None = None
        self.moved.connect(self._read_jobs)

    def set_station(self, station: Station) -> None:
        """Export at a station from now on; what an earlier window left unfinished goes on."""
        self._station = station
        self.close()
        self._told = None
        desk = station.desk
        self._tasks.run(lambda: desk.export_runner(self.moved.emit), owner=self, done=self._on_runner)
        self._read_jobs()

    def _on_runner(self, runner: "ExportRunner") -> None:
        self._runner = runner

    @Slot()
    def close(self) -> None:
        """Stop the runner; an export under way is queued for the next start."""
        if self._runner is not None:
            self._runner.close(CLOSING_SECONDS)
            self._runner = None

    def ask(self, subject: Subject, listed: OrderFilter, ids: Sequence[int]) -> None:
        """Ask what to export: the list as it is filtered, or the selection."""
        station = self._station
        if station is None or self.dialog is not None:
            return
        self._listed, self._ids = listed, tuple(ids)
        columns = station.desk.export_columns()
        self.dialog = ExportDialog(subject, columns, local_day(now_utc()), self._settings, self._window)
        self.dialog.wished.connect(self._on_wished)
        self.dialog.finished.connect(self._on_closed)
        self.dialog.open()

    @Slot(int)
    def _on_closed(self, _how: int) -> None:
        self.dialog = None

    @Slot(object)
    def _on_wished(self, wish: Wish) -> None:
        station = self._station
        if station is None:
            return
        desk, listed, ids = station.desk, self._listed, self._ids
        self._tasks.run(
            lambda: _start(desk, wish, listed, ids),
            owner=self,
            done=self._on_started,
            lane=Lane.WRITE,
        )

    def _on_started(self, job: Job) -> None:
        if self._told is not None:
            self._told[job.id] = job.state
        self._messages.tell(
            tr("{name} is being written in the background.", name=Path(str(job.payload["path"])).name), Level.INFO
        )
        if self._runner is not None:
            self._runner.wake()
        self._read_jobs()

    @Slot()
    def show_jobs(self) -> None:
        """Show the list of exports."""
        if self._station is None:
            return
        if self.jobs is None:
            self.jobs = JobsDialog(self._window)
            self.jobs.cancel_wanted.connect(self._cancel)
            self.jobs.finished.connect(self._on_jobs_closed)
        self.jobs.show()
        self.jobs.raise_()
        self._read_jobs()

    @Slot(int)
    def _on_jobs_closed(self, _how: int) -> None:
        self.jobs = None

    @Slot(int)
    def _cancel(self, number: int) -> None:
        station = self._station
        if station is not None:
            desk = station.desk
            self._tasks.run(
                lambda: desk.cancel_export(number), owner=self, done=lambda _: self._read_jobs(), lane=Lane.WRITE
            )

    @Slot()
    def _read_jobs(self) -> None:
        station = self._station
        if station is not None:
            self._tasks.run(station.desk.export_jobs, owner=self, done=self._on_jobs, key="exports")

    def _on_jobs(self, jobs: Sequence[Job]) -> None:
        if self.jobs is not None:
            self.jobs.show_jobs(jobs)
        before, self._told = self._told, {job.id: job.state for job in jobs}
        if before is None:
            return
        for job in jobs:
            if job.state in {JobState.DONE, JobState.FAILED} and before.get(job.id) is not job.state:
                level = Level.DONE if job.state is JobState.DONE else Level.ERROR
                self._messages.tell(str(job.message), level)

    @Slot()
    def choose_template(self) -> None:
        """Ask where the empty sheet to fill in shall go, and write it."""
        chooser = QFileDialog(self._window, tr("Save the sheet to fill in"))
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setNameFilters(["Excel (*.xlsx)"])
        chooser.setDefaultSuffix("xlsx")
        chooser.selectFile(f"{tr('orders')}.xlsx")
        chooser.fileSelected.connect(self.write_template)
        chooser.open()

    @Slot(str)
    def write_template(self, path: str) -> None:
        """Write the empty sheet to fill in."""
        station = self._station
        if station is not None:
            desk, target = station.desk, Path(path)
            self._tasks.run(
                lambda: desk.write_template(target),
                owner=self,
                done=lambda _: self._messages.tell(
                    tr("{name} is ready to be filled in.", name=target.name), Level.DONE
                ),
            )


def _start(desk: "Desk", wish: Wish, listed: OrderFilter, ids: tuple[int, ...]) -> Job:
    from warehouse_desk.services.files.exports import ExportRequest

    request = ExportRequest(
        path=str(wish.path),
        columns=wish.columns,
        wanted=listed,
        ids=ids if wish.selected_only else None,
    )
    return desk.start_export(request)
