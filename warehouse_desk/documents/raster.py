"""Pages of a PDF as grey dots, for the screen and for printers that take pictures."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium

from warehouse_desk.documents.stock import Size
from warehouse_desk.documents.units import MM

_INCH = 72.0
_PDFIUM = threading.Lock()
"""PDFium is not made for two threads at once, not even on two files."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One page: 8 bits a dot, 0 is black; ``stride`` bytes from row to row."""

    width: int
    height: int
    stride: int
    dots: bytes


def page_sizes(pdf: bytes) -> list[Size]:
    """Return the size of each page in millimetres."""
    with _opened(pdf) as document:
        return [Size(width / MM, height / MM) for width, height in map(document.get_page_size, range(len(document)))]


def page_picture(pdf: bytes, number: int, dpi: float) -> Picture:
    """Return a page, counted from 0, at a resolution.

    Edges are not smoothed: bars of whole printer dots stay black and white when ``dpi`` is the printer's own.

    Raises:
        IndexError: there is no such page.
    """
    with _opened(pdf) as document:
        if not 0 <= number < len(document):
            raise IndexError(number)
        page = document[number]
        bitmap = page.render(scale=dpi / _INCH, grayscale=True, no_smoothpath=True)
        picture = Picture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
        bitmap.close()
        page.close()
        return picture


@contextmanager
def _opened(pdf: bytes) -> Iterator[Any]:
    with _PDFIUM:
        document: Any = pdfium.PdfDocument(pdf)
        try:
            yield document
        finally:
            document.close()
