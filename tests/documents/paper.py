"""Paper as a printer and a scanner see it: PDF pages as dots, and the barcodes that are read from them."""

import io
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby

import pypdfium2 as pdfium
import zxingcpp
from PIL import Image

from warehouse_desk.documents.label import LabelSpec
from warehouse_desk.documents.pdf import render_labels
from warehouse_desk.documents.placed import Box
from warehouse_desk.documents.stock import LabelStock, shipped_stocks

HEAD = {203: 203.2, 300: 300.0, 600: 600.0}  # dots per inch of the print heads
STOCKS = sorted(shipped_stocks())

_CODE_128 = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.Code128])


def stock(key: str) -> LabelStock:
    return shipped_stocks()[key]


def pdf_of(*specs: LabelSpec, on: str = "100x150", dpi: int | None = None, start: int = 1) -> bytes:
    to = io.BytesIO()
    render_labels(specs, stock(on), to, dpi=dpi, start=start)
    return to.getvalue()


def pages(pdf: bytes, dpi: int = 203) -> Iterator[Image.Image]:
    """Yield each page in the dots of a printer, with 256 greys as a driver's renderer makes them."""
    document = pdfium.PdfDocument(pdf)
    try:
        for number in range(len(document)):
            page = document[number]
            bitmap = page.render(scale=HEAD[dpi] / 72, grayscale=True, no_smoothpath=True)
            yield bitmap.to_pil()
            bitmap.close()
            page.close()
    finally:
        document.close()


def one_bit(image: Image.Image) -> Image.Image:
    """Return what a thermal head prints: black or nothing."""
    return image.point(lambda level: 255 if level >= 128 else 0)


def scanned(image: Image.Image) -> list[str]:
    """Return the Code 128 texts that a scanner reads, from top to bottom and left to right."""
    found = zxingcpp.read_barcodes(image, formats=_CODE_128, try_rotate=False, try_downscale=False, try_invert=False)
    found.sort(key=lambda code: (code.position.top_left.y // 40, code.position.top_left.x))
    return [code.text for code in found]


def said(pdf: bytes, page: int = 0) -> str:
    """Return the text of a page as copied from a viewer, Arabic forms folded to letters, blanks to one."""
    document = pdfium.PdfDocument(pdf)
    try:
        text = document[page].get_textpage().get_text_range()
    finally:
        document.close()
    return plain(text)


def said_in(pdf: bytes, boxes: Iterable[Box]) -> list[str]:
    """Return the text in each box of the first page."""
    document = pdfium.PdfDocument(pdf)
    try:
        page = document[0]
        height = page.get_height()
        texts = page.get_textpage()
        return [plain(texts.get_text_bounded(b.x, height - b.bottom, b.right, height - b.y)) for b in boxes]
    finally:
        document.close()


def plain(text: str) -> str:
    """Return a text with Arabic forms folded to letters and blanks to one."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def runs(row: list[bool]) -> list[tuple[bool, int]]:
    """Return a row of dots as runs of (black, length)."""
    return [(black, len(list(dots))) for black, dots in groupby(row)]
