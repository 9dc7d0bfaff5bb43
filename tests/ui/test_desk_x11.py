"""The real program on a real display: a supervisor finds orders, acts on them, is refused, and takes a step back."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pytestqt.exceptions import TimeoutError as WaitedTooLong
from pytestqt.qtbot import QtBot

from tests.support.display import Display
from tests.ui.conftest import STATION, Orders
from tests.ui.test_scanner_x11 import eventually, program
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.status import Status

TYPING = "140"
"""Milliseconds between letters: a hand, not a scanner."""
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

    def ask(self, qtbot: QtBot, title: str, *keys: str) -> None:
        """Press keys until their question stands there: of a list that is still being read nothing is asked."""
        for _ in range(ATTEMPTS):
            self.press(*keys)
            with suppress(WaitedTooLong):
                qtbot.waitUntil(lambda: self.display.has_window(title), timeout=ATTEMPT_MS)
                return

    def answer(self, title: str, *, text: str = "") -> None:
        """Type into a dialog, press Enter, and go back to the window."""
        self.display.focus(self.display.wait_for_window(title))
        if text:
            self.display.xdotool("type", "--delay", TYPING, text)
        self.display.xdotool("key", "Return")
        self.display.focus(self.window)

    def find(self, text: str) -> None:
        """Do what the palette finds first."""
        self.press("ctrl+k")
        self.answer("^Find an action", text=text)


def test_a_filtered_list_is_packed_the_step_taken_back_and_a_refused_order_stays_selected(
    x_display: Display, sqlite_url: str, orders: Orders, tmp_path: Path, qtbot: QtBot
) -> None:
    ids = orders.create(4)
    held, free = ids[:1], ids[1:]
    orders.act(Action.HOLD, held, reason="Client absent")
    x_display.set_keyboard_layout("us")
    with program(x_display, sqlite_url, tmp_path / "data") as running:
        hand = Hand.at(x_display)
        # The filter: only what is not on hold. All of it is packed, and the step taken back.
        hand.find("not on hold")
        hand.ask(qtbot, "^Mark packed$", "F3", "ctrl+a", "ctrl+shift+p")
        hand.answer("^Mark packed$")
        eventually(qtbot, lambda: {orders.status(each) for each in free} == {Status.PACKED})
        hand.press("ctrl+z")
        eventually(qtbot, lambda: {orders.status(each) for each in free} == {Status.NEW})
        # Every order: the held one refuses the step and stays selected, so that the next step concerns it alone.
        hand.ask(qtbot, "^Mark packed$", "ctrl+shift+BackSpace", "F3", "ctrl+a", "ctrl+shift+p")
        hand.answer("^Mark packed$")
        eventually(qtbot, lambda: {orders.status(each) for each in free} == {Status.PACKED})
        assert [orders.status(each) for each in held] == [Status.NEW]
        hand.press("F3", "ctrl+shift+x")
        hand.answer("^Cancel$", text="refused by phone")
        eventually(qtbot, lambda: orders.status(held[0]) is Status.CANCELED)
        assert running.poll() is None
    assert {orders.status(each) for each in free} == {Status.PACKED}


def test_a_view_is_kept_by_keys_and_shown_by_the_next_program(
    x_display: Display, sqlite_url: str, orders: Orders, tmp_path: Path, qtbot: QtBot
) -> None:
    ids = orders.create(3)
    orders.act(Action.PACK, ids[:2])
    x_display.set_keyboard_layout("us")
    with program(x_display, sqlite_url, tmp_path / "data"):
        hand = Hand.at(x_display)
        hand.find("packed")
        hand.press("ctrl+s")
        hand.answer("^Keep this list", text="To ship")
        eventually(qtbot, lambda: [view.name for view in orders.desk.orders.views.all()] == ["To ship"])
    assert orders.desk.orders.views.all()[0].order_filter.status is Status.PACKED
    with program(x_display, sqlite_url, tmp_path / "data"):
        hand = Hand.at(x_display)
        hand.find("to ship")
        hand.ask(qtbot, "^Mark shipped$", "F3", "ctrl+a", "ctrl+shift+h")
        hand.answer("^Mark shipped$")
        eventually(qtbot, lambda: [orders.status(each) for each in ids] == [Status.SHIPPED, Status.SHIPPED, Status.NEW])
