"""Scans and typing in real windows: who gets which key."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import QCoreApplication, QDate, QTimer
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDateEdit,
    QDialog,
    QLineEdit,
    QListWidget,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.wedge_keys import Clock, press
from tests.wedge.scanner import Scanner, typed
from warehouse_desk.ui.wedge.wedge_filter import (
    HEARTBEAT_MS,
    WedgeFilter,
    let_dialog_take_scans,
    mark_scan_page,
)
from warehouse_desk.wedge.keys import ENTER, Key
from warehouse_desk.wedge.layouts import FR, US
from warehouse_desk.wedge.profile import StationProfile, Suffix
from warehouse_desk.wedge.recogniser import Recogniser
from warehouse_desk.wedge.results import Scan

GARBLING_SCANNER = Scanner(US, "fr")
CODE = "ORD-00042"


@dataclass
class Desk:
    """A window with its scanner watched."""

    qtbot: QtBot
    clock: Clock
    wedge: WedgeFilter
    scanned: list[Scan]
    blocked: list[Scan]
    incomplete: list[object]
    windows: list[QWidget]

    def show(self, widget: QWidget, focus: QWidget | None = None) -> QWidget:
        window = QWidget()
        layout = QVBoxLayout(window)
        layout.addWidget(widget)
        self.qtbot.addWidget(window)
        self.windows.append(window)  # nobody else keeps it alive
        window.show()
        self.qtbot.waitExposed(window)
        window.activateWindow()
        (focus or widget).setFocus()
        self.qtbot.waitUntil(lambda: QApplication.focusWidget() is (focus or widget))
        return window

    def press(self, keys: list[Key], handled_ms: int | None = None) -> list[bool]:
        kept = press(self.clock, keys, handled_ms)
        QCoreApplication.sendPostedEvents()
        return kept

    def scan(self, code: str = CODE, at_ms: int = 5000) -> list[bool]:
        return self.press(GARBLING_SCANNER.keys(code, at_ms))

    @property
    def codes(self) -> list[str]:
        return [scan.text for scan in self.scanned]


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    clock = Clock()
    wedge = WedgeFilter(Recogniser(), platform="xcb", now_ms=clock)
    made = Desk(qtbot, clock, wedge, [], [], [], [])
    wedge.scanned.connect(made.scanned.append)
    wedge.blocked_by_dialog.connect(made.blocked.append)
    wedge.incomplete.connect(made.incomplete.append)
    yield made
    wedge.deleteLater()
    QCoreApplication.sendPostedEvents()


def test_a_scan_into_a_text_field_leaves_text_cursor_and_selection(desk: Desk) -> None:
    field = QLineEdit("rue de Fès 12")
    desk.show(field)
    field.setSelection(4, 2)

    desk.scan()

    assert desk.codes == [CODE]
    assert (field.text(), field.selectedText(), field.cursorPosition()) == ("rue de Fès 12", "de", 6)


def test_a_field_with_the_cursor_before_its_selection_gets_both_back(desk: Desk) -> None:
    field = QLineEdit("Casablanca")
    desk.show(field)
    field.setSelection(6, -3)

    desk.scan()

    assert (field.text(), field.selectionStart(), field.cursorPosition()) == ("Casablanca", 3, 3)


def test_who_listens_to_edits_hears_that_the_scan_was_taken_back(desk: Desk) -> None:
    field = QLineEdit("Rabat")
    heard: list[str] = []
    field.textEdited.connect(heard.append)
    desk.show(field)

    desk.scan()

    assert heard[-1] == "Rabat"


def test_enter_of_a_scan_does_not_finish_the_field(desk: Desk) -> None:
    field = QLineEdit()
    finished: list[bool] = []
    field.returnPressed.connect(lambda: finished.append(True))
    desk.show(field)

    desk.scan()

    assert (desk.codes, finished) == ([CODE], [])


def test_typing_in_a_field_arrives_untouched_with_its_enter(desk: Desk) -> None:
    field = QLineEdit()
    finished: list[str] = []
    field.returnPressed.connect(lambda: finished.append(field.text()))
    desk.show(field)

    keys = typed("ORD-00042", [90, 110, 80, 120, 25, 90, 100, 90])
    desk.press([*keys, Key(keys[-1].t_ms + 90, ENTER, "\r")])

    assert (finished, desk.codes) == (["ORD-00042"], [])


def test_slow_typing_delivered_at_once_after_the_window_was_busy_is_typing(desk: Desk) -> None:
    field = QLineEdit()
    desk.show(field)
    keys = typed("ORD-00042", [137] * 8)

    desk.press([*keys, Key(keys[-1].t_ms + 137, ENTER, "\r")], handled_ms=9000)

    assert (field.text(), desk.codes) == ("ORD-00042", [])


def test_a_spin_box_keeps_its_number(desk: Desk) -> None:
    spin = QSpinBox(maximum=1000, value=17)
    desk.show(spin)

    desk.press(Scanner(US, "us").keys(CODE, 5000))

    assert (desk.codes, spin.value(), spin.text()) == ([CODE], 17, "17")


def test_a_date_keeps_its_day(desk: Desk) -> None:
    day = QDateEdit(QDate(2026, 3, 14))
    day.setDisplayFormat("dd/MM/yyyy")
    desk.show(day)

    desk.press(Scanner(US, "us").keys(CODE, 5000))

    assert (desk.codes, day.date()) == ([CODE], QDate(2026, 3, 14))


def test_an_editable_choice_keeps_its_text(desk: Desk) -> None:
    cities = QComboBox()
    cities.setEditable(True)
    cities.addItems(["Casablanca", "Rabat", "Oujda"])
    cities.setCurrentIndex(1)
    desk.show(cities, cities)

    desk.scan()

    assert (desk.codes, cities.currentText(), cities.currentIndex()) == ([CODE], "Rabat", 1)


@pytest.mark.parametrize("kind", [QPlainTextEdit, QTextEdit])
def test_a_note_of_many_lines_keeps_text_and_selection(desk: Desk, kind: type[QTextEdit]) -> None:
    note = kind()
    note.setPlainText("Ne pas ouvrir\navant paiement")
    desk.show(note)
    cursor = note.textCursor()
    cursor.setPosition(3)
    cursor.setPosition(6, QTextCursor.MoveMode.KeepAnchor)
    note.setTextCursor(cursor)

    desk.scan()

    assert desk.codes == [CODE]
    assert (note.toPlainText(), note.textCursor().selectedText()) == ("Ne pas ouvrir\navant paiement", "pas")


def test_a_text_expander_may_type_a_paragraph_into_a_note(desk: Desk) -> None:
    note = QPlainTextEdit()
    desk.show(note)

    desk.press(Scanner(US, "us", gap_ms=3).keys("bonjour madame", 5000))

    assert (note.toPlainText(), desk.codes) == ("bonjour madame\n", [])


def test_a_scan_never_presses_the_button_in_focus(desk: Desk) -> None:
    button = QPushButton("Supprimer")
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


def test_a_password_is_never_looked_at(desk: Desk) -> None:
    secret = QLineEdit()
    secret.setEchoMode(QLineEdit.EchoMode.Password)
    desk.show(secret)

    desk.press(Scanner(US, "us").keys(CODE, 5000))

    assert (secret.text(), desk.codes, len(desk.wedge.recogniser.log)) == (CODE, [], 0)


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

    assert ([scan.text for scan in desk.blocked], desk.codes, dialog.isVisible()) == ([CODE], [], True)


def test_a_dialog_that_waits_for_a_scan_gets_it(desk: Desk) -> None:
    dialog = QDialog()
    desk.qtbot.addWidget(dialog)
    let_dialog_take_scans(dialog)
    button = QPushButton("Annuler", dialog)
    dialog.setModal(True)
    dialog.show()
    desk.qtbot.waitUntil(lambda: QApplication.focusWidget() is button)

    desk.scan()

    assert (desk.codes, desk.blocked) == ([CODE], [])


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
    desk = Desk(qtbot, clock, wedge, [], [], [], [])
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
