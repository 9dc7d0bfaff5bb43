"""The real program on a real display: a supervisor finds orders, acts on them, is refused, and takes a step back."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from tests.support.display import Display
from tests.ui.conftest import Orders
from tests.ui.hand import Hand
from tests.ui.test_scanner_x11 import eventually, program
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.status import Status


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
        hand.press_until(qtbot, lambda: {orders.status(each) for each in free} == {Status.NEW}, "ctrl+z")
        # Every order: the held one refuses the step and stays selected, so that the next step concerns it alone.
        hand.ask(qtbot, "^Mark packed$", "ctrl+shift+BackSpace", "F3", "ctrl+a", "ctrl+shift+p")
        hand.answer("^Mark packed$")
        eventually(qtbot, lambda: {orders.status(each) for each in free} == {Status.PACKED})
        assert [orders.status(each) for each in held] == [Status.NEW]
        hand.ask(qtbot, "^Cancel$", "F3", "ctrl+shift+x")
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
        hand.ask(qtbot, "Save this list", "ctrl+s", finding="packed")
        hand.answer("Save this list", text="To ship")
        eventually(qtbot, lambda: [view.name for view in orders.desk.orders.views.all()] == ["To ship"])
    assert orders.desk.orders.views.all()[0].order_filter.status is Status.PACKED
    with program(x_display, sqlite_url, tmp_path / "data"):
        hand = Hand.at(x_display)
        hand.ask(qtbot, "^Mark shipped$", "F3", "ctrl+a", "ctrl+shift+h", finding="to ship")
        hand.answer("^Mark shipped$")
        eventually(qtbot, lambda: [orders.status(each) for each in ids] == [Status.SHIPPED, Status.SHIPPED, Status.NEW])
