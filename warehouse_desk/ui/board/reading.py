"""Reads the board's reports one after the other in the background, so that the order table keeps its threads."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from warehouse_desk.domain.errors import DeskError
from warehouse_desk.ui.tasks import Tasks

if TYPE_CHECKING:
    from warehouse_desk.services.desk import Desk


class Part(StrEnum):
    """What the board is made of, in the order in which it is read."""

    TODAY = "today"
    STUCK = "stuck"
    SHORTS = "shorts"
    RETURNS = "returns"


class BoardReader(QObject):
    """At most one report is being read; what is asked for again meanwhile is read once more after it."""

    answered = Signal(object, object)
    """The part and its report."""
    failed = Signal(str)
    finished = Signal()

    def __init__(self, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._desk: Desk | None = None
        self._wanted: set[Part] = set()
        self._busy = False

    def set_desk(self, desk: "Desk") -> None:
        """Read from a desk from now on."""
        self._desk = desk

    def read(self, parts: Iterable[Part]) -> None:
        """Read some parts anew."""
        self._wanted |= set(parts)
        if not self._busy:
            self._go_on()

    def _go_on(self) -> None:
        desk = self._desk
        part = next((each for each in Part if each in self._wanted), None)
        if desk is None or part is None:
            self._busy = False
            self.finished.emit()
            return
        self._busy = True
        self._wanted.discard(part)
        work: Callable[[], object] = {
            Part.TODAY: lambda: desk.reports.today(),
            Part.STUCK: lambda: desk.reports.stuck(),
            Part.SHORTS: lambda: desk.reports.shorts(),
            Part.RETURNS: lambda: desk.reports.returns(),
        }[part]
        self._tasks.run(lambda: (part, work()), owner=self, done=self._on_done, failed=self._on_failed)

    def _on_done(self, answer: tuple[Part, object]) -> None:
        self.answered.emit(*answer)
        self._go_on()

    def _on_failed(self, error: Exception) -> None:
        self._busy = False
        self._wanted.clear()
        if not isinstance(error, DeskError):
            raise error
        self.failed.emit(str(error))
