"""The last scans beside the answer: how many are kept, which one is taken back next, which may still be allowed."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Orders
from tests.ui.test_scanning import scan
from warehouse_desk.domain.orders.step_options import StepOptions
from warehouse_desk.domain.scanning.modes import ModeName
from warehouse_desk.domain.scanning.scans import ScanAnswer
from warehouse_desk.domain.status import Status
from warehouse_desk.services.desk import Desk
from warehouse_desk.services.scanning.request import ScanRequest
from warehouse_desk.ui.scanner.history import ScanHistory
from warehouse_desk.ui.scanner.intake import Intake
from warehouse_desk.ui.scanner.wording import Verdict
from warehouse_desk.ui.shell.window import MainWindow

PACKED = Verdict("done", "PACKED", "ORD-00001", "Next parcel.", undoable=True, scan_id="0")


@pytest.fixture
def history(dressed: QApplication, qtbot: QtBot) -> ScanHistory:
    shown = ScanHistory()
    qtbot.addWidget(shown)
    return shown


def shown_ids(history: ScanHistory) -> list[str]:
    assert history.list.count() == len(history.verdicts)
    return [verdict.scan_id for verdict in history.verdicts]


def test_the_last_fifty_scans_are_kept_newest_first(history: ScanHistory) -> None:
    for number in range(60):
        history.add(replace(PACKED, scan_id=str(number)))
    assert shown_ids(history) == [str(number) for number in range(59, 9, -1)]


def test_what_was_scanned_before_the_start_comes_below_and_nothing_twice(history: ScanHistory) -> None:
    history.add(replace(PACKED, scan_id="new"))
    history.fill([replace(PACKED, scan_id=name) for name in ("new", "older", "oldest")])
    assert shown_ids(history) == ["new", "older", "oldest"]


def test_one_undo_after_the_other_takes_the_scans_back_in_turn(
    window: Callable[[], MainWindow], orders: Orders, qtbot: QtBot
) -> None:
    ids = orders.create(2)
    desk = window()
    for order_id in ids:
        scan(desk, orders.reference(order_id))
    qtbot.waitUntil(lambda: len(desk.scanner.history.verdicts) == 2)
    undone: list[str] = []
    desk.scanner.panel.verdict_shown.connect(lambda verdict: undone.append(verdict.reference))
    for order_id in reversed(ids):
        desk.scanner.history._undo.click()
        reference = orders.reference(order_id)
        qtbot.waitUntil(lambda reference=reference: reference in undone)  # type: ignore[misc]  # a lambda
        assert desk.scanner.panel.verdict.word == "UNDONE"
        assert orders.status(order_id) is Status.NEW
    assert desk.scanner.history.last_undoable() is None


def test_the_readings_that_may_still_be_allowed_are_the_last_ones(
    dressed: QApplication, desk: Desk, qtbot: QtBot
) -> None:
    intake = Intake()
    answers: list[ScanAnswer] = []
    intake.answered.connect(answers.append)
    intake.serve(desk)
    for number in range(52):
        given = StepOptions(date=desk.context.today())
        intake.submit(ScanRequest(mode=ModeName.PACK, code=f"ORD-9{number:04d}", options=given))
    qtbot.waitUntil(lambda: len(answers) == 52, timeout=30_000)
    assert [intake.can_repeat(answers[place].scan_id) for place in (0, 1, 2, 51)] == [False, False, True, True]
    intake.close()
