"""The label window: preview, choices, a thousand labels in the background, printers that answer and that do not."""

import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.documents.paper import one_bit, pages, scanned
from tests.documents.zebra import ink
from tests.support.printing import a_printer, a_printer_that_breaks_off
from tests.ui.conftest import Orders
from warehouse_desk.domain.results import BulkResult, Outcome
from warehouse_desk.domain.status import Status
from warehouse_desk.services.paper.labels import LabelSettings
from warehouse_desk.ui.printing.dialog import PrintDialog
from warehouse_desk.ui.printing.memory import Destination, PrintMemory, Way
from warehouse_desk.ui.printing.qt_printer import print_pages
from warehouse_desk.ui.shell.window import MainWindow

OpenWindow = Callable[[], MainWindow]


@pytest.fixture(autouse=True)
def a_computer_without_printers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is attached to the computer that runs the tests: it prints nothing here."""
    monkeypatch.setattr("warehouse_desk.printers.cups.is_available", lambda: False)
    monkeypatch.setattr("warehouse_desk.ui.printing.qt_printer.system_printers", list)


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    """The choices of the last time: none."""
    return QSettings(str(tmp_path / "choices.ini"), QSettings.Format.IniFormat)


def ask(window: MainWindow, qtbot: QtBot, ids: list[int]) -> PrintDialog:
    if ids:
        window.orders.view.select_orders(ids)
    action = window.registry.action("order.labels")
    assert action.isEnabled(), action.toolTip()
    action.trigger()
    qtbot.waitUntil(lambda: window.labels.dialog is not None, timeout=60_000)
    dialog = window.labels.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.preview.has_picture, timeout=60_000)
    return dialog


def choose(dialog: PrintDialog, way: Way) -> None:
    box = dialog.options.printer
    box.setCurrentIndex(next(i for i in range(box.count()) if box.itemData(i).way is way))


def save(window: MainWindow, qtbot: QtBot, dialog: PrintDialog, file: Path) -> BulkResult:
    choose(dialog, Way.FILE)
    dialog.options.set_file(str(file))
    with (
        qtbot.waitSignal(dialog.finished, timeout=60_000),
        qtbot.waitSignal(window.labels.finished, timeout=60_000) as ended,
    ):
        QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    answer = (ended.args or [None, None])[1]
    assert isinstance(answer, BulkResult)
    return answer


def scans(file: Path) -> list[str]:
    return [code for page in pages(file.read_bytes()) for code in scanned(page)]


def test_labels_are_previewed_before_anything_moves(window: OpenWindow, orders: Orders, qtbot: QtBot) -> None:
    ids = orders.create(3)
    dialog = ask(window(), qtbot, ids)
    assert dialog.preview.page_count == 3
    assert orders.status(ids[0]) is Status.NEW
    with qtbot.waitSignal(dialog.finished):
        QTest.mouseClick(dialog.leave, Qt.MouseButton.LeftButton)
    assert orders.status(ids[0]) is Status.NEW


def test_labels_are_saved_orders_packed_and_the_table_shows_it(
    window: OpenWindow, orders: Orders, qtbot: QtBot, tmp_path: Path
) -> None:
    ids = orders.create(2)
    desk = window()
    answer = save(desk, qtbot, ask(desk, qtbot, ids), tmp_path / "labels")
    assert answer.count(Outcome.DONE) == 2
    assert sorted(scans(tmp_path / "labels.pdf")) == sorted(map(orders.reference, ids))
    assert orders.status(ids[0]) is Status.PACKED
    qtbot.waitUntil(lambda: all(row.label_count == 1 for row in desk.orders.selected_orders()))


def test_printed_orders_are_left_out_without_a_reason_and_printed_with_one(
    window: OpenWindow, orders: Orders, qtbot: QtBot, tmp_path: Path
) -> None:
    ids = orders.create(2)
    orders.desk.paper.labels.make(ids[:1], LabelSettings())
    desk = window()
    dialog = ask(desk, qtbot, ids)
    assert dialog.options.form.isRowVisible(dialog.options.reason)
    answer = save(desk, qtbot, dialog, tmp_path / "first.pdf")
    assert sorted(each.outcome for each in answer.results) == [Outcome.ALREADY, Outcome.DONE]
    dialog = ask(desk, qtbot, ids)
    QTest.keyClicks(dialog.options.reason, "Torn")
    answer = save(desk, qtbot, dialog, tmp_path / "second.pdf")
    assert answer.count(Outcome.DONE) == 2


def test_the_next_sheet_begins_where_the_last_ended(
    window: OpenWindow, orders: Orders, qtbot: QtBot, tmp_path: Path
) -> None:
    ids = orders.create(3)
    desk = window()
    dialog = ask(desk, qtbot, ids[:2])
    dialog.options.stock.setCurrentIndex(dialog.options.stock.findData("a4-4up"))
    save(desk, qtbot, dialog, tmp_path / "first.pdf")
    again = ask(desk, qtbot, ids[2:])
    assert again.options.chosen_stock.key == "a4-4up"
    assert again.options.start.start == 3
    again.reject()


def test_a_printer_that_is_off_is_found_out_before_anything_moves(
    window: OpenWindow, orders: Orders, qtbot: QtBot
) -> None:
    ids = orders.create(2)
    desk = window()
    dialog = ask(desk, qtbot, ids)
    choose(dialog, Way.ZEBRA)
    with socket.create_server(("127.0.0.1", 0)) as gone:
        dialog.options.address.setText(f"127.0.0.1:{gone.getsockname()[1]}")
    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "cannot be reached" in dialog._fault.text())
    assert orders.status(ids[0]) is Status.NEW
    assert orders.desk.paper.label_runs.newest() == []
    with a_printer() as zebra:
        dialog.options.address.setText(zebra.address)
        with qtbot.waitSignal(dialog.finished):
            QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
        assert zebra.job().count(b"^XA") == 2
    assert [run.labels for run in orders.desk.paper.label_runs.newest()] == [2]


def test_a_folder_that_is_gone_is_found_out_before_anything_moves(
    window: OpenWindow, orders: Orders, qtbot: QtBot, tmp_path: Path
) -> None:
    ids = orders.create()
    dialog = ask(window(), qtbot, ids)
    choose(dialog, Way.FILE)
    dialog.options.set_file(str(tmp_path / "gone" / "labels.pdf"))
    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "there is no such folder" in dialog._fault.text())
    assert orders.status(ids[0]) is Status.NEW
    dialog.reject()


def test_labels_that_did_not_come_out_are_said_to_be_made_and_come_out_without_a_reason(
    window: OpenWindow, orders: Orders, qtbot: QtBot
) -> None:
    ids = orders.create(2)
    desk = window()
    dialog = ask(desk, qtbot, ids)
    choose(dialog, Way.ZEBRA)
    with a_printer_that_breaks_off(taken=10) as address:
        dialog.options.address.setText(address)
        QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: "ready and saved as print job 1" in dialog._fault.text(), timeout=20_000)
    assert "no reason" in dialog._fault.text()
    assert orders.status(ids[0]) is Status.PACKED
    with a_printer() as zebra:
        dialog.options.address.setText(zebra.address)
        dialog.options.resume.setValue(1)
        with qtbot.waitSignal(dialog.finished):
            QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
        assert zebra.job().count(b"^XA") == 2
    assert [run.labels for run in orders.desk.paper.label_runs.newest()] == [2]


def test_a_file_or_an_address_that_is_missing_is_asked_for(window: OpenWindow, orders: Orders, qtbot: QtBot) -> None:
    ids = orders.create()
    dialog = ask(window(), qtbot, ids)
    for way, sentence in ((Way.FILE, "Choose the file first."), (Way.ZEBRA, "Enter the address of the Zebra printer.")):
        choose(dialog, way)
        QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
        assert dialog._fault.text() == sentence
    dialog.reject()


def test_stopping_moves_nothing(window: OpenWindow, orders: Orders, qtbot: QtBot, tmp_path: Path) -> None:
    ids = orders.create(300)
    desk = window()
    dialog = ask(desk, qtbot, ids)
    choose(dialog, Way.FILE)
    dialog.options.set_file(str(tmp_path / "labels.pdf"))
    with qtbot.waitSignal(desk.labels._drawn):
        QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    QTest.mouseClick(dialog.leave, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Stopped" in dialog._fault.text(), timeout=20_000)
    dialog.reject()
    assert orders.desk.orders.counts()[Status.NEW] == 300
    assert orders.desk.paper.label_runs.newest() == []
    assert not (tmp_path / "labels.pdf").exists()


def test_a_thousand_labels_leave_the_window_awake(
    window: OpenWindow, orders: Orders, qtbot: QtBot, tmp_path: Path
) -> None:
    orders.create(1_000)
    desk = window()
    desk.orders.choose_all()
    dialog = ask(desk, qtbot, [])
    ticks: list[None] = []
    pulse = QTimer(dialog, interval=20)
    pulse.timeout.connect(lambda: ticks.append(None))
    pulse.start()
    answer = save(desk, qtbot, dialog, tmp_path / "labels.pdf")
    assert answer.count(Outcome.DONE) == 1_000
    # The window's own timer went on ticking: the work was not done in its thread. How long it waited is measured
    # by the benchmarks.
    assert len(ticks) >= 10


def test_what_was_chosen_is_remembered_for_each_printer(settings: QSettings) -> None:
    memory = PrintMemory(settings)
    zebra, office = Destination(Way.QUEUE, "Zebra 1"), Destination(Way.SYSTEM, "Bureau")
    memory.remember("80-roll", office, (0.0, 2.0))
    memory.remember("100x150", zebra, (0.5, -1.0), 300)
    again = PrintMemory(settings)
    assert (again.stock, again.destination) == ("100x150", zebra)
    assert (again.nudge(zebra), again.nudge(office)) == ((0.5, -1.0), (0.0, 2.0))
    assert (again.dpi(zebra), again.dpi(office)) == (300, 0)


def test_a_damaged_memory_is_as_none(settings: QSettings) -> None:
    settings.setValue("print/way", "pigeon")
    settings.setValue("print/start/a6", "first")
    settings.setValue("print/nudge-x/file/", "left")
    settings.setValue("print/dpi/file/", "many")
    memory = PrintMemory(settings)
    assert memory.destination == Destination(Way.FILE)
    assert memory.start("a6") == 1
    assert memory.nudge(memory.destination) == (0.0, 0.0)
    assert memory.dpi(memory.destination) == 0


@pytest.mark.parametrize("stock", ["100x150", "80-roll", "a4-4up", "a6"])
def test_the_systems_driver_prints_at_full_size_and_the_bars_scan(
    orders: Orders, dressed: object, tmp_path: Path, stock: str
) -> None:
    import pypdfium2

    ids = orders.create(2)
    made = orders.desk.paper.labels.make(ids, LabelSettings(stock=stock))
    file = tmp_path / "printed.pdf"
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(file))
    printer.setResolution(203)
    wanted = pypdfium2.PdfDocument(made.pdf)
    assert print_pages(printer, made.pdf) == len(wanted)
    printed = pypdfium2.PdfDocument(file.read_bytes())
    try:
        for ours, theirs in zip(wanted.get_page_size(0), printed.get_page_size(0), strict=True):
            assert abs(ours - theirs) < 72 / 203 * 2
    finally:
        wanted.close()
        printed.close()
    for drawn, out in zip(pages(made.pdf, 203), pages(file.read_bytes(), 203), strict=True):
        ours, theirs = ink(one_bit(drawn)), ink(one_bit(out))
        assert theirs == pytest.approx(ours, abs=2)  # to a quarter of a millimetre, on every side
    assert [code for page in pages(file.read_bytes(), 203) for code in scanned(page)] == [
        orders.reference(number) for number in ids
    ]
