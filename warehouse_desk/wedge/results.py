"""What comes out of the recogniser."""

from dataclasses import dataclass
from enum import Enum, IntEnum

from warehouse_desk.wedge.grammar import Kind
from warehouse_desk.wedge.keys import Key


class Confidence(IntEnum):
    """How a code was read, from nothing known to the physical keys telling one single story."""

    NONE = 0
    TEXT_REPAIRED = 1
    SHIFT_IGNORED = 2
    TEXT = 3
    CAPS_UNDONE = 4
    KEYS = 5


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to read a burst: the text (upper case), what it would be, and the assumption behind it.

    ``layout`` is "us", "fr", "us, Shift ignored", "fr, Caps undone", "text", or "host>scanner" for text
    traced back through two layouts.
    """

    text: str
    kind: Kind
    layout: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Scan:
    """A code read by the scanner.

    ``needs_confirmation``: act only when exactly one of ``candidates`` exists (as an order, product or
    parcel); look them up in the worker, then take that one. ``text`` is the likeliest. Times are ms on the
    events' clock.
    """

    text: str
    kind: Kind
    layout_used: str
    confidence: Confidence
    needs_confirmation: bool
    candidates: tuple[Candidate, ...]
    keys: tuple[Key, ...]
    began_ms: int
    ended_ms: int
    symbology: str = ""


class ReleaseReason(Enum):
    """Why keystrokes are typing."""

    TOO_FEW = "too few keys"
    TOO_SLOW = "too slow"
    BROKEN_OFF = "another key came between"
    NO_FORM = "input method text without a known form"
    BUSY = "the window was busy, the times prove nothing"


@dataclass(frozen=True, slots=True)
class Released:
    """Keystrokes of a person: they belong to the focused widget, in this order."""

    keys: tuple[Key, ...]
    reason: ReleaseReason
    began_ms: int
    ended_ms: int


class IncompleteReason(Enum):
    """What is missing from a reading at scanner speed."""

    NO_SUFFIX = "no suffix"
    NO_FORM = "no suffix and no known form"
    TOO_LONG = "too long"


@dataclass(frozen=True, slots=True)
class Incomplete:
    """Keys at scanner speed that are no whole code: nothing may be done with them but to scan again.

    ``plausible`` is true when they look like a code of the desk cut short, false for any fast text.
    """

    text: str
    keys: tuple[Key, ...]
    reason: IncompleteReason
    plausible: bool
    began_ms: int
    ended_ms: int


Result = Scan | Released | Incomplete


@dataclass(frozen=True, slots=True)
class WedgeStep:
    """What one key led to. ``results`` concern the keys before it, or end with it when it is a suffix.

    ``began``: a candidate begins with this key: the focused editor's state of now is the one to go back to.
    ``took``: the key is part of a candidate or burst. ``consumed``: no widget may ever see it.
    """

    results: tuple[Result, ...] = ()
    began: bool = False
    took: bool = False
    consumed: bool = False
