"""Things with a place on paper, in points from the top left corner of the label or page, y downwards."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from warehouse_desk.documents.code128 import Symbol
from warehouse_desk.documents.writing import Fitted

Align = Literal["left", "right", "centre", "start"]
"""``start`` is where reading starts: left, or right for a right-to-left text."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in points."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.w

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.h

    def inset(self, x: float, y: float) -> "Box":
        """Return the rectangle that leaves ``x`` free at both sides and ``y`` above and below."""
        return Box(self.x + x, self.y + y, self.w - 2 * x, self.h - 2 * y)

    def split(self, left: float, gap: float) -> tuple["Box", "Box"]:
        """Return a left part of the given width and the rest beyond a gap."""
        return Box(self.x, self.y, left, self.h), Box(self.x + left + gap, self.y, self.w - left - gap, self.h)


@dataclass(frozen=True, slots=True)
class PlacedText:
    """One line: ``text`` as read, ``display`` as drawn left to right from ``box.x`` on ``baseline``."""

    role: str
    text: str
    display: str
    box: Box
    baseline: float
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class Bars:
    """A Code 128 with its quiet zones inside ``box``; the bars are drawn from the first whole dot."""

    symbol: Symbol
    module_dots: int
    box: Box


@dataclass(frozen=True, slots=True)
class Frame:
    """A border drawn inside ``box``."""

    box: Box
    thickness: float


@dataclass(frozen=True, slots=True)
class Fill:
    """A black rule."""

    box: Box


Item = PlacedText | Bars | Frame | Fill


@dataclass(frozen=True, slots=True)
class Placed:
    """A label or a page ready to be drawn; texts come in the order they are read."""

    width: float
    height: float
    items: tuple[Item, ...]

    def texts(self, role: str) -> list[PlacedText]:
        """Return the lines of one part, such as ``address``."""
        return [item for item in self.items if isinstance(item, PlacedText) and item.role == role]


def set_text(role: str, fitted: Fitted, box: Box, align: Align = "start") -> Iterable[PlacedText]:
    """Place fitted lines from the top of a box downwards."""
    side = ("right" if fitted.rtl else "left") if align == "start" else align
    top = box.y
    for line in fitted.lines:
        width = line.width * fitted.size
        x = {"left": box.x, "right": box.right - width, "centre": box.x + (box.w - width) / 2}[side]
        place = Box(x, top, width, fitted.leading)
        yield PlacedText(role, line.text, line.display, place, top + fitted.ascent, fitted.size, fitted.bold)
        top += fitted.leading


def set_middle(role: str, fitted: Fitted, box: Box, align: Align = "start") -> Iterable[PlacedText]:
    """Place fitted lines in the vertical middle of a box."""
    return set_text(role, fitted, Box(box.x, box.y + (box.h - fitted.height) / 2, box.w, fitted.height), align)
