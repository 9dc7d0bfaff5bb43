"""Qt's own words and dates in the language of the station."""

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from warehouse_desk.common.messages import current_language


def speak(app: QApplication) -> None:
    """Give Qt's buttons, file dialogs and calendars the words of the current language."""
    language = current_language()
    QLocale.setDefault(QLocale(language.locale))
    words = QTranslator(app)
    if words.load(f"qtbase_{language.code}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(words)
