"""The window of settings: the station's own in its file, the shared ones in the database, faults beside their field."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QLineEdit, QSpinBox
from pytestqt.qtbot import QtBot

from tests.new_settings import NEW_SHARED, NEW_STATION, add_settings
from tests.ui.conftest import Orders, StartApp
from warehouse_desk.app.window import WindowApp
from warehouse_desk.common.setting import ChoiceSetting, NumberSetting, TextSetting
from warehouse_desk.domain import shared_settings
from warehouse_desk.settings import station_settings
from warehouse_desk.settings.store import SettingsFile
from warehouse_desk.ui import theme
from warehouse_desk.ui.preferences.dialog import PreferencesDialog
from warehouse_desk.ui.tokens import DARK, LIGHT


@pytest.fixture
def file(tmp_path: Path) -> SettingsFile:
    return SettingsFile(tmp_path / "settings.toml")


@pytest.fixture
def app(start_app: StartApp, orders: Orders, file: SettingsFile, qtbot: QtBot) -> WindowApp:
    app = start_app()
    app.window.management.preferences.file = file
    qtbot.waitUntil(lambda: app.station.current is not None)
    return app


def opened(app: WindowApp, qtbot: QtBot) -> PreferencesDialog:
    app.window.registry.action("preferences.show").trigger()
    preferences = app.window.management.preferences
    qtbot.waitUntil(lambda: preferences.dialog is not None)
    assert preferences.dialog is not None
    return preferences.dialog


def write(dialog: PreferencesDialog, key: str, value: str | int) -> None:
    editor = dialog.fields[key].editor
    if isinstance(editor, QLineEdit):
        editor.setText(str(value))
    elif isinstance(editor, QComboBox):
        editor.setCurrentIndex(editor.findData(value))
    elif isinstance(editor, QSpinBox):
        editor.setValue(int(value))


def save(app: WindowApp, dialog: PreferencesDialog, qtbot: QtBot) -> None:
    QTest.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: app.window.management.preferences.dialog is None)


def test_shared_settings_are_saved_for_all_stations(app: WindowApp, orders: Orders, qtbot: QtBot) -> None:
    dialog = opened(app, qtbot)
    for key, value in (("undo_minutes", 15), ("lock_minutes", 20), ("return_stock", "restock")):
        write(dialog, key, value)
    write(dialog, "sender_name", "  Maison   Argan ")
    save(app, dialog, qtbot)
    values = orders.desk.settings.values()
    assert (values["undo_minutes"], values["lock_minutes"], values["return_stock"], values["sender_name"]) == (
        15,
        20,
        "restock",
        "Maison Argan",
    )
    qtbot.waitUntil(lambda: app.station.current is not None and app.station.current.shared.lock_minutes == 20)


def test_a_value_that_cannot_be_is_told_beside_its_field_and_nothing_is_saved(
    app: WindowApp, orders: Orders, qtbot: QtBot
) -> None:
    before = orders.desk.settings.values()
    dialog = opened(app, qtbot)
    write(dialog, "sender_name", "x" * 150)
    write(dialog, "undo_minutes", 7)
    QTest.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(dialog.fields["sender_name"].fault))
    assert "at most 100 characters" in dialog.fields["sender_name"].fault
    assert not dialog.fields["undo_minutes"].fault
    assert dialog.tabs.tabText(dialog.tabs.currentIndex()) == "All stations"
    assert orders.desk.settings.values() == before
    write(dialog, "sender_name", "Maison Argan")
    save(app, dialog, qtbot)
    assert orders.desk.settings.values()["undo_minutes"] == 7


def test_the_stations_own_settings_go_into_its_file_with_what_stands_there(
    app: WindowApp, file: SettingsFile, qtbot: QtBot
) -> None:
    file.path.write_text('# our station\nlog_level = "debug"\n', encoding="utf-8")
    dialog = opened(app, qtbot)
    write(dialog, "station_name", "Quai 2")
    write(dialog, "language", "fr")
    save(app, dialog, qtbot)
    settings = file.load().settings
    assert (settings.station_name, settings.language, settings.log_level) == ("Quai 2", "fr", "debug")
    assert "# our station" in file.path.read_text(encoding="utf-8")
    assert app.window.toasts.texts()[-1] == "Saved. It takes effect at the next start of the program."


def test_colours_change_at_once(app: WindowApp, file: SettingsFile, qtbot: QtBot) -> None:
    qapp = QApplication.instance()
    assert isinstance(qapp, QApplication)
    theme.choose_scheme(qapp, "light")
    dialog = opened(app, qtbot)
    write(dialog, "theme", "dark")
    save(app, dialog, qtbot)
    assert theme.tokens() is DARK
    dialog = opened(app, qtbot)
    write(dialog, "theme", "light")
    save(app, dialog, qtbot)
    assert theme.tokens() is LIGHT
    assert file.load().settings.theme == "light"


def test_sound_and_acknowledgement_are_the_scanners_own(app: WindowApp, qtbot: QtBot) -> None:
    pane = app.window.scanner
    dialog = opened(app, qtbot)
    assert dialog.sounds.isChecked()
    assert not dialog.acknowledge.isChecked()
    dialog.sounds.click()
    dialog.acknowledge.click()
    save(app, dialog, qtbot)
    assert pane.is_muted
    assert pane.must_acknowledge
    tools = app.scan_controller.tools
    tools._on_menu()
    assert tools._muting.isChecked()
    assert tools._confirming.isChecked()
    dialog = opened(app, qtbot)
    assert not dialog.sounds.isChecked()
    dialog.reject()


def test_a_file_that_cannot_be_written_is_named(app: WindowApp, file: SettingsFile, qtbot: QtBot) -> None:
    file.path.parent.joinpath("closed").touch()
    app.window.management.preferences.file = SettingsFile(file.path.parent / "closed" / "settings.toml")
    dialog = opened(app, qtbot)
    write(dialog, "station_name", "Quai 2")
    QTest.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "cannot be written" in dialog.fault.text())
    dialog.reject()


def test_a_setting_added_to_a_table_is_in_the_window(
    app: WindowApp, orders: Orders, file: SettingsFile, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_settings(monkeypatch)
    dialog = opened(app, qtbot)
    minutes, shift = dialog.fields[NEW_SHARED].editor, dialog.fields[NEW_STATION].editor
    assert isinstance(minutes, QSpinBox)
    assert isinstance(shift, QCheckBox)
    assert (minutes.value(), minutes.maximum(), minutes.suffix()) == (3, 30, "")
    assert any(label.text().endswith("(min)") for label in dialog.findChildren(QLabel))
    assert (shift.text(), shift.isChecked()) == ("Night shift", True)
    minutes.setValue(7)
    shift.click()
    save(app, dialog, qtbot)
    assert orders.desk.settings.values()[NEW_SHARED] == 7
    assert getattr(file.load().settings, NEW_STATION) is False


def test_every_setting_that_has_a_heading_is_in_the_window(app: WindowApp, qtbot: QtBot) -> None:
    dialog = opened(app, qtbot)
    tables = {**station_settings.table(), **shared_settings.table()}
    assert list(dialog.fields) == [key for key, each in tables.items() if each.section is not None]
    dialog.reject()


def test_the_window_takes_what_the_tables_allow_and_no_more(app: WindowApp, qtbot: QtBot) -> None:
    dialog = opened(app, qtbot)
    tables = {**station_settings.table(), **shared_settings.table()}
    for key, field in dialog.fields.items():
        each, editor = tables[key], field.editor
        if isinstance(each, NumberSetting):
            assert isinstance(editor, QSpinBox), key
            assert (editor.minimum(), editor.maximum()) == (0, each.most), key
            assert each.fault(each.most) is None
            assert each.fault(each.most + 1) is not None
        elif isinstance(each, ChoiceSetting):
            assert isinstance(editor, QComboBox), key
            assert [editor.itemData(row) for row in range(editor.count())] == [str(choice) for choice in each.choices]
        elif isinstance(each, TextSetting):
            assert isinstance(editor, QLineEdit), key
            assert editor.maxLength() > each.most, f"{key}: what is too long must be told, not cut"
    dialog.reject()


def test_a_stations_name_that_is_too_long_is_told_before_anything_is_saved(
    app: WindowApp, file: SettingsFile, qtbot: QtBot
) -> None:
    dialog = opened(app, qtbot)
    write(dialog, "station_name", "Quai " * 30)
    QTest.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert dialog.fields["station_name"].fault == "Write a text of at most 100 characters."
    assert dialog.save.isEnabled()
    assert not file.path.exists()
    dialog.reject()


def test_nothing_changed_writes_nothing(app: WindowApp, file: SettingsFile, qtbot: QtBot) -> None:
    dialog = opened(app, qtbot)
    changes = dialog.changes()
    assert (dict(changes.shared), dict(changes.station)) == ({}, {})
    save(app, dialog, qtbot)
    assert not file.path.exists()
