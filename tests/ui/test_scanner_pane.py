"""The scanner pane: commands, badges, acknowledgement, verification, sounds, set-up, and what outlives a restart."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import STATION, Orders, StartApp
from tests.ui.test_override import word, worker
from tests.ui.test_scanning import scan
from tests.wedge.scanner import Scanner, scan_of
from warehouse_desk.app.window import WindowApp
from warehouse_desk.domain.orders.step_options import StepOptions
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.scanning.commands import MODE_WORDS
from warehouse_desk.domain.scanning.modes import ModeName
from warehouse_desk.domain.status import Status
from warehouse_desk.services.scanning.request import ScanRequest
from warehouse_desk.ui.scanner.assistant import ScannerAssistant
from warehouse_desk.ui.scanner.lists import DiagnosisDialog, ExceptionsDialog
from warehouse_desk.ui.shell.window import MainWindow
from warehouse_desk.ui.sounds import LEVELS, Sounds
from warehouse_desk.ui.tasks import Tasks
from warehouse_desk.wedge.grammar import Kind, command_code
from warehouse_desk.wedge.layouts import FR
from warehouse_desk.wedge.learning import KNOWN_TEXTS

OpenWindow = Callable[[], MainWindow]


def test_every_command_word_for_a_mode_chooses_it(started: Callable[[], WindowApp]) -> None:
    app = started()
    for letters, mode in MODE_WORDS.items():
        scan(app.window, command_code(letters))
        assert app.window.scanner.controls.mode.name == mode


def test_the_undo_command_takes_the_last_scan_back(
    started: Callable[[], WindowApp], orders: Orders, qtbot: QtBot
) -> None:
    (order_id,) = orders.create()
    app = started()
    scan(app.window, orders.reference(order_id))
    qtbot.waitUntil(lambda: word(app.window) == "PACKED")
    scan(app.window, command_code("UNDO"))
    qtbot.waitUntil(lambda: word(app.window) == "UNDONE")
    assert orders.status(order_id) is Status.NEW


@pytest.mark.parametrize(
    ("command", "status", "held"), [("HOLD", Status.PACKED, True), ("SHORT", Status.OUT_OF_STOCK, False)]
)
def test_hold_and_out_of_stock_concern_the_last_scanned_order(
    started: Callable[[], WindowApp], orders: Orders, qtbot: QtBot, command: str, status: Status, held: bool
) -> None:
    (order_id,) = orders.create()
    app = started()
    scan(app.window, orders.reference(order_id))
    qtbot.waitUntil(lambda: word(app.window) == "PACKED")
    scan(app.window, command_code(command))
    qtbot.waitUntil(lambda: word(app.window) == "DONE")
    facts = orders.desk.orders.show(order_id).facts
    assert (facts.status, facts.held) == (status, held)


def test_a_command_without_an_order_asks_for_one(started: Callable[[], WindowApp]) -> None:
    app = started()
    scan(app.window, command_code("HOLD"))
    assert word(app.window) == "WHICH ORDER?"


def test_an_error_stays_until_it_is_seen_and_later_scans_are_kept(
    started: Callable[[], WindowApp], orders: Orders, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = orders.create(2)
    app = started()
    pane = app.window.scanner
    pane.set_acknowledge(True)
    sounded: list[str] = []
    monkeypatch.setattr(pane.sounds, "sound", sounded.append)
    scan(app.window, "ORD-99999")
    qtbot.waitUntil(lambda: pane.intake.held)
    scan(app.window, orders.reference(first))
    scan(app.window, orders.reference(second))
    qtbot.waitUntil(lambda: len(orders.desk.scanning.unanswered()) == 2)
    qtbot.waitUntil(lambda: word(app.window) == "UNKNOWN")
    assert sounded == ["refused"] * 3
    assert not pane.controls.lamp.ready
    QTest.keyClick(pane.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: orders.status(second) is Status.PACKED)
    assert orders.status(first) is Status.PACKED


def test_readings_left_by_the_last_run_are_finished_and_named(
    started: Callable[[], WindowApp], orders: Orders, qtbot: QtBot
) -> None:
    (order_id,) = orders.create()
    given = StepOptions(date=orders.desk.context.today())
    request = ScanRequest(mode=ModeName.PACK, code=orders.reference(order_id), options=given)
    orders.desk.scanning.receive(request)
    app = started()
    qtbot.waitUntil(lambda: word(app.window) == "PACKED")
    assert app.window.scanner.panel.verdict.sentence.startswith("Scanned before the restart:")
    assert orders.status(order_id) is Status.PACKED


def test_the_history_of_the_station_survives_a_restart(
    started: Callable[[], WindowApp], orders: Orders, qtbot: QtBot
) -> None:
    ids = orders.create(3)
    first = started()
    for order_id in ids:
        scan(first.window, orders.reference(order_id))
    qtbot.waitUntil(lambda: orders.status(ids[2]) is Status.PACKED)
    first.window.close()
    again = started()
    history = again.window.scanner.history
    qtbot.waitUntil(lambda: len(history.verdicts) == 3)
    assert [v.reference for v in history.verdicts] == [orders.reference(i) for i in reversed(ids)]
    assert history.list.item(0).text().endswith("PACKED  Samira")


def test_pieces_are_counted_beside_the_answer(started: Callable[[], WindowApp], orders: Orders, qtbot: QtBot) -> None:
    (order_id,) = orders.create()
    app = started()
    pane = app.window.scanner
    pane.controls.set_mode("verify")
    scan(app.window, orders.reference(order_id))
    scan(app.window, "TSHIRT-M")
    qtbot.waitUntil(lambda: pane.tally.headline.text().endswith("1 of 2"))
    scan(app.window, "TSHIRT-M")
    qtbot.waitUntil(lambda: word(app.window) == "PACKED")
    qtbot.waitUntil(lambda: pane.tally.headline.text() == "No order is open")
    assert orders.status(order_id) is Status.PACKED


def test_a_mode_says_what_must_be_chosen_first(started: Callable[[], WindowApp]) -> None:
    app = started()
    app.window.scanner.controls.set_mode("cancel")
    scan(app.window, "ORD-00001")
    assert app.window.scanner.panel.verdict.sentence == "Enter the reason first, then scan again."


def test_a_reason_is_kept_with_the_cancellation(started: Callable[[], WindowApp], orders: Orders, qtbot: QtBot) -> None:
    (order_id,) = orders.create()
    app = started()
    app.window.scanner.controls.set_mode("cancel")
    app.window.scanner.controls.sticky.reason.setCurrentText("Le client a changé d’avis")
    scan(app.window, orders.reference(order_id))
    qtbot.waitUntil(lambda: word(app.window) == "CANCELED")
    assert orders.desk.orders.show(order_id).facts.cancel_reason == "Le client a changé d’avis"


def test_a_badge_signs_in_and_the_next_one_takes_over(
    start_app: StartApp, staffed: dict[str, str], qtbot: QtBot
) -> None:
    app = start_app()
    qtbot.waitUntil(app.window.connecting.sign_in.isVisible)
    app.scan_controller.codes.take(Kind.BADGE, staffed["Karim"])
    qtbot.waitUntil(lambda: app.station.current is not None)
    assert worker(app.window) == "Karim"
    app.scan_controller.codes.take(Kind.BADGE, staffed["Nadia"])
    qtbot.waitUntil(lambda: worker(app.window) == "Nadia")
    scan(app.window, command_code("SIGNOUT"))
    assert worker(app.window) == ""
    assert app.window.connecting.sign_in.isVisible()


def test_a_station_without_sound_says_so_once_and_goes_on(qtbot: QtBot) -> None:
    sounds = Sounds(play=lambda _file: False)
    told: list[int] = []
    sounds.silent.connect(lambda: told.append(1))
    for level in LEVELS * 3:
        sounds.sound(level)
    qtbot.waitUntil(lambda: told == [1])
    sounds.wait()
    sounds.sound("refused")
    assert told == [1]
    sounds.deleteLater()


def test_each_answer_has_a_tone_of_its_own(qtbot: QtBot) -> None:
    played: list[Path] = []

    def play(file: Path) -> bool:
        played.append(file)
        return True

    sounds = Sounds(play=play)
    for level in (*LEVELS, "info"):
        sounds.sound(level)
    sounds.wait()
    assert sorted(file.name for file in played) == ["already.wav", "done.wav", "refused.wav"]
    assert max(played, key=lambda file: file.stat().st_size).name == "refused.wav"
    sounds.deleteLater()


def test_each_answer_is_announced_to_screen_readers(
    started: Callable[[], WindowApp], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    announced: list[str] = []

    def note(event: object) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            announced.append(event.message())

    monkeypatch.setattr(QAccessible, "updateAccessibility", note)
    app = started()
    scan(app.window, "ORD-99999")
    qtbot.waitUntil(lambda: bool(announced))
    assert announced[0].startswith("UNKNOWN ORD-99999. No order has the code")


def test_the_assistant_learns_a_scanner_from_three_barcodes(started: Callable[[], WindowApp]) -> None:
    from warehouse_desk.wedge.profile import ScannerLayout, Suffix

    app = started()
    tools = app.scan_controller.tools
    tools.set_up()
    assistant = tools.dialog
    assert isinstance(assistant, ScannerAssistant)
    for number, text in enumerate(KNOWN_TEXTS):
        app.scan_controller.filter.recorded.emit(tuple(Scanner(FR, "fr").keys(text, 1_000 * number)))
    assert assistant.outcome is not None
    assert assistant.outcome.complete
    assert KNOWN_TEXTS[2] in assistant.raw.toPlainText()
    assistant.keep.click()
    profile = app.scan_controller.filter.recogniser.profile
    assert (profile.layout, profile.suffix) == (ScannerLayout.FR, Suffix.ENTER)
    assert '"layout": "fr"' in str(app.settings.value("scanner/profile"))


def test_the_diagnosis_page_copies_the_bursts(started: Callable[[], WindowApp], qtbot: QtBot) -> None:
    from PySide6.QtGui import QGuiApplication

    from warehouse_desk.wedge.layouts import US

    app = started()
    for key in Scanner(US, "fr").keys("ORD-00042", 5_000):
        app.scan_controller.filter.recogniser.feed(key)
    app.scan_controller.tools.diagnose()
    dialog = app.scan_controller.tools.dialog
    assert isinstance(dialog, DiagnosisDialog)
    dialog.copy.click()
    assert "ORD-00042" in QGuiApplication.clipboard().text()
    dialog.close()


def test_supervisors_see_what_went_wrong(started: Callable[[], WindowApp], qtbot: QtBot) -> None:
    app = started()
    scan(app.window, "ORD-99999")
    qtbot.waitUntil(lambda: word(app.window) == "UNKNOWN")
    tools = app.scan_controller.tools
    tools.show_exceptions()
    qtbot.waitUntil(lambda: isinstance(tools.dialog, ExceptionsDialog))
    assert isinstance(tools.dialog, ExceptionsDialog)
    assert tools.dialog.table.rowCount() == 1
    assert tools.dialog.table.model().index(0, 5).data() == STATION
    tools.dialog.close()


def test_a_label_typed_while_the_pane_waits_for_a_sign_in_is_refused(tasks: Tasks, window: OpenWindow) -> None:
    shown = window()
    shown.workplace.station.leave("")
    scan(shown, "ORD-00001")
    assert word(shown) == "NOBODY SIGNED IN"


def test_a_handed_parcel_is_counted_live(started: Callable[[], WindowApp], orders: Orders, qtbot: QtBot) -> None:
    ids = orders.create(3)
    company = orders.desk.directories.companies()[0]
    orders.act(Action.PACK, ids)
    orders.act(Action.PUSH, ids, company_id=company.id, from_stock=False)
    app = started()
    pane = app.window.scanner
    pane.controls.set_mode("hand-over")
    pane.controls.sticky.receiver.setCurrentIndex(0)
    pane.controls.sticky.changed.emit()
    qtbot.waitUntil(lambda: pane.tally.headline.text() == "Parcels: 0 of 3")
    scan(app.window, orders.reference(ids[1]))
    qtbot.waitUntil(lambda: pane.tally.headline.text() == "Parcels: 1 of 3")


def test_the_sheet_of_what_was_handed_over_is_closed_from_the_count(
    started: Callable[[], WindowApp], orders: Orders, qtbot: QtBot
) -> None:
    ids = orders.create(2)
    orders.act(Action.PACK, ids)
    orders.act(Action.PUSH, ids, company_id=orders.desk.directories.companies()[0].id, from_stock=False)
    app = started()
    pane, hand_over = app.window.scanner, app.window.papers.hand_over
    pane.controls.set_mode("hand-over")
    pane.controls.sticky.receiver.setCurrentIndex(0)
    pane.controls.sticky.changed.emit()
    qtbot.waitUntil(lambda: pane.tally.headline.text() == "Parcels: 0 of 2")
    assert pane.tally.sheet.isHidden()
    scan(app.window, orders.reference(ids[0]))
    qtbot.waitUntil(lambda: not pane.tally.sheet.isHidden())
    QTest.mouseClick(pane.tally.sheet, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: hand_over.side is not None and "Parcels: 1" in hand_over.side.facts.text())
    side = hand_over.side
    assert side is not None
    assert side.carrier.currentText() == "Amana"
    # The courier brings one more while the window is open: it counts, and the next look at the sheet has it.
    pane.scan(orders.reference(ids[1]))
    qtbot.waitUntil(lambda: pane.tally.headline.text() == "Parcels: 2 of 2")
    QTest.mouseClick(side.close_sheet, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "(closed). Parcels: 2" in side.facts.text())
    assert hand_over.dialog is not None
    hand_over.dialog.reject()
    qtbot.waitUntil(lambda: pane.tally.headline.text() == "Parcels: 0 of 0")
    assert pane.tally.sheet.isHidden()


@pytest.mark.parametrize(
    ("scanner", "code", "said"),
    [
        (Scanner(), "HTTPS://X.MA/1", "UNKNOWN"),
        (Scanner(FR, "fr"), "Amina 12", "UNKNOWN"),
        (Scanner(codes=False), "HTTPS://X.MA/1", "UNKNOWN"),
    ],
    ids=["another barcode", "with a blank", "keys unknown"],
)
def test_a_barcode_of_a_form_that_the_desk_does_not_know_is_answered_and_stored(
    started: Callable[[], WindowApp], orders: Orders, qtbot: QtBot, scanner: Scanner, code: str, said: str
) -> None:
    app = started()
    app.scan_controller.filter.scanned.emit(scan_of(scanner.keys(code)))
    qtbot.waitUntil(lambda: word(app.window) == said)
    assert len(orders.desk.scanning.history()) == 1


def test_a_reading_of_which_nothing_can_be_told_asks_for_another(started: Callable[[], WindowApp]) -> None:
    app = started()
    nothing = replace(scan_of(Scanner().keys("HTTPS://X.MA/1")), text="", candidates=())
    app.scan_controller.filter.scanned.emit(nothing)
    assert word(app.window) == "SCAN AGAIN"
