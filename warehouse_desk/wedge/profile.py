"""What is known about the scanner of one station."""

from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any, Self


class ScannerLayout(StrEnum):
    """The country that the scanner is set to; AUTO lets each scan tell."""

    US = "us"
    FR = "fr"
    AUTO = "auto"


class Suffix(StrEnum):
    """What the scanner sends after the code. AUTO waits for one as soon as one has been seen."""

    ENTER = "enter"
    TAB = "tab"
    NONE = "none"
    AUTO = "auto"


class CapsHandling(StrEnum):
    """Whether the scanner undoes the computer's Caps Lock; AUTO tries both while Caps Lock is on."""

    AS_SENT = "as_sent"
    COMPENSATES = "compensates"
    AUTO = "auto"


@dataclass(frozen=True, slots=True)
class StationProfile:
    """Settings of the recogniser. Times are ms.

    The defaults: scanners need 1-32 ms a character (vendors' manuals and a logged USB report rate), quick
    typists 60-120 ms on average with single pairs of 20-40 ms; hence the mean over 6 characters decides and
    not one gap. ``prefix`` is the text that the scanner sends first: "" for none, STX, "]" for AIM
    identifiers, or any characters.
    """

    layout: ScannerLayout = ScannerLayout.AUTO
    prefix: str = ""
    suffix: Suffix = Suffix.AUTO
    caps: CapsHandling = CapsHandling.AUTO
    gap_max: int = 100
    mean_max: int = 45
    min_len: int = 6
    silence: int = 120
    silence_without_suffix: int = 250
    keypad: bool = True
    alt_codes: bool = True

    def to_json(self) -> dict[str, Any]:
        """Return plain values for a settings file."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        """Read what :meth:`to_json` gave; unknown names are left out, ValueError for an unknown choice."""
        known = {field.name: stored[field.name] for field in fields(cls) if field.name in stored}
        for name, kind in (("layout", ScannerLayout), ("suffix", Suffix), ("caps", CapsHandling)):
            if name in known:
                known[name] = kind(known[name])
        return cls(**known)
