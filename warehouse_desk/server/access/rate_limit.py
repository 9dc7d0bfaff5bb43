"""How much one program, person or address may ask: a bucket that fills evenly and is emptied by requests."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from typing import Final

from warehouse_desk.server.exchange import Headers

_MANY: Final = 10_000


@dataclass(frozen=True, slots=True)
class Rate:
    """How much each may ask."""

    per_minute: int = 300
    """In the long run; 0: as much as they like."""
    burst: int = 60
    """At once, after a rest."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a bucket says to one request."""

    is_granted: bool
    headers: Headers
    """What clients know: how many there are, how many are left, when to come again."""


_UNLIMITED: Final = Allowance(is_granted=True, headers=())


class RateLimit:
    """The buckets of one process, in memory: several servers grant as much each."""

    def __init__(
        self,
        rate: Rate,
        *,
        clock: Callable[[], float] = time.monotonic,
        moment: Callable[[], float] = time.time,
    ) -> None:
        self._per_second = rate.per_minute / 60
        self._per_minute = rate.per_minute
        self._size = max(1, rate.burst)
        self._clock = clock
        self._moment = moment
        self._lock = threading.Lock()
        self._buckets: dict[str, tuple[float, float]] = {}
        """How much is left for whom, and since when."""

    def ask(self, whose: str) -> Allowance:
        """Take one from a bucket, if there is one."""
        if not self._per_minute:
            return _UNLIMITED
        with self._lock:
            now = self._clock()
            left, since = self._buckets.get(whose, (float(self._size), now))
            left = min(self._size, left + (now - since) * self._per_second)
            granted = left >= 1
            self._buckets[whose] = left - granted, now
            if len(self._buckets) > _MANY:
                self._forget_full(now)
        headers = (("X-RateLimit-Limit", str(self._per_minute)), ("X-RateLimit-Remaining", str(int(left - granted))))
        if granted:
            return Allowance(is_granted=True, headers=headers)
        wait = max(1, ceil((1 - left) / self._per_second))
        told = (("Retry-After", str(wait)), ("X-RateLimit-Reset", str(ceil(self._moment()) + wait)))
        return Allowance(is_granted=False, headers=(*headers, *told))

    def _forget_full(self, now: float) -> None:
        """Forget whom a new bucket would serve as well; where nobody is, everybody: a flood makes room for itself."""
        kept = {
            whose: (left, since)
            for whose, (left, since) in self._buckets.items()
            if left + (now - since) * self._per_second < self._size
        }
        self._buckets = kept if len(kept) <= _MANY // 2 else {}
