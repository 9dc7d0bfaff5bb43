"""The real program on a real display: a supervisor finds orders, acts on them, is refused, and takes a step back."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from tests.support.display import Display
from tests.ui.conftest import STATION, Orders
from tests.ui.test_scanner_x11 import eventually, program
from warehouse_desk.domain.status import Status
from warehouse_desk.domain.transitions import Action

TYPING = "140"
"""Milliseconds between letters: a hand, not a scanner."""


def answer(display: Display, title: str, *keys: str, text: str = "") -> None:
    """Type into a dialog, press its keys, and go back to the window as a window manager would."""
    display.focus(display.wait_for_window(title))
    if text:
        display.xdotool("type", "--delay", TYPING, text)
    display.xdotool("key", *keys)
    display.focus(display.wait_for_window(f"{STATION}$"))


def palette(display: Display, text: str) -> None:
    display.xdotool("key", "ctrl+k")
    answer(display, "^Find an action", "Return", text=text)


def test_a_filtered_list_is_packed_the_step_taken_back_and_a_refused_order_stays_selected(
    x_display: Display, sqlite_url: str, orders: Orders, tmp_path: Path, qtbot: QtBot
) -> None:
    ids = orders.create(4)
    held, free = ids[:1], ids[1:]
    orders.act(Action.HOLD, held, reason="Client absent")
    x_display.set_keyboard_layout("us")
    with program(x_display, sqlite_url, tmp_path / "data") as running:
        # The filter: only what is not on hold. All of it is packed, and the step taken back.
        palette(x_display, "not on hold")
        x_display.xdotool("key", "F3", "ctrl+a", "ctrl+shift+p")
        answer(x_display, "^Mark packed$", "Return")
        eventually(qtbot, lambda: {orders.status(each) for each in free} == {Status.PACKED})
        x_display.xdotool("key", "ctrl+z")
        eventually(qtbot, lambda: {orders.status(each) for each in free} == {Status.NEW})
        # Every order: the held one refuses the step and stays selected, so that the next step concerns it alone.
        x_display.xdotool("key", "ctrl+shift+BackSpace", "F3", "ctrl+a", "ctrl+shift+p")
        answer(x_display, "^Mark packed$", "Return")
        eventually(qtbot, lambda: {orders.status(each) for each in free} == {Status.PACKED})
        assert [orders.status(each) for each in held] == [Status.NEW]
        x_display.xdotool("key", "F3", "ctrl+shift+x")
        answer(x_display, "^Cancel$", "Return", text="refused by phone")
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
        palette(x_display, "packed")
        x_display.xdotool("key", "ctrl+s")
        answer(x_display, "^Keep this list", "Return", text="To ship")
        eventually(qtbot, lambda: [view.name for view in orders.desk.views()] == ["To ship"])
    assert orders.desk.views()[0].wanted.status is Status.PACKED
    with program(x_display, sqlite_url, tmp_path / "data"):
        palette(x_display, "to ship")
        x_display.xdotool("key", "F3", "ctrl+a", "ctrl+shift+h")
        answer(x_display, "^Mark shipped$", "Return")
        eventually(qtbot, lambda: [orders.status(each) for each in ids] == [Status.SHIPPED, Status.SHIPPED, Status.NEW])
