"""The program's log: one file a day, the last lines in memory, nothing in it that names a customer.

Levels: DEBUG for a developer, INFO for the story of a shift (references and counts, never names), WARNING for what a
person should look at, ERROR for faults of the program.
"""

import logging
import sys
from collections import deque
from datetime import date
from io import TextIOWrapper
from pathlib import Path

from warehouse_desk.common.clock import local_day, now_utc
from warehouse_desk.common.redaction import redacted

LOG_LEVELS = ("debug", "info", "warning", "error")
KEPT_DAYS = 14
"""Daily files kept: two weeks, as long as parcels are usually argued about."""

KEPT_LINES = 2_000
"""Lines kept in memory for the diagnostics page."""

_lines: deque[str] = deque(maxlen=KEPT_LINES)


class _Worker:
    """Who works in this process, for every line of the log."""

    station = "-"
    user = "-"


def set_worker(station: str, user: str) -> None:
    """Say which station and worker the following lines are about."""
    _Worker.station = station or "-"
    _Worker.user = user or "-"


def recent_lines() -> list[str]:
    """Return the last lines of this process, oldest first, at most 2,000."""
    return list(_lines)


class _Formatter(logging.Formatter):
    """Writes a record as one line; redacts the finished text, so that tracebacks are covered too."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s [%(station)s/%(user)s] %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        line: str | None = getattr(record, "desk_line", None)
        if line is None:  # put into words once, for the file and for memory
            record.station = _Worker.station
            record.user = _Worker.user
            line = record.desk_line = redacted(super().format(record))
        return line


class _Lines(logging.Handler):
    """Keeps the last lines in memory."""

    def emit(self, record: logging.LogRecord) -> None:
        _lines.append(self.format(record))


class DailyFile(logging.Handler):
    """Appends to a file named by the day and removes those older than 14 days.

    Several processes of one station may write at once, so nothing is ever renamed: the library's own rotation would
    let the second process overwrite the day that the first one put aside.
    """

    def __init__(self, folder: Path, name: str = "warehouse-desk") -> None:
        """``name`` begins the names of its files."""
        super().__init__()
        self._folder = folder
        self._name = name
        self._day: date | None = None
        self._file: TextIOWrapper | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record; a full disk must not stop the work, the lines in memory remain."""
        self.append(self.format(record))

    def append(self, line: str) -> None:
        """Write one line, as :meth:`emit` does."""
        try:
            file = self._of(local_day(now_utc()))
            file.write(line + "\n")
            file.flush()
        except OSError:
            self.close_file()

    def _of(self, day: date) -> TextIOWrapper:
        if self._file is None or day != self._day:
            self.close_file()
            self._folder.mkdir(parents=True, exist_ok=True)
            self._file = log_file(self._folder, day, self._name).open("a", encoding="utf-8")
            self._day = day
            self._remove_old()
        return self._file

    def _remove_old(self) -> None:
        # The names sort by day.
        for old in sorted(self._folder.glob(f"{self._name}-*.log"))[:-KEPT_DAYS]:
            old.unlink(missing_ok=True)

    def close_file(self) -> None:
        """Close the day's file; the next record opens it again."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def close(self) -> None:
        """Close the file for good."""
        self.close_file()
        super().close()


def log_file(folder: Path, day: date, name: str = "warehouse-desk") -> Path:
    """Return the file of one day."""
    return folder / f"{name}-{day.isoformat()}.log"


def start_logging(folder: Path, level: str, *, console: bool = False) -> None:
    """Begin to log into a folder and memory, replacing what an earlier call began.

    ``console`` also shows warnings and errors on standard error.
    """
    stop_logging()
    root = logging.getLogger()
    handlers: list[logging.Handler] = [DailyFile(folder), _Lines()]
    if console:
        shown = logging.StreamHandler(sys.stderr)
        shown.setLevel(logging.WARNING)
        handlers.append(shown)
    for handler in handlers:
        handler.setFormatter(_Formatter())
        root.addHandler(handler)
    _started.extend(handlers)
    for name in ("", _OURS):
        _levels[name] = logging.getLogger(name).level
    # Other libraries tell their own stories at INFO; ours alone is wanted there.
    root.setLevel(logging.WARNING)
    logging.getLogger(_OURS).setLevel(level.upper())


_OURS = "warehouse_desk"
_started: list[logging.Handler] = []
_levels: dict[str, int] = {}
"""The levels from before, by logger."""


def stop_logging() -> None:
    """End what :func:`start_logging` began; the lines in memory stay."""
    while _started:
        handler = _started.pop()
        logging.getLogger().removeHandler(handler)
        handler.close()
    while _levels:
        name, level = _levels.popitem()
        logging.getLogger(name).setLevel(level)
