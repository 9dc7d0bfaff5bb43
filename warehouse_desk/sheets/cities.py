"""The cities that a sheet may name: by their own names, by other spellings, with a district behind them."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from rapidfuzz import fuzz, process

from warehouse_desk.common.resources import resource_file
from warehouse_desk.common.text import fold
from warehouse_desk.sheets.cells import Cell, clean_line

_SUGGESTIONS: Final = 5_000
"""Different unknown cities compared with the whole list, some tens of microseconds each."""
_CLOSE: Final = 80
"""Of 100; a name with one wrong letter of five reaches it."""
_ORNAMENTS = re.compile(r"[\s\-–_.'’`]+")
_DISTRICT = re.compile(r"\s+[-–—]+\s*|\s*[-–—]+\s+|\s*[/,;:|،(]\s*")
_SHORTEST: Final = 3


@cache
def shipped_cities() -> tuple[tuple[str, ...], ...]:
    """Return the cities of Morocco, each with its French and Arabic name and the other spellings people use."""
    lines = resource_file("cities", "morocco.txt").read_text(encoding="utf-8").splitlines()
    return tuple(tuple(line.split(";")) for line in lines if line)


class CityBook:
    """Cities by any spelling that leads to a known one; with no list of cities, any city will do."""

    def __init__(self, cities: Mapping[str, str], spellings: Sequence[Sequence[str]] = ()) -> None:
        """``cities`` maps folded names to the names to keep, ``spellings`` are the names of one city each."""
        self._cities = cities
        self.seen: dict[Cell, str] = {}
        """Cell text to city, for the texts that were found: the reader's fast path."""
        self.areas: dict[Cell, str] = {}
        """Cell text to the district that stood behind the city."""
        self.unlisted: set[str] = set()
        """Cities that exist, but not in the list of cities."""
        self._bare = {_bare(key): name for key, name in cities.items()}
        for names in spellings if cities else ():
            self._learn(names)
        self._suggested: dict[str, str] = {}

    def _learn(self, names: Sequence[str]) -> None:
        keys = [_bare(fold(name)) for name in names]
        city = next((self._bare[key] for key in keys if key in self._bare), "")
        if not city:
            city = names[0]
            self.unlisted.add(city)
        for key in keys:
            self._bare.setdefault(key, city)

    def find(self, cell: Cell) -> str:
        """Return the city's own spelling, or "" when it is not known."""
        name = clean_line(cell)
        found, area = (self._known(name), "") if self._cities else (name, "")
        if not found:
            found, area = self._before_a_district(name)
        if found and isinstance(cell, str):
            if area:
                self.areas[cell] = area
            if found not in self.unlisted:
                self.seen[cell] = found
        return found

    def _known(self, name: str) -> str:
        folded = fold(name)
        return self._cities.get(folded) or self._bare.get(_bare(folded), "")

    def _before_a_district(self, name: str) -> tuple[str, str]:
        """Return the city and what stands behind it: ``Casablanca - Maarif`` is Casablanca, Maarif."""
        parts = _DISTRICT.split(name, maxsplit=1)
        if len(parts) < 2:  # noqa: PLR2004 - nothing behind it
            return "", ""
        city, district = self._known(parts[0]), parts[1].strip(" )")
        return (city, district) if city and district and not self._known(district) else ("", "")

    def suggest(self, name: str) -> str:
        """Return the known city spelled most like this one, or "" where there is none or several."""
        key = _bare(fold(name))
        if key not in self._suggested:
            if len(self._suggested) >= _SUGGESTIONS:
                return ""
            self._suggested[key] = self._closest(key) if len(key) >= _SHORTEST else ""
        return self._suggested[key]

    def _closest(self, key: str) -> str:
        close = process.extract(key, self._bare.keys(), scorer=fuzz.ratio, score_cutoff=_CLOSE, limit=3)
        best = {self._bare[spelling] for spelling, score, _ in close if score == close[0][1]}
        return best.pop() if len(best) == 1 else ""


def _bare(folded: str) -> str:
    return _ORNAMENTS.sub("", folded)
