"""Scanning in the window: what is typed into the field, what the panel says, what the database holds."""

import time
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Orders
from tests.ui.wedge_keys import press_one
from tests.wedge.scanner import Scanner
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.status import Status
from warehouse_desk.ui.orders.columns import OrderColumn
from warehouse_desk.ui.orders.model import CellRole
from warehouse_desk.ui.shell.window import MainWindow

OpenWindow = Callable[[], MainWindow]


def scan(window: MainWindow, code: str) -> None:
    QTest.keyClicks(window.scanner.field, code)
    QTest.keyClick(window.scanner.field, Qt.Key.Key_Return)


def test_a_scanned_order_is_packed_and_its_row_shows_it(window: OpenWindow, orders: Orders, qtbot: QtBot) -> None:
    ids = orders.create(3)
    desk = window()
    scan(desk, orders.reference(ids[1]))
    qtbot.waitUntil(lambda: desk.scanner.panel.verdict.word == "PACKED")
    assert orders.status(ids[1]) is Status.PACKED
    qtbot.waitUntil(lambda: desk.orders.model.index(1, OrderColumn.STATUS).data(CellRole.STATUS) == Status.PACKED)
    assert desk.scanner.field.text() == ""
    assert desk.scanner.panel.verdict.level == "done"


def test_the_same_parcel_twice_is_calmly_already_packed(window: OpenWindow, orders: Orders, qtbot: QtBot) -> None:
    (order_id,) = orders.create()
    desk = window()
    scan(desk, orders.reference(order_id))
    qtbot.waitUntil(lambda: desk.scanner.panel.verdict.word == "PACKED")
    desk.scanner.intake.forget(orders.reference(order_id))  # as if a moment had passed
    scan(desk, orders.reference(order_id).lower())
    qtbot.waitUntil(lambda: desk.scanner.panel.verdict.word == "ALREADY PACKED")
    assert desk.scanner.panel.verdict.level == "already"
    assert "Nothing to do" in desk.scanner.panel.verdict.sentence


def test_a_double_read_is_one_scan(window: OpenWindow, orders: Orders, qtbot: QtBot) -> None:
    (order_id,) = orders.create()
    desk = window()
    answers: list[str] = []
    desk.scanner.answered.connect(lambda verdict: answers.append(verdict.word))
    for _ in range(3):
        scan(desk, orders.reference(order_id))
    qtbot.waitUntil(lambda: not desk.scanner.intake.waiting and bool(answers))
    assert answers == ["PACKED"]


def test_scans_faster_than_the_disk_are_all_kept_in_order(window: OpenWindow, orders: Orders, qtbot: QtBot) -> None:
    ids = orders.create(12)
    desk = window()
    answers: list[str] = []
    desk.scanner.answered.connect(lambda verdict: answers.append(verdict.reference))
    references = [orders.reference(order_id) for order_id in ids]
    for reference in references:
        scan(desk, reference)
    qtbot.waitUntil(lambda: len(answers) == 12)
    assert answers == references
    assert {orders.status(order_id) for order_id in ids} == {Status.PACKED}


def test_an_unknown_code_says_so_and_what_to_do(window: OpenWindow, qtbot: QtBot) -> None:
    desk = window()
    scan(desk, "ORD-99999")
    qtbot.waitUntil(lambda: desk.scanner.panel.verdict.level == "refused")
    assert desk.scanner.panel.verdict.word == "UNKNOWN"
    assert "Check the label" in desk.scanner.panel.verdict.sentence


def test_shipping_an_unpacked_order_is_refused_with_the_first_step(
    window: OpenWindow, orders: Orders, qtbot: QtBot
) -> None:
    (order_id,) = orders.create()
    desk = window()
    desk.scanner.controls.set_mode("ship")
    scan(desk, orders.reference(order_id))
    qtbot.waitUntil(lambda: desk.scanner.panel.verdict.word == "DO NOT SHIP")
    assert "Mark packed" in desk.scanner.panel.verdict.sentence
    assert orders.status(order_id) is Status.NEW


def test_shipping_takes_the_sticky_warehouse(window: OpenWindow, orders: Orders, qtbot: QtBot) -> None:
    (order_id,) = orders.create()
    orders.act(Action.PACK, [order_id])
    desk = window()
    desk.scanner.controls.set_mode("ship")
    scan(desk, orders.reference(order_id))
    qtbot.waitUntil(lambda: desk.scanner.panel.verdict.word == "SHIPPED")
    assert orders.desk.orders.show(order_id).warehouse == "Casablanca"


def test_the_last_scan_can_be_undone(window: OpenWindow, orders: Orders, qtbot: QtBot) -> None:
    (order_id,) = orders.create()
    desk = window()
    scan(desk, orders.reference(order_id))
    qtbot.waitUntil(lambda: desk.scanner.panel.verdict.word == "PACKED")
    desk.scanner.history._undo.click()
    qtbot.waitUntil(lambda: desk.scanner.panel.verdict.word == "UNDONE")
    assert orders.status(order_id) is Status.NEW
    assert desk.scanner.history.last_undoable() is None
    # The label lies before the worker still: scanned at once, it is no double read.
    scan(desk, orders.reference(order_id))
    qtbot.waitUntil(lambda: desk.scanner.panel.verdict.word == "PACKED")
    assert orders.status(order_id) is Status.PACKED


def test_an_empty_enter_sends_nothing(window: OpenWindow) -> None:
    desk = window()
    scan(desk, "   ")
    assert desk.scanner.panel.verdict.word == "READY"


def test_the_scanned_order_is_shown_in_full_beside_the_list(window: OpenWindow, orders: Orders, qtbot: QtBot) -> None:
    ids = orders.create(2)
    desk = window()
    scan(desk, orders.reference(ids[0]))
    qtbot.waitUntil(lambda: desk.detail.detail is not None)
    assert desk.detail.detail is not None
    assert desk.detail.detail.facts.id == ids[0]


def test_a_scan_far_down_the_list_does_not_read_the_list_anew(window: OpenWindow, orders: Orders, qtbot: QtBot) -> None:
    ids = orders.create(450)
    desk = window()
    stale: list[bool] = []
    desk.orders.model.went_stale.connect(lambda: stale.append(True))
    scan(desk, orders.reference(ids[0]))
    qtbot.waitUntil(lambda: desk.scanner.panel.verdict.word == "PACKED")
    qtbot.waitUntil(lambda: desk.detail.detail is not None)
    assert stale == []


def test_a_doubtful_reading_counts_when_one_way_to_read_it_is_an_order(
    window: OpenWindow, orders: Orders, qtbot: QtBot
) -> None:
    (order_id,) = orders.create()
    desk = window()
    desk.scanner.scan_doubtful(("QRD-00001", orders.reference(order_id)))
    qtbot.waitUntil(lambda: desk.scanner.panel.verdict.word == "PACKED")
    desk.scanner.scan_doubtful(("QRD-00003", "QRD-00002"))
    qtbot.waitUntil(lambda: desk.scanner.panel.verdict.word == "DO NOT PACK")
    assert "Scan again;" in desk.scanner.panel.verdict.sentence


def test_the_large_screen_hides_the_list_and_comes_back_with_escape(
    window: OpenWindow, orders: Orders, qtbot: QtBot
) -> None:
    orders.create()
    desk = window()
    desk.registry.action("scan.large").trigger()
    assert not desk.columns.isVisible()
    QTest.keyClick(desk, Qt.Key.Key_Escape)
    assert desk.columns.isVisible()


def test_shipping_without_a_warehouse_asks_for_it(window: OpenWindow, orders: Orders) -> None:
    (order_id,) = orders.create()
    desk = window()
    desk.scanner.controls.set_mode("ship")
    desk.scanner.controls.sticky.warehouse.clear()
    scan(desk, orders.reference(order_id))
    assert desk.scanner.panel.verdict.sentence == "Choose the warehouse first, then scan again."


def test_a_barcode_of_no_known_form_is_answered_too(window: OpenWindow, qtbot: QtBot) -> None:
    desk = window()
    for key in Scanner(codes=False, gap_ms=4).keys("RD-09463", time.monotonic_ns() // 1_000_000):
        press_one(key)
    qtbot.waitUntil(lambda: desk.scanner.panel.verdict.level == "refused")
    assert "RD-09463" in desk.scanner.panel.verdict.sentence
