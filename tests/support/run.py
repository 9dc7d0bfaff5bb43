"""One folder, one profile and one watching process for a whole test run, shared by its worker processes."""

import os
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import leash

RUN_FOLDER_VARIABLE = "DESK_TEST_RUN_FOLDER"
UNWANTED_PREFIXES = ("WAREHOUSE_DESK_", "PG", "XDG_", "QT_", "LC_", "HTTP_", "HTTPS_", "ALL_", "NO_PROXY")
UNWANTED = ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "LANGUAGE", "XAUTHORITY")
STOP_SECONDS = 60
HOME_VARIABLES = {
    "HOME": "",
    "USERPROFILE": "",
    "APPDATA": "AppData/Roaming",
    "LOCALAPPDATA": "AppData/Local",
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
    "XDG_STATE_HOME": ".local/state",
    "XDG_CACHE_HOME": ".cache",
    "XDG_RUNTIME_DIR": ".run",
}

_watchers: list["subprocess.Popen[bytes]"] = []


def begin() -> None:
    """Create the folder of the run, its empty profile and its watcher; called once, before any worker."""
    folder = Path(tempfile.mkdtemp(prefix="desk-tests-"))
    folder.chmod(0o755)  # the PostgreSQL server may run as another user and must reach its own folder inside
    os.environ[RUN_FOLDER_VARIABLE] = str(folder)
    _watchers.append(leash.start(folder))
    isolate_environment(folder / "profile")


def end() -> None:
    """Stop the servers that the run started and remove its folder."""
    while _watchers:
        watcher = _watchers.pop()
        watcher.communicate(timeout=STOP_SECONDS)


def folder() -> Path:
    """Return the folder shared by all processes of this run."""
    return Path(os.environ[RUN_FOLDER_VARIABLE])


def isolate_environment(home: Path) -> None:
    """Give this process (and its children) an empty home, no display, no proxy and no settings of the user.

    A test must reach neither the user's files nor a database that the user's environment names.
    """
    for name in list(os.environ):
        if name.upper().startswith(UNWANTED_PREFIXES) or name in UNWANTED:
            del os.environ[name]
    point_home_at(home, os.environ.__setitem__)
    os.environ["LANG"] = "C.UTF-8"
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["CUPS_SERVER"] = str(home / "no-printers")  # a socket that is not there: no test wastes paper


def point_home_at(home: Path, set_variable: Callable[[str, str], None]) -> None:
    """Create a home folder and name it in every variable by which programs find one."""
    for variable, place in HOME_VARIABLES.items():
        target = home / place
        target.mkdir(parents=True, exist_ok=True)
        set_variable(variable, str(target))
    (home / HOME_VARIABLES["XDG_RUNTIME_DIR"]).chmod(0o700)  # Qt refuses one that others can read


def is_worker(config: pytest.Config) -> bool:
    """Tell whether this process is one of pytest-xdist's workers."""
    return hasattr(config, "workerinput")
