"""A supervisor allows a refused scan with badge and PIN, at the worker's own station."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Orders, StartApp
from tests.ui.test_scanning import scan
from warehouse_desk.app.window import WindowApp
from warehouse_desk.domain.orders.step_options import StepOptions
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.people.lock_out import TRIES, Tried
from warehouse_desk.domain.scanning.modes import ModeName
from warehouse_desk.domain.status import Status
from warehouse_desk.services.scanning.request import ScanRequest
from warehouse_desk.ui.scanner.override import OverrideDialog
from warehouse_desk.ui.shell.window import MainWindow
from warehouse_desk.wedge.grammar import Kind, command_code


def word(window: MainWindow) -> str:
    return window.scanner.panel.verdict.word


def worker(window: MainWindow) -> str:
    station = window.workplace.station.current
    return "" if station is None else station.caller.user_name


def test_a_supervisor_allows_one_scan_with_badge_and_pin(
    start_app: StartApp, staffed: dict[str, str], orders: Orders, qtbot: QtBot
) -> None:
    (order_id,) = orders.create()
    app = start_app()
    qtbot.waitUntil(app.window.connecting.sign_in.isVisible)
    codes = app.scan_controller.codes
    codes.take(Kind.BADGE, staffed["Karim"])
    qtbot.waitUntil(lambda: app.station.current is not None)
    scan(app.window, orders.reference(order_id))
    qtbot.waitUntil(lambda: word(app.window) == "DO NOT PACK")
    scan(app.window, command_code("OVERRIDE"))
    assert codes.dialog is not None
    codes.take(Kind.BADGE, staffed["Nadia"])
    QTest.keyClicks(codes.dialog.pin, "482915")
    QTest.keyClick(codes.dialog.pin, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: word(app.window) == "PACKED")
    assert orders.status(order_id) is Status.PACKED
    assert worker(app.window) == "Karim"


def test_a_badge_that_was_not_taken_cannot_be_read_from_the_answer(
    start_app: StartApp, staffed: dict[str, str], qtbot: QtBot
) -> None:
    app = start_app()
    pane = app.window.scanner
    code = staffed["Karim"]
    pane.refuse("SCAN AGAIN", code, f"{code[:-3]} came without its Enter.")
    verdict = pane.panel.verdict
    assert (verdict.reference, verdict.sentence) == ("XUX…", "XUX… came without its Enter.")
    qtbot.waitUntil(app.window.connecting.sign_in.isVisible)


@pytest.fixture
def refused(
    start_app: StartApp, staffed: dict[str, str], orders: Orders, qtbot: QtBot
) -> tuple[WindowApp, int, OverrideDialog]:
    """Karim's station with a refused scan, and a supervisor asked for."""
    (order_id,) = orders.create()
    app = start_app()
    qtbot.waitUntil(app.window.connecting.sign_in.isVisible)
    app.scan_controller.codes.take(Kind.BADGE, staffed["Karim"])
    qtbot.waitUntil(lambda: app.station.current is not None)
    scan(app.window, orders.reference(order_id))
    qtbot.waitUntil(lambda: word(app.window) == "DO NOT PACK")
    scan(app.window, command_code("OVERRIDE"))
    dialog = app.scan_controller.codes.dialog
    assert dialog is not None
    return app, order_id, dialog


def give(app: WindowApp, dialog: OverrideDialog, badge: str, pin: str, qtbot: QtBot) -> str:
    """Scan a badge, type a PIN, and return what is said to it."""
    dialog.show_fault("")
    app.scan_controller.codes.take(Kind.BADGE, badge)
    QTest.keyClicks(dialog.pin, pin)
    QTest.keyClick(dialog.pin, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(dialog._fault.text()))
    return dialog._fault.text()


def test_wrong_pins_are_counted_and_the_right_one_waits_then(
    refused: tuple[WindowApp, int, OverrideDialog], staffed: dict[str, str], orders: Orders, qtbot: QtBot
) -> None:
    app, order_id, dialog = refused
    for _ in range(TRIES[Tried.PIN]):
        assert give(app, dialog, staffed["Nadia"], "000001", qtbot) == "The PIN is wrong. Nothing was done."
    assert give(app, dialog, staffed["Nadia"], "482915", qtbot).startswith("Too many wrong PINs. Try again in")
    assert orders.status(order_id) is Status.NEW
    dialog.reject()


def test_a_revoked_badge_and_a_packers_own_override_nothing(
    refused: tuple[WindowApp, int, OverrideDialog], staffed: dict[str, str], orders: Orders, qtbot: QtBot
) -> None:
    app, order_id, dialog = refused
    orders.desk.people.revoke_badges_of("Nadia")
    orders.desk.people.set_pin("Karim", "482915")
    assert "unknown here" in give(app, dialog, staffed["Nadia"], "482915", qtbot)
    assert give(app, dialog, staffed["Karim"], "482915", qtbot) == "Karim may not allow this. Ask a supervisor."
    assert orders.status(order_id) is Status.NEW
    dialog.reject()


def test_a_supervisor_allows_the_scan_that_was_shown_and_no_later_one(
    refused: tuple[WindowApp, int, OverrideDialog], staffed: dict[str, str], orders: Orders, qtbot: QtBot
) -> None:
    app, shown, dialog = refused
    (later,) = orders.create()
    app.window.scanner.scan(orders.reference(later))  # as from a second scanner, or an answer that came late
    qtbot.waitUntil(lambda: app.window.scanner.panel.verdict.reference == orders.reference(later))
    app.scan_controller.codes.take(Kind.BADGE, staffed["Nadia"])
    QTest.keyClicks(dialog.pin, "482915")
    QTest.keyClick(dialog.pin, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: orders.status(shown) is Status.PACKED)
    assert orders.status(later) is Status.NEW


def test_a_supervisor_lets_a_parcel_leave_although_the_stock_says_too_little(
    start_app: StartApp, staffed: dict[str, str], orders: Orders, qtbot: QtBot
) -> None:
    orders.desk.settings.change({"verify_before_pack": "off"})
    orders.desk.goods.adjust(1, "TSHIRT-M", -9_999, "Inventaire")
    ids = orders.create()
    orders.act(Action.PACK, ids)
    app = start_app()
    qtbot.waitUntil(app.window.connecting.sign_in.isVisible)
    codes = app.scan_controller.codes
    codes.take(Kind.BADGE, staffed["Karim"])
    qtbot.waitUntil(lambda: app.station.current is not None)
    scan(app.window, command_code("SHIP"))
    app.window.scanner.controls.sticky.warehouse.setCurrentIndex(0)
    scan(app.window, orders.reference(ids[0]))
    qtbot.waitUntil(lambda: word(app.window) == "DO NOT SHIP")
    scan(app.window, command_code("OVERRIDE"))
    assert codes.dialog is not None
    codes.take(Kind.BADGE, staffed["Nadia"])
    QTest.keyClicks(codes.dialog.pin, "482915")
    QTest.keyClick(codes.dialog.pin, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: word(app.window) == "SHIPPED")
    assert [row.on_hand for row in orders.desk.goods.stock() if row.sku == "TSHIRT-M"] == [-1]
    assert orders.desk.orders.show(ids[0]).events[-1].reason == "Allowed by Nadia"


def test_a_scan_from_before_the_restart_is_made_again_before_it_can_be_allowed(
    start_app: StartApp, orders: Orders, qtbot: QtBot
) -> None:
    (order_id,) = orders.create()
    orders.act(Action.CANCEL, [order_id], reason="Ordered twice")
    given = StepOptions(date=orders.desk.context.today())
    orders.desk.scanning.receive(ScanRequest(mode=ModeName.PACK, code=orders.reference(order_id), options=given))
    app = start_app()
    qtbot.waitUntil(lambda: word(app.window) == "DO NOT PACK")
    scan(app.window, command_code("OVERRIDE"))
    assert word(app.window) == "SCAN AGAIN"
    assert app.scan_controller.codes.dialog is None
