"""How often a password or PIN may be tried in vain, and how long nothing is tried then (docs/rules.md#lock-out)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

WINDOW: Final = timedelta(minutes=15)
FIRST_LOCK: Final = timedelta(minutes=15)
LONGEST_LOCK: Final = timedelta(hours=4)
FORGOTTEN: Final = timedelta(hours=24)
"""After a day without a wrong try the next lock is a short one again."""


class Tried(StrEnum):
    """Whose tries are counted together."""

    NAME = "name"
    ADDRESS = "address"
    PIN = "pin"


TRIES: Final = {Tried.NAME: 5, Tried.ADDRESS: 20, Tried.PIN: 5}
"""Wrong tries within the window that lock; many people may sit behind one address."""


@dataclass(frozen=True, slots=True)
class Failures:
    """What was tried in vain and counts still."""

    moments: Sequence[datetime] = ()
    locks: int = 0
    """How many locks there were in a row: each is twice as long as the one before."""
    locked_until: datetime | None = None

    def wait(self, now: datetime) -> timedelta | None:
        """Return for how long nothing is tried, None where it may be tried now."""
        return self.locked_until - now if self.locked_until is not None and self.locked_until > now else None

    def with_another(self, kind: Tried, now: datetime) -> "Failures":
        """Return what counts after one more wrong try; the last one that is allowed locks."""
        moments = [*(at for at in self.moments if now - WINDOW < at), now]
        if len(moments) < TRIES[kind]:
            return replace(self, moments=moments)
        lock = min(FIRST_LOCK * 2**self.locks, LONGEST_LOCK)
        return Failures((), min(self.locks + 1, TRIES[kind]), now + lock)
