"""Tables and headings of A4 pages."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from warehouse_desk.common.messages import Message
from warehouse_desk.documents.placed import Align, Box, Fill, Frame, Item, set_middle, set_text
from warehouse_desk.documents.stock import Size
from warehouse_desk.documents.units import MM
from warehouse_desk.documents.words import both
from warehouse_desk.documents.writing import ARABIC_ASCENT, ARABIC_DESCENT, fit, fit_line

A4 = Size(210.0, 297.0)
PAGE_MARGIN = 14 * MM
ROW = 7.5 * MM
HEAD_ROW = 10 * MM
_TEXT = (9.5, 6.5)
_WHOLE = (9.5, 5.0)
_SMALL = (8.0, 5.0)
_UPPER = 0.52
"""What part of a row's height the larger text of a cell takes where a smaller one stands below it."""
_HEADING = (8.0, 5.5)
_PADDING = 1.5 * MM
HAIR = 0.4
_BOLD_LINE = 1.2


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, its share of the width, and how its cells are set."""

    heading: Message
    share: float
    align: Align = "left"
    bold: bool = False


def sheet() -> Box:
    """Return the part of an A4 page that every printer reaches."""
    return Box(0, 0, A4.width * MM, A4.height * MM).inset(PAGE_MARGIN, PAGE_MARGIN)


def title(message: Message, box: Box, size: float = 22.0) -> Iterator[Item]:
    """Place a heading in French at the left and in Arabic at the right of a box, over a bold rule."""
    french, arabic = both(message)
    left, right = box.split((box.w - 6 * MM) * 0.6, 6 * MM) if arabic else (box, box)
    largest = min(size, box.h / (ARABIC_ASCENT + ARABIC_DESCENT))
    yield from set_middle("title", fit_line(french, left.w, (largest, 8), bold=True), left, "left")
    if arabic:
        yield from set_middle("title", fit_line(arabic, right.w, (largest, 8), bold=True), right, "right")
    yield Fill(Box(box.x, box.bottom - _BOLD_LINE, box.w, _BOLD_LINE))


def head(columns: Sequence[Column], box: Box) -> Iterator[Item]:
    """Place the headings of the columns, the Arabic ones below, over a rule."""
    half = (box.h - _BOLD_LINE) / 2
    for column, cell in _cells(columns, box):
        french, arabic = both(column.heading)
        upper = Box(cell.x, cell.y, cell.w, half)
        yield from set_middle("head", fit_line(french, cell.w, _HEADING, bold=True), upper, column.align)
        if arabic:
            lower = Box(cell.x, upper.bottom, cell.w, half)
            yield from set_middle("head", fit_line(arabic, cell.w, _HEADING), lower, column.align)
    yield Fill(Box(box.x, box.bottom - _BOLD_LINE, box.w, _BOLD_LINE))


def row(columns: Sequence[Column], texts: Iterable[str], box: Box) -> Iterator[Item]:
    """Place one row of cells over a hair line."""
    for (column, cell), text in zip(_cells(columns, box), texts, strict=True):
        fitted = fit(text, cell.w, cell.h - HAIR, _TEXT, bold=column.bold)
        yield from set_middle("cell", fitted, cell, column.align)
    yield Fill(Box(box.x, box.bottom - HAIR, box.w, HAIR))


def double_row(columns: Sequence[Column], cells: Iterable[tuple[str, str]], box: Box) -> Iterator[Item]:
    """Place one row of cells over a hair line, each a text and perhaps a smaller one below it."""
    for (column, cell), (text, below) in zip(_cells(columns, box), cells, strict=True):
        room = Box(cell.x, cell.y, cell.w, cell.h - HAIR)
        if not below:
            # A number or an amount: made smaller, never broken.
            yield from set_middle("cell", fit_line(text, room.w, _WHOLE, bold=column.bold), room, column.align)
            continue
        upper, lower = Box(room.x, room.y, room.w, room.h * _UPPER), room.h * (1 - _UPPER)
        yield from set_middle("cell", fit_line(text, upper.w, _TEXT, bold=column.bold), upper, column.align)
        fitted = fit(below, room.w, lower, _SMALL)
        yield from set_text("cell", fitted, Box(room.x, upper.bottom, room.w, lower), column.align)
    yield Fill(Box(box.x, box.bottom - HAIR, box.w, HAIR))


def field(heading: Message, text: str, box: Box, size: float = 12.0) -> Iterator[Item]:
    """Place a small heading in both languages over a text."""
    french, arabic = both(heading)
    top = Box(box.x, box.y, box.w, 12)
    said = " · ".join(filter(None, (french, arabic)))
    yield from set_text("head", fit_line(said, box.w, (7.5, 5.5)), top, "left")
    below = Box(box.x, top.bottom, box.w, box.h - top.h)
    yield from set_text("field", fit(text, below.w, below.h, (size, 7), bold=True), below, "left")


def signature(heading: Message, box: Box) -> Iterator[Item]:
    """Place an empty frame for a signature."""
    yield Frame(box, 0.8)
    french, arabic = both(heading)
    inner = box.inset(2 * MM, 1.5 * MM)
    yield from set_text("head", fit_line(french, inner.w * 0.55, (8.5, 6), bold=True), inner, "left")
    if arabic:
        yield from set_text("head", fit_line(arabic, inner.w * 0.42, (8.5, 6), bold=True), inner, "right")


def page_number(number: int, count: int, box: Box) -> Iterator[Item]:
    """Place ``n/m`` at the lower right corner of the page's margin."""
    place = Box(box.x, box.bottom + 2 * MM, box.w, 10)
    return iter(set_text("page", fit_line(f"{number}/{count}", box.w, (8, 8)), place, "right"))


def _cells(columns: Sequence[Column], box: Box) -> Iterator[tuple[Column, Box]]:
    whole = sum(column.share for column in columns)
    x = box.x
    for column in columns:
        width = box.w * column.share / whole
        yield column, Box(x + _PADDING / 2, box.y, width - _PADDING, box.h)
        x += width
