"""``dev.py`` answers wrong or impossible requests in a sentence, before it installs anything."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import dev

ROOT = Path(__file__).resolve().parents[2]


def _dev(*words: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    clean = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
    return subprocess.run(
        [sys.executable, str(ROOT / "dev.py"), *words],
        env={**clean, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_an_older_python_can_read_the_file_and_so_say_that_it_is_too_old() -> None:
    ast.parse((ROOT / "dev.py").read_text(encoding="utf-8"), feature_version=(3, 7))


def test_an_older_python_is_told_which_one_is_needed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 13))
    assert dev.main() == dev.NOT_READY
    assert "needs Python 3.11 or newer, and this is 3.10.13" in capsys.readouterr().err


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Windows and macOS always have a screen")
def test_a_window_without_a_screen_is_refused_in_one_sentence() -> None:
    done = _dev("run")
    assert (done.returncode, done.stdout) == (dev.NO_SCREEN, "")
    assert done.stderr.count("\n") == 1
    assert "DISPLAY" in done.stderr


def test_a_commit_is_checked_as_dev_py_checks() -> None:
    hooks = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    asked = {name: f".venv/bin/{' '.join(command)}" for name, command in dev.CHECKS.items()}
    names, entries = (re.findall(rf"^ +{key}: (.+)$", hooks, re.MULTILINE) for key in ("name", "entry"))
    assert dict(zip(names, entries, strict=True)) == asked


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["run", "--version"], "write the program's own words after --"),
        (["lock", "--quick"], "lock does not know --quick"),
        (["ship"], "invalid choice"),
    ],
)
def test_wrong_usage_names_the_wrong_word(words: list[str], complaint: str) -> None:
    done = _dev(*words)
    assert done.returncode == 2
    assert complaint in done.stderr


@pytest.mark.parametrize(
    ("words", "window"),
    [
        ([], True),
        (["--log-level=debug"], True),
        (["--version"], False),
        (["-h"], False),
        (["orders", "list", "--json"], False),
        (["--data-dir=/tmp/x", "sync"], False),
    ],
)
def test_a_command_word_means_that_no_window_opens(words: list[str], window: bool) -> None:
    assert dev.opens_window(words) is window


@pytest.mark.parametrize(
    ("environment", "screen"),
    [
        ({}, False),
        ({"DISPLAY": ":0"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
        ({"QT_QPA_PLATFORM": "vnc"}, True),
    ],
)
def test_the_environment_tells_whether_there_is_a_screen(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], screen: bool
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("QT_QPA_PLATFORM")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert dev.has_screen() is screen


def test_missing_system_packages_without_permission_are_named_in_a_command_to_type(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(dev, "root_prefix", lambda: None)
    with pytest.raises(dev.NotReady, match=r"Type: sudo apt-get install .+ xvfb$"):
        dev.need_debian_packages(["xvfb"], "the tests")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="ldd is Linux's")
def test_a_library_that_qt_does_not_find_is_named_by_its_package(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".venv/lib/python3.11/site-packages/PySide6/Qt").mkdir(parents=True)
    ldd = tmp_path / "ldd"
    ldd.write_text("#!/bin/sh\necho 'libxcb-cursor.so.0 => not found\n libodd.so.1 => not found'\n")
    ldd.chmod(0o755)
    monkeypatch.setattr(dev, "VENV", tmp_path / ".venv")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert dev.missing_libraries(("plugins/platforms/libqxcb.so",)) == ["libodd.so.1", "libxcb-cursor0"]
