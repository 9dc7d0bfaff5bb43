"""The same code twice: a double read of the scanner, or one more piece (docs/rules.md#readings)."""

from dataclasses import dataclass
from enum import Enum

DOUBLE_READ_MS = 1500


class Repeat(Enum):
    """What a code is in the light of the codes before it."""

    NEW = "new"
    DOUBLE_READ = "double read"
    AGAIN = "again"


@dataclass(frozen=True, slots=True)
class Repeated:
    """The judgement, and how long ago the code was last read (ms; None when never)."""

    repeat: Repeat
    since_ms: int | None = None


class RepeatRule:
    """Judges codes in the order of their reading; one object for one working session of one mode.

    Where orders are scanned (``counting`` false), the same code within 1.5 s is the scanner reading twice and
    changes nothing; later it is AGAIN. Where pieces are counted, every reading is one more unit.
    """

    def __init__(self, *, counting: bool = False, window_ms: int = DOUBLE_READ_MS) -> None:
        self._counting = counting
        self._window = window_ms
        self._last_read: dict[str, int] = {}

    def judge(self, code: str, now_ms: int) -> Repeated:
        """Judge a code read at ``now_ms`` and remember the reading."""
        before = self._last_read.get(code)
        self._last_read[code] = now_ms
        if before is None:
            return Repeated(Repeat.NEW)
        since = now_ms - before
        if self._counting:
            return Repeated(Repeat.NEW, since)
        return Repeated(Repeat.DOUBLE_READ if since <= self._window else Repeat.AGAIN, since)

    def forget(self, code: str) -> None:
        """Let the next reading of a code be new again, as after its step was undone."""
        self._last_read.pop(code, None)
