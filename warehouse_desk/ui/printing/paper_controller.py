"""What every paper has in common: its printers are looked for, it is shown, then printed or saved."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from warehouse_desk.common.messages import tr
from warehouse_desk.domain.errors import DeskError
from warehouse_desk.ui.controller import Controller
from warehouse_desk.ui.messages import Level
from warehouse_desk.ui.printing.memory import Destination, PrintMemory
from warehouse_desk.ui.printing.outlets import bring_pdf, printers
from warehouse_desk.ui.workplace import Workplace

if TYPE_CHECKING:
    from warehouse_desk.services.desk import Desk
    from warehouse_desk.ui.printing.paper_dialog import PaperDialog

T = TypeVar("T")


class PaperController(Controller):
    """One window of its paper at a time."""

    closed = Signal()
    """The window of the paper was closed."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._memory = PrintMemory(self._settings)
        self._queues: list[str] = []
        self._title, self._pdf = "", b""
        self.dialog: PaperDialog | None = None

    @property
    def pdf(self) -> bytes:
        """The paper that is shown; empty as long as there is none."""
        return self._pdf

    def _begin(self, read: "Callable[[Desk], T]", opened: Callable[[T], None]) -> bool:
        """Read what the paper begins with, and which printers there are; False while it is open or nobody works."""

        def work(desk: "Desk") -> tuple[list[str], T]:
            return desk.paper.printers.queues(), read(desk)  # whose libraries are loaded there, not in the GUI thread

        def done(answer: tuple[list[str], T]) -> None:
            self._queues, start = answer
            if self._station.current is None:  # left while it was read
                self._on_closed()
            else:
                opened(start)

        return self.dialog is None and self._at_desk(work, done=done, key="paper.open")

    def _open(self, title: str, side: QWidget, parent: QWidget | None = None) -> None:
        from warehouse_desk.ui.printing.paper_dialog import PaperDialog

        self._title, self._pdf = title, b""
        over = self._window if parent is None else parent
        self.dialog = PaperDialog(title, self._tasks, self._memory, printers(self._queues), side, over)
        self.dialog.bring_requested.connect(self._on_bring)
        self.dialog.finished.connect(self._on_closed)
        self.dialog.open()

    def _read(self, work: "Callable[[Desk], bytes]") -> None:
        """Read the paper, or what it is by now, and show it."""
        if self.dialog is not None:
            self._at_desk(work, owner=self.dialog, done=self._show, failed=self._on_unread, key="paper.read")

    def _show(self, pdf: bytes) -> None:
        if self.dialog is not None:
            self._pdf = pdf
            self.dialog.show_pdf(pdf)

    def _on_unread(self, error: Exception) -> None:
        if self.dialog is not None and isinstance(error, DeskError):
            self.dialog.show_words(str(error))
        else:
            self._messages.show_failure(error)

    def _taking_out(self) -> "Callable[[Desk], bytes]":
        """Return what hands the paper out: as it is shown, where nobody notes that it was taken."""
        pdf = self._pdf
        return lambda _desk: pdf

    @Slot(object)
    def _on_bring(self, to: Destination) -> None:
        if self.dialog is None or not self._pdf:
            return
        title, take_out = self._title, self._taking_out()
        self._at_desk(
            lambda desk: bring_pdf(desk, take_out(desk), to, title),
            owner=self.dialog,
            done=self._on_brought,
            failed=self._on_not_brought,
        )

    def _on_brought(self, _nothing: object) -> None:
        self._messages.tell(tr("{title}: done.", title=self._title), Level.DONE)
        if self.dialog is not None:
            self.dialog.accept()

    def _on_not_brought(self, error: Exception) -> None:
        if self.dialog is not None and isinstance(error, DeskError):
            self.dialog.fault.setText(str(error))
        else:
            self._messages.show_failure(error)

    @Slot()
    def _on_closed(self) -> None:
        self.dialog = None
        self._pdf = b""
        self.closed.emit()
