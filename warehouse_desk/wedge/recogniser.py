"""The state machine that tells scanner from typist: IDLE, CANDIDATE (a few keys), BURST (scanner speed).

It is fed with every key event and ticked by a timer; all times are those of the events, so a window that was
busy does not turn slow typing into a scan.
"""

from enum import Enum

from warehouse_desk.wedge.altcodes import AltComposer
from warehouse_desk.wedge.burstlog import Burst, BurstLog
from warehouse_desk.wedge.grammar import Grammar
from warehouse_desk.wedge.judging import ALT_GAP_MAX_MS, BURST_KEYS, End, Gathering, ScanJudge
from warehouse_desk.wedge.keys import KEYPAD, STX, Key, Role, role_of
from warehouse_desk.wedge.profile import StationProfile, Suffix
from warehouse_desk.wedge.results import Incomplete, Released, ReleaseReason, Result, Scan, WedgeStep

#: A suffix this late after a burst still belongs to it and must not press a button.
GUARD_MS = 300


class State(Enum):
    """How far the machine is."""

    IDLE = "idle"
    CANDIDATE = "candidate"
    BURST = "burst"


class Recogniser:
    """Recognises scans in one stream of key events. ``scan_page`` and ``private`` may be switched at any moment.

    While ``private`` is true (a password field) no burst reaches the log.
    """

    def __init__(
        self,
        profile: StationProfile | None = None,
        grammar: Grammar | None = None,
        log: BurstLog | None = None,
    ) -> None:
        self.log = log if log is not None else BurstLog()
        self.scan_page = False
        self.private = False
        self._grammar = grammar or Grammar()
        self._keys = Gathering()
        self._guard_until = self._torn_until = -1
        self._suffix_seen = False
        self._alt = AltComposer()
        self.set_profile(profile or StationProfile())

    def set_profile(self, profile: StationProfile) -> None:
        """Use other settings from the next key on; keys under way are forgotten."""
        self.profile = profile
        self._judge = ScanJudge(profile, self._grammar)
        self.reset()
        self._suffix_seen = False

    def reset(self) -> None:
        """Forget the keys under way, as when the program is left or a password field is entered."""
        self._keys = Gathering()
        self._alt.reset()
        self._guard_until = self._torn_until = -1

    @property
    def state(self) -> State:
        """How far the machine is."""
        if not self._keys.count and not self._keys.prefixed:
            return State.IDLE
        return State.BURST if self._keys.is_burst else State.CANDIDATE

    @property
    def deadline_ms(self) -> int | None:
        """The moment after which :meth:`tick` would end the keys under way; None while idle."""
        return None if self.state is State.IDLE else self._keys.last_ms + self._patience()

    def feed(self, key: Key) -> WedgeStep:
        """Take one key event, pressed or released, in the order of events."""
        key, role = self._alt.compose(key) if self.profile.alt_codes else (key, role_of(key))
        if role in (Role.MODIFIER, Role.ALT_UP):
            return WedgeStep()
        before = self.tick(key.t_ms)
        if role is Role.ALT_DIGIT:
            return WedgeStep(before, took=self._keys.is_burst)
        step = self._data(key) if role is Role.DATA else self._other(key, role)
        return WedgeStep(before + step.results, step.began, step.took, step.consumed)

    def tick(self, now_ms: int) -> tuple[Result, ...]:
        """End the keys under way when silence has lasted long enough at ``now_ms``."""
        deadline = self.deadline_ms
        if deadline is None or now_ms <= deadline:
            return ()
        return self._finish(End.SILENCE)

    def _patience(self) -> int:
        profile = self.profile
        gap_max = ALT_GAP_MAX_MS if self._keys.by_alt or self._alt.composing else profile.gap_max
        if not self._keys.is_burst:
            return gap_max
        return max(gap_max, profile.silence if self._suffix_due() else profile.silence_without_suffix)

    def _suffix_due(self) -> bool:
        if self.profile.suffix is Suffix.AUTO:
            return self._suffix_seen
        return self.profile.suffix is not Suffix.NONE

    def _data(self, key: Key) -> WedgeStep:
        keys = self._keys
        idle = self.state is State.IDLE
        # No code begins with a space, and a space at rest presses the button in focus.
        if idle and not key.text.strip() and key.text:
            return WedgeStep()
        if key.phys in KEYPAD and not self.profile.keypad:
            return self._other(key, Role.OTHER)
        if idle:
            keys.fragment = key.t_ms <= self._torn_until
        keys.add(key)
        keys.private = keys.private or self.private
        if not keys.is_burst:
            keys.prefixed = self._judge.is_prefix(keys)
            fast = keys.count >= BURST_KEYS and self._judge.is_fast(keys, on_scan_page=self.scan_page)
            keys.is_burst = keys.prefixed or fast
        return WedgeStep(began=idle, took=True)

    def _other(self, key: Key, role: Role) -> WedgeStep:
        if role is Role.STX and self.profile.prefix == STX:
            before = () if self.state is State.IDLE else self._finish(End.BROKEN_OFF)
            self._keys = Gathering(raw=[key], began_ms=key.t_ms, last_ms=key.t_ms, prefixed=True, is_burst=True)
            return WedgeStep(before, began=True, took=True, consumed=True)
        if role is Role.CONTROL and self._keys.is_burst:
            self._keys.raw.append(key)
            return WedgeStep(took=True, consumed=True)
        if role is Role.END or (role is Role.ETX and self._keys.prefixed):
            return self._end(key)
        if self.state is State.IDLE:
            return WedgeStep()
        return WedgeStep(self._finish(End.BROKEN_OFF))

    def _end(self, key: Key) -> WedgeStep:
        if self.state is State.IDLE:
            return self._late_end(key)
        # A person's Enter does not come at scanner speed; the rest of a torn reading goes straight into it.
        self._keys.fragment = self._keys.fragment and key.t_ms - self._keys.last_ms <= self.profile.mean_max
        self._keys.raw.append(key)
        results = self._finish(End.SUFFIX)
        recognised = any(isinstance(result, Scan | Incomplete) for result in results)
        if recognised:
            self._suffix_seen = True
            self._guard_until = key.t_ms + GUARD_MS
        return WedgeStep(results, consumed=recognised)

    def _late_end(self, key: Key) -> WedgeStep:
        late = key.t_ms <= self._guard_until
        return WedgeStep(consumed=late)

    def _finish(self, end: End) -> tuple[Result, ...]:
        keys, self._keys = self._keys, Gathering()
        if not keys.count:
            return ()
        fast = self._judge.is_fast(keys, on_scan_page=self.scan_page)
        if keys.fragment and fast and (end is End.SUFFIX or keys.is_burst):
            results = self._judge.torn(keys)
        else:
            due = self._suffix_due()
            results = self._judge.verdict(keys, end, suffix_due=due, on_scan_page=self.scan_page)
        if keys.is_burst and not keys.private:
            self._note(Burst(tuple(keys.raw), results))
        if keys.is_burst and fast and end is not End.SUFFIX:
            self._guard_until = keys.last_ms + GUARD_MS
            torn = not any(isinstance(one, Scan) for one in results)
            self._torn_until = self._guard_until if torn else -1
        return results

    def _note(self, burst: Burst) -> None:
        # What a person says through an input method comes in one go and is none of the log's business.
        if not any(isinstance(one, Released) and one.reason is ReleaseReason.NO_FORM for one in burst.results):
            self.log.add(burst)
