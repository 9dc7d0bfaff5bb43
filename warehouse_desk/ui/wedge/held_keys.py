"""Keys kept from a widget that is no text field until it is known whether they are a scan or typing."""

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QKeyEvent, QWindow

Identity = tuple[int, int]


def identity(event: QKeyEvent) -> Identity:
    """Return what press and release of one key share."""
    return int(event.nativeScanCode()), int(event.key())


class HeldKeys:
    """Presses and releases in their order, to be handed on late or never."""

    def __init__(self) -> None:
        self._events: list[tuple[QWindow, QKeyEvent]] = []
        self._down: set[Identity] = set()
        self._swallowed: set[Identity] = set()
        self.replaying = False

    def hold(self, window: QWindow, event: QKeyEvent) -> None:
        """Keep a press back."""
        self._events.append((window, event.clone()))
        self._down.add(identity(event))

    def swallow(self, event: QKeyEvent) -> None:
        """Note a press that no widget will see, so that its release is kept from them too."""
        self._swallowed.add(identity(event))

    def takes_release(self, window: QWindow, event: QKeyEvent) -> bool:
        """Keep the release of a held or swallowed press; false for the release of any other."""
        key = identity(event)
        if key in self._swallowed:
            if not event.isAutoRepeat():
                self._swallowed.discard(key)
            return True
        if key in self._down:
            self._events.append((window, event.clone()))
            return True
        return False

    def drop(self) -> None:
        """Forget the held keys: they were a scan."""
        released = {identity(event) for _, event in self._events if event.type() == QEvent.Type.KeyRelease}
        self._swallowed |= self._down - released
        self._events.clear()
        self._down.clear()

    def hand_on(self) -> None:
        """Send the held keys to their windows in order: they were typing."""
        events, self._events = self._events, []
        self._down.clear()
        self.replaying = True
        try:
            for window, event in events:
                if shiboken6.isValid(window):
                    QCoreApplication.sendEvent(window, event)
        finally:
            self.replaying = False

    def forget(self) -> None:
        """Start afresh, as after the program was left."""
        self._events.clear()
        self._down.clear()
        self._swallowed.clear()
