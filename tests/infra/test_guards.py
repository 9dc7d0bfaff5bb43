"""The guards around every test catch what they are there for. Each runs a small test of its own to see."""

import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


WARNING = """
def test_it(): logging.getLogger("warehouse_desk.sync").warning("lost")
"""
SILENCE = """
def test_it(log_guard): log_guard.expect("lost")
"""
WINDOW = """
def test_it(qapp):
    global label
    from PySide6.QtWidgets import QLabel
    label = QLabel("x")
    label.show()
"""
TIMER = """
def test_it(qapp):
    global timer
    from PySide6.QtCore import QTimer
    timer = QTimer()
    timer.start(60000)
"""
THREAD = """
gate = threading.Event()
def test_it(): threading.Thread(target=gate.wait, name="printer").start()
def test_after(): gate.set()
"""
LEFTOVERS = [
    (WARNING, "unexpected WARNING*lost"),
    (SILENCE, "expected a WARNING matching 'lost'"),
    (WINDOW, "a window was left*QLabel*"),
    (TIMER, "*QTimer*was left running*"),
    (THREAD, "the thread 'printer' was left running"),
]


@pytest.fixture
def inner(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A folder whose tests run under the same guards as ours."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    pytester.makeini((ROOT / "tests/infra/inner.ini").read_text(encoding="utf-8"))
    pytester.makeconftest("from tests.conftest import *")
    return pytester


def _run(inner: pytest.Pytester, body: str) -> pytest.RunResult:
    inner.makepyfile(test_inner=f"import logging, socket, threading\n{body}")
    return inner.runpytest_subprocess("-p", "no:randomly")


@pytest.mark.slow
@pytest.mark.parametrize(("body", "complaint"), LEFTOVERS)
def test_a_test_that_leaves_something_behind_fails(inner: pytest.Pytester, body: str, complaint: str) -> None:
    result = _run(inner, body)
    result.stdout.fnmatch_lines([f"*{complaint}*"])
    assert result.ret == pytest.ExitCode.TESTS_FAILED


@pytest.mark.slow
def test_announced_warnings_and_cleared_leftovers_pass(inner: pytest.Pytester) -> None:
    result = _run(
        inner,
        """
def test_warning(log_guard):
    log_guard.expect("line .* lost")
    log_guard.allow("never said")
    logging.getLogger("warehouse_desk.sync").warning("line %s lost", 3)

def test_window(qtbot):
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QLabel
    label = QLabel("x")
    qtbot.addWidget(label)
    timer = QTimer(label)
    timer.start(60000)

def test_thread():
    thread = threading.Thread(target=print)
    thread.start()
""",
    )
    result.assert_outcomes(passed=3)


def test_a_connection_to_another_machine_is_refused() -> None:
    import socket

    with (
        socket.socket() as outside,
        pytest.raises((RuntimeError, UserWarning), match=r"192\.0\.2\.1"),
    ):
        outside.connect(("192.0.2.1", 9100))


def test_the_users_own_profile_is_out_of_reach(profile: Path) -> None:
    from platformdirs import user_config_path, user_data_path

    if sys.platform == "linux":
        assert user_config_path("warehouse-desk").is_relative_to(profile)
        assert user_data_path("warehouse-desk").is_relative_to(profile)
    assert Path.home() == profile
    assert not [name for name in os.environ if name.startswith(("WAREHOUSE_DESK_", "PG"))]
