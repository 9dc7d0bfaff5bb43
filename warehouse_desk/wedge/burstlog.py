"""The last bursts with their raw keys, for the diagnosis page. Typing at a person's speed is never kept."""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from warehouse_desk.wedge.keys import Key
from warehouse_desk.wedge.results import Incomplete, Result, Scan

KEPT = 50


@dataclass(frozen=True, slots=True)
class Burst:
    """One burst: every key event with its suffix, and what was made of it."""

    keys: tuple[Key, ...]
    results: tuple[Result, ...]

    @property
    def mean_gap_ms(self) -> float:
        """The mean time from key to key, ms; 0 for a single key."""
        gaps = [later.t_ms - earlier.t_ms for earlier, later in pairwise(self.keys)]
        return sum(gaps) / len(gaps) if gaps else 0.0

    def to_text(self) -> str:
        """Return the verdicts and one line a key, to be copied into a support request."""
        lines = [verdict_line(result) for result in self.results]
        lines.append(f"  {len(self.keys)} keys, mean gap {self.mean_gap_ms:.1f} ms")
        lines.extend(_key_lines(self.keys))
        return "\n".join(lines)


class BurstLog:
    """A ring of the last 50 bursts, oldest first."""

    def __init__(self, size: int = KEPT) -> None:
        self._bursts: deque[Burst] = deque(maxlen=size)

    def add(self, burst: Burst) -> None:
        """Keep a burst, dropping the oldest beyond the ring's size."""
        self._bursts.append(burst)

    @property
    def latest(self) -> Burst | None:
        """The burst added last."""
        return self._bursts[-1] if self._bursts else None

    def __iter__(self) -> Iterator[Burst]:
        return iter(self._bursts)

    def __len__(self) -> int:
        return len(self._bursts)

    def to_text(self) -> str:
        """Return all bursts, oldest first, as text to be copied."""
        return "\n\n".join(f"#{number} {burst.to_text()}" for number, burst in enumerate(self._bursts, 1))


def verdict_line(result: Result) -> str:
    """Return a technical line on one result, the same in every language."""
    if isinstance(result, Scan):
        doubt = ", to be confirmed" if result.needs_confirmation else ""
        return f"scan {result.kind} {result.text!r} by {result.layout_used} ({result.confidence.name}{doubt})"
    if isinstance(result, Incomplete):
        return f"incomplete {result.text!r}: {result.reason.value}"
    return f"typing: {result.reason.value}"


def _key_lines(keys: Sequence[Key]) -> Iterator[str]:
    before: int | None = None
    for key in keys:
        gap = 0 if before is None else key.t_ms - before
        before = key.t_ms
        marks = [key.held_down(), "" if key.source == "key" else key.source, "" if key.reliable else "late"]
        yield f"  +{gap:>4} ms  key {key.phys:>3}  {key.text!r:<8} {' '.join(filter(None, marks))}".rstrip()
