"""Shows the paper of a new badge and prints or saves it: the only moment at which its code exists."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Slot
from PySide6.QtWidgets import QApplication, QWidget

from warehouse_desk.common.messages import tr
from warehouse_desk.domain.errors import DeskError
from warehouse_desk.ui.messages import Level, Messages
from warehouse_desk.ui.printing.memory import Destination, PrintMemory
from warehouse_desk.ui.station import Station
from warehouse_desk.ui.tasks import Tasks
from warehouse_desk.ui.widgets.make import text_label

if TYPE_CHECKING:
    from warehouse_desk.ui.printing.paper_dialog import PaperDialog


class BadgePaper(QObject):
    """One paper at a time."""

    def __init__(self, tasks: Tasks, messages: Messages, settings: QSettings, window: QWidget) -> None:
        super().__init__(window)
        self._tasks = tasks
        self._messages = messages
        self._memory = PrintMemory(settings)
        self._window = window
        self._station: Station | None = None
        self._title, self._pdf = "", b""
        self._brought = False
        self.dialog: PaperDialog | None = None

    def set_station(self, station: Station) -> None:
        """Print at a station from now on."""
        self._station = station

    @Slot(str, bytes)
    def show(self, title: str, pdf: bytes) -> None:
        """Open the paper; the printers are looked for behind it."""
        station = self._station
        if station is None or self.dialog is not None:
            return
        self._title, self._pdf, self._brought = title, pdf, False
        desk = station.desk

        def queues() -> list[str]:
            return desk.printing.queues()  # whose libraries are loaded here, not in the GUI thread

        self._tasks.run(queues, owner=self, done=self._open, key="badge.queues")

    def _open(self, queues: list[str]) -> None:
        from warehouse_desk.ui.printing.outlets import printers
        from warehouse_desk.ui.printing.paper_dialog import PaperDialog

        about = tr(
            "Print this card now, or save it: its code is shown only here and kept nowhere.\n\n"
            "Cut it out at the frame; it is as large as a bank card. A lost badge is revoked in the list of users."
        )
        parent = QApplication.activeModalWidget() or self._window
        self.dialog = PaperDialog(
            self._title,
            self._tasks,
            self._memory,
            printers(queues),
            text_label(about, wrap=True),
            parent,
        )
        self.dialog.bring_wanted.connect(self._on_bring)
        self.dialog.finished.connect(self._on_closed)
        self.dialog.show_pdf(self._pdf)
        self.dialog.open()

    @Slot(object)
    def _on_bring(self, to: Destination) -> None:
        from warehouse_desk.ui.printing.outlets import bring_pdf

        station, dialog = self._station, self.dialog
        if station is None or dialog is None:
            return
        desk, pdf, title = station.desk, self._pdf, self._title
        self._tasks.run(
            lambda: bring_pdf(desk, pdf, to, title), owner=dialog, done=self._on_brought, failed=self._on_failed
        )

    def _on_brought(self, _nothing: object) -> None:
        self._brought = True
        self._messages.tell(tr("{title}: done.", title=self._title), Level.DONE)
        if self.dialog is not None:
            self.dialog.accept()

    def _on_failed(self, error: Exception) -> None:
        if self.dialog is not None and isinstance(error, DeskError):
            self.dialog.told.setText(str(error))
        else:
            self._messages.show_failure(error)

    @Slot()
    def _on_closed(self) -> None:
        self.dialog = None
        self._pdf = b""
        if not self._brought:
            said = tr("{title}: neither printed nor saved. Issue another one; this one is lost.", title=self._title)
            self._messages.tell(said, Level.WARNING)
