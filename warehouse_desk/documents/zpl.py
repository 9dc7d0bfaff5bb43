"""The same labels as ZPL II, for printers that are fed directly: every dot is ours.

Bars are filled boxes and texts are bitmaps of our fonts, both in the printer's own dots. A printer's fonts lack accents
and Arabic, and its bar codes (``^BC``) hold a change of code set that emulations of ZPL get wrong, which makes a label
scan as another order.
"""

import re
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from warehouse_desk.documents import code128
from warehouse_desk.documents.fonts import face
from warehouse_desk.documents.label import LabelSpec
from warehouse_desk.documents.layout import lay_out
from warehouse_desk.documents.placed import Bars, Box, Fill, Frame, Item, Placed, PlacedText
from warehouse_desk.documents.stock import LabelStock, Nudge
from warehouse_desk.documents.units import MM, dot, whole_dots

_INK = 128
_OVERHANG = 2
"""Dots that a letter may reach beyond its own width."""

_PIECE = re.compile(r"\S{1,16}")
_RUN = re.compile(r"(.)\1{2,}")
_LONGEST_RUN = 419
_UNITS, _TWENTIES = " GHIJKLMNOPQRSTUVWXY", " ghijklmnopqrstuvwxyz"
"""ZPL's letters for how often a digit is repeated: G to Y for 1 to 19, g to z for 20, 40... 400."""


def label_zpl(spec: LabelSpec, stock: LabelStock, *, nudge: Nudge | None = None, dpi: int | None = None) -> bytes:
    """Return one label as ZPL II, which is plain ASCII.

    Raises:
        CannotScan: the reference cannot be a readable barcode on this stock.
    """
    resolution = dpi or stock.dpi
    return placed_zpl(lay_out(spec, stock, resolution), resolution, nudge or Nudge())


def placed_zpl(placed: Placed, dpi: int, nudge: Nudge) -> bytes:
    """Return anything that is as large as a label as ZPL II."""
    plotter = _Plotter(dpi, nudge.x * MM, nudge.y * MM)
    width, height = (whole_dots(side, dpi) for side in (placed.width, placed.height))
    fields = [plotter.field(item) for item in placed.items]
    head = f"^XA^PON^LH0,0^PW{width}^LL{height}"
    return "\n".join([head, *filter(None, fields), "^XZ", ""]).encode("ascii")


class _Plotter:
    """Turns placed items into fields; origins are dots, moved by the nudge (points)."""

    def __init__(self, dpi: int, right: float, down: float) -> None:
        self._dot = dot(dpi)
        self._right = right
        self._down = down

    def field(self, item: Item) -> str:
        """Return one item as ZPL fields."""
        match item:
            case PlacedText():
                return self._text(item)
            case Bars():
                return self._bars(item)
            case Frame(box, line):
                return self._rectangle(box, self._dots(line))
            case Fill(box):
                return self._rectangle(box, min(self._dots(box.w), self._dots(box.h)))

    def _bars(self, bars: Bars) -> str:
        x, y = self._origin(bars.box.x, bars.box.y)
        x += code128.QUIET_MODULES * bars.module_dots
        height = self._dots(bars.box.h)
        fields = []
        for place, modules in enumerate(bars.symbol.widths):
            width = modules * bars.module_dots
            if place % 2 == 0:
                fields.append(f"^FO{x},{y}^GB{width},{height},{width}^FS")
            x += width
        return "".join(fields)

    def _rectangle(self, box: Box, line: int) -> str:
        x, y = self._origin(box.x, box.y)
        return f"^FO{x},{y}^GB{self._dots(box.w)},{self._dots(box.h)},{line}^FS"

    def _text(self, text: PlacedText) -> str:
        if not text.display.strip():
            return ""
        x, y = self._origin(text.box.x, text.box.y)
        left = min(x, _OVERHANG)
        size = (left + self._dots(text.box.w) + _OVERHANG, self._dots(text.box.h))
        start = (left, round((text.baseline - text.box.y) / self._dot))
        return f"^FO{x - left},{y}{_bitmap(text.display, text.bold, text.size / self._dot, size, start)}^FS"

    def _origin(self, x: float, y: float) -> tuple[int, int]:
        return max(0, round((x + self._right) / self._dot)), max(0, round((y + self._down) / self._dot))

    def _dots(self, points: float) -> int:
        return max(1, round(points / self._dot))


@lru_cache(maxsize=256)
def _font(bold: bool, pixels: float) -> ImageFont.FreeTypeFont:
    # The texts are shaped and ordered already; the basic engine leaves them so.
    return ImageFont.truetype(str(face(bold).file), pixels, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=1024)  # headings, sender, cities and products come back on every label
def _bitmap(display: str, bold: bool, pixels: float, size: tuple[int, int], start: tuple[int, int]) -> str:
    """Return a text as a graphic field; ``start`` is where its baseline begins in a picture of ``size`` dots."""
    picture = Image.new("L", size, 0)
    draw, font = ImageDraw.Draw(picture), _font(bold, round(pixels, 1))
    for piece in _PIECE.finditer(display):
        # Letters are moved to whole dots, so a long text would come out wider: each word begins where it does on paper.
        x = start[0] + face(bold).width(display[: piece.start()]) * pixels
        draw.text((round(x), start[1]), piece[0], fill=255, font=font, anchor="ls")
    bits = picture.point(lambda level: 255 if level >= _INK else 0).convert("1")
    across = (size[0] + 7) // 8
    total = across * size[1]
    return f"^GFA,{total},{total},{across},{_packed(bits.tobytes(), across)}"


def _packed(bits: bytes, across: int) -> str:
    """Return a bitmap in hexadecimal digits: runs counted, white ends as ``,`` and repeated rows as ``:``."""
    rows = []
    before = None
    for start in range(0, len(bits), across):
        row = bits[start : start + across]
        if row == before:
            rows.append(":")
        else:
            digits = row.hex().upper().rstrip("0")
            packed = _RUN.sub(_counted, digits)
            rows.append(packed if len(digits) == 2 * across else packed + ",")
        before = row
    return "".join(rows)


def _counted(run: re.Match[str]) -> str:
    """Return a run of one digit as its count and the digit."""
    left, digit = len(run[0]), run[1]
    counted = ""
    while left:
        count = min(left, _LONGEST_RUN)
        counted += f"{_TWENTIES[count // 20]}{_UNITS[count % 20]}{digit}".replace(" ", "")
        left -= count
    return counted
