"""Three tones for the answers. A station without a sound device works the same, and is told so once."""

import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication

from warehouse_desk.common.resources import resource_file

LEVELS = ("done", "already", "refused")
_PLAYERS = (("pw-play",), ("paplay",), ("aplay", "-q"), ("afplay",))
_GIVE_UP_SECONDS = 5.0
"""A player that hangs longer than the longest tone has no device to play on."""

Play = Callable[[Path], bool]
"""Plays a file to its end and tells whether that worked; called in a thread."""


class Sounds(QObject):
    """Plays a tone for each answer; never waits, never fails. A new tone does not wait for the one before."""

    silent = Signal()
    """No tone could be played; told once."""
    _failed = Signal()

    def __init__(self, parent: QObject | None = None, play: Play | None = None) -> None:
        super().__init__(parent)
        self.muted = False
        self._play = play if play is not None else find_player()
        self._has_warned = False
        self._threads: list[threading.Thread] = []
        self._failed.connect(self._on_failed)

    def sound(self, level: str) -> None:
        """Play the tone of an answer: ``done``, ``already`` or ``refused``; anything else is silent."""
        if self.muted or level not in LEVELS:
            return
        if self._play is None:
            self._on_failed()
            return
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        if len(self._threads) > len(LEVELS):
            return  # a device that does not answer must not gather threads
        thread = threading.Thread(target=self._run, args=(level,), name="sound", daemon=True)
        self._threads.append(thread)
        thread.start()

    def _run(self, level: str) -> None:
        try:
            played = self._play is not None and self._play(resource_file("sounds", f"{level}.wav"))
        except (OSError, subprocess.SubprocessError, RuntimeError):
            played = False
        if not played:
            try:
                self._failed.emit()
            except RuntimeError:  # the window was closed meanwhile
                return

    @Slot()
    def _on_failed(self) -> None:
        """Fall back to the system's own beep, and say so the first time."""
        self._play = None
        QApplication.beep()
        if not self._has_warned:
            self._has_warned = True
            self.silent.emit()

    def wait(self) -> None:
        """Wait until the tones under way have ended."""
        for thread in self._threads:
            thread.join(_GIVE_UP_SECONDS)


def find_player() -> Play | None:
    """Return the way in which this system plays a file, or None where it has none."""
    if sys.platform == "win32":
        return _play_on_windows
    for command in _PLAYERS:
        program = shutil.which(command[0])
        if program is not None:
            return _player([program, *command[1:]])
    return None


def _player(command: list[str]) -> Play:
    def play(file: Path) -> bool:
        done = subprocess.run(  # noqa: S603 - a program found on this system and a file of ours
            [*command, str(file)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_GIVE_UP_SECONDS,
            check=False,
        )
        return done.returncode == 0

    return play


def _play_on_windows(file: Path) -> bool:
    if sys.platform == "win32":
        import winsound

        winsound.PlaySound(str(file), winsound.SND_FILENAME | winsound.SND_NODEFAULT)
        return True
    return False
