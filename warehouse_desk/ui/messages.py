"""The only way to tell the user something that no pane shows by itself: calm, beside the work, never modal."""

import logging
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from warehouse_desk.common.messages import tr
from warehouse_desk.domain.errors import DeskError

_LOG = logging.getLogger(__name__)


class Level(StrEnum):
    """How much a message matters; its icon and colour follow."""

    DONE = "done"
    INFO = "info"
    WARNING = "already"
    ERROR = "refused"


@dataclass(frozen=True, slots=True)
class Note:
    """One message to the user."""

    level: Level
    text: str


class Messages(QObject):
    """Collects messages; those told before a window listens wait for it."""

    note_added = Signal(object)
    failed = Signal(object)
    """A fault of the program itself, as an exception: for the crash report."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._early: list[Note] | None = []

    def tell(self, text: str, level: Level = Level.INFO) -> None:
        """Show a message."""
        note = Note(level, text)
        if self._early is not None:
            self._early.append(note)
        else:
            self.note_added.emit(note)

    def show_failure(self, error: Exception) -> None:
        """Show why something did not work; anything but a refusal in words is a fault of ours and is reported."""
        if isinstance(error, DeskError):
            self.tell(str(error), Level.ERROR)
            return
        _LOG.error("a task failed", exc_info=error)
        self.tell(tr("Something went wrong; nothing was changed. The report says what."), Level.ERROR)
        self.failed.emit(error)

    def listen(self) -> None:
        """Deliver the early messages, and all later ones at once."""
        early, self._early = self._early or [], None
        for note in early:
            self.note_added.emit(note)
