"""From the label window to the paper: a thermal printer behind a real CUPS server, and one fed through a socket."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.documents.paper import scanned
from tests.documents.zebra import ink, printed
from tests.support.printing import (
    JOB_SECONDS,
    ZEBRA_DRIVER,
    CupsServer,
    LoopbackPrinter,
    a_printer_that_breaks_off,
)
from tests.ui.conftest import Orders
from warehouse_desk.domain.status import Status
from warehouse_desk.ui.printing.dialog import PrintDialog
from warehouse_desk.ui.printing.memory import Way
from warehouse_desk.ui.shell.window import MainWindow

OpenWindow = Callable[[], MainWindow]


def ask(window: MainWindow, qtbot: QtBot, ids: list[int]) -> PrintDialog:
    window.orders.view.select_orders(ids)
    window.registry.action("order.labels").trigger()
    qtbot.waitUntil(lambda: window.labels.dialog is not None and window.labels.dialog.preview.has_picture)
    dialog = window.labels.dialog
    assert dialog is not None
    return dialog


@pytest.mark.slow
def test_a_queue_chosen_in_the_window_prints_labels_that_scan(
    window: OpenWindow, orders: Orders, qtbot: QtBot, cups: CupsServer, printer: LoopbackPrinter
) -> None:
    ids = orders.create(3)
    cups.add_queue("Expedition", f"socket://{printer.address}", ZEBRA_DRIVER, "PageSize=w288h360")
    try:
        desk = window()
        dialog = ask(desk, qtbot, ids)
        box = dialog.options.printer
        box.setCurrentIndex(box.findText("Expedition"))
        assert dialog.options.destination.way is Way.QUEUE
        with qtbot.waitSignal(dialog.finished, timeout=JOB_SECONDS * 1_000):
            QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
        labels = printed(printer.job(cups))
    finally:
        cups.remove_queue("Expedition")
    assert sorted(text for label in labels for text in scanned(label)) == sorted(map(orders.reference, ids))
    assert [label.width for label in labels] == pytest.approx([800] * 3, abs=2)
    assert {orders.status(number) for number in ids} == {Status.PACKED}
    assert ask(desk, qtbot, ids[:1]).options.printer.findText("Expedition") == -1
    desk.labels.dialog.reject()  # type: ignore[union-attr]  # open, or ask() would have failed


def test_a_zebra_of_300_dots_is_remembered_and_its_labels_fill_the_paper(
    window: OpenWindow, orders: Orders, qtbot: QtBot, printer: LoopbackPrinter
) -> None:
    ids = orders.create(2)
    desk = window()
    for number in ids:
        dialog = ask(desk, qtbot, [number])
        options = dialog.options
        box = options.printer
        box.setCurrentIndex(next(i for i in range(box.count()) if box.itemData(i).way is Way.ZEBRA))
        if number == ids[0]:
            options.address.setText(printer.address)
            options.dpi.setCurrentIndex(options.dpi.findData(300))
        with qtbot.waitSignal(dialog.finished, timeout=60_000):
            QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
        (label,) = printed(printer.job(), 300)
        assert label.size == (1181, 1771)
        left, _, right, _ = ink(label)
        assert (right - left) / 300 * 25.4 == pytest.approx(92, abs=0.2)
        assert scanned(label) == [orders.reference(number)]


def test_a_zebra_that_stops_half_way_goes_on_with_the_next_label(
    window: OpenWindow, orders: Orders, qtbot: QtBot, printer: LoopbackPrinter
) -> None:
    ids = orders.create(120)
    dialog = ask(window(), qtbot, ids)
    options = dialog.options
    box = options.printer
    box.setCurrentIndex(next(i for i in range(box.count()) if box.itemData(i).way is Way.ZEBRA))
    with a_printer_that_breaks_off(taken=400_000) as broken:
        options.address.setText(broken)
        QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: "Labels printed:" in dialog._fault.text(), timeout=60_000)
    assert options.form.isRowVisible(options.resume)
    first = options.resume.value()
    assert first > 5
    options.resume.setValue(first - 2)
    options.address.setText(printer.address)
    with qtbot.waitSignal(dialog.finished, timeout=60_000):
        QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    assert printer.job().count(b"^XA") == 120 - (first - 2) + 1
    assert [run.labels for run in orders.desk.paper.label_runs.newest()] == [120]


def test_stopping_a_zebra_says_how_many_labels_it_has_and_goes_on_from_there(
    window: OpenWindow, orders: Orders, qtbot: QtBot, printer: LoopbackPrinter
) -> None:
    ids = orders.create(150)
    desk = window()
    dialog = ask(desk, qtbot, ids)
    options = dialog.options
    box = options.printer
    box.setCurrentIndex(next(i for i in range(box.count()) if box.itemData(i).way is Way.ZEBRA))
    options.address.setText(printer.address)
    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.labels._made is not None, timeout=60_000)
    with qtbot.waitSignal(desk.labels._drawn, timeout=60_000):
        pass
    QTest.mouseClick(dialog.leave, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(
        lambda: "The orders stay as they are; the labels are saved as print job" in dialog._fault.text(), timeout=60_000
    )
    already = printer.job().count(b"^XA")
    assert options.resume.value() == already + 1 < 151
    with qtbot.waitSignal(dialog.finished, timeout=60_000):
        QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    assert already + printer.job().count(b"^XA") == 150


def test_a_test_page_goes_to_the_chosen_printer_and_packs_nothing(
    window: OpenWindow, orders: Orders, qtbot: QtBot, printer: LoopbackPrinter
) -> None:
    ids = orders.create(1)
    dialog = ask(window(), qtbot, ids)
    options = dialog.options
    box = options.printer
    box.setCurrentIndex(next(i for i in range(box.count()) if box.itemData(i).way is Way.ZEBRA))
    options.address.setText("nowhere.invalid")
    QTest.mouseClick(options.test, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "nowhere.invalid:9100 cannot be reached" in dialog._fault.text(), timeout=20_000)
    options.address.setText(printer.address)
    QTest.mouseClick(options.test, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "measure the ruler" in options._test_note.text())
    (label,) = printed(printer.job())
    assert set(scanned(label)) == {"TEST-00001"}
    assert ink(label) == (0, 0, 800, 1200)
    assert orders.status(ids[0]) is Status.NEW
    dialog.reject()


def test_a_zebra_fed_through_a_socket_prints_the_same_labels(
    window: OpenWindow, orders: Orders, qtbot: QtBot, printer: LoopbackPrinter
) -> None:
    ids = orders.create(2)
    dialog = ask(window(), qtbot, ids)
    box = dialog.options.printer
    box.setCurrentIndex(next(i for i in range(box.count()) if box.itemData(i).way is Way.ZEBRA))
    dialog.options.address.setText(printer.address)
    with qtbot.waitSignal(dialog.finished, timeout=60_000):
        QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    labels = printed(printer.job())
    assert sorted(text for label in labels for text in scanned(label)) == sorted(map(orders.reference, ids))
