"""Fail a test that leaves windows, timers or threads behind, which would trouble the tests after it."""

import sys
import threading
import weakref
from collections.abc import Callable
from typing import Any

JOIN_SECONDS = 2.0  # a thread that was told to end may need a moment; one that was not told never ends


class LeakGuard:
    """Compares the process before and after one test."""

    def __init__(self, patch: Callable[[object, str, object], None]) -> None:
        """Begin watching; ``patch`` sets an attribute and puts it back after the test."""
        self._threads = set(threading.enumerate())
        self._started: list[weakref.ref[Any]] = []
        self._windows = {id(window) for window in _top_level_windows()}
        if "PySide6.QtCore" in sys.modules:
            from PySide6.QtCore import QThread, QTimer

            for kind in (QThread, QTimer):
                patch(kind, "start", self._recording(kind.start))

    def _recording(self, start: Callable[..., None]) -> Callable[..., None]:
        def recorded(sender: object, *arguments: object) -> None:
            self._started.append(weakref.ref(sender))
            start(sender, *arguments)

        return recorded

    def complaints(self) -> list[str]:
        """Return one sentence per thing that the test left behind."""
        return [*self._left_windows(), *self._left_senders(), *self._left_threads()]

    def _left_windows(self) -> list[str]:
        left = [window for window in _top_level_windows() if id(window) not in self._windows]
        return [f"a window was left: {window!r}; give it to qtbot.addWidget or close it" for window in left]

    def _left_senders(self) -> list[str]:
        from_test = [sender() for sender in self._started]
        if not from_test:
            return []
        from PySide6.QtCore import QThread
        from shiboken6 import isValid

        said = []
        for sender in {id(one): one for one in from_test if one is not None and isValid(one)}.values():
            active = sender.isRunning() if isinstance(sender, QThread) else sender.isActive()
            if active:
                said.append(f"{sender!r} was left running; stop it or let its owner delete it")
        return said

    def _left_threads(self) -> list[str]:
        new = [thread for thread in threading.enumerate() if thread not in self._threads and not thread.daemon]
        for thread in new:
            thread.join(JOIN_SECONDS)
        return [f"the thread {thread.name!r} was left running" for thread in new if thread.is_alive()]


def _top_level_windows() -> list[Any]:
    """Return the top-level widgets that live now, after those asked to be deleted are gone."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or widgets.QApplication.instance() is None:
        return []
    from PySide6.QtCore import QCoreApplication, QEvent

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return list(widgets.QApplication.topLevelWidgets())
