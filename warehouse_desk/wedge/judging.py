"""From a finished burst to its verdict: scan, incomplete reading, or typing."""

from dataclasses import dataclass, field
from enum import Enum
from itertools import pairwise

from warehouse_desk.wedge.decoding import KeyReading, by_layout, by_text, cleaned, has_keys, read
from warehouse_desk.wedge.grammar import MAX_LENGTH, STRONG_KINDS, Grammar, Kind
from warehouse_desk.wedge.keys import Key
from warehouse_desk.wedge.layouts import SCANNER_LAYOUTS
from warehouse_desk.wedge.profile import StationProfile
from warehouse_desk.wedge.results import (
    Candidate,
    Confidence,
    Incomplete,
    IncompleteReason,
    Released,
    ReleaseReason,
    Result,
    Scan,
)

BURST_KEYS = 4

#: On a page made for scanning, with no text field in focus, slower readings are believed.
SCAN_PAGE_MEAN_MAX_MS = 80

# Text without a strong form is believed at the speed of scanners only, however slow this station's scanner:
# a phone number typed with Enter must stay where it was typed.
WEAK_MEAN_MAX_MS = 45

# Alt codes need 6-8 USB reports a character: 50-130 ms instead of 8-32 ms.
ALT_MEAN_MAX_MS = 200
ALT_GAP_MAX_MS = 250


class End(Enum):
    """How a burst came to its end."""

    SUFFIX = "suffix"
    SILENCE = "silence"
    BROKEN_OFF = "broken off"


@dataclass(slots=True)
class Gathering:
    """The keys of one candidate or burst while they come in. Only the first 64 characters are kept."""

    data: list[Key] = field(default_factory=list)
    raw: list[Key] = field(default_factory=list)
    count: int = 0
    began_ms: int = 0
    last_ms: int = 0
    prefixed: bool = False
    fragment: bool = False
    private: bool = False
    is_burst: bool = False

    def add(self, key: Key) -> None:
        """Take one data key."""
        if not self.count:
            self.began_ms = key.t_ms
        self.last_ms = key.t_ms
        self.count += len(key.text) if key.source == "ime" else 1
        if len(self.data) < MAX_LENGTH:
            self.data.append(key)
            self.raw.append(key)

    @property
    def by_alt(self) -> bool:
        """Whether this is a scanner in Alt mode."""
        return bool(self.data) and self.data[0].source == "alt"

    @property
    def typical_gap_ms(self) -> float:
        """Time between data keys, ms: the mean, or the median where it is longer.

        A typist's few pairs rolled over pull the mean down and leave the median.
        """
        gaps = sorted(later.t_ms - earlier.t_ms for earlier, later in pairwise(self.data))
        steps = max(len(self.data) if self.count <= MAX_LENGTH else self.count, 2) - 1
        return max((self.last_ms - self.began_ms) / steps, gaps[len(gaps) // 2] if gaps else 0)


class ScanJudge:
    """Decides what a gathering of keys was."""

    def __init__(self, profile: StationProfile, grammar: Grammar) -> None:
        self.profile = profile
        self.grammar = grammar

    def is_fast(self, keys: Gathering, *, on_scan_page: bool) -> bool:
        """Tell whether the keys came at a scanner's speed."""
        if keys.by_alt:
            return keys.typical_gap_ms <= ALT_MEAN_MAX_MS
        allowed = max(self.profile.mean_max, SCAN_PAGE_MEAN_MAX_MS if on_scan_page else 0)
        return keys.typical_gap_ms <= allowed

    def is_prefix(self, keys: Gathering) -> bool:
        """Tell whether the keys so far are the profile's prefix under some reading."""
        prefix = self.profile.prefix.upper()
        if not prefix or not prefix.isprintable():
            return False
        return any(text.upper().startswith(prefix) for text in self._texts(keys))

    def torn(self, keys: Gathering) -> tuple[Result, ...]:
        """Judge the rest of a reading torn in two: whatever it looks like, it is no code."""
        text = read(keys.data, self.profile, self.grammar).shown
        return (self._incomplete(keys, IncompleteReason.NO_FORM, text, plausible=True),)

    def verdict(self, keys: Gathering, end: End, *, suffix_due: bool, on_scan_page: bool) -> tuple[Result, ...]:
        """Judge a finished gathering; ``suffix_due``: this scanner is known to send a suffix."""
        if (typing := self._by_hand(keys, end, on_scan_page=on_scan_page)) is not None:
            return (self._released(keys, typing),)
        reading = read(keys.data, self.profile, self.grammar)
        if keys.count > MAX_LENGTH:
            return (self._incomplete(keys, IncompleteReason.TOO_LONG, reading.shown, plausible=False),)
        needs_speed = not (on_scan_page or keys.prefixed or keys.by_alt or _has_strong_form(reading))
        if needs_speed and keys.typical_gap_ms > WEAK_MEAN_MAX_MS:
            return (self._released(keys, ReleaseReason.TOO_SLOW),)
        return self._of_fast(keys, reading, end, suffix_due=suffix_due)

    def _by_hand(self, keys: Gathering, end: End, *, on_scan_page: bool) -> ReleaseReason | None:
        if end is End.BROKEN_OFF:
            return ReleaseReason.BROKEN_OFF
        if keys.count < (BURST_KEYS if keys.prefixed else self.profile.min_len):
            return ReleaseReason.TOO_FEW
        return None if self.is_fast(keys, on_scan_page=on_scan_page) else ReleaseReason.TOO_SLOW

    def _of_fast(self, keys: Gathering, reading: KeyReading, end: End, *, suffix_due: bool) -> tuple[Result, ...]:
        if any(key.source == "ime" for key in keys.data) and not _has_strong_form(reading):
            return (self._released(keys, ReleaseReason.NO_FORM),)
        has_form = bool(reading.candidates or reading.joined)
        if not (keys.prefixed or all(key.reliable for key in keys.data) or (has_form and end is End.SUFFIX)):
            return (self._released(keys, ReleaseReason.BUSY),)
        if end is End.SILENCE:
            # Without its suffix a reference cut short still looks like a whole, shorter one.
            if has_form and suffix_due:
                return (self._incomplete(keys, IncompleteReason.NO_SUFFIX, reading.shown, plausible=True),)
            if not has_form:
                texts = (cleaned(text, self.profile).upper() for text in self._texts(keys))
                plausible = keys.prefixed or self.grammar.begins_like_reference(texts)
                return (self._incomplete(keys, IncompleteReason.NO_FORM, reading.shown, plausible=plausible),)
        return self._scans(keys, reading)

    def _scans(self, keys: Gathering, reading: KeyReading) -> tuple[Scan, ...]:
        if reading.joined:
            return tuple(self._joined_scan(keys, text) for text in reading.joined)
        candidates = reading.candidates
        best = candidates[0] if candidates else Candidate(reading.shown, Kind.UNKNOWN, "text", Confidence.NONE)
        return (
            Scan(
                text=best.text,
                kind=best.kind,
                layout_used=best.layout,
                confidence=best.confidence,
                needs_confirmation=reading.needs_confirmation,
                candidates=candidates,
                keys=tuple(keys.data),
                began_ms=keys.began_ms,
                ended_ms=keys.last_ms,
                symbology=reading.symbology,
            ),
        )

    def _joined_scan(self, keys: Gathering, text: str) -> Scan:
        # It is certain where the second begins, yet the end of the first may have been lost between them.
        candidate = Candidate(text, Kind.ORDER, "joined", Confidence.TEXT)
        return Scan(
            text=text,
            kind=Kind.ORDER,
            layout_used="joined",
            confidence=Confidence.TEXT,
            needs_confirmation=True,
            candidates=(candidate,),
            keys=tuple(keys.data),
            began_ms=keys.began_ms,
            ended_ms=keys.last_ms,
        )

    def _released(self, keys: Gathering, reason: ReleaseReason) -> Released:
        return Released(tuple(keys.data), reason, keys.began_ms, keys.last_ms)

    def _incomplete(self, keys: Gathering, reason: IncompleteReason, text: str, *, plausible: bool) -> Incomplete:
        return Incomplete(text, tuple(keys.data), reason, plausible, keys.began_ms, keys.last_ms)

    def _texts(self, keys: Gathering) -> list[str]:
        texts = [by_text(keys.data)]
        if has_keys(keys.data):
            texts += [by_layout(keys.data, layout) for layout in SCANNER_LAYOUTS.values()]
        return texts


def _has_strong_form(reading: KeyReading) -> bool:
    return bool(reading.joined) or any(candidate.kind in STRONG_KINDS for candidate in reading.candidates)
