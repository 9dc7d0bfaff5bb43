"""Scans and typing with the cursor in a field: the field gets its text back."""

import pytest
from PySide6.QtCore import QDate
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDateEdit,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QTextEdit,
)

from tests.ui.wedge_desk import CODE, Desk
from tests.ui.wedge_desk import desk as desk
from tests.wedge.scanner import Scanner, typed
from warehouse_desk.ui.wedge.reading_field import ReadingField
from warehouse_desk.wedge.keys import ENTER, Key
from warehouse_desk.wedge.layouts import US


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


def test_a_field_that_wants_a_scan_gets_it_decoded_and_nobody_else_does(desk: Desk) -> None:
    field = ReadingField()
    finished: list[bool] = []
    field.returnPressed.connect(lambda: finished.append(True))
    desk.show(field)

    desk.scan("6111000000017")

    assert (field.text(), desk.codes, finished) == ("6111000000017", [], [])


def test_such_a_field_takes_scans_in_a_dialog_too_and_one_code_once(desk: Desk) -> None:
    dialog = QDialog()
    dialog.setModal(True)
    field = ReadingField(dialog, several=True)
    desk.qtbot.addWidget(dialog)
    dialog.open()
    dialog.activateWindow()
    field.setFocus()
    desk.qtbot.waitUntil(lambda: QApplication.focusWidget() is field)

    for number, code in enumerate(("6111000000017", "CARTON-9", "6111000000017")):
        desk.scan(code, 5_000 + 3_000 * number)

    assert field.codes() == ["6111000000017", "CARTON-9"]
    assert desk.codes == []


def test_typing_into_such_a_field_stays_typing(desk: Desk) -> None:
    field = ReadingField()
    desk.show(field)
    desk.press(typed("61110", [137] * 5))
    assert field.text() == "61110"
