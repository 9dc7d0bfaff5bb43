"""A virtual X display of the test run's own, with a keyboard that can be typed on."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support import leash
from tests.support.programs import find_program

COMMAND_SECONDS = 30


@dataclass(frozen=True)
class Display:
    """A running X server; ``name`` is what DISPLAY has to be."""

    name: str
    width: int
    height: int

    def environment(self) -> dict[str, str]:
        """Return the environment for a program whose windows shall open on this display."""
        return {**os.environ, "DISPLAY": self.name, "QT_QPA_PLATFORM": "xcb"}

    def xdotool(self, *arguments: str) -> str:
        """Run one xdotool command on this display and return what it printed."""
        return self._run(str(find_program("xdotool", "xdotool")), *arguments)

    def wait_for_window(self, title: str) -> str:
        """Return the id of the visible window with this title (a regular expression), waiting for it."""
        return self.xdotool("search", "--sync", "--onlyvisible", "--name", title).split()[0]

    def has_window(self, title: str) -> bool:
        """Tell whether a visible window has this title (a regular expression) now."""
        search = (str(find_program("xdotool", "xdotool")), "search", "--onlyvisible", "--name", title)
        done = subprocess.run(search, check=False, env=self.environment(), capture_output=True, timeout=COMMAND_SECONDS)
        return done.returncode == 0

    def focus(self, window: str) -> None:
        """Give a window the keyboard; without a window manager nobody else does."""
        self.xdotool("windowfocus", "--sync", window)

    def set_keyboard_layout(self, layout: str) -> None:
        """Choose the keyboard's layout, for example ``fr`` for AZERTY."""
        self._run(str(find_program("setxkbmap", "x11-xkb-utils")), "-layout", layout)

    def _run(self, *command: str) -> str:
        done = subprocess.run(
            command,
            check=False,
            env=self.environment(),
            capture_output=True,
            text=True,
            timeout=COMMAND_SECONDS,
        )
        if done.returncode != 0:
            pytest.fail(f"{' '.join(command)} failed on display {self.name}: {done.stderr or done.stdout}")
        return done.stdout


@contextmanager
def running_display(run_folder: Path, width: int = 1280, height: int = 800) -> Iterator[Display]:
    """Run Xvfb on the first free display, ``width`` x ``height`` pixels, until the block ends.

    It also ends with the test run, should the block never be left.
    """
    program = find_program("Xvfb", "xvfb")
    find_program("xkbcomp", "x11-xkb-utils")
    # Without -noreset the server forgets the keyboard's layout whenever its last window closes.
    command = [str(program), "-displayfd", "1", "-screen", "0", f"{width}x{height}x24", "-noreset"]
    log = run_folder / "xvfb.log"
    with log.open("a", encoding="utf-8") as errors:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            start_new_session=True,
        )
    order = leash.register(run_folder, ["kill", str(process.pid)])
    try:
        assert process.stdout is not None
        number = process.stdout.readline().strip()  # written when the display accepts connections
        if not number:
            pytest.fail(f"Xvfb did not start: {log.read_text(encoding='utf-8')[-2000:]}", pytrace=False)
        yield Display(f":{number}", width, height)
    finally:
        process.terminate()
        process.communicate(timeout=COMMAND_SECONDS)
        order.unlink()
