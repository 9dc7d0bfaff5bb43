"""Find a few typed letters in names, whatever accents, case or Arabic letter forms were used."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from warehouse_desk.common.text import fold

Thing = TypeVar("Thing")

_WORD_START = 6
_NEXT_TO = 4
_ANYWHERE = 1
_WHOLE = 40
_PREFIX = 30
_INSIDE = 20
_MISSING = 0


def score(typed: str, name: str) -> int:
    """Return how well typed letters fit a name; 0 where they do not. Every word typed must fit."""
    plain = fold(name)
    total = 0
    for word in fold(typed).split():
        found = _word_score(word, plain)
        if not found:
            return _MISSING
        total += found
    return total or 1


def _word_score(word: str, name: str) -> int:
    if word == name:
        return _WHOLE + len(word)
    if name.startswith(word):
        return _PREFIX + len(word)
    place = name.find(word)
    if place >= 0:
        starts_word = not name[place - 1].isalnum()
        return _INSIDE + len(word) + (_WORD_START if starts_word else 0)
    return _scattered(word, name)


def _scattered(word: str, name: str) -> int:
    """Score letters that stand in the name in this order, the first of them at the start of a word."""
    place, total = -1, 0
    for letter in word:
        found = name.find(letter, place + 1)
        if place < 0:
            while found > 0 and name[found - 1].isalnum():
                found = name.find(letter, found + 1)
        if found < 0:
            return _MISSING
        starts_word = found == 0 or not name[found - 1].isalnum()
        total += _WORD_START if starts_word else _NEXT_TO if found == place + 1 else _ANYWHERE
        place = found
    return total if total >= _NEXT_TO * (len(word) - 1) + 1 else _MISSING


def best(typed: str, things: Iterable[tuple[Thing, Sequence[str]]], limit: int) -> list[Thing]:
    """Return the things whose names fit best, at most ``limit``; equals stay in their order.

    Each thing comes with its names: that of the screen first, others it may be called by after it.
    """
    scored = []
    for place, (thing, names) in enumerate(things):
        fits = max((score(typed, name) for name in names if name), default=0)
        if fits:
            scored.append((-fits, place, thing))
    scored.sort(key=lambda each: each[:2])
    return [thing for _, _, thing in scored[:limit]]
