"""What this window's worker did last, whatever it was: undo takes back that, or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from warehouse_desk.common.messages import Message, msg


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that was done; ``orders`` are the ids whose last step may be taken back, empty where none may."""

    what: Message
    subject: str
    """The order's reference, or how many there were."""
    orders: tuple[int, ...] = ()

    def no_way_back(self) -> Message:
        """Return the sentence that names it and says that it stays."""
        return msg("Your last step cannot be undone: “{action}” ({orders})", action=self.what, orders=self.subject)

    def way_back(self) -> Message:
        """Return the sentence that names what undo will take back."""
        return msg("Undoes “{action}” ({orders})", action=self.what, orders=self.subject)


class LastDeed(QObject):
    """Remembers it; every part of the window that changes something tells it."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.current: Deed | None = None

    def note(self, text: Message, references: Sequence[str], orders: Sequence[int] = ()) -> None:
        """Remember what was just done, and on which orders; without ``orders`` it cannot be undone."""
        subject = references[0] if len(references) == 1 else str(msg("Orders: {count}", count=len(references)))
        self.current = Deed(text, subject, tuple(orders))
        self.changed.emit()

    def forget(self) -> None:
        """Have nothing more to take back: it was undone, or somebody else works here now."""
        self.current = None
        self.changed.emit()
