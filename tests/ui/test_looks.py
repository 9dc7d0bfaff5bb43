"""Language, colours and size are chosen in the window and kept for the station."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import open_desk
from warehouse_desk.app.window import WindowApp, WindowOptions, large_scale
from warehouse_desk.cli.command_station import read_options
from warehouse_desk.cli.commands import build_parser
from warehouse_desk.common.paths import settings_file
from warehouse_desk.settings.store import SettingsFile
from warehouse_desk.ui import theme

Open = Callable[[Path], WindowApp]


@pytest.fixture
def open_app(dressed: QApplication, qtbot: QtBot, sqlite_url: str, tmp_path: Path) -> Iterator[Open]:
    opened: list[WindowApp] = []

    def opens(file: Path) -> WindowApp:
        options = WindowOptions(settings_file=tmp_path / "window.ini", station_file=SettingsFile(file))
        app = WindowApp(options, lambda _who: open_desk(sqlite_url), dressed)
        opened.append(app)
        app.window.show()
        app.connect_station()
        qtbot.waitUntil(lambda: app.window.pages.currentWidget() is not app.window.connecting)
        return app

    yield opens
    for app in opened:
        app.window.close()
        app.window.deleteLater()
        app.deleteLater()
    theme.choose_scheme(dressed, "light")


def test_dark_colours_hold_at_once_and_at_the_next_start(open_app: Open, tmp_path: Path, qtbot: QtBot) -> None:
    file = tmp_path / "settings.toml"
    window = open_app(file).window
    before = window.scanner.findChildren(type(window.orders.filter_button))[0].icon().cacheKey()
    window.registry.action("look.dark").trigger()
    assert theme.tokens().dark
    assert window.registry.action("look.dark").isChecked()
    assert not window.registry.action("look.system").isChecked()
    assert window.scanner.findChildren(type(window.orders.filter_button))[0].icon().cacheKey() != before
    qtbot.waitUntil(lambda: file.exists() and SettingsFile(file).load().settings.theme == "dark")


def test_a_language_is_kept_and_said_in_itself(open_app: Open, tmp_path: Path, qtbot: QtBot) -> None:
    file = tmp_path / "settings.toml"
    window = open_app(file).window
    assert window.registry.action("look.en").isChecked()
    window.registry.action("look.fr").trigger()
    assert "Le programme sera en Français au prochain démarrage." in window.toasts.texts()
    assert window.registry.action("look.fr").isChecked()
    qtbot.waitUntil(lambda: file.exists() and SettingsFile(file).load().settings.language == "fr")


def test_large_letters_are_kept_and_left_again(open_app: Open, tmp_path: Path, qtbot: QtBot) -> None:
    file = tmp_path / "settings.toml"
    window = open_app(file).window
    window.registry.action("look.large").trigger()
    qtbot.waitUntil(lambda: file.exists() and SettingsFile(file).load().settings.large_mode)
    window.registry.action("look.large").trigger()
    qtbot.waitUntil(lambda: not SettingsFile(file).load().settings.large_mode)
    assert not window.registry.action("look.large").isChecked()


def test_a_choice_that_cannot_be_kept_says_so_and_holds(open_app: Open, tmp_path: Path, qtbot: QtBot) -> None:
    file = tmp_path / "a file" / "settings.toml"
    file.parent.write_text("in the way")
    window = open_app(file).window
    window.registry.action("look.dark").trigger()
    qtbot.waitUntil(lambda: any("could not be saved" in text for text in window.toasts.texts()))
    assert theme.tokens().dark


@pytest.mark.parametrize(
    ("screen", "scale"), [((1920, 1080), 1.33), ((1280, 800), 1280 / 1120), ((1024, 640), 1.0), ((3840, 2160), 1.33)]
)
def test_large_letters_grow_only_as_far_as_the_screen_holds_the_window(screen: tuple[int, int], scale: float) -> None:
    assert large_scale(*screen) == pytest.approx(scale)


def test_large_is_an_option_of_the_command_line(tmp_path: Path) -> None:
    def asked(*words: str) -> bool:
        options, _ = read_options(build_parser().parse_args(["--data-dir", str(tmp_path), *words]))
        return options.settings.large_mode

    assert asked("--large")
    assert not asked()
    SettingsFile(settings_file(tmp_path)).change(large_mode=True)
    assert asked()
