"""Rank the entries of a table by how well they fit what a person is typing, in French or Arabic."""

from collections.abc import Sequence
from difflib import get_close_matches

from warehouse_desk.common.text import fold

MAX_SUGGESTIONS = 12
_CLOSE = 0.7
_SHORTEST_MISTYPED = 3
_MOST_COMPARED = 1_000
"""Entries that a mistyped text is compared with, some microseconds each, at a key stroke."""
_NO_FIT = 9


class Suggestions:
    """The entries of a table by their names; each may have several (French and Arabic, SKU and name)."""

    def __init__(self, entries: Sequence[Sequence[str]]) -> None:
        self._keys = [tuple(key for key in map(fold, names) if key) for names in entries]

    def ranked(self, typed: str) -> list[int]:
        """Return the places of at most 12 entries, the likeliest first; of equally likely ones the table's first.

        Equal before beginning with it, before a word that begins with it, before a part of it anywhere; where nothing
        fits, those that are spelled nearly so. Accents, case and Arabic letter forms do not count.
        """
        needle = fold(typed)
        if not needle:
            return list(range(min(MAX_SUGGESTIONS, len(self._keys))))
        fits = [min((_fit(needle, key) for key in keys), default=_NO_FIT) for keys in self._keys]
        found = sorted((place for place, fit in enumerate(fits) if fit < _NO_FIT), key=lambda place: fits[place])
        return found[:MAX_SUGGESTIONS] or self._nearly(needle)

    def _nearly(self, needle: str) -> list[int]:
        if len(needle) < _SHORTEST_MISTYPED or len(self._keys) > _MOST_COMPARED:
            return []
        # A name that is still being typed is compared with as many letters of each entry.
        places: dict[str, list[int]] = {}
        for place, keys in enumerate(self._keys):
            for key in keys:
                for part in {key, key[: len(needle)]}:
                    places.setdefault(part, []).append(place)
        close = get_close_matches(needle, places, MAX_SUGGESTIONS, _CLOSE)
        return list(dict.fromkeys(place for part in close for place in places[part]))[:MAX_SUGGESTIONS]


def _fit(needle: str, key: str) -> int:
    at = key.find(needle)
    if at < 0:
        return _NO_FIT
    if at == 0:
        return int(len(key) > len(needle))
    return 2 if f" {needle}" in f" {key}".replace("-", " ").replace("(", " ") else 3
