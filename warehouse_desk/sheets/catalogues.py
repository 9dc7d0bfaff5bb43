"""The products and cities that a sheet may name, looked up once per different text."""

from collections.abc import Callable, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Final

from warehouse_desk.common.text import fold, western_digits
from warehouse_desk.sheets.cells import Cell, clean_line
from warehouse_desk.sheets.lists import day_in

KnownSkus = Mapping[str, bool] | Callable[[str], bool | None]
"""SKU to whether it is active; unknown SKUs are absent, or ``None`` from a callable."""

_LONGEST_CODE: Final = 14  # digits of a GTIN
_SKU_SUGGESTIONS: Final = 5_000  # different unknown SKUs; a file with more names other products altogether
_SUGGESTIONS: Final = 300  # different unknown cities compared with the whole list, about 1 ms each
_CLOSE: Final = 0.8


class SkuBook:
    """Products by SKU, with the SKU that was probably meant for one that is not known."""

    def __init__(self, known: KnownSkus) -> None:
        self._lookup: Callable[[str], bool | None] = known.get if isinstance(known, Mapping) else known
        self._known = known if isinstance(known, Mapping) else None
        self._seen: dict[str, bool | None] = {}
        self._folded: dict[str, str] | None = None
        self._suggested: dict[str, str] = {}

    def status(self, sku: str) -> bool | None:
        """Return true for an active product, false for an inactive one, nothing for an unknown one."""
        try:
            return self._seen[sku]
        except KeyError:
            status = self._seen[sku] = self._lookup(sku)
            return status

    def suggest(self, cell: Cell, sku: str) -> str:
        """Return the one active SKU that a spreadsheet may have turned into this, or ""."""
        if sku not in self._suggested:
            if len(self._suggested) >= _SKU_SUGGESTIONS:
                return ""
            candidates = {guess for guess in self._guesses(cell, sku) if guess != sku and self.status(guess)}
            self._suggested[sku] = candidates.pop() if len(candidates) == 1 else ""
        return self._suggested[sku]

    def _guesses(self, cell: Cell, sku: str) -> list[str]:
        found = (cell.day, cell.month) if isinstance(cell, date) else day_in(sku)
        if found is not None:
            day, month = found
            pairs = [(day, month), (month, day)]
            return [form.format(a, b) for a, b in pairs for form in ("{}-{}", "{}/{}", "{:02}-{:02}", "{:02}/{:02}")]
        guesses = [sku.upper(), sku.lower(), western_digits(sku)]
        if sku.isdigit():
            guesses += [sku.zfill(width) for width in range(len(sku) + 1, _LONGEST_CODE + 1)]
        if self._known is not None:
            if self._folded is None:
                self._folded = {fold(known): known for known in self._known}
            guesses.append(self._folded.get(fold(sku), sku))
        return guesses


class CityBook:
    """Cities by any spelling that folds to a known one; with no list of cities, any city will do."""

    def __init__(self, cities: Mapping[str, str]) -> None:
        self._cities = cities
        self.seen: dict[Cell, str] = {}
        """Cell text to city, for the texts that were found: the reader's fast path."""
        self._suggested: dict[str, str] = {}

    def find(self, cell: Cell) -> str:
        """Return the city's own spelling, or "" when it is not known."""
        name = clean_line(cell)
        found = self._cities.get(fold(name), "") if self._cities else name
        if found and isinstance(cell, str):
            self.seen[cell] = found
        return found

    def suggest(self, name: str) -> str:
        """Return the known city spelled most like this one, or ""."""
        folded = fold(name)
        if folded not in self._suggested:
            if len(self._suggested) >= _SUGGESTIONS:
                return ""
            close = get_close_matches(folded, self._cities, 1, _CLOSE)
            self._suggested[folded] = self._cities[close[0]] if close else ""
        return self._suggested[folded]
