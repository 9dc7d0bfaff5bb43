"""The way of a list out of the desk: ask, queue, watch."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog

from warehouse_desk.common.clock import local_day, now_utc
from warehouse_desk.common.messages import tr
from warehouse_desk.domain.jobs import Job, JobState
from warehouse_desk.domain.orders.finding import EVERY_ORDER, OrderFilter
from warehouse_desk.ui.controller import Controller
from warehouse_desk.ui.exports.dialog import ExportChoice, ExportDialog, ExportSubject
from warehouse_desk.ui.exports.jobs import JobsDialog
from warehouse_desk.ui.messages import Level
from warehouse_desk.ui.tasks import Lane
from warehouse_desk.ui.workplace import Workplace

if TYPE_CHECKING:
    from warehouse_desk.services.desk import Desk
    from warehouse_desk.services.files.export_runner import ExportRunner

CLOSING_SECONDS = 3.0


class ExportController(Controller):
    """Asks for exports and shows what becomes of them; the runner does them behind the window."""

    moved = Signal()
    """A job has moved: told from the runner's thread."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._runner: ExportRunner | None = None
        self._listed = EVERY_ORDER
        self._ids: tuple[int, ...] = ()
        self._last_states: dict[int, JobState] | None = None
        self.dialog: ExportDialog | None = None
        self.jobs: JobsDialog | None = None
        self.moved.connect(self._read_jobs)
        self._station.opened.connect(self._on_station)
        self._station.renewed.connect(self._on_station)

    @Slot()
    def _on_station(self) -> None:
        """Export for the worker who is here now; what an earlier window left unfinished goes on."""
        self.close()
        self._last_states = None
        self._at_desk(lambda desk: desk.files.export_jobs.runner(self.moved.emit), done=self._on_runner)
        self._read_jobs()

    def _on_runner(self, runner: "ExportRunner") -> None:
        self._runner = runner

    @Slot()
    def close(self) -> None:
        """Stop the runner; an export under way is queued for the next start."""
        if self._runner is not None:
            self._runner.close(CLOSING_SECONDS)
            self._runner = None

    def ask(self, subject: ExportSubject, listed: OrderFilter, ids: Sequence[int]) -> None:
        """Ask what to export: the list as it is filtered, or the selection."""
        desk = self._station.desk
        if desk is None or self.dialog is not None:
            return
        self._listed, self._ids = listed, tuple(ids)
        columns = desk.files.exports.columns()
        self.dialog = ExportDialog(subject, columns, local_day(now_utc()), self._settings, self._window)
        self.dialog.export_requested.connect(self._on_export)
        self.dialog.finished.connect(self._on_closed)
        self.dialog.open()

    @Slot(int)
    def _on_closed(self, _how: int) -> None:
        self.dialog = None

    @Slot(object)
    def _on_export(self, choice: ExportChoice) -> None:
        listed, ids = self._listed, self._ids
        self._at_desk(lambda desk: _start(desk, choice, listed, ids), done=self._on_started, lane=Lane.WRITE)

    def _on_started(self, job: Job) -> None:
        if self._last_states is not None:
            self._last_states[job.id] = job.state
        self._messages.tell(
            tr("{name} is being exported in the background.", name=Path(str(job.payload["path"])).name), Level.INFO
        )
        if self._runner is not None:
            self._runner.wake()
        self._read_jobs()

    @Slot()
    def show_jobs(self) -> None:
        """Show the list of exports."""
        if self._station.current is None:
            return
        if self.jobs is None:
            self.jobs = JobsDialog(self._window)
            self.jobs.cancel_requested.connect(self._cancel)
            self.jobs.finished.connect(self._on_jobs_closed)
        self.jobs.show()
        self.jobs.raise_()
        self._read_jobs()

    @Slot(int)
    def _on_jobs_closed(self, _how: int) -> None:
        self.jobs = None

    @Slot(int)
    def _cancel(self, number: int) -> None:
        self._at_desk(
            lambda desk: desk.files.export_jobs.cancel(number), done=lambda _: self._read_jobs(), lane=Lane.WRITE
        )

    @Slot()
    def _read_jobs(self) -> None:
        self._at_desk(lambda desk: desk.files.export_jobs.latest(), done=self._on_jobs, key="exports")

    def _on_jobs(self, jobs: Sequence[Job]) -> None:
        if self.jobs is not None:
            self.jobs.show_jobs(jobs)
        before, self._last_states = self._last_states, {job.id: job.state for job in jobs}
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
        target = Path(path)
        said = tr("{name} is ready to be filled in.", name=target.name)
        self._at_desk(
            lambda desk: desk.files.imports.write_template(target), done=lambda _: self._messages.tell(said, Level.DONE)
        )


def _start(desk: "Desk", choice: ExportChoice, listed: OrderFilter, ids: tuple[int, ...]) -> Job:
    from warehouse_desk.services.files.exports import ExportRequest

    request = ExportRequest(
        path=str(choice.path),
        columns=choice.columns,
        order_filter=listed,
        ids=ids if choice.selected_only else None,
    )
    return desk.files.export_jobs.start(request)
