"""The station's exports: what runs, what is done, what failed and why."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from warehouse_desk.common.formats import moment_text
from warehouse_desk.common.messages import Message, msg, tr
from warehouse_desk.domain.jobs import Job, JobState
from warehouse_desk.ui.bidi import in_order
from warehouse_desk.ui.widgets.make import text_label
from warehouse_desk.ui.widgets.plain_table import plain_table

_STATES: dict[JobState, Message] = {
    JobState.QUEUED: msg("waiting"),
    JobState.RUNNING: msg("running"),
    JobState.DONE: msg("done"),
    JobState.FAILED: msg("failed"),
    JobState.CANCELLED: msg("stopped"),
}


class JobsDialog(QDialog):
    """A list beside the work, not over it."""

    cancel_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Exports"))
        self.resize(860, 380)
        self._jobs: list[Job] = []
        self.table = plain_table(tr("Exports"), (tr("File"), tr("Started"), tr("State"), tr("Result")))
        self.table.horizontalHeader().setStretchLastSection(True)
        for column, width in enumerate((250, 150, 150)):
            self.table.setColumnWidth(column, width)
        self.table.itemSelectionChanged.connect(self._on_selected)
        self.cancel = QPushButton(tr("Stop the export"))
        self.folder = QPushButton(tr("Open the folder"))
        leave = QPushButton(tr("Close"))
        for button, slot in ((self.cancel, self._on_cancel), (self.folder, self._on_folder), (leave, self.reject)):
            button.setAutoDefault(False)
            button.clicked.connect(slot)
        foot = QHBoxLayout()
        foot.addWidget(self.cancel)
        foot.addWidget(self.folder)
        foot.addStretch(1)
        foot.addWidget(leave)
        box = QVBoxLayout(self)
        box.setContentsMargins(18, 16, 18, 14)
        box.setSpacing(10)
        box.addWidget(text_label(tr("Exports of this station"), "title"))
        box.addWidget(self.table, 1)
        box.addLayout(foot)
        self._on_selected()

    def show_jobs(self, jobs: Sequence[Job]) -> None:
        """Show the jobs as they are now, keeping the chosen one."""
        chosen = self.chosen()
        self._jobs = list(jobs)
        self.table.setRowCount(len(self._jobs))
        for row, job in enumerate(self._jobs):
            self._show(row, job)
        if self._jobs:
            numbers = [job.id for job in self._jobs]
            row = numbers.index(chosen.id) if chosen is not None and chosen.id in numbers else 0
            self.table.setCurrentCell(row, 0)
        self._on_selected()

    def _show(self, row: int, job: Job) -> None:
        path = Path(str(job.payload.get("path", "")))
        asked = moment_text(job.created_at)
        for column, text in enumerate((path.name, in_order(asked), str(_STATES[job.state]), str(job.message or ""))):
            item = QTableWidgetItem(text)
            item.setToolTip(str(path) if column == 0 else text)
            self.table.setItem(row, column, item)
        total = int(job.payload.get("total", 0))
        if job.state is JobState.RUNNING:
            bar = QProgressBar()
            bar.setMaximum(max(1, total))
            bar.setValue(job.progress)
            bar.setFormat(tr("{done} of {total}", done=job.progress, total=total))
            self.table.setCellWidget(row, 2, bar)
        else:
            self.table.removeCellWidget(row, 2)

    def chosen(self) -> Job | None:
        """Return the job that the buttons mean."""
        rows = self.table.selectionModel().selectedRows()
        return self._jobs[rows[0].row()] if rows and rows[0].row() < len(self._jobs) else None

    @Slot()
    def _on_selected(self) -> None:
        job = self.chosen()
        self.cancel.setEnabled(job is not None and not job.state.is_over)
        self.folder.setEnabled(job is not None and job.state is JobState.DONE)

    @Slot()
    def _on_cancel(self) -> None:
        job = self.chosen()
        if job is not None:
            self.cancel_requested.emit(job.id)

    @Slot()
    def _on_folder(self) -> None:
        job = self.chosen()
        if job is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(Path(str(job.payload["path"])).parent)))
