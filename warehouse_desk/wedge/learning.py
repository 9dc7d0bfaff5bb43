"""Learns a station's scanner from readings of barcodes whose text is known, for the set-up assistant."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.wedge.altcodes import AltComposer
from warehouse_desk.wedge.decoding import by_layout, by_layout_without_shift, by_text, has_keys
from warehouse_desk.wedge.judging import SCAN_PAGE_MEAN_MAX_MS
from warehouse_desk.wedge.keys import KEYPAD, STX, TAB, Key, Role, role_of
from warehouse_desk.wedge.layouts import FR, SCANNER_LAYOUTS, US
from warehouse_desk.wedge.profile import CapsHandling, ScannerLayout, StationProfile, Suffix

#: Texts of the set-up sheet: every letter that AZERTY moves, all digits, the hyphen.
KNOWN_TEXTS = ("TEST-AQWZM-1234567890", "ORD-00001", "ORD-98765")

#: After this much silence (ms) a reading of the assistant is over, however slow the scanner.
READING_SILENCE_MS = 600

_READS_WANTED = 3
_AROUND_DATA = (Role.END, Role.STX, Role.ETX, Role.CONTROL)
_MEAN_ROOM, _GAP_ROOM = 1.5, 2.0
_MEAN_CEILING_MS = SCAN_PAGE_MEAN_MAX_MS


@dataclass(frozen=True, slots=True)
class KnownRead:
    """The keys of one reading, suffix included, and the text that the barcode holds."""

    expected: str
    keys: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Learned:
    """The profile learned and what was found, in sentences. ``complete`` is false when a reading failed."""

    profile: StationProfile
    findings: tuple[Message, ...]
    complete: bool


@dataclass(frozen=True, slots=True)
class _Fit:
    layout: ScannerLayout
    prefix: str
    suffix: Suffix
    caps: CapsHandling
    shift_lost: bool
    keypad: bool


class ReadingRecorder:
    """Gathers the keys of one reading for the assistant, whatever their speed."""

    def __init__(self, silence_ms: int = READING_SILENCE_MS) -> None:
        self._silence = silence_ms
        self._keys: list[Key] = []
        self._alt = AltComposer()

    def feed(self, key: Key) -> tuple[Key, ...]:
        """Take a key; returns the reading before it when silence lay between."""
        done = self.tick(key.t_ms)
        key, role = self._alt.compose(key)
        if role is Role.DATA or (role in _AROUND_DATA and (self._keys or role is not Role.END)):
            self._keys.append(key)
        return done

    @property
    def under_way(self) -> bool:
        """Whether a reading has begun; Enter before it is a person's."""
        return bool(self._keys) or self._alt.composing

    def tick(self, now_ms: int) -> tuple[Key, ...]:
        """Return the reading once it is over, else ()."""
        if not self._keys or now_ms - self._keys[-1].t_ms <= self._silence:
            return ()
        done, self._keys = tuple(self._keys), []
        return done


def learn(reads: Sequence[KnownRead], base: StationProfile | None = None) -> Learned:
    """Learn layout, Caps handling, prefix, suffix and speed; what cannot be learned stays as in ``base``."""
    base = base or StationProfile()
    fits = [_fit(read) for read in reads]
    good = [fit for fit in fits if fit is not None]
    findings = [_not_understood(read) for read, fit in zip(reads, fits, strict=True) if fit is None]
    if len(reads) < _READS_WANTED:
        findings.append(msg("Barcodes read: {n} of {wanted}. Scan the others.", n=len(reads), wanted=_READS_WANTED))
    if not good:
        return Learned(base, tuple(findings), complete=False)
    steady = len({(fit.layout, fit.prefix, fit.suffix) for fit in good}) == 1
    if not steady:
        findings.append(msg("The readings differ from each other. Are there several scanners? Set up one at a time."))
    profile = _with_speed(_profile(good, base), reads)
    findings.extend(_findings(good, profile, reads))
    quick = _speed(reads)[0] <= _MEAN_CEILING_MS or all(_in_alt_mode(read) for read in reads)
    complete = steady and quick and len(good) == len(reads) >= _READS_WANTED
    return Learned(profile, tuple(findings), complete)


def _profile(fits: Sequence[_Fit], base: StationProfile) -> StationProfile:
    first = fits[0]
    told = [fit.caps for fit in fits if fit.caps is not CapsHandling.AUTO]
    return replace(
        base,
        layout=first.layout,
        prefix=first.prefix,
        suffix=first.suffix,
        caps=told[0] if told else base.caps,
        keypad=base.keypad or any(fit.keypad for fit in fits),
    )


def _with_speed(profile: StationProfile, reads: Sequence[KnownRead]) -> StationProfile:
    mean, longest = _speed(reads)
    mean_max = min(max(profile.mean_max, round(mean * _MEAN_ROOM)), _MEAN_CEILING_MS)
    gap_max = max(profile.gap_max, round(longest * _GAP_ROOM))
    return replace(
        profile,
        mean_max=mean_max,
        gap_max=gap_max,
        silence=max(profile.silence, gap_max),
        silence_without_suffix=max(profile.silence_without_suffix, 2 * gap_max),
    )


def _speed(reads: Sequence[KnownRead]) -> tuple[float, int]:
    gaps = [b.t_ms - a.t_ms for read in reads for a, b in zip(read.keys, read.keys[1:], strict=False)]
    return (sum(gaps) / len(gaps), max(gaps)) if gaps else (0.0, 0)


def _in_alt_mode(read: KnownRead) -> bool:
    return bool(read.keys) and read.keys[0].source == "alt"


def _fit(read: KnownRead) -> _Fit | None:
    suffix, data = _split_suffix(read.keys)
    stx = bool(data) and role_of(data[0]) is Role.STX
    data = tuple(key for key in data if role_of(key) is Role.DATA or key.source == "alt")
    for layout, caps, shift_lost, text in _readings(data):
        place = text.upper().find(read.expected.upper())
        if place < 0 or text.upper()[place + len(read.expected) :].strip():
            continue
        return _Fit(
            layout=layout,
            prefix=STX if stx else _prefix(text[:place]),
            suffix=suffix,
            caps=caps,
            shift_lost=shift_lost,
            keypad=any(key.phys in KEYPAD for key in data),
        )
    return None


def _readings(keys: Sequence[Key]) -> Iterator[tuple[ScannerLayout, CapsHandling, bool, str]]:
    if not has_keys(keys):
        yield ScannerLayout.AUTO, CapsHandling.AUTO, False, by_text(keys)
        return
    # With Caps Lock off nothing is learned about it.
    straight = CapsHandling.AS_SENT if any(key.caps for key in keys) else CapsHandling.AUTO
    for name, layout in SCANNER_LAYOUTS.items():
        text = by_layout(keys, layout)
        letters_turned = straight is CapsHandling.AS_SENT and _case_turned(text)
        caps = CapsHandling.COMPENSATES if letters_turned else straight
        yield ScannerLayout(name), caps, False, text
    if straight is CapsHandling.AS_SENT:
        yield ScannerLayout.FR, CapsHandling.COMPENSATES, False, by_layout(keys, FR, flip_shift=True)
    yield ScannerLayout.US, CapsHandling.AUTO, True, by_layout_without_shift(keys, US)


def _case_turned(text: str) -> bool:
    # The sheet's texts are upper case.
    return any(char.isalpha() for char in text) and text == text.lower()


def _prefix(text: str) -> str:
    # An AIM identifier names the symbology and so differs from code to code: its bracket is the prefix.
    return "]" if text.startswith("]") else text


def _split_suffix(keys: Sequence[Key]) -> tuple[Suffix, tuple[Key, ...]]:
    data = list(keys)
    suffix = Suffix.NONE
    while data and role_of(data[-1]) in (Role.END, Role.ETX):
        key = data.pop()
        suffix = Suffix.TAB if key.phys == TAB or key.text == "\t" else Suffix.ENTER
    return suffix, tuple(data)


def _not_understood(read: KnownRead) -> Message:
    return msg(
        "The barcode {expected} arrived as “{arrived}”. Scan it again; if this repeats, set the scanner's "
        "keyboard to “USA” or “France” with the code in its manual.",
        expected=read.expected,
        arrived=by_text(read.keys).strip(),
    )


def _findings(fits: Sequence[_Fit], profile: StationProfile, reads: Sequence[KnownRead]) -> list[Message]:
    found = [_layout_finding(profile.layout)]
    found.append(_suffix_finding(profile.suffix))
    if profile.prefix:
        found.append(_prefix_finding(profile.prefix))
    if any(fit.shift_lost for fit in fits):
        found.append(msg("Capitals arrive as small letters; they are corrected."))
    if profile.caps is CapsHandling.COMPENSATES:
        found.append(msg("The scanner undoes Caps Lock."))
    elif profile.caps is CapsHandling.AS_SENT:
        found.append(msg("The scanner ignores Caps Lock; codes are still read."))
    mean, longest = _speed(reads)
    found.append(msg("{mean} ms from character to character, at most {longest} ms.", mean=round(mean), longest=longest))
    if mean > _MEAN_CEILING_MS and not all(_in_alt_mode(read) for read in reads):
        found.append(msg("The scanner is as slow as typing. Set its delay between characters to 0 and start again."))
    return found


def _layout_finding(layout: ScannerLayout) -> Message:
    if layout is ScannerLayout.US:
        return msg("The scanner is set to a US keyboard.")
    if layout is ScannerLayout.FR:
        return msg("The scanner is set to a French keyboard (AZERTY).")
    return msg(
        "This computer does not tell which keys the scanner presses, only their text. Set scanner and "
        "computer to the same keyboard layout."
    )


def _suffix_finding(suffix: Suffix) -> Message:
    if suffix is Suffix.ENTER:
        return msg("It sends Enter after each code.")
    if suffix is Suffix.TAB:
        return msg("It sends Tab after each code.")
    return msg("It sends nothing after a code. Set it to send Enter: a code cut short is then noticed.")


def _prefix_finding(prefix: str) -> Message:
    if prefix == STX:
        return msg("It sends STX before each code.")
    if prefix == "]":
        return msg("It sends the symbology before each code (AIM identifier).")
    return msg("It sends “{prefix}” before each code.", prefix=prefix)
