"""The products that a sheet may name, looked up once per different text."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from warehouse_desk.common.text import fold, western_digits
from warehouse_desk.sheets.cells import Cell
from warehouse_desk.sheets.lists import day_in

KnownSkus = Mapping[str, bool] | Callable[[str], bool | None]
"""SKU to whether it is active; unknown SKUs are absent, or ``None`` from a callable."""

_ORNAMENTS = re.compile(r"[\s\-_./]+")
_LONGEST_CODE: Final = 14  # digits of a GTIN
_SKU_SUGGESTIONS: Final = 5_000  # different unknown SKUs; a file with more names other products altogether


class SkuBook:
    """Products by SKU, with the SKU that was probably meant for one that is not known."""

    def __init__(self, known: KnownSkus, barcodes: Mapping[str, str] | None = None) -> None:
        self._barcodes = barcodes or {}
        self._by_code: dict[str, set[str]] | None = None
        self._lookup: Callable[[str], bool | None] = known.get if isinstance(known, Mapping) else known
        self._known = known if isinstance(known, Mapping) else None
        self._seen: dict[str, bool | None] = {}
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
        return [*guesses, *self._by_bare_code().get(_bare(sku), ())]

    def _by_bare_code(self) -> dict[str, set[str]]:
        """Return the products by what is left of their SKUs and barcodes without case, blanks and zeros before."""
        if self._by_code is None:
            self._by_code = {}
            codes = [*((sku, sku) for sku in self._known or ()), *self._barcodes.items()]
            for code, sku in codes:
                self._by_code.setdefault(_bare(code), set()).add(sku)
        return self._by_code


def _bare(code: str) -> str:
    """Return a code as case, accents, blanks, dashes and lost zeros leave it the same."""
    return _ORNAMENTS.sub("", fold(code)).lstrip("0")
