"""The same labels as ZPL II, for printers that are fed directly.

The bars are the printer's own (``^BC``), exact by construction. Latin text is the printer's scalable font; a
text with other letters is a bitmap drawn from our fonts, because printers neither join nor order Arabic.
"""

from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from warehouse_desk.documents import code128
from warehouse_desk.documents.fonts import face
from warehouse_desk.documents.label import LabelSpec
from warehouse_desk.documents.layout import lay_out
from warehouse_desk.documents.placed import Bars, Box, Fill, Frame, Item, Text
from warehouse_desk.documents.stock import Nudge, Stock
from warehouse_desk.documents.units import MM, dot, whole_dots

_LATIN = range(0x20, 0x180)
# The printer's font 0 is narrower than ours; this width brings it near without ever exceeding it.
_WIDTH_SHARE = 0.95
_INK = 128


def label_zpl(spec: LabelSpec, stock: Stock, *, nudge: Nudge | None = None, dpi: int | None = None) -> bytes:
    """Return one label as ZPL II in UTF-8.

    Raises:
        CannotScan: the reference cannot be a readable barcode on this stock.
    """
    resolution = dpi or stock.dpi
    shift = nudge or Nudge()
    plotter = _Plotter(resolution, shift.x * MM, shift.y * MM)
    width, height = (whole_dots(side * MM, resolution) for side in (stock.label.width, stock.label.height))
    fields = [plotter.field(item) for item in lay_out(spec, stock, resolution).items]
    head = f"^XA^CI28^PON^LH0,0^PW{width}^LL{height}"
    return "\n".join([head, *filter(None, fields), "^PQ1^XZ", ""]).encode()


class _Plotter:
    """Turns placed items into fields; origins are dots, moved by the nudge (points)."""

    def __init__(self, dpi: int, right: float, down: float) -> None:
        self._dot = dot(dpi)
        self._right = right
        self._down = down

    def field(self, item: Item) -> str:
        """Return one item as a ZPL field."""
        match item:
            case Text():
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
        return f"^FO{x},{y}^BY{bars.module_dots}^BCN,{height},N,N,N,N^FH_^FD{_escaped(bars.symbol.zpl)}^FS"

    def _rectangle(self, box: Box, line: int) -> str:
        x, y = self._origin(box.x, box.y)
        return f"^FO{x},{y}^GB{self._dots(box.w)},{self._dots(box.h)},{line}^FS"

    def _text(self, text: Text) -> str:
        if not text.display:
            return ""
        if all(ord(char) in _LATIN for char in text.display):
            # ^FT sets the baseline, so the printer's font sits where ours would.
            x, baseline = self._origin(text.box.x, text.baseline)
            height = self._dots(text.size)
            width = int(height * _WIDTH_SHARE)
            return f"^FT{x},{baseline}^A0N,{height},{width}^FH_^FD{_escaped(text.display)}^FS"
        x, y = self._origin(text.box.x, text.box.y)
        return f"^FO{x},{y}{self._bitmap(text)}^FS"

    def _bitmap(self, text: Text) -> str:
        size = (self._dots(text.box.w), self._dots(text.box.h))
        picture = Image.new("L", size, 0)
        font = _font(text.bold, self._dots(text.size))
        baseline = round((text.baseline - text.box.y) / self._dot)
        ImageDraw.Draw(picture).text((0, baseline), text.display, fill=255, font=font, anchor="ls")
        bits = picture.point(lambda level: 255 if level >= _INK else 0).convert("1")
        across = (size[0] + 7) // 8
        return f"^GFA,{across * size[1]},{across * size[1]},{across},{_packed(bits.tobytes(), across)}"

    def _origin(self, x: float, y: float) -> tuple[int, int]:
        return max(0, round((x + self._right) / self._dot)), max(0, round((y + self._down) / self._dot))

    def _dots(self, points: float) -> int:
        return max(1, round(points / self._dot))


@lru_cache(maxsize=64)
def _font(bold: bool, pixels: int) -> ImageFont.FreeTypeFont:
    # The texts are shaped and ordered already; the basic engine leaves them so.
    return ImageFont.truetype(str(face(bold).file), pixels, layout_engine=ImageFont.Layout.BASIC)


def _packed(bits: bytes, across: int) -> str:
    """Return a bitmap in hexadecimal digits, white ends as ``,`` and repeated rows as ``:``."""
    rows = []
    before = None
    for start in range(0, len(bits), across):
        row = bits[start : start + across]
        if row == before:
            rows.append(":")
        else:
            digits = row.hex().upper().rstrip("0")
            rows.append(digits if len(digits) == 2 * across else digits + ",")
        before = row
    return "".join(rows)


def _escaped(text: str) -> str:
    """Return field data in which no character is taken for a command (``^FH_``)."""
    return "".join(f"_{ord(char):02X}" if char in "^~_\\" else char for char in text.replace("\u00a0", " "))
