"""Scans and typing in real windows: who gets which key."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLineEdit,
    QListWidget,
    QMenu,
    QPushButton,
)
from pytestqt.qtbot import QtBot

from tests.ui.wedge_desk import CODE, GARBLING_SCANNER, Desk
from tests.ui.wedge_desk import desk as desk
from tests.ui.wedge_keys import Clock
from tests.wedge.scanner import Scanner, typed
from warehouse_desk.ui.wedge.wedge_filter import (
    HEARTBEAT_MS,
    WedgeFilter,
    mark_scan_page,
)
from warehouse_desk.wedge.grammar import badge_code, command_code
from warehouse_desk.wedge.keys import ENTER, Key
from warehouse_desk.wedge.layouts import FR, US
from warehouse_desk.wedge.profile import StationProfile, Suffix
from warehouse_desk.wedge.recogniser import Recogniser


def test_a_scan_never_presses_the_button_in_focus(desk: Desk) -> None:
    button = QPushButton("Supprimer la vue")
    button.setAutoDefault(True)
    pressed: list[bool] = []
    button.clicked.connect(lambda: pressed.append(True))
    desk.show(button)

    desk.scan()

    assert (desk.codes, pressed) == ([CODE], [])


def test_space_still_presses_the_button_in_focus(desk: Desk) -> None:
    button = QPushButton("Imprimer")
    pressed: list[bool] = []
    button.clicked.connect(lambda: pressed.append(True))
    desk.show(button)

    desk.press([Key(5000, 57, " ")])

    assert pressed == [True]


def test_a_scan_does_not_move_the_row_of_a_table(desk: Desk) -> None:
    rows = QListWidget()
    rows.addItems(["Amina", "Omar", "Rachid", "Driss"])
    rows.setCurrentRow(0)
    desk.show(rows)

    desk.press(Scanner(US, "us").keys(CODE, 5000))

    assert (desk.codes, rows.currentRow()) == ([CODE], 0)


def test_typing_ahead_in_a_table_still_finds_the_row(desk: Desk) -> None:
    rows = QListWidget()
    rows.addItems(["Amina", "Omar", "Rachid", "Driss"])
    rows.setCurrentRow(0)
    desk.show(rows)

    desk.press(typed("r", []))
    with desk.qtbot.waitSignal(desk.wedge.typing, timeout=3000):
        desk.clock.now_ms += 400

    assert rows.currentItem().text() == "Rachid"


def test_letters_typed_in_a_table_arrive_in_their_order_before_what_follows(desk: Desk) -> None:
    rows = QListWidget()
    rows.addItems(["Amina", "Rabia", "Rachid"])
    desk.show(rows)

    desk.press([*typed("rac", [90, 90]), Key(1300, 108, "")])

    assert rows.currentItem().text() == "Rachid"


def test_shortcuts_are_kept_off_once_a_burst_is_under_way(desk: Desk) -> None:
    desk.show(QListWidget())

    kept = desk.scan()

    assert kept == [False] * 3 + [True] * 7


def test_shortcuts_are_kept_off_from_the_first_key_on_a_scan_page(desk: Desk) -> None:
    page = QPushButton("Prêt à scanner")
    mark_scan_page(page)
    desk.show(page)

    assert desk.scan() == [True] * 10


def test_shortcuts_with_ctrl_pass_between_fast_keys(desk: Desk) -> None:
    desk.show(QListWidget())

    kept = desk.press([*typed("abcde", [20, 20, 20, 20]), Key(1100, 31, "\x13", ctrl=True)])

    assert kept[-1] is False


@pytest.fixture
def secret(desk: Desk) -> QLineEdit:
    field = QLineEdit("s3same")
    field.setEchoMode(QLineEdit.EchoMode.Password)
    desk.show(field)
    return field


@pytest.mark.parametrize("password", ["Tr0ub4dor&3", "123456", "LP123456789MA"])
def test_a_password_typed_at_the_speed_of_a_scanner_is_typed_and_told_to_nobody(
    desk: Desk, secret: QLineEdit, password: str
) -> None:
    entered: list[str] = []
    secret.returnPressed.connect(lambda: entered.append(secret.text()))
    told: list[object] = []
    desk.wedge.typing.connect(told.append)

    desk.press(Scanner(US, "us").keys(password, 5000))

    assert entered == [f"s3same{password}"]
    assert (desk.codes, desk.incomplete, told, len(desk.wedge.recogniser.log)) == ([], [], [], 0)


@pytest.mark.parametrize("code", [CODE, badge_code("CDEFGHIJKL"), command_code("SIGNOUT")])
def test_a_label_or_a_badge_scanned_into_a_password_is_taken_out_again(
    desk: Desk, secret: QLineEdit, code: str
) -> None:
    entered: list[str] = []
    secret.returnPressed.connect(lambda: entered.append(secret.text()))

    desk.scan(code)

    assert (desk.codes, secret.text(), entered, len(desk.wedge.recogniser.log)) == ([code], "s3same", [], 0)


def test_a_dialog_is_not_answered_by_a_scan(desk: Desk) -> None:
    desk.show(QPushButton("Station"))
    dialog = QDialog()
    desk.qtbot.addWidget(dialog)
    yes = QPushButton("Oui", dialog)
    yes.setDefault(True)
    yes.clicked.connect(dialog.accept)
    dialog.setModal(True)
    dialog.show()
    desk.qtbot.waitUntil(lambda: QApplication.focusWidget() is yes)

    desk.scan()

    assert (desk.codes, dialog.isVisible()) == ([CODE], True)


def test_the_field_of_a_dialog_gets_its_text_back(desk: Desk) -> None:
    dialog = QDialog()
    desk.qtbot.addWidget(dialog)
    name = QLineEdit("Youssef", dialog)
    QPushButton("Enregistrer", dialog, default=True).clicked.connect(dialog.accept)
    dialog.setModal(True)
    dialog.show()
    name.setFocus()
    desk.qtbot.waitUntil(lambda: QApplication.focusWidget() is name)

    desk.scan()

    assert (desk.codes, name.text(), dialog.isVisible()) == ([CODE], "Youssef", True)


def test_a_dialog_that_opens_in_the_middle_of_a_scan_is_not_answered(desk: Desk) -> None:
    desk.show(QLineEdit())
    keys = GARBLING_SCANNER.keys(CODE, 5000)
    desk.press(keys[:6])
    dialog = QDialog()
    desk.qtbot.addWidget(dialog)
    yes = QPushButton("Oui", dialog)
    yes.setDefault(True)
    yes.clicked.connect(dialog.accept)
    dialog.show()
    desk.qtbot.waitUntil(lambda: QApplication.focusWidget() is yes)

    desk.press(keys[6:])

    assert (desk.codes, dialog.isVisible()) == ([CODE], True)


def test_an_open_menu_is_not_worked_by_a_scan(desk: Desk) -> None:
    window = desk.show(QLineEdit())
    menu = QMenu(window)
    chosen: list[str] = []
    for name in ("&Ouvrir", "&Supprimer"):
        menu.addAction(name).triggered.connect(lambda _=False, name=name: chosen.append(name))
    menu.popup(window.pos())
    desk.qtbot.waitUntil(lambda: QApplication.activePopupWidget() is menu)

    desk.press(Scanner(US, "us").keys(CODE, 5000))
    menu.close()

    assert (desk.codes, chosen) == ([CODE], [])


def test_a_late_enter_after_a_scan_cut_short_is_kept_from_the_button(desk: Desk) -> None:
    desk.wedge.recogniser.set_profile(StationProfile(suffix=Suffix.ENTER))
    button = QPushButton("Valider")
    pressed: list[bool] = []
    button.pressed.connect(lambda: pressed.append(True))
    desk.show(button)
    keys = GARBLING_SCANNER.keys(CODE, 5000)

    desk.press(keys[:-1])
    desk.press([replace(keys[-1], t_ms=keys[-2].t_ms + 280)])

    assert (len(desk.incomplete), desk.codes, pressed) == (1, [], [])


def test_a_field_is_left_clean_by_a_reading_torn_in_two(desk: Desk) -> None:
    desk.wedge.recogniser.set_profile(StationProfile(suffix=Suffix.ENTER))
    field = QLineEdit("avant")
    desk.show(field)
    keys = GARBLING_SCANNER.keys("ORD-1234567", 5000)

    desk.press([*keys[:9], *(replace(key, t_ms=key.t_ms + 200) for key in keys[9:])])

    assert (field.text(), desk.codes, len(desk.incomplete)) == ("avant", [], 2)


def test_text_of_an_input_method_is_recognised_and_asks_for_confirmation(desk: Desk) -> None:
    field = QLineEdit("avant")
    desk.show(field)
    field.end(False)

    for char in CODE:
        commit = QInputMethodEvent()
        commit.setCommitString(char)
        QCoreApplication.sendEvent(field, commit)
    desk.press([Key(desk.clock.now_ms + 10, ENTER, "\r")])

    assert (desk.codes, desk.scanned[0].needs_confirmation, field.text()) == ([CODE], True, "avant")


def test_words_of_an_input_method_stay_typed(desk: Desk) -> None:
    field = QLineEdit()
    desk.show(field)
    for word in ("bonjour", " ", "madame"):
        commit = QInputMethodEvent()
        commit.setCommitString(word)
        QCoreApplication.sendEvent(field, commit)
    desk.press([Key(desk.clock.now_ms + 10, ENTER, "\r")])

    assert (field.text(), desk.codes) == ("bonjour madame", [])


def test_three_codes_within_a_third_of_a_second_arrive_in_their_order(desk: Desk) -> None:
    desk.show(QPushButton("Station"))
    fast = Scanner(FR, "fr", gap_ms=8)

    for place, code in enumerate(("ORD-00001", "ORD-00002", "ORD-00003")):
        desk.press(fast.keys(code, 5000 + place * 100))

    assert desk.codes == ["ORD-00001", "ORD-00002", "ORD-00003"]


def test_the_assistant_records_a_slow_reading_and_no_widget_sees_it(desk: Desk) -> None:
    field = QLineEdit()
    desk.show(field)
    recorded: list[tuple[Key, ...]] = []
    desk.wedge.recorded.connect(recorded.append)
    desk.wedge.record(True)

    desk.press(Scanner(FR, "us", gap_ms=150).keys("ORD-00001", 5000))
    with desk.qtbot.waitSignal(desk.wedge.recorded, timeout=3000):
        desk.clock.now_ms += 1000

    assert (len(recorded[0]), field.text()) == (10, "")


def test_every_burst_is_told_to_the_diagnosis_page(desk: Desk) -> None:
    bursts: list[object] = []
    desk.wedge.raw_burst.connect(bursts.append)
    desk.show(QPushButton("Station"))

    desk.scan()

    assert len(bursts) == 1
    assert "scan order 'ORD-00042' by us" in desk.wedge.recogniser.log.to_text()


def test_on_windows_keys_delivered_after_a_pause_of_the_window_prove_nothing(qtbot: QtBot) -> None:
    clock = Clock()
    wedge = WedgeFilter(Recogniser(), platform="windows", now_ms=clock)
    desk = Desk(qtbot, clock, wedge, [], [], [])
    wedge.scanned.connect(desk.scanned.append)
    field = QLineEdit()
    desk.show(field)
    heart = next(timer for timer in wedge.findChildren(QTimer) if timer.interval() == HEARTBEAT_MS)
    with qtbot.waitSignal(heart.timeout):
        pass
    clock.now_ms += 1500

    hurried = [replace(key, phys=0) for key in Scanner(US, "us", gap_ms=1).keys("bonjour", clock.now_ms)]
    desk.press(hurried)

    assert (field.text(), desk.codes) == ("bonjour", [])
    wedge.deleteLater()
