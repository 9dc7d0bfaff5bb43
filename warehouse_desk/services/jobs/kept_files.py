"""The files that jobs made for programs: kept a week and up to 2 GB, then removed, the oldest first."""

import logging
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

KEPT_DAYS: Final = 7
KEPT_BYTES: Final = 2_000_000_000
_SECONDS_A_DAY: Final = 86_400

_log = logging.getLogger(__name__)


def tidy(folder: Path, *, now: float | None = None, most: int = KEPT_BYTES) -> int:
    """Remove what is older than a week, then the oldest until ``most`` bytes are left; return how many files went.

    A folder or a file that cannot be read or removed now is left for the next time.
    """
    oldest = (time.time() if now is None else now) - KEPT_DAYS * _SECONDS_A_DAY
    left = most
    gone = 0
    for file, made, size in sorted(_files(folder), key=lambda each: each[1], reverse=True):
        left -= size
        if made < oldest or left < 0:
            with suppress(OSError):
                file.unlink()
                gone += 1
    if gone:
        _log.info("removed %d files of jobs", gone)
    return gone


def _files(folder: Path) -> list[tuple[Path, float, int]]:
    found: list[tuple[Path, float, int]] = []
    with suppress(OSError):
        for file in folder.iterdir():
            with suppress(OSError):
                stat = file.stat()
                if file.is_file():
                    found.append((file, stat.st_mtime, stat.st_size))
    return found
