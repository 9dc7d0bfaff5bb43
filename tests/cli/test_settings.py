"""Settings from the command line, and the page that names them: whatever stands in the tables is there."""

from pathlib import Path

import pytest

from tests.architecture.source import ROOT
from tests.cli.conftest import Cli
from tests.new_settings import NEW_SHARED, NEW_STATION, add_settings
from warehouse_desk.cli.settings_page import settings_page
from warehouse_desk.domain import shared_settings
from warehouse_desk.settings import station_settings


def test_shared_settings_are_listed_and_changed(cli: Cli) -> None:
    assert cli("settings", "set", "undo_minutes", "10").status == 0
    assert cli("--json", "settings", "set", "push_requires_packed", "off").body == {
        "data": {"push_requires_packed": False}
    }
    listed = cli("--json", "settings", "list").body["data"]
    assert (listed["push_requires_packed"], listed["undo_minutes"]) == (False, 10)
    assert (listed["return_stock"], listed["sender_name"]) == ("inspect", "")


def test_a_stations_own_settings_are_listed_and_changed_in_its_file(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "data" / "settings.toml"
    file.parent.mkdir()
    file.write_text("# the loading bay\n")
    assert cli("settings", "set", "theme", "Dark").out == "theme is dark at this station.\n"
    said = cli("settings", "set", "large_mode", "on").out
    assert said == "large_mode is on at this station after its next start.\n"
    assert file.read_text() == '# the loading bay\ntheme = "dark"\nlarge_mode = true\n'
    own = cli("--json", "settings", "list").body["station"]
    assert (own["theme"], own["large_mode"], own["language"]) == ("dark", True, "auto")


def test_the_password_of_a_database_is_not_shown(cli: Cli, tmp_path: Path) -> None:
    said = cli("settings", "set", "database_url", "postgresql://desk:geheim@server/orders").out
    listed = cli("settings", "list").out
    assert "geheim" not in said + listed
    assert "postgresql://desk:***@server/orders" in listed
    assert "geheim" in (tmp_path / "data" / "settings.toml").read_text()


def test_a_settings_file_that_cannot_be_written_is_told(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "data" / "settings.toml").mkdir(parents=True)
    answer = cli("settings", "set", "theme", "dark")
    assert answer.status == 1
    assert answer.err.splitlines()[-1].startswith(f"{tmp_path / 'data' / 'settings.toml'} cannot be written: ")


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("undo_minutes", "61", "The setting undo_minutes cannot be 61. Write a whole number from 0 to 60."),
        ("theme", "pink", "The setting theme cannot be pink. Write one of system, light, dark."),
        ("colour", "blue", "There is no setting colour. Known: cors_origins, database_url, "),
    ],
)
def test_a_value_that_makes_no_sense_is_wrong_usage(cli: Cli, key: str, value: str, sentence: str) -> None:
    answer = cli("settings", "set", key, value)
    assert (answer.status, answer.out) == (2, "")
    assert answer.err.startswith(sentence)


def test_a_setting_added_to_a_table_is_listed_changed_explained_and_on_the_page(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_settings(monkeypatch)
    for key, value, at_first in ((NEW_SHARED, "7", 3), (NEW_STATION, "off", True)):
        answer = cli("--json", "settings", "list").body
        assert {**answer["data"], **answer["station"]}[key] == at_first
        assert cli("settings", "set", key, value).status == 0
        assert f"\n{key}  " in cli("settings", "list").out
        assert f"\n  {key} " in cli("settings", "set", "--help").out
        assert f"\n| `{key}` | " in settings_page()
    answer = cli("--json", "settings", "list").body
    assert (answer["data"][NEW_SHARED], answer["station"][NEW_STATION]) == (7, False)


def test_no_key_means_two_settings() -> None:
    assert not shared_settings.table().keys() & station_settings.table().keys()


def test_the_page_is_current() -> None:
    assert (ROOT / "docs" / "settings.md").read_text(encoding="utf-8") == settings_page()


def test_the_readme_leads_to_the_page() -> None:
    assert "(docs/settings.md)" in (ROOT / "README.md").read_text(encoding="utf-8")
