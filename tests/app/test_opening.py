"""What the window is given: options, and a way to sign in."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from warehouse_desk.app.opening import Opener
from warehouse_desk.app.run import run
from warehouse_desk.app.window import Connect, WindowOptions
from warehouse_desk.common.messages import current_language, set_language
from warehouse_desk.domain.people.caller import Source
from warehouse_desk.settings.options import Options


@dataclass
class Seen:
    """What the window was given and found."""

    options: WindowOptions
    station: str
    orders: int
    language: str


@pytest.fixture
def window(monkeypatch: pytest.MonkeyPatch) -> list[Seen]:
    """Stand in for the window: connect, count the orders, close."""
    seen: list[Seen] = []

    def open_window(options: WindowOptions, connect: Connect) -> int:
        desk = connect(None)
        seen.append(
            Seen(options, desk.caller.station_name, sum(desk.orders.counts().values()), current_language().code)
        )
        return 7

    monkeypatch.setattr("warehouse_desk.app.window.open_window", open_window)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    return seen


def test_without_a_command_the_window_opens_on_the_stations_database(window: list[Seen], tmp_path: Path) -> None:
    assert run(["--data-dir", str(tmp_path), "--station", "Quai 2", "--lang", "fr"]) == 7
    set_language("en")
    (seen,) = window
    assert (seen.station, seen.orders, seen.language, seen.options.settings_file) == ("Quai 2", 0, "fr", None)
    assert (tmp_path / "warehouse-desk.db").is_file()


def test_a_demo_works_on_a_profile_that_is_gone_afterwards(
    window: list[Seen], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("warehouse_desk.app.opening.DEMO_ORDERS", 60)
    monkeypatch.setenv("WAREHOUSE_DESK_DATABASE", f"sqlite:///{tmp_path.as_posix()}/real.db")
    assert run(["--demo"]) == 7
    (seen,) = window
    assert seen.orders == 60
    assert seen.options.settings_file is not None
    assert not seen.options.settings_file.parent.exists()
    assert not (tmp_path / "real.db").exists()


def test_the_window_signs_in_as_a_worker_at_the_desk(tmp_path: Path) -> None:
    url = f"sqlite:///{(tmp_path / 'desk.db').as_posix()}"
    opener = Opener(Options(data_folder=tmp_path, database_url=url, station="Quai 2", user="amal"))
    try:
        caller = opener.connect("amal", None).caller
    finally:
        opener.close()
    assert (caller.user_name, caller.station_name, caller.source) == ("amal", "Quai 2", Source.DESK)
