"""The way of a file into the desk: choose or drop it, read it behind the window, show it, write what was asked for."""

import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QMenu

from warehouse_desk.common.clock import local_day, now_utc
from warehouse_desk.common.messages import nmsg, tr
from warehouse_desk.domain.errors import DeskError
from warehouse_desk.domain.files import SeveralStatuses
from warehouse_desk.domain.orders.transitions import Action, ability_of
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.sheets.questions import Answers
from warehouse_desk.ui.controller import Controller
from warehouse_desk.ui.messages import Level
from warehouse_desk.ui.tasks import Lane
from warehouse_desk.ui.workplace import Workplace

if TYPE_CHECKING:
    from warehouse_desk.services.files.file_import import FileImport
    from warehouse_desk.services.files.imports import Imported
    from warehouse_desk.ui.imports.by_file import ByFileDialog
    from warehouse_desk.ui.imports.dialog import ImportDialog

_FILTER = "Excel, CSV (*.xlsx *.xlsm *.csv *.txt *.tsv)"


class ImportController(Controller):
    """One file at a time."""

    progressed = Signal(int, int)
    """Rows done and rows in all, from whatever thread does them."""
    reading = Signal(object)
    """Rows done and rows in all while a file is read; None when it is over."""
    order_requested = Signal(object)
    """An order id of a result that was chosen."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._cancelled = threading.Event()
        self._is_busy = False
        self._path = Path()
        self.dialog: ImportDialog | None = None
        self.by_file: ByFileDialog | None = None
        self.progressed.connect(self._on_progress)

    @Slot()
    def choose_orders(self) -> None:
        """Ask for a file of orders."""
        self._choose(tr("Import orders"), self._on_orders_chosen)

    @Slot(str)
    def _on_orders_chosen(self, path: str) -> None:
        self.open_orders(Path(path))

    def choose_references(self, action: Action) -> None:
        """Ask for a file of references and a day."""
        self.open_references(action, None)

    def _choose(self, title: str, chosen: Callable[[str], None]) -> None:
        chooser = QFileDialog(self._window, title)
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.setNameFilters([_FILTER, tr("All files (*)")])
        chooser.fileSelected.connect(chosen)
        chooser.open()

    def open_dropped(self, path: Path) -> QMenu | None:
        """Ask what a file that was dropped on the window is for; nothing while another is open."""
        if self._station.current is None or self._is_busy or self.dialog is not None:
            return None
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(path.name).setEnabled(False)
        menu.addSeparator()
        orders = menu.addAction(tr("Import orders"))
        orders.setEnabled(self._station.may(Ability.IMPORT))
        orders.triggered.connect(lambda: self.open_orders(path))
        for action, text in (
            (Action.RETURN, tr("Mark its orders returned")),
            (Action.DELIVER, tr("Mark its orders delivered")),
        ):
            step = menu.addAction(text)
            step.setEnabled(self._station.may(ability_of(action)))
            step.triggered.connect(lambda _=False, what=action: self.open_references(what, path))
        return menu

    def open_orders(self, path: Path, answers: Answers = Answers()) -> None:  # noqa: B008 - frozen
        """Read a file of orders in the background and show its preview; ``answers`` is what was said of it."""
        if self._station.current is None or self._is_busy or self.dialog is not None:
            return
        self._begin()
        self._path = path
        self.reading.emit((0, 0))
        cancelled = self._cancelled.is_set
        self._at_desk(
            lambda desk: desk.files.imports.read(
                path, answers=answers, progress=self.progressed.emit, cancelled=cancelled
            ),
            done=self._on_read,
            failed=self._on_refused,
        )

    def _begin(self) -> None:
        self._cancelled.clear()
        self._is_busy = True

    def _end(self) -> None:
        self._is_busy = False
        self.reading.emit(None)

    @Slot()
    def stop(self) -> None:
        """Stop what is being read or written; nothing of it is kept."""
        self._cancelled.set()

    def _on_refused(self, error: Exception) -> None:
        self._end()
        self._messages.show_failure(error)

    def _on_read(self, file: "FileImport") -> None:
        from warehouse_desk.ui.imports.dialog import ImportDialog

        self._end()
        if self._station.current is None:  # left while the file was read
            return
        self.dialog = ImportDialog(file, self._window)
        self.dialog.store_requested.connect(self._store)
        self.dialog.rejects_requested.connect(self._save_rejects)
        self.dialog.repairs_requested.connect(self._accept_all)
        self.dialog.stop_requested.connect(self.stop)
        self.dialog.answered.connect(self._on_answered)
        self.dialog.finished.connect(self._on_closed)
        self.dialog.open()

    @Slot(object)
    def _on_answered(self, answers: Answers) -> None:
        """Read the file again by what was said of it."""
        if self.dialog is None or self._is_busy:
            return
        self.dialog.reject()
        self.open_orders(self._path, answers)

    @Slot(int)
    def _on_closed(self, _how: int) -> None:
        self._cancelled.set()
        self.dialog = None

    @Slot(int, int)
    def _on_progress(self, done: int, total: int) -> None:
        if not self._is_busy:
            return
        if self.dialog is None:
            self.reading.emit((done, total))
        else:
            self.dialog.show_progress((done, total))

    @Slot()
    def _accept_all(self) -> None:
        dialog = self.dialog
        if dialog is None or self._is_busy:
            return
        self._begin()
        dialog.show_progress((0, 0))
        self._tasks.run(
            dialog.file.preview.accept_all, owner=dialog, done=self._on_accepted, failed=self._on_store_refused
        )

    def _on_accepted(self, count: int) -> None:
        self._end()
        if self.dialog is not None:
            self.dialog.show_progress(None)
            self.dialog.show_rows_anew()
        self._messages.tell(str(nmsg("{n} repair accepted.", "{n} repairs accepted.", count)), Level.DONE)

    @Slot(object)
    def _save_rejects(self, path: Path) -> None:
        dialog = self.dialog
        if dialog is not None and not self._is_busy:
            preview = dialog.file.preview
            self._tasks.run(
                lambda: preview.write_rejects(path),
                owner=self,
                done=lambda count: self._messages.tell(
                    tr("Rejected rows in {name}: {count}.", name=path.name, count=count), Level.DONE
                ),
            )

    @Slot(bool, bool)
    def _store(self, valid_only: bool, again: bool) -> None:
        dialog = self.dialog
        if self._station.current is None or dialog is None or self._is_busy:
            return
        self._begin()
        dialog.show_progress((0, len(dialog.file.preview.rows)))
        file, cancelled = dialog.file, self._cancelled.is_set
        self._at_desk(
            lambda desk: desk.files.imports.store(
                file, valid_only=valid_only, again=again, progress=self.progressed.emit, cancelled=cancelled
            ),
            done=self._on_stored,
            failed=self._on_store_refused,
            lane=Lane.WRITE,
        )

    def _on_stored(self, imported: "Imported") -> None:
        self._end()
        said = str(nmsg("{n} order imported.", "{n} orders imported.", len(imported.references)))
        if imported.rejected:
            left = str(nmsg("{n} row was ignored.", "{n} rows were ignored.", imported.rejected))
            said = f"{said} {left}"
        self._messages.tell(said, Level.DONE)
        if self.dialog is not None:
            self.dialog.accept()

    def _on_store_refused(self, error: Exception) -> None:
        self._end()
        if self.dialog is not None:
            self.dialog.show_progress(None)
            self.dialog.show_rows_anew()
        self._messages.show_failure(error)

    def open_references(self, action: Action, path: Path | None) -> None:
        """Show the small window of a step by file."""
        from warehouse_desk.ui.imports.by_file import ByFileDialog

        if self._station.current is None or self.by_file is not None:
            return
        self.by_file = ByFileDialog(action, local_day(now_utc()), path, self._window)
        self.by_file.go_requested.connect(self._mark)
        self.by_file.look_requested.connect(self._look)
        self.by_file.order_requested.connect(self.order_requested)
        self.by_file.finished.connect(self._on_by_file_closed)
        self.by_file.open()

    @Slot(int)
    def _on_by_file_closed(self, _how: int) -> None:
        self.by_file = None

    @Slot(object, object, object)
    def _mark(self, path: Path, day: date, only_status: list[str] | None) -> None:
        self._step(path, day, only_status, dry_run=False)

    @Slot(object, object, object)
    def _look(self, path: Path, day: date, only_status: list[str] | None) -> None:
        self._step(path, day, only_status, dry_run=True)

    def _step(self, path: Path, day: date, only_status: list[str] | None, *, dry_run: bool) -> None:
        dialog = self.by_file
        if self._station.current is None or dialog is None:
            return
        action = dialog.action
        dialog.set_busy(busy=True)
        self._at_desk(
            lambda desk: desk.files.by_file.mark(action, path, day, only_status=only_status, dry_run=dry_run),
            owner=dialog,
            done=dialog.show_answer,
            failed=self._on_mark_refused,
            lane=Lane.WRITE,
        )

    def _on_mark_refused(self, error: Exception) -> None:
        if self.by_file is not None and isinstance(error, DeskError):
            if isinstance(error, SeveralStatuses):
                self.by_file.ask_for_statuses(error.statuses)
            self.by_file.show_fault(str(error))
        else:
            self._messages.show_failure(error)
