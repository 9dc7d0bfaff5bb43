"""Qt's own words follow the language of the station."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QDate, QLocale, Qt, QTranslator
from PySide6.QtWidgets import QApplication, QDateEdit, QDialogButtonBox
from pytestqt.qtbot import QtBot

from warehouse_desk.common.messages import set_language
from warehouse_desk.ui.bidi import use_day_first
from warehouse_desk.ui.language import speak


@pytest.fixture(params=["en", "fr", "ar"])
def language(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    before = QLocale()
    set_language(request.param)
    speak(qapp)
    yield request.param
    for words in qapp.findChildren(QTranslator):
        qapp.removeTranslator(words)
        words.deleteLater()
    QLocale.setDefault(before)
    set_language("en")


def test_a_dialog_can_be_left_in_the_language_of_the_station(qtbot: QtBot, language: str) -> None:
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(buttons)
    text = buttons.button(QDialogButtonBox.StandardButton.Cancel).text().replace("&", "")
    assert text == {"en": "Cancel", "fr": "Annuler", "ar": "ألغِ"}[language]


def test_the_months_of_the_calendar_are_named_in_the_language_of_the_station(language: str) -> None:
    told = QLocale().toString(QDate(2026, 11, 23), "d MMMM")
    assert told == {"en": "23 November", "fr": "23 novembre", "ar": "23 نونبر"}[language]


def test_a_date_is_day_first_also_in_a_window_laid_out_from_the_right(qtbot: QtBot, qapp: QApplication) -> None:
    before = qapp.layoutDirection()
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        edit = QDateEdit(QDate(2026, 11, 23))
        qtbot.addWidget(edit)
        use_day_first(edit)
        assert edit.text() == "23/11/2026"
    finally:
        qapp.setLayoutDirection(before)
