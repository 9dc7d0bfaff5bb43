"""A scanner and a typist at the level of keys: what reaches the recogniser, for any host layout."""

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from warehouse_desk.wedge.keys import ENTER, KEYPAD, TAB, Key
from warehouse_desk.wedge.layouts import FR, US, Layout
from warehouse_desk.wedge.recogniser import Recogniser
from warehouse_desk.wedge.results import Incomplete, Released, Result, Scan

HOSTS: dict[str, dict[str, list[str]]] = json.loads(
    Path(__file__).with_name("host_layouts.json").read_text(encoding="utf-8")
)
LAYOUTS = {"us": US, "fr": FR}
SUFFIX_KEYS = {
    "enter": Key(0, ENTER, "\r"),
    "keypad enter": Key(0, 96, "\r"),
    "tab": Key(0, TAB, "\t"),
    "line feed": Key(0, 36, "\n", ctrl=True),
}


def host_text(host: str, phys: int, *, shift: bool, caps: bool) -> str:
    """What the computer makes of a key."""
    if phys in KEYPAD:
        return KEYPAD[phys]
    return HOSTS[host][str(phys)][shift + 2 * caps]


@dataclass(frozen=True)
class Scanner:
    """A keyboard-wedge scanner set to ``layout`` on a computer set to ``host``."""

    layout: Layout = US
    host: str = "us"
    caps: bool = False
    gap_ms: int = 16
    suffix: str = "enter"
    undoes_caps: bool = False
    loses_shift: bool = False
    codes: bool = True

    def key(self, char: str, at_ms: int) -> Key:
        phys, shift = self.layout.keys_by_char[char]
        if self.undoes_caps and self.caps:
            shift = not shift
        shift = shift and not self.loses_shift
        text = host_text(self.host, phys, shift=shift, caps=self.caps)
        return Key(at_ms, phys if self.codes else 0, text, shift=shift, caps=self.caps)

    def keys(self, code: str, at_ms: int = 1000) -> list[Key]:
        keys = [self.key(char, at_ms + place * self.gap_ms) for place, char in enumerate(code)]
        return keys + self.end(at_ms + len(code) * self.gap_ms)

    def end(self, at_ms: int) -> list[Key]:
        if self.suffix == "none":
            return []
        key = replace(SUFFIX_KEYS[self.suffix], t_ms=at_ms)
        return [key if self.codes else replace(key, phys=0)]


def typed(text: str, gaps: list[int], at_ms: int = 1000) -> list[Key]:
    """A person typing on a US board; the first key at ``at_ms``, each next after its gap."""
    keys, now = [], at_ms
    for char, gap in zip(text, [0, *gaps], strict=False):
        now += gap
        phys, shift = US.keys_by_char[char]
        keys.append(Key(now, phys, char, shift=shift))
    return keys


def run(recogniser: Recogniser, keys: list[Key]) -> list[Result]:
    """Feed keys and let silence fall; everything that came out, in order."""
    results: list[Result] = []
    for key in keys:
        results += recogniser.feed(key).results
    last = keys[-1].t_ms if keys else 0
    return results + list(recogniser.tick(last + 10_000))


def scans(results: list[Result]) -> list[Scan]:
    return [result for result in results if isinstance(result, Scan)]


def read_one(keys: list[Key], **profile: Any) -> Result:
    """The one result of one reading by a fresh recogniser."""
    from warehouse_desk.wedge.profile import StationProfile

    results = run(Recogniser(StationProfile(**profile)), keys)
    assert len(results) == 1, results
    return results[0]


def scan_of(keys: list[Key], **profile: Any) -> Scan:
    result = read_one(keys, **profile)
    assert isinstance(result, Scan), result
    return result


def incomplete_of(keys: list[Key], **profile: Any) -> Incomplete:
    result = read_one(keys, **profile)
    assert isinstance(result, Incomplete), result
    return result


def released_of(keys: list[Key], **profile: Any) -> Released:
    result = read_one(keys, **profile)
    assert isinstance(result, Released), result
    return result
