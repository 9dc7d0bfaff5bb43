"""Sheets of barcodes to cut out: commands of the scanner page, badges of workers, signs of stations."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.documents import code128, table
from warehouse_desk.documents.errors import NothingToPrint
from warehouse_desk.documents.pdf import Pen
from warehouse_desk.documents.placed import Bars, Box, Frame, Item, Placed, set_middle, set_text
from warehouse_desk.documents.stock import Size
from warehouse_desk.documents.units import MM, dot
from warehouse_desk.documents.writing import fit, fit_line

_OFFICE_DPI = 600
_TITLE = 18 * MM
_BARS = 16 * MM
_INNER = 4 * MM


@dataclass(frozen=True, slots=True)
class Card:
    """One barcode: what it is called, what it is for, and the text that the scanner sends."""

    title: str
    subtitle: str
    code: str


@dataclass(frozen=True, slots=True)
class CardKind:
    """How large the cards of a sheet are, in millimetres, and the sheet's heading."""

    heading: Message
    card: Size
    shows_code: bool = True


COMMANDS = CardKind(msg("ACTION CODES"), Size(88.0, 60.0))
STATIONS = CardKind(msg("STATIONS"), Size(88.0, 60.0))
BADGES = CardKind(msg("WORKER BADGES"), Size(86.0, 54.0), shows_code=False)  # a bank card, ISO/IEC 7810 ID-1
"""A badge does not spell its code: nobody should be able to type in a colleague's badge."""


def render_cards(cards: Sequence[Card], kind: CardKind, to: BinaryIO) -> int:
    """Write A4 sheets of framed cards and return how many pages there are.

    Raises:
        CannotScan: a code does not fit on its card as bars of 0.25 mm at least.
        NothingToPrint: there is no card.
    """
    if not cards:
        raise NothingToPrint(msg("There is no barcode to print."))
    pen = Pen(to, table.A4, _OFFICE_DPI, "Barcodes")
    box = table.sheet()
    width, height = kind.card.width * MM, kind.card.height * MM
    columns, rows = int(box.w / width), int((box.h - _TITLE) / height)
    per_page = columns * rows
    pages = -(-len(cards) // per_page)
    step = (box.w - columns * width) / max(1, columns - 1)
    for page in range(pages):
        if page:
            pen.next_page()
        items: list[Item] = list(table.title(kind.heading, Box(box.x, box.y, box.w, _TITLE - 6 * MM)))
        for place, card in enumerate(cards[page * per_page : (page + 1) * per_page]):
            row, column = divmod(place, columns)
            corner = Box(box.x + column * (width + step), box.y + _TITLE + row * height, width, height)
            items += _card(card, kind, corner)
        items += table.page_number(page + 1, pages, box)
        pen.draw(Placed(pen.width, pen.height, tuple(items)))
    pen.finish()
    return pages


def _card(card: Card, kind: CardKind, box: Box) -> Iterator[Item]:
    yield Frame(box, 0.6)
    inner = box.inset(_INNER, _INNER)
    symbol, dots = code128.fit(card.code, inner.w, _OFFICE_DPI)
    below = 12.0 if kind.shows_code else 0.0
    bars_top = inner.bottom - below - _BARS
    name = Box(inner.x, inner.y, inner.w, (bars_top - inner.y) * 0.58)
    use = Box(inner.x, name.bottom, inner.w, bars_top - name.bottom - 2 * MM)
    yield from set_middle("title", fit(card.title, name.w, name.h, (24, 8), bold=True), name, "centre")
    if card.subtitle:
        yield from set_middle("subtitle", fit(card.subtitle, use.w, use.h, (12, 6)), use, "centre")
    width = (symbol.modules * dots + 1) * dot(_OFFICE_DPI)
    yield Bars(symbol, dots, Box(inner.x + (inner.w - width) / 2, bars_top, width, _BARS))
    if kind.shows_code:
        under = Box(inner.x, inner.bottom - below + 1, inner.w, below - 1)
        yield from set_text("reference", fit_line(card.code, inner.w, (8.5, 5)), under, "centre")
