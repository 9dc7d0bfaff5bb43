"""What the window is given: options, and a way to sign in."""

import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from warehouse_desk.app.opening import Opener
from warehouse_desk.app.run import run
from warehouse_desk.common.messages import current_language, set_language
from warehouse_desk.domain.caller import Source
from warehouse_desk.services.desk import Desk
from warehouse_desk.settings.options import Options

Connect = Callable[[str, str | None], Desk]


@pytest.fixture
def window(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Options, int, str]]:
    """Stand in for the window: sign in, count the orders, close."""
    seen: list[tuple[Options, int, str]] = []

    def open_window(options: Options, connect: Connect) -> int:
        desk = connect(options.user, None)
        seen.append((options, sum(desk.counts().values()), current_language()))
        return 7

    module = ModuleType("warehouse_desk.app.window")
    module.open_window = open_window  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    return seen


def test_without_a_command_the_window_opens_on_the_stations_database(
    window: list[tuple[Options, int, str]], tmp_path: Path
) -> None:
    assert run(["--data-dir", str(tmp_path), "--station", "Quai 2", "--lang", "fr"]) == 7
    set_language("en")
    ((options, count, language),) = window
    assert (options.station, count, language, options.demo) == ("Quai 2", 0, "fr", False)
    assert (tmp_path / "warehouse-desk.db").is_file()


def test_a_demo_works_on_a_profile_that_is_gone_afterwards(
    window: list[tuple[Options, int, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("warehouse_desk.app.opening.DEMO_ORDERS", 60)
    monkeypatch.setenv("WAREHOUSE_DESK_DATABASE", f"sqlite:///{tmp_path.as_posix()}/real.db")
    assert run(["--demo"]) == 7
    ((options, count, _),) = window
    assert (options.demo, count) == (True, 60)
    assert not options.data_folder.exists()
    assert not (tmp_path / "real.db").exists()


def test_the_window_signs_in_as_a_worker_at_the_desk(tmp_path: Path) -> None:
    url = f"sqlite:///{(tmp_path / 'desk.db').as_posix()}"
    opener = Opener(Options(data_folder=tmp_path, database_url=url, station="Quai 2", user="amal"))
    try:
        caller = opener.connect("amal", None).caller
    finally:
        opener.close()
    assert (caller.user_name, caller.station_name, caller.source) == ("amal", "Quai 2", Source.DESK)
