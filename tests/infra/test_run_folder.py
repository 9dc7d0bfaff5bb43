"""Servers that the tests start end with the run, even when the run is killed."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RUN = """
import sys
from tests.support import run, leash
run.begin()
leash.register(run.folder(), [sys.executable, "-c", "open(%r, 'w').write('stopped')"])
print(run.folder(), flush=True)
sys.stdin.read()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL; the server tests need POSIX")
def test_a_killed_run_still_stops_its_servers_and_removes_its_folder(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    killed = subprocess.Popen(
        [sys.executable, "-c", RUN % str(mark)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert killed.stdout is not None
    folder = killed.stdout.readline().strip()
    assert Path(folder).is_dir()
    os.kill(killed.pid, signal.SIGKILL)
    # The watcher holds the same standard error; that closes when the watcher has finished.
    killed.communicate(timeout=30)
    assert mark.read_text() == "stopped"
    assert not Path(folder).exists()
