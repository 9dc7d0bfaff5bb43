"""Shows the paper of a new badge and prints or saves it: the only moment at which its code exists."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QApplication

from warehouse_desk.common.messages import tr
from warehouse_desk.domain.errors import DeskError
from warehouse_desk.ui.controller import Controller
from warehouse_desk.ui.messages import Level
from warehouse_desk.ui.printing.memory import Destination, PrintMemory
from warehouse_desk.ui.widgets.make import text_label
from warehouse_desk.ui.workplace import Workplace

if TYPE_CHECKING:
    from warehouse_desk.ui.printing.paper_dialog import PaperDialog


class BadgePaper(Controller):
    """One paper at a time."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._memory = PrintMemory(self._settings)
        self._title, self._pdf = "", b""
        self._brought = False
        self.dialog: PaperDialog | None = None

    @Slot(str, bytes)
    def show(self, title: str, pdf: bytes) -> None:
        """Open the paper; the printers are looked for behind it."""
        if self.dialog is not None:
            return
        self._title, self._pdf, self._brought = title, pdf, False
        # What the printers need is loaded there, not in the GUI thread.
        self._at_desk(lambda desk: desk.paper.printers.queues(), done=self._open, key="badge.queues")

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

        pdf, title = self._pdf, self._title
        self._at_desk(
            lambda desk: bring_pdf(desk, pdf, to, title),
            owner=self.dialog,
            done=self._on_brought,
            failed=self._on_failed,
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
