"""A supervisor's hand on the keyboard of the real program."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import pytest
from pytestqt.exceptions import TimeoutError as WaitedTooLong
from pytestqt.qtbot import QtBot

from tests.support.display import Display
from tests.ui.conftest import STATION

TYPING = "140"
"""Milliseconds between letters: a hand, not a scanner."""
PALETTE = "^Find an action"
ATTEMPTS, ATTEMPT_MS = 10, 3_000


@dataclass(frozen=True)
class Hand:
    """Types into the program's window and its dialogs; there is no window manager that would move the keyboard."""

    display: Display
    window: str

    @classmethod
    def at(cls, display: Display) -> "Hand":
        """Find the program's window."""
        return cls(display, display.wait_for_window(f"{STATION}$"))

    def press(self, *keys: str) -> None:
        """Press keys in the window."""
        self.display.xdotool("key", *keys)

    def ask(self, qtbot: QtBot, title: str, *keys: str, finding: str = "") -> None:
        """Press keys until their question stands there: of a list that is still being read nothing is asked.

        ``finding``: what is found by the palette before, which knows a saved view only when it was read.
        """

        def again() -> None:
            if finding:
                self.find(finding)
            self.press(*keys)

        self._until(qtbot, lambda: self.display.has_window(title), again)

    def press_until(self, qtbot: QtBot, holds: Callable[[], bool], *keys: str) -> None:
        """Press keys until they had their effect: while an action is running another one is not begun."""
        self._until(qtbot, holds, lambda: self.press(*keys))

    @staticmethod
    def _until(qtbot: QtBot, holds: Callable[[], bool], again: Callable[[], None]) -> None:
        for _ in range(ATTEMPTS):
            again()
            with suppress(WaitedTooLong):
                qtbot.waitUntil(holds, timeout=ATTEMPT_MS)
                return
        pytest.fail("the keys had no effect")

    def answer(self, title: str, *, text: str = "") -> None:
        """Type into a dialog, press Enter, and go back to the window."""
        self.display.focus(self.display.wait_for_window(title))
        if text:
            self.display.xdotool("type", "--delay", TYPING, text)
        self.display.xdotool("key", "Return")
        self.display.focus(self.window)

    def find(self, text: str) -> None:
        """Do what the palette finds first; where it found nothing before, it is still open with what was typed."""
        if not self.display.has_window(PALETTE):
            self.press("ctrl+k")
        self.display.focus(self.display.wait_for_window(PALETTE))
        self.press("ctrl+a")
        self.answer(PALETTE, text=text)
