"""Qt's own words and dates in the language of the station."""

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from warehouse_desk.common.messages import current_language

LOCALES = {"en": "en_GB", "fr": "fr_MA", "ar": "ar_MA"}
"""Morocco writes its numbers with Western digits and its dates day first; so does British English."""


def speak(app: QApplication) -> None:
    """Give Qt's buttons, file dialogs and calendars the words of the current language."""
    language = current_language()
    QLocale.setDefault(QLocale(LOCALES[language]))
    words = QTranslator(app)
    if words.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(words)
