"""Runs what the page's windows ask for: one window at a time, in the background, refusals told in the window itself."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QDialog

from warehouse_desk.domain.errors import DeskError
from warehouse_desk.ui.controller import Controller
from warehouse_desk.ui.goods.forms import FormDialog
from warehouse_desk.ui.messages import Level
from warehouse_desk.ui.tasks import Lane
from warehouse_desk.ui.workplace import Workplace

if TYPE_CHECKING:
    from warehouse_desk.services.desk import Desk


class GoodsDialogController(Controller):
    """Shared by the tabs of the page."""

    saved = Signal(object)
    """What was changed: the service's answer."""

    def __init__(self, workplace: Workplace, page: QObject) -> None:
        super().__init__(workplace, page)
        self.dialog: QDialog | None = None

    def open(self, dialog: QDialog) -> None:
        """Show a window where none is open."""
        if self.dialog is not None:
            dialog.deleteLater()
            return
        self.dialog = dialog
        dialog.finished.connect(self._on_closed)
        dialog.open()

    @Slot()
    def _on_closed(self) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is not None:
            dialog.deleteLater()

    def ask(self, form: FormDialog, save: "Callable[[Desk, dict[str, Any]], object]") -> None:
        """Show a form and do what it asks for, until it succeeds or is left."""

        def on_save() -> None:
            values = form.values()
            self._run(lambda desk: save(desk, values), form)

        form.save_requested.connect(on_save)
        self.open(form)

    def do(self, work: "Callable[[Desk], object]") -> None:
        """Do something at once; what is refused is told in the corner."""
        self._run(work, None)

    def _run(self, work: "Callable[[Desk], object]", form: FormDialog | None) -> None:
        def on_done(answer: object) -> None:
            if form is not None:
                form.accept()
            told = getattr(answer, "message", None)
            if told is not None:
                self._messages.tell(str(told), Level.DONE)
            self.saved.emit(answer)

        def on_failed(error: Exception) -> None:
            if isinstance(error, DeskError) and form is not None:
                form.show_fault(str(error))
            else:
                self._messages.show_failure(error)

        self._at_desk(work, owner=form, done=on_done, failed=on_failed, lane=Lane.WRITE)
