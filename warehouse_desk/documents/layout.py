"""Places the parts of a parcel label: nothing overlaps or leaves the stock, however long the texts are."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from warehouse_desk.documents import parts
from warehouse_desk.documents.label import LabelSpec
from warehouse_desk.documents.parts import Part
from warehouse_desk.documents.placed import Box, Item, Placed
from warehouse_desk.documents.stock import LabelStock
from warehouse_desk.documents.style import Style, style_for
from warehouse_desk.documents.units import MM

_LOOSEST_GAP = 2.5 * MM
_LEFT_SHARE = 0.54
_SQUEEZES = (0.0, 0.35, 0.7, 1.0)


def lay_out(spec: LabelSpec, stock: LabelStock, dpi: int) -> Placed:
    """Return the label with every part in its place, in reading order.

    Raises:
        CannotScan: the reference cannot be a barcode that scanners read on this stock.
    """
    margin = stock.margin * MM
    paper = Box(0, 0, stock.label.width * MM, stock.label.height * MM)
    box = paper.inset(margin, margin)
    arrange = _wide if style_for(stock).wide else _tall
    for squeeze in _SQUEEZES:
        columns, place = arrange(spec, style_for(stock, squeeze), box, dpi)
        if all(column.has_room for column in columns):
            break
    return Placed(paper.w, paper.h, tuple(place()))


@dataclass(frozen=True, slots=True)
class _Column:
    """Parts one under the other in a box."""

    parts: Sequence[Part]
    box: Box
    gap: float

    @property
    def spare(self) -> float:
        """Points left when each part has its least height and the gaps are kept."""
        return self.box.h - self.gap * (len(self.parts) - 1) - sum(part.least for part in self.parts)

    @property
    def has_room(self) -> bool:
        """Whether every part can be whole."""
        return self.spare >= sum(part.need - part.least for part in self.parts)

    def place(self) -> Iterator[Item]:
        """Give each part its least height, then share the rest until all are whole, then large."""
        heights = [part.least for part in self.parts]
        spare = _share(heights, [part.need for part in self.parts], self.spare)
        spare = _share(heights, [part.ideal for part in self.parts], spare)
        gap = self.gap + min(_LOOSEST_GAP, max(0.0, spare) / max(1, len(heights)))
        top = self.box.y
        for part, height in zip(self.parts, heights, strict=True):
            yield from part.place(Box(self.box.x, top, self.box.w, height))
            top += height + gap


_Arranged = tuple[tuple[_Column, ...], Callable[[], Iterable[Item]]]


def _column(parts: Iterable[Part], box: Box, gap: float) -> _Column:
    return _Column([part for part in parts if part.ideal > 0], box, gap)


def _tall(spec: LabelSpec, style: Style, box: Box, dpi: int) -> _Arranged:
    foot = parts.footer(spec, style)
    body = _column(
        [
            parts.header(spec, style),
            parts.city(spec, style),
            parts.barcode(spec, style, dpi),
            parts.recipient(spec, style),
            parts.phones(spec, style),
            parts.address(spec, style, box.w),
            parts.cod(spec, style),
            parts.lines(spec, style),
            parts.notes(spec, style, box.w),
        ],
        Box(box.x, box.y, box.w, box.h - foot.least - style.gap),
        style.gap,
    )
    below = Box(box.x, box.bottom - foot.least, box.w, foot.least)
    return (body,), lambda: chain(body.place(), foot.place(below))


def _wide(spec: LabelSpec, style: Style, box: Box, dpi: int) -> _Arranged:
    """City beside the amount, the bars across, then the customer beside the contents."""
    head, foot = parts.header(spec, style), parts.footer(spec, style)
    town, bars, amount = parts.city(spec, style), parts.barcode(spec, style, dpi), parts.cod(spec, style)
    top = Box(box.x, box.y + head.least + style.gap, box.w, max(town.least, amount.least))
    middle = Box(box.x, top.bottom + style.gap, box.w, bars.least)
    low = middle.bottom + style.gap
    left, right = Box(box.x, low, box.w, box.bottom - foot.least - style.gap - low).split(box.w * _LEFT_SHARE, 3 * MM)
    upper_left, upper_right = top.split(left.w, 3 * MM)
    who = _column(
        [parts.recipient(spec, style), parts.phones(spec, style), parts.address(spec, style, left.w)], left, 0
    )
    what = _column([parts.lines(spec, style), parts.notes(spec, style, right.w)], right, style.gap)

    def place() -> Iterator[Item]:
        yield from head.place(Box(box.x, box.y, box.w, head.least))
        yield from town.place(upper_left)
        yield from bars.place(middle)
        yield from who.place()
        yield from amount.place(Box(upper_right.x, upper_right.y, upper_right.w, amount.least))
        yield from what.place()
        yield from foot.place(Box(box.x, box.bottom - foot.least, box.w, foot.least))

    return (who, what), place


def _share(heights: list[float], goals: Sequence[float], spare: float) -> float:
    """Raise heights towards their goals in equal shares, small wishes first; return what is left."""
    hungry = sorted((i for i, goal in enumerate(goals) if goal > heights[i]), key=lambda i: goals[i] - heights[i])
    for waiting, i in zip(range(len(hungry), 0, -1), hungry, strict=True):
        more = min(goals[i] - heights[i], max(0.0, spare) / waiting)
        heights[i] += more
        spare -= more
    return spare
