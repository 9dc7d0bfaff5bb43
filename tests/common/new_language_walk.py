"""Run in a copy of the program that has one language more: goes to every place that knows languages."""

import os
import sys
import tempfile
from datetime import date
from pathlib import Path

from openpyxl import load_workbook
from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QWidget

from warehouse_desk.cli.commands import build_parser
from warehouse_desk.cli.language import use_language
from warehouse_desk.common.messages import current_language, nmsg, set_language, tr
from warehouse_desk.documents.stock import shipped_stocks
from warehouse_desk.domain import shared_settings
from warehouse_desk.settings.station_settings import StationSettings
from warehouse_desk.settings.store import SettingsFile
from warehouse_desk.sheets.template import write_template
from warehouse_desk.ui import theme
from warehouse_desk.ui.actions.catalogue import BY_ID, LOOK
from warehouse_desk.ui.board.wording import percent_text, weekday_text
from warehouse_desk.ui.language import speak
from warehouse_desk.ui.preferences.dialog import PreferencesDialog
from warehouse_desk.ui.preferences.values import Preferences


def sentences() -> None:
    set_language("eo")
    assert tr("Save") == "ĉ Save"
    assert [str(nmsg("{n} order", "{n} orders", n)) for n in (1, 2)] == ["ĉ 1 order", "ĉ 2 orders"]


def command_line() -> None:
    assert build_parser().parse_args(["--lang", "eo"]).lang == "eo"
    set_language("en")
    os.environ["LC_ALL"] = "eo_XX.UTF-8"
    use_language("auto")
    assert current_language().name == "Esperanto"


def settings_file(folder: Path) -> None:
    file = SettingsFile(folder / "settings.toml")
    file.change(language="eo")
    loaded = file.load()
    assert (loaded.settings.language, loaded.complaints) == ("eo", ())


def window(app: QApplication) -> None:
    speak(app)
    theme.set_up(app, "light")
    assert QLocale().language() is QLocale.Language.Esperanto
    assert app.layoutDirection() is Qt.LayoutDirection.LeftToRight
    assert str(BY_ID["look.eo"].text) == "Esperanto"
    assert "look.eo" in LOOK


def preferences() -> None:
    values = {key: each.default for key, each in shared_settings.table().items()}
    shown, window = Preferences(values, StationSettings(language="eo"), "Quai 2", True, False), QWidget()
    dialog = PreferencesDialog(shown, window)
    choice = dialog.fields["language"].editor
    assert isinstance(choice, QComboBox)
    assert (choice.currentText(), dialog.windowTitle()) == ("Esperanto", "ĉ Station and settings")


def numbers_and_days() -> None:
    assert percent_text(0.125) == "12,5 pc"
    assert weekday_text(date(2026, 3, 2)) == QLocale("eo").toString(QDate(2026, 3, 2), "dddd d MMMM")


def paper(folder: Path) -> None:
    assert shipped_stocks()["a6"].name == "A6 sheet"
    write_template(folder / "template.xlsx")
    book = load_workbook(folder / "template.xlsx")
    assert "Esperanto" in [cell.value for cell in book[book.sheetnames[1]]["A"]]


def main() -> None:
    app = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sentences()
        command_line()
        settings_file(folder)
        window(app)
        preferences()
        numbers_and_days()
        paper(folder)


main()
