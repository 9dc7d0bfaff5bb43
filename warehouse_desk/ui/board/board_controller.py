"""Reads the board's reports one after the other in the background, so that the order table keeps its threads."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from warehouse_desk.domain.errors import DeskError
from warehouse_desk.ui.controller import Controller
from warehouse_desk.ui.workplace import Workplace

if TYPE_CHECKING:
    from warehouse_desk.services.desk import Desk


class BoardPart(StrEnum):
    """What the board is made of, in the order in which it is read."""

    TODAY = "today"
    STUCK = "stuck"
    SHORTS = "shorts"
    RETURNS = "returns"


_READERS: "dict[BoardPart, Callable[[Desk], object]]" = {
    BoardPart.TODAY: lambda desk: desk.reports.today(),
    BoardPart.STUCK: lambda desk: desk.reports.stuck(),
    BoardPart.SHORTS: lambda desk: desk.reports.shorts(),
    BoardPart.RETURNS: lambda desk: desk.reports.returns(),
}


class BoardController(Controller):
    """At most one report is being read; what is asked for again meanwhile is read once more after it."""

    answered = Signal(object, object)
    """The part and its report."""
    failed = Signal(str)
    finished = Signal()

    def __init__(self, workplace: Workplace, parent: QObject) -> None:
        super().__init__(workplace, parent)
        self._wanted: set[BoardPart] = set()
        self._busy = False

    def read(self, parts: Iterable[BoardPart]) -> None:
        """Read some parts anew."""
        self._wanted |= set(parts)
        if not self._busy:
            self._go_on()

    def _go_on(self) -> None:
        part = next((each for each in BoardPart if each in self._wanted), None)
        self._busy = part is not None and self._at_desk(
            lambda desk: (part, _READERS[part](desk)), done=self._on_done, failed=self._on_failed
        )
        if part is None or not self._busy:
            self.finished.emit()
            return
        self._wanted.discard(part)

    def _on_done(self, answer: tuple[BoardPart, object]) -> None:
        self.answered.emit(*answer)
        self._go_on()

    def _on_failed(self, error: Exception) -> None:
        self._busy = False
        self._wanted.clear()
        if not isinstance(error, DeskError):
            raise error
        self.failed.emit(str(error))
