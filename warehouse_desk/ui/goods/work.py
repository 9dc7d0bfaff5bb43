"""Runs what the page's windows ask for: one window at a time, in the background, refusals told in the window itself."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QDialog, QWidget

from warehouse_desk.domain.errors import DeskError
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.people.caller import missing_ability
from warehouse_desk.ui.goods.forms import FormDialog
from warehouse_desk.ui.messages import Level, Messages
from warehouse_desk.ui.station import Station
from warehouse_desk.ui.tasks import Lane, Tasks

if TYPE_CHECKING:
    from warehouse_desk.services.desk import Desk


class GoodsWork(QObject):
    """Shared by the tabs of the page."""

    noted = Signal(object)
    """What was changed: the service's answer."""

    def __init__(self, tasks: Tasks, messages: Messages, page: QWidget) -> None:
        super().__init__(page)
        self.tasks = tasks
        self.messages = messages
        self._page = page
        self.station: Station | None = None
        self.dialog: QDialog | None = None

    @property
    def desk(self) -> "Desk | None":
        """The desk, once it is connected."""
        return None if self.station is None else self.station.desk

    @property
    def window(self) -> QWidget:
        """The window over which others open."""
        return self._page.window()

    def why_not(self, ability: Ability) -> str:
        """Return why the worker may not do something; empty where they may."""
        caller = None if self.station is None else self.station.caller
        if caller is None or caller.may(ability):
            return ""
        return str(missing_ability(caller, ability))

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

        form.save_wanted.connect(on_save)
        self.open(form)

    def do(self, work: "Callable[[Desk], object]") -> None:
        """Do something at once; what is refused is told in the corner."""
        self._run(work, None)

    def _run(self, work: "Callable[[Desk], object]", form: FormDialog | None) -> None:
        desk = self.desk
        if desk is None:
            return

        def on_done(answer: object) -> None:
            if form is not None:
                form.accept()
            told = getattr(answer, "message", None)
            if told is not None:
                self.messages.tell(str(told), Level.DONE)
            self.noted.emit(answer)

        def on_failed(error: Exception) -> None:
            if isinstance(error, DeskError) and form is not None:
                form.show_fault(str(error))
            else:
                self.messages.show_failure(error)

        self.tasks.run(lambda: work(desk), owner=form or self, done=on_done, failed=on_failed, lane=Lane.WRITE)
