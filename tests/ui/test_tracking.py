"""The courier's number: in its own small window, and by the scanner's tracking mode."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Orders
from tests.ui.test_scanning import scan
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.ui.edit.tracking_controller import TrackingDialog
from warehouse_desk.ui.shell.window import MainWindow
from warehouse_desk.wedge.grammar import command_code

OpenWindow = Callable[[], MainWindow]


def dialog_of(window: MainWindow, qtbot: QtBot, order_id: int) -> TrackingDialog:
    window.orders.view.select_orders([order_id])
    action = window.registry.action("order.track")
    qtbot.waitUntil(action.isEnabled)
    action.trigger()
    qtbot.waitUntil(lambda: window.tracking.dialog is not None)
    dialog = window.tracking.dialog
    assert dialog is not None
    return dialog


def test_a_number_is_typed_taken_back_and_taken_away(window: OpenWindow, orders: Orders, qtbot: QtBot) -> None:
    ids = orders.create()
    orders.act(Action.PACK, ids)
    desk = window()
    dialog = dialog_of(desk, qtbot, ids[0])
    QTest.keyClicks(dialog.number, "MA-000123")
    QTest.keyClick(dialog.number, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.tracking.dialog is None)
    assert orders.desk.orders.show(ids[0]).facts.tracking_number == "MA-000123"
    qtbot.waitUntil(desk.registry.action("order.undo").isEnabled)
    with qtbot.waitSignal(desk.action_controller.finished):
        desk.registry.action("order.undo").trigger()
    assert orders.desk.orders.show(ids[0]).facts.tracking_number is None
    orders.desk.orders.track(ids[0], "MA-1")
    again = dialog_of(desk, qtbot, ids[0])
    assert again.number.text() == "MA-1"
    again.number.clear()
    QTest.mouseClick(again.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.tracking.dialog is None)
    assert orders.desk.orders.show(ids[0]).facts.tracking_number is None


def test_a_refusal_is_told_in_the_window_and_what_was_typed_stays(
    window: OpenWindow, orders: Orders, qtbot: QtBot
) -> None:
    ids = orders.create(2)
    orders.act(Action.PACK, ids)
    orders.desk.orders.track(ids[0], "MA-1")
    desk = window()
    dialog = dialog_of(desk, qtbot, ids[1])
    QTest.keyClicks(dialog.number, "MA-1")
    QTest.keyClick(dialog.number, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(dialog.fault.text()))
    assert f"is the tracking number of {orders.reference(ids[0])}" in dialog.fault.text()
    assert dialog.number.text() == "MA-1"
    dialog.reject()


def test_the_scanner_says_what_to_scan_next_and_that_it_is_noted(
    window: OpenWindow, orders: Orders, qtbot: QtBot
) -> None:
    ids = orders.create()
    orders.act(Action.PACK, ids)
    desk = window()
    scan(desk, command_code("TRXCKING"))
    scan(desk, orders.reference(ids[0]))
    qtbot.waitUntil(lambda: desk.scanner.panel.verdict.word == "NOW ITS LABEL")
    scan(desk, "MA-000123")
    qtbot.waitUntil(lambda: desk.scanner.panel.verdict.word == "NUMBER NOTED")
    assert desk.scanner.panel.verdict.reference == orders.reference(ids[0])
    assert orders.desk.orders.show(ids[0]).facts.tracking_number == "MA-000123"
