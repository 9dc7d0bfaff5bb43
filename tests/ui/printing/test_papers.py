"""Labels taken out again and hand-over sheets, from the window."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tests.documents.paper import pages, said, scanned
from tests.ui.conftest import Orders
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.status import Status
from warehouse_desk.services.desk import Desk
from warehouse_desk.services.paper.labels import LabelSettings
from warehouse_desk.ui.printing.paper_dialog import PaperDialog
from warehouse_desk.ui.shell.window import MainWindow

OpenWindow = Callable[[], MainWindow]


@pytest.fixture(autouse=True)
def a_computer_without_printers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("warehouse_desk.printers.cups.is_available", lambda: False)
    monkeypatch.setattr("warehouse_desk.ui.printing.qt_printer.system_printers", list)


@pytest.fixture
def saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that the worker chooses whenever one is asked for."""
    file = tmp_path / "paper.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    return file


def opened(window: MainWindow, qtbot: QtBot, action: str) -> PaperDialog:
    qtbot.waitUntil(window.registry.action(action).isEnabled)
    window.registry.action(action).trigger()
    papers = window.papers
    paper = {"print.runs": papers.runs, "print.handover": papers.hand_over, "print.slips": papers.slips}[action]
    qtbot.waitUntil(lambda: paper.dialog is not None)
    dialog = paper.dialog
    assert dialog is not None
    return dialog


def save(dialog: PaperDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(dialog.go.isEnabled)
    with qtbot.waitSignal(dialog.finished):
        QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)


def test_a_run_is_looked_at_and_only_taking_it_out_is_noted(
    window: OpenWindow, orders: Orders, qtbot: QtBot, saved: Path
) -> None:
    made = orders.desk.paper.labels.make(orders.create(3), LabelSettings())
    desk = window()
    dialog = opened(desk, qtbot, "print.runs")
    qtbot.waitUntil(lambda: dialog.preview.page_count == 3)
    assert desk.papers.runs.runs is not None
    assert "Print job 1: 3 labels" in desk.papers.runs.runs.item(0).text()
    assert orders.desk.paper.label_runs.newest()[0].fetches == 0
    save(dialog, qtbot)
    assert saved.read_bytes() == made.pdf
    assert orders.desk.paper.label_runs.newest()[0].fetches == 1


def test_a_label_file_that_is_too_old_is_gone_when_the_window_opens_and_the_run_says_so(
    window: OpenWindow, orders: Orders, qtbot: QtBot
) -> None:
    months_ago = replace(orders.desk.context, now=lambda: datetime.now(UTC) - timedelta(days=120))
    then = Orders(Desk(months_ago))
    then.desk.paper.labels.make(then.create(), LabelSettings())
    desk = window()
    qtbot.waitUntil(lambda: not orders.desk.paper.label_runs.newest()[0].kept)
    dialog = opened(desk, qtbot, "print.runs")
    assert desk.papers.runs.runs is not None
    assert "The file is no longer kept." in desk.papers.runs.runs.item(0).text()
    qtbot.waitUntil(lambda: "Print the labels of its orders again" in dialog.preview.sheet.text())
    assert not dialog.go.isEnabled()
    dialog.reject()


def test_a_hand_over_is_collected_closed_and_saved(
    window: OpenWindow, orders: Orders, qtbot: QtBot, saved: Path
) -> None:
    ids = orders.create(2)
    orders.act(Action.PACK, ids)
    orders.act(Action.PUSH, ids, company_id=orders.desk.directories.companies()[0].id, from_stock=False)
    desk = window()
    dialog = opened(desk, qtbot, "print.handover")
    assert not dialog.go.isEnabled()
    side = desk.papers.hand_over.side
    assert side is not None
    side.carrier.setCurrentIndex(side.carrier.findText("Amana"))
    qtbot.waitUntil(lambda: "draft" in side.facts.text())
    assert "2 parcels (ORD-00001, ORD-00002)" in side.expected.text()
    QTest.mouseClick(side.fill, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.preview.has_picture)
    assert side.fill.isHidden()
    QTest.mouseClick(side.close_sheet, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "closed" in side.facts.text())
    qtbot.waitUntil(lambda: "BROUILLON" not in said(desk.papers.hand_over.pdf))
    save(dialog, qtbot)
    assert "TOTAL À ENCAISSER" in said(saved.read_bytes())
    assert [sheet.is_closed for sheet in orders.desk.paper.hand_overs.newest()] == [True]


def test_a_closed_hand_over_is_printed_again_with_what_was_struck_off_it(
    window: OpenWindow, orders: Orders, qtbot: QtBot
) -> None:
    company = orders.desk.directories.companies()[0].id
    struck, kept = orders.create(2)
    orders.act(Action.PACK, [struck, kept])
    orders.act(Action.PUSH, [struck, kept], company_id=company, from_stock=False)
    hand_overs = orders.desk.paper.hand_overs
    hand_overs.close(hand_overs.collect(company_id=company).sheet.summary.id)
    desk = window()
    desk.orders.view.select_orders([struck])
    desk.registry.action("order.strike").trigger()
    qtbot.waitUntil(lambda: desk.action_controller.dialog is not None)
    question = desk.action_controller.dialog
    assert question is not None
    assert question._reason is not None
    question._reason.setEditText("Colis oublié")
    with qtbot.waitSignal(desk.action_controller.finished):
        QTest.mouseClick(question._go, Qt.MouseButton.LeftButton)
    opened(desk, qtbot, "print.handover")
    side = desk.papers.hand_over.side
    assert side is not None
    side.choose((company, None))
    qtbot.waitUntil(lambda: side.earlier.count() == 2)
    assert "ORD-00001" in side.expected.text()
    side.earlier.setCurrentIndex(1)
    qtbot.waitUntil(lambda: "1 parcel was struck off" in side.facts.text())
    paper = desk.papers.hand_over
    qtbot.waitUntil(lambda: bool(paper.pdf) and "Rayé" in said(paper.pdf))
    assert not side.close_sheet.isEnabled()


def test_packing_slips_of_the_selection_are_shown_and_saved_and_change_nothing(
    window: OpenWindow, orders: Orders, qtbot: QtBot, saved: Path
) -> None:
    ids = orders.create(3)
    desk = window()
    desk.orders.view.select_orders(ids[:2])
    dialog = opened(desk, qtbot, "print.slips")
    qtbot.waitUntil(lambda: dialog.preview.page_count == 2)
    save(dialog, qtbot)
    codes = [code for page in pages(saved.read_bytes()) for code in scanned(page)]
    assert sorted(codes) == sorted(map(orders.reference, ids[:2]))
    assert orders.status(ids[0]) is Status.NEW


def test_packing_slips_of_a_whole_list_follow_the_list(
    window: OpenWindow, orders: Orders, qtbot: QtBot, saved: Path
) -> None:
    ids = orders.create(3)
    desk = window()
    desk.orders.choose_all()
    dialog = opened(desk, qtbot, "print.slips")
    qtbot.waitUntil(lambda: dialog.preview.page_count == 3)
    save(dialog, qtbot)
    codes = [code for page in pages(saved.read_bytes()) for code in scanned(page)]
    assert codes == list(map(orders.reference, reversed(ids)))


def test_a_carrier_with_nothing_to_take_says_so(window: OpenWindow, orders: Orders, qtbot: QtBot) -> None:
    orders.create()
    desk = window()
    dialog = opened(desk, qtbot, "print.handover")
    side = desk.papers.hand_over.side
    assert side is not None
    side.carrier.setCurrentIndex(side.carrier.findText("Hamid Ouazzani"))
    qtbot.waitUntil(lambda: "has no parcel yet." in dialog.preview.sheet.text())
    assert not dialog.go.isEnabled()
    dialog.reject()
