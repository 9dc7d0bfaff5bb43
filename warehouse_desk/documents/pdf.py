"""Parcel labels and pages as PDF: vector bars on the printer's dots, embedded fonts, flat memory."""

from collections.abc import Callable, Iterable
from typing import BinaryIO

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.documents import code128
from warehouse_desk.documents.errors import CannotScan, NothingToPrint
from warehouse_desk.documents.fonts import face
from warehouse_desk.documents.label import LabelSpec
from warehouse_desk.documents.layout import lay_out
from warehouse_desk.documents.placed import Bars, Box, Fill, Frame, Item, Placed, PlacedText
from warehouse_desk.documents.stock import LabelStock, Nudge, Size
from warehouse_desk.documents.streamed import StreamedCanvas
from warehouse_desk.documents.units import MM, dot, whole_dots
from warehouse_desk.documents.writing import fit_line

_WATERMARK_GREY = 0.88
_CUT_MARK = 6 * MM
_EDGE = 5 * MM
_HAIR = 0.3


def render_labels(
    specs: Iterable[LabelSpec],
    stock: LabelStock,
    to: BinaryIO,
    *,
    start: int = 1,
    nudge: Nudge | None = None,
    dpi: int | None = None,
    progress: Callable[[int], None] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> int:
    """Write one PDF with a label for each spec, in their order, and return how many labels it holds.

    ``start`` is the first free label of the first sheet, from 1, along the rows. ``nudge`` corrects one
    printer. ``dpi`` is the printer's resolution where it differs from the stock's. ``progress`` hears the
    count after each label; once ``cancelled`` answers yes, the file is completed with the labels drawn so
    far.

    Raises:
        CannotScan: a reference cannot be a readable barcode on this stock; what was written so far is no PDF.
        NothingToPrint: there is no label, or ``start`` is not on the sheet.
    """
    off_sheet = why_no_start(stock, start)
    if off_sheet is not None:
        raise NothingToPrint(off_sheet)
    pen = Pen(to, stock.page, dpi or stock.dpi, f"Labels {stock.key}")
    offset = nudge or Nudge()
    drawn = 0
    for spec in specs:
        if cancelled():
            break
        cell = (start - 1 + drawn) % stock.per_page
        if drawn and cell == 0:
            pen.next_page()
        if stock.cut_marks and (cell == 0 or not drawn):
            pen.draw(_cut_marks(stock, pen), offset.x * MM, offset.y * MM)
        left, top = stock.corner(cell)
        pen.draw(lay_out(spec, stock, pen.dpi), left + offset.x * MM, top + offset.y * MM)
        drawn += 1
        if progress:
            progress(drawn)
    if not drawn:
        raise NothingToPrint(msg("There is no label to print."))
    pen.finish()
    return drawn


def _cut_marks(stock: LabelStock, pen: "Pen") -> Placed:
    """Return a cross at each inner corner of the grid and a mark where each cut meets an edge."""
    xs = [stock.corner(column)[0] for column in range(1, stock.grid.columns)]
    ys = [stock.corner(row * stock.grid.columns)[1] for row in range(1, stock.grid.rows)]
    half, page = _CUT_MARK / 2, (pen.width, pen.height)
    # Printers leave some 5 mm blank along the edges; a mark further in is still between two margins.
    alongs = [(*ys, _EDGE + half, page[1] - _EDGE - half), (*xs, _EDGE + half, page[0] - _EDGE - half)]
    items = [Fill(Box(x, y - half, _HAIR, _CUT_MARK)) for x in xs for y in alongs[0]]
    items += [Fill(Box(x - half, y, _CUT_MARK, _HAIR)) for y in ys for x in alongs[1]]
    return Placed(pen.width, pen.height, tuple(items))


def why_no_start(stock: LabelStock, start: int) -> Message | None:
    """Return why a run cannot begin at this label of a sheet, or None."""
    if 1 <= start <= stock.per_page:
        return None
    return msg(
        "The first label must be between 1 and {last} in this format, not {start}.", last=stock.per_page, start=start
    )


def why_not(spec: LabelSpec, stock: LabelStock, dpi: int | None = None) -> Message | None:
    """Return why a label cannot be printed on a stock, or None; for judging orders before a run."""
    try:
        code128.fit(spec.reference, (stock.label.width - 2 * stock.margin) * MM, dpi or stock.dpi)
    except CannotScan as refusal:
        return refusal.message
    return None


_Dots = tuple[int, int, int, int]  # left, top, width, height on the page


class Pen:
    """Draws placed things on pages of one size for a printer of ``dpi``."""

    def __init__(self, to: BinaryIO, page: Size, dpi: int, title: str) -> None:
        # Whole dots, rounded down: a page one dot larger than the paper makes a driver scale it.
        self.width, self.height = (whole_dots(side * MM, dpi) * dot(dpi) for side in (page.width, page.height))
        self.dpi = dpi
        self._canvas = StreamedCanvas(to, (self.width, self.height), title)

    def draw(self, placed: Placed, left: float = 0.0, top: float = 0.0) -> None:
        """Draw a label or a page with its corner ``left`` and ``top`` points from the corner of the page."""
        text = self._canvas.beginText()
        font = ("", 0.0)
        for item in placed.items:
            if isinstance(item, PlacedText):
                if font != (wanted := (face(item.bold).name, item.size)):
                    text.setFont(*wanted)
                    font = wanted
                text.setTextOrigin(left + item.box.x, self.height - top - item.baseline)
                text.textOut(item.display)
        self._canvas.drawText(text)
        self._fill([rectangle for item in placed.items for rectangle in self._rectangles(item, left, top)])

    def next_page(self) -> None:
        """Finish a page and begin another."""
        self._canvas.finish_page()

    def finish(self) -> None:
        """Finish the last page and the file."""
        self._canvas.finish_page()
        self._canvas.finish()

    def watermark(self, word: str) -> None:
        """Write a word across the page in light grey; to be called before anything is drawn on the page."""
        canvas = self._canvas
        fitted = fit_line(word, self.width * 0.95, (150, 20), bold=True)
        canvas.saveState()
        canvas.setFillGray(_WATERMARK_GREY)
        canvas.translate(self.width / 2, self.height / 2)
        canvas.rotate(50)
        canvas.setFont(face(True).name, fitted.size)
        width = fitted.lines[0].width * fitted.size
        canvas.drawString(-width / 2, -fitted.size / 3, fitted.lines[0].display)
        canvas.restoreState()

    def _rectangles(self, item: Item, left: float, top: float) -> list[_Dots]:
        """Return the black rectangles of an item on the page."""
        match item:
            case Bars():
                return self._bars(item, left, top)
            case Fill(box):
                return [self._dots(left + box.x, top + box.y, box.w, box.h)]
            case Frame(box, line):
                x, y = left + box.x, top + box.y
                return [
                    self._dots(x, y, box.w, line),
                    self._dots(x, y + box.h - line, box.w, line),
                    self._dots(x, y, line, box.h),
                    self._dots(x + box.w - line, y, line, box.h),
                ]
            case _:
                return []

    def _bars(self, bars: Bars, left: float, top: float) -> list[_Dots]:
        module = bars.module_dots
        x, y, _, height = self._dots(left + bars.box.x, top + bars.box.y, bars.box.w, bars.box.h)
        x += code128.QUIET_MODULES * module
        rectangles = []
        for i, width in enumerate(bars.symbol.widths):
            if i % 2 == 0:
                rectangles.append((x, y, width * module, height))
            x += width * module
        return rectangles

    def _dots(self, x: float, y: float, w: float, h: float) -> _Dots:
        one = dot(self.dpi)
        return round(x / one), round(y / one), max(1, round(w / one)), max(1, round(h / one))

    def _fill(self, rectangles: list[_Dots]) -> None:
        if not rectangles:
            return
        page = round(self.height / dot(self.dpi))
        self._canvas.fill_rectangles(((x, page - y - h, w, h) for x, y, w, h in rectangles), dot(self.dpi))
