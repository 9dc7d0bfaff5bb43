"""The results of a step as a file: asked for in the panel, written in the background."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFileDialog

from warehouse_desk.common.clock import local_day, now_utc
from warehouse_desk.common.messages import tr
from warehouse_desk.ui.actions.results import ResultsPanel
from warehouse_desk.ui.controller import Controller
from warehouse_desk.ui.messages import Level
from warehouse_desk.ui.workplace import Workplace


class ResultFileController(Controller):
    """Asks where to, and writes."""

    def __init__(self, workplace: Workplace, panel: ResultsPanel) -> None:
        super().__init__(workplace)
        self._panel = panel
        panel.export_requested.connect(self.ask)

    @Slot()
    def ask(self) -> None:
        """Ask for the file."""
        chooser = QFileDialog(self._window, tr("Export the results"))
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setNameFilters(["Excel (*.xlsx)", "CSV (*.csv)"])
        chooser.setDefaultSuffix("xlsx")
        chooser.filterSelected.connect(lambda chosen: chooser.setDefaultSuffix("csv" if "csv" in chosen else "xlsx"))
        chooser.selectFile(f"{tr('results')}-{local_day(now_utc()).isoformat()}.xlsx")
        chooser.fileSelected.connect(self.write)
        chooser.open()

    @Slot(str)
    def write(self, path: str) -> None:
        """Write the results shown to a file that ends in .xlsx or .csv."""
        target, rows = Path(path), self._panel.rows()
        self._tasks.run(
            lambda: _write(target, rows),
            owner=self,
            done=lambda _: self._messages.tell(tr("{name} is exported.", name=target.name), Level.DONE),
        )


def _write(target: Path, rows: Sequence[tuple[str, str, str]]) -> int:
    from warehouse_desk.services.files.result_file import write_results

    return write_results(target, rows)
