"""The settings file: defaults, comments that survive, values that cannot be."""

from pathlib import Path

import pytest
import tomlkit

from warehouse_desk.settings.station_settings import StationSettings, table
from warehouse_desk.settings.store import SettingsFile


@pytest.fixture
def file(tmp_path: Path) -> SettingsFile:
    return SettingsFile(tmp_path / "station" / "settings.toml")


def test_a_station_without_a_file_has_the_defaults(file: SettingsFile) -> None:
    assert file.load().settings == StationSettings()


def test_what_is_changed_is_there_at_the_next_start(file: SettingsFile) -> None:
    file.change(theme="dark", large_mode=True, station_name="Quai 2 – خروج")
    assert file.load().settings == StationSettings(theme="dark", large_mode=True, station_name="Quai 2 – خروج")


def test_comments_and_unknown_keys_survive_a_change(file: SettingsFile) -> None:
    file.path.parent.mkdir()
    file.path.write_text('# the big screen\ntheme = "light" # bright hall\nfuture = 1\n')
    file.change(theme="dark")
    assert file.path.read_text() == '# the big screen\ntheme = "dark" # bright hall\nfuture = 1\n'


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('language = "de"', "The setting language cannot be de. Write one of auto, fr, ar, en."),
        ("large_mode = 1", "The setting large_mode cannot be 1. Write on or off; in a settings file, true or false."),
        ("station_name = 7", "The setting station_name cannot be 7. Write a text of at most 100 characters."),
        ("theme = [1]", "The setting theme cannot be [1]. Write one of system, light, dark."),
        (
            "speed = 1",
            f"There is no setting speed. Known: {', '.join(sorted(table()))}.",
        ),
    ],
)
def test_a_value_that_cannot_be_is_told_and_the_default_holds(file: SettingsFile, text: str, sentence: str) -> None:
    file.path.parent.mkdir()
    file.path.write_text(text)
    loaded = file.load()
    assert loaded.settings == StationSettings()
    assert [str(each) for each in loaded.complaints] == [f"{file.path}: {sentence} It is ignored."]


def test_a_damaged_file_is_kept_aside_when_a_setting_is_changed(file: SettingsFile) -> None:
    file.path.parent.mkdir()
    file.path.write_text("theme = \n")
    assert str(file.load().complaints[0]).startswith(f"{file.path} cannot be read (")
    file.change(theme="dark")
    assert file.load().settings.theme == "dark"
    assert file.path.with_name("settings.toml.damaged").read_text() == "theme = \n"


def test_a_value_that_cannot_be_is_never_written(file: SettingsFile) -> None:
    with pytest.raises(ValueError, match="Write one of system, light, dark"):
        file.change(theme="pink")
    assert not file.path.exists()


def test_no_draft_is_left_beside_the_file(file: SettingsFile) -> None:
    file.change(theme="dark")
    assert [path.name for path in file.path.parent.iterdir()] == ["settings.toml"]
    assert tomlkit.parse(file.path.read_text()) == {"theme": "dark"}


def test_every_setting_may_have_its_default() -> None:
    assert [key for key, each in table().items() if each.fault(each.default) is not None] == []
