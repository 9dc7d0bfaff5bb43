"""Labels made before: looked at, and taken out once more."""

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from warehouse_desk.common.formats import moment_text
from warehouse_desk.common.messages import nmsg, tr
from warehouse_desk.domain.paper.printing import LabelRun
from warehouse_desk.ui.printing.paper_controller import PaperController
from warehouse_desk.ui.workplace import Workplace

if TYPE_CHECKING:
    from warehouse_desk.services.desk import Desk

_LOG = logging.getLogger(__name__)
_RUNS = 200


class LabelRunController(PaperController):
    """Shows the run that is chosen; only taking it out is noted."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self.runs: QListWidget | None = None
        self._station.opened.connect(self._tidy)

    @Slot()
    def _tidy(self) -> None:
        """Remove label files that are old enough, in the background."""
        self._at_desk(lambda desk: desk.paper.label_files.remove_old(), failed=_note_left, key="paper.tidy")

    @Slot()
    def show(self) -> None:
        """Open the list of the labels made before."""
        self._begin(lambda desk: desk.paper.label_runs.newest(limit=_RUNS), self._show_runs)

    def _show_runs(self, runs: list[LabelRun]) -> None:
        self.runs = QListWidget()
        self.runs.setWordWrap(True)
        for run in runs:
            item = QListWidgetItem(_run_text(run), self.runs)
            item.setData(Qt.ItemDataRole.UserRole, run.id)
        self._open(tr("Earlier print jobs"), self.runs)
        self.runs.currentItemChanged.connect(self._on_run)
        self.runs.setCurrentRow(0)
        self.runs.setFocus()

    def _chosen(self) -> int | None:
        item = None if self.runs is None else self.runs.currentItem()
        return None if item is None else int(item.data(Qt.ItemDataRole.UserRole))

    @Slot()
    def _on_run(self) -> None:
        number = self._chosen()
        if number is not None:
            self._title = tr("Labels {run}", run=number)
            self._read(lambda desk: desk.paper.label_runs.look_at(number))

    def _taking_out(self) -> "Callable[[Desk], bytes]":
        """Take the run out now, not when it was looked at: that is what is noted."""
        number = self._chosen()
        return super()._taking_out() if number is None else lambda desk: desk.paper.label_runs.pdf(number)

    @Slot()
    def _on_closed(self) -> None:
        self.runs = None
        super()._on_closed()


def _note_left(error: Exception) -> None:
    """Note that old files are still there; nobody waits for it, and the next start tries again."""
    _LOG.info("Old label files could not be removed: %s", error)


def _run_text(run: LabelRun) -> str:
    when = moment_text(run.at)
    who = " · ".join(filter(None, (when, run.user_name, run.station_name)))
    what = nmsg(
        "Print job {run}: {n} label, {stock}",
        "Print job {run}: {n} labels, {stock}",
        run.labels,
        run=run.id,
        stock=run.stock,
    )
    return "\n".join(filter(None, (str(what), who, run.reason, "" if run.kept else tr("The file is no longer kept."))))
