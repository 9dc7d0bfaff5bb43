"""The page that shows whether a printer prints at full size, where it begins, and which bars it can do."""

from collections.abc import Iterator
from typing import BinaryIO

from warehouse_desk.common.messages import msg
from warehouse_desk.documents import code128
from warehouse_desk.documents.errors import CannotScan
from warehouse_desk.documents.pdf import Pen
from warehouse_desk.documents.placed import Bars, Box, Fill, Frame, Item, Placed, set_text
from warehouse_desk.documents.stock import LabelStock, Nudge
from warehouse_desk.documents.units import MM, dot
from warehouse_desk.documents.words import PAPER_LANGUAGES, both
from warehouse_desk.documents.writing import fit, fit_line
from warehouse_desk.documents.zpl import placed_zpl

SAMPLE = "TEST-00001"
_HAIR = 0.35
_BARS = 6 * MM
_CODE = 8.0
_TEN, _FIVE = 10, 5
_TICKS = {_TEN: 4.0, _FIVE: 2.8}  # millimetres of the marks at tens and fives; 1.6 between
_CROSS = 10 * MM


def render_test_page(stock: LabelStock, to: BinaryIO, *, nudge: Nudge | None = None, dpi: int | None = None) -> int:
    """Write one page of outlines, rulers and barcodes, and return how many barcodes there are.

    Every label has its outline; the first one has a ruler in millimetres on two sides and a barcode at each
    module width that fits. A 100 mm stretch of the ruler that does not measure 100 mm means that the driver
    scales pages.
    """
    pen = Pen(to, stock.page, dpi or stock.dpi, f"Test page {stock.key}")
    offset = nudge or Nudge()
    bars = 0
    for cell in range(stock.per_page):
        left, top = stock.corner(cell)
        label = _label(stock, pen.dpi, is_first=cell == 0)
        bars += sum(isinstance(item, Bars) for item in label.items)
        pen.draw(label, left + offset.x * MM, top + offset.y * MM)
    pen.finish()
    return bars


def ruler_zpl(stock: LabelStock, *, nudge: Nudge | None = None, dpi: int | None = None) -> bytes:
    """Return the first label of the test page as ZPL II, for a printer that is fed directly."""
    resolution = dpi or stock.dpi
    return placed_zpl(_label(stock, resolution, is_first=True), resolution, nudge or Nudge())


def _label(stock: LabelStock, dpi: int, *, is_first: bool) -> Placed:
    label = Box(0, 0, stock.label.width * MM, stock.label.height * MM)
    items: list[Item] = [Frame(label, 0.6), *_cross(label)]
    if is_first:
        items += [*_ruler(label), *_samples(stock, label, dpi)]
    return Placed(label.w, label.h, tuple(items))


def _cross(box: Box) -> Iterator[Item]:
    x, y = box.w / 2, box.h - 12 * MM
    yield Fill(Box(x - _CROSS / 2, y, _CROSS, _HAIR))
    yield Fill(Box(x, y - _CROSS / 2, _HAIR, _CROSS))


def _ruler(box: Box) -> Iterator[Item]:
    for along, is_top in ((box.w, True), (box.h, False)):
        for mm in range(1, int(along / MM) + 1):
            length = (_TICKS[_TEN] if mm % _TEN == 0 else _TICKS[_FIVE] if mm % _FIVE == 0 else 1.6) * MM
            yield Fill(Box(mm * MM, 0, _HAIR, length) if is_top else Box(0, mm * MM, length, _HAIR))
            if mm % _TEN or mm * MM > along - 4 * MM:
                continue
            number = fit_line(str(mm), 12, (6, 6))
            at = Box(mm * MM - 6, _TICKS[_TEN] * MM, 12, 7) if is_top else Box(4.4 * MM, mm * MM - 3.5, 12, 7)
            if is_top or mm > _TEN:
                yield from set_text("ruler", number, at, "centre" if is_top else "left")


def _samples(stock: LabelStock, box: Box, dpi: int) -> Iterator[Item]:
    inner = Box(10 * MM, 8 * MM, box.w - 13 * MM, box.h - 8 * MM - 20 * MM)
    french, arabic = both(msg("Print at 100 %, never “fit to page”. 100 mm must measure 100 mm."))
    heading = Box(inner.x, inner.y, inner.w, 11)
    title = f"{stock.name_in(PAPER_LANGUAGES[0])} · {dpi} dpi"
    yield from set_text("title", fit_line(title, inner.w, (9, 6), bold=True), heading)
    top = heading.bottom + 1
    for text in filter(None, (french, arabic)):
        said = fit(text, inner.w, 22, (8, 5.5))
        yield from set_text("advice", said, Box(inner.x, top, inner.w, said.height))
        top += said.height
    top += 2 * MM
    for symbol, dots in _fitting(inner.w, dpi):
        if top + _BARS + _CODE * 1.2 > inner.bottom:
            break
        width = (symbol.modules * dots + 1) * dot(dpi)
        yield Bars(symbol, dots, Box(inner.x, top, width, _BARS))
        module = f"{symbol.text} · {dots} × {dot(dpi) / MM:.3f} = {dots * dot(dpi) / MM:.3f} mm".replace(".", ",")
        under = Box(inner.x, top + _BARS + 0.5, inner.w, _CODE)
        yield from set_text("module", fit_line(module, inner.w, (6.5, 5)), under)
        top += _BARS + _CODE + 2 * MM


def _fitting(width: float, dpi: int) -> Iterator[tuple[code128.Symbol, int]]:
    smallest, largest = code128.module_dots(dpi)
    try:
        symbol, most = code128.fit(SAMPLE, width, dpi)
    except CannotScan:
        return
    for dots in range(smallest, min(most, largest) + 1, max(1, smallest // 3)):
        yield symbol, dots
