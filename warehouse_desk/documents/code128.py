"""Code 128 as bars of whole printer dots.

Symbol widths and quiet zones follow ISO/IEC 15417 and the GS1 General Specifications (10 modules each side).
A module below 0.25 mm does not survive a 203 dpi thermal head; above 0.5 mm nothing is won.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from reportlab.graphics.barcode.code128 import Code128

from warehouse_desk.common.messages import msg
from warehouse_desk.documents.errors import CannotScan
from warehouse_desk.documents.units import MM, dot

QUIET_MODULES = 10
_SMALLEST_MM = 0.25
_LARGEST_MM = 0.5
_PRINTABLE = re.compile(r"[\x20-\x7e]{1,48}")


@dataclass(frozen=True, slots=True)
class Symbol:
    """An encoded text: ``widths`` are bar, space, bar... in modules."""

    text: str
    widths: tuple[int, ...]

    @property
    def modules(self) -> int:
        """Width in modules with both quiet zones."""
        return sum(self.widths) + 2 * QUIET_MODULES


@lru_cache(maxsize=4096)
def encode(text: str) -> Symbol:
    """Encode a text in the fewest Code 128 codes.

    Raises:
        CannotScan: the text is empty, longer than 48 characters, or not of plain signs.
    """
    if not _PRINTABLE.fullmatch(text):
        raise CannotScan(
            msg(
                "“{code}” cannot be printed as a barcode: only 1 to 48 unaccented letters, digits and "
                "signs can be scanned. Correct the reference first.",
                code=text,
            )
        )
    drawing: Any = Code128(text)
    drawing.validate()
    drawing.encode()
    drawing.decompose()
    widths = tuple(ord(letter.lower()) - ord("a") + 1 for letter in drawing.decomposed)
    return Symbol(text, widths)


def fit(text: str, width: float, dpi: int) -> tuple[Symbol, int]:
    """Return the symbol and its module in dots: the widest from 0.25 to 0.5 mm in ``width`` points.

    Raises:
        CannotScan: the text cannot be encoded or its bars would be thinner than 0.25 mm.
    """
    symbol = encode(text)
    smallest, largest = module_dots(dpi)
    # One dot is kept for snapping the first bar to the grid.
    room = int((width / dot(dpi) - 1) // symbol.modules)
    if room < smallest:
        raise CannotScan(
            msg(
                "“{code}” does not fit as a barcode: it needs {needed} mm and the label offers "
                "{offered} mm. Choose a wider label format.",
                code=text,
                needed=round(symbol.modules * smallest * dot(dpi) / MM + 0.5),
                offered=int(width / MM),
            )
        )
    return symbol, min(room, largest)


def module_dots(dpi: int) -> tuple[int, int]:
    """Return the thinnest and the widest module in dots for a printer."""
    mm_per_dot = dot(dpi) / MM
    smallest = -int(-_SMALLEST_MM / mm_per_dot // 1)
    return smallest, round(_LARGEST_MM / mm_per_dot)
