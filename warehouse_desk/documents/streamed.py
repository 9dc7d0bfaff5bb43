"""A reportlab canvas that writes each page out once it is full: memory does not grow with the pages.

reportlab keeps every page until the document is saved. Here a finished page is compressed and written at
once; only its place in the file (16 bytes) stays. Fonts come last, when the characters in use are known.
"""

import zlib
from array import array
from collections.abc import Callable, Iterable
from math import floor
from typing import Any, BinaryIO

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

_HEADER = b"%PDF-1.4\n%\x93\x8c\x8b\x9e\n"


class _PageList(pdfdoc.PDFObject):
    """The page tree: the object numbers of the pages written so far."""

    __RefOnly__ = 1

    def __init__(self) -> None:
        self.numbers = array("I")

    def format(self, _document: pdfdoc.PDFDocument) -> bytes:
        kids = b"\n".join(b"%d 0 R" % number for number in self.numbers)
        return b"<< /Type /Pages /Count %d /Kids [ %s ] >>" % (len(self.numbers), kids)


class _StreamedDocument(pdfdoc.PDFDocument):
    """A document whose pages are on disk already; every other object is written when it is saved."""

    Catalog: Any

    def __init__(self, to: BinaryIO) -> None:
        super().__init__(compression=1, invariant=1)
        self._to = to
        self._offset = 0
        self._offsets = array("Q", [0])  # by object number; objects count from 1
        self._tree: Any = _PageList()
        self.Pages = self.Catalog.Pages = self._tree
        self._tree_number = self._numbered(self._tree, "Pages")
        self._fonts_number = self._number_of("BasicFonts")
        self._put(_HEADER)

    def add_streamed_page(self, code: list[str], size: tuple[float, float]) -> None:
        """Write one page out."""
        content = zlib.compress("\n".join(code).encode("latin-1"), 6)
        contents = self._reserved()
        self._put_object(
            contents,
            b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        )
        page = self._reserved()
        # A hair short: renderers round a hair more than 800 dots up to 801, and that bends the bars.
        box = " ".join(f"{floor(side * 1e4 - 1) / 1e4:.4f}" for side in size).encode()
        self._put_object(
            page,
            b"<< /Type /Page /Parent %d 0 R /MediaBox [ 0 0 %s ] /Contents %d 0 R "
            b"/Resources << /Font %d 0 R /ProcSet [ /PDF /Text ] >> >>"
            % (self._tree_number, box, contents, self._fonts_number),
        )
        self._tree.numbers.append(page)
        self.inObject = None

    def finish(self) -> None:
        """Write fonts, catalogue and cross-references; nothing can be added afterwards."""
        for font in self.delayedFonts:
            font.addObjects(self)
        self.Catalog.Outlines = None
        root, info = (self._numbered(obj) for obj in (self.Catalog, self.info))
        number = 0
        while number < self.objectcounter:  # formatting one object may register others
            number += 1
            name = self.numberToId.get(number)
            if name is not None:
                self._put_object(number, pdfdoc.format(self.idToObject[name], self, toplevel=1))
        start = self._offset
        self._put(b"xref\n0 %d\n0000000000 65535 f \n" % len(self._offsets))
        for offset in self._offsets[1:]:
            self._put(b"%010d 00000 n \n" % offset)
        self._put(
            b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n"
            % (len(self._offsets), root, info, start)
        )

    def _numbered(self, obj: pdfdoc.PDFObject, name: str | None = None) -> int:
        return self._number_of(self.Reference(obj, name).name)  # type: ignore[no-untyped-call]

    def _number_of(self, name: str) -> int:
        return int(self.idToObjectNumberAndVersion[name][0])

    def _reserved(self) -> int:
        self.objectcounter += 1
        return self.objectcounter

    def _put_object(self, number: int, body: bytes) -> None:
        while len(self._offsets) <= number:
            self._offsets.append(0)
        self._offsets[number] = self._offset
        self._put(b"%d 0 obj\n%s\nendobj\n" % (number, body))

    def _put(self, data: bytes) -> None:
        self._to.write(data)
        self._offset += len(data)


class StreamedCanvas(Canvas):
    """A canvas for pages of text and black shapes. Call :meth:`finish_page` and, once, :meth:`finish`."""

    _code: list[str]
    _startPage: Callable[[], None]  # noqa: N815 - the canvas names it so

    def __init__(self, to: BinaryIO, size: tuple[float, float], title: str) -> None:
        super().__init__(to, pagesize=size, pageCompression=1, invariant=1)
        self._streamed = _StreamedDocument(to)
        self._doc = self._streamed
        self.setTitle(title)
        self._size = size

    def fill_rectangles(self, rectangles: Iterable[tuple[int, int, int, int]], unit: float) -> None:
        """Fill rectangles (x, y, width, height in whole ``unit`` points from the lower left corner) with black.

        Filled, never stroked, which would widen bars; by the non-zero rule, or crossing edges would cancel out.
        Written here because whole numbers need none of the care that reportlab gives to fractions.
        """
        self.saveState()
        self.scale(unit, unit)
        self._code += [f"{x} {y} {w} {h} re" for x, y, w, h in rectangles]
        self._code.append("f")
        self.restoreState()

    def finish_page(self) -> None:
        """Write the page out and begin the next one."""
        self._streamed.add_streamed_page(self._code, self._size)
        self._startPage()

    def finish(self) -> None:
        """Complete the file."""
        self._streamed.finish()
