"""How much text a workbook's cells hold together, before anything opens it.

A workbook keeps each text once and its cells name it by number; the reader copies it into every cell. A file of
100 KB can so ask for gigabytes, and the reader cannot fail but takes the program with it. First a bound is counted
in passing: the longest text times the cells that may name one. Only where that is much, the cells are counted text by
text; whatever such a file hides from that count weighs as the longest text.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from warehouse_desk.sheets.limits import MAX_UNZIPPED_BYTES

Part = Iterable[bytes]
"""The slices of one unpacked part."""

_FREE_BYTES: Final = 2 * MAX_UNZIPPED_BYTES
_END: Final = b"si>"
_SHARED_TEXT = re.compile(rb"<(?:\w+:)?si[\s>]")
_TEXT_END = re.compile(rb"</(?:\w+:)?si>")
_ODD = re.compile(rb"si\s*/>|</(?:\w+:)?si\s+>|<!")  # what moves the numbers of the texts, and nobody writes
_NAMED = re.compile(rb"""\st\s*=\s*["']s["'][^<>]*>\s*<(?:\w+:)?v>\s*0*(\d{1,9})\s*<""")
_OVERLAP: Final = 256


class SharedText:
    """Counts while the parts of a workbook pass by."""

    def __init__(self) -> None:
        self._longest = 0
        self._cells = 0

    def see_part(self, blocks: Part) -> Iterator[bytes]:
        """Pass the slices of a part on."""
        gap = longest = 0
        seen = False
        for block in blocks:
            self._cells += block.count(b's"') + block.count(b"s'") + 1
            pieces = [len(piece) for piece in block.split(_END)]
            seen = seen or len(pieces) > 1
            pieces[0] += gap
            longest, gap = max(longest, *pieces), pieces[-1]
            yield block
        if seen:
            self._longest = max(self._longest, longest)

    def needs_count(self) -> bool:
        """Tell whether the bound alone does not let the workbook pass."""
        return self._longest * self._cells > _FREE_BYTES

    def is_too_much(self, parts: Iterable[Part]) -> bool:
        """Count the texts of all cells, the parts being unpacked once more."""
        lengths: list[int] = []
        named: Counter[int] = Counter()
        tables = 0
        for part in parts:
            is_table, found = _lengths(part, named)
            tables += is_table
            if found is None:
                return True
            lengths += found
        hidden = max(0, self._cells - named.total())
        known = sum(lengths[at] * times for at, times in named.items() if at < len(lengths))
        return tables > 1 or known + hidden * self._longest > _FREE_BYTES


def _lengths(part: Part, named: Counter[int]) -> tuple[bool, list[int] | None]:
    """Return whether the part is a table of texts, and their lengths; else count what its cells name."""
    lengths: list[int] = []
    gap, is_table, tail = 0, False, b""
    for block in part:
        window = tail + block
        is_table = is_table or _SHARED_TEXT.search(window) is not None
        if not is_table:
            seen = 0
            for found in _NAMED.finditer(window):
                named[int(found[1])] += 1
                seen = found.end()
            tail = window[max(seen, len(window) - _OVERLAP) :]  # nothing is counted twice
            continue
        if _ODD.search(window):
            return True, None
        *whole, rest = _TEXT_END.split(window)
        lengths += [len(piece) + gap * (not at) for at, piece in enumerate(whole)]
        gap = gap * (not whole) + max(0, len(rest) - _OVERLAP)
        tail = rest[-_OVERLAP:]
    return is_table, lengths
