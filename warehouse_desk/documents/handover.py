"""The hand-over sheet (bon de ramassage): what a courier takes along and the cash that is to come back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from warehouse_desk.common.formats import day_text
from warehouse_desk.common.messages import msg, nmsg
from warehouse_desk.documents import figures, table
from warehouse_desk.documents.errors import NothingToPrint
from warehouse_desk.documents.label import Sender
from warehouse_desk.documents.pdf import Pen
from warehouse_desk.documents.placed import Box, Fill, Frame, Item, Placed, PlacedText, set_middle
from warehouse_desk.documents.table import Column
from warehouse_desk.documents.units import MM
from warehouse_desk.documents.words import both, first
from warehouse_desk.documents.writing import fit_line

_TITLE = 16 * MM
_FACTS = 16 * MM
_TOTALS = 18 * MM
_SIGNATURES = 36 * MM
_GAP = 4 * MM
_ROW = 10 * MM
_REASON = 5 * MM
_CROSS = 0.9
_MIDDLE = 0.3
"""How far above the line that letters stand on their middle is, as a part of their size."""
_OFFICE_DPI = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverRow:
    """One parcel; ``cod_centimes`` is the cash to collect, None or 0 when prepaid.

    ``struck`` says why, by whom and when it was struck off: its line stays, crossed out, and counts no more.
    """

    reference: str
    recipient: str
    city: str
    cod_centimes: int | None
    phone: str = ""
    address: str = ""
    pieces: int | None = None
    tracking_number: str = ""
    struck: str = ""

    @property
    def height(self) -> float:
        """How much of a page it takes, in points."""
        return _ROW + (_REASON if self.struck else 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """One hand-over: a draft until it is ``closed``."""

    number: str
    carrier: str
    sender: Sender
    day: date
    rows: Sequence[HandOverRow]
    currency: str = "DH"
    closed: bool = False

    @property
    def cod_total(self) -> int:
        """Cash to collect for all parcels that were taken along, in centimes."""
        return sum(row.cod_centimes or 0 for row in self.rows if not row.struck)

    @property
    def taken(self) -> int:
        """How many parcels were taken along."""
        return sum(not row.struck for row in self.rows)


_COLUMNS = (
    Column(msg("No."), 0.05),
    Column(msg("Reference"), 0.16, bold=True),
    Column(msg("Recipient"), 0.23),
    Column(msg("City and address"), 0.26),
    Column(msg("Tracking"), 0.15),
    Column(msg("Pieces"), 0.07, "centre"),
    Column(msg("To collect"), 0.17, "right", bold=True),
)


NO_PARCEL = msg("Pickup sheet {number} has no parcel yet.")


def render_hand_over(spec: HandOver, to: BinaryIO) -> int:
    """Write the sheet as an A4 PDF and return its pages; every page of a draft says so across.

    Raises:
        NothingToPrint: the hand-over holds no parcel.
    """
    if not spec.rows:
        raise NothingToPrint(NO_PARCEL.with_params(number=spec.number))
    pen = Pen(to, table.A4, _OFFICE_DPI, f"Hand-over {spec.number}")
    pages = _paged(spec.rows)
    done = 0
    for number, rows in enumerate(pages, 1):
        if number > 1:
            pen.next_page()
        if not spec.closed:
            pen.watermark(first(msg("DRAFT")))
        items = tuple(_page(spec, rows, done, (number, len(pages))))
        pen.draw(Placed(pen.width, pen.height, items))
        done += len(rows)
    pen.finish()
    return len(pages)


def _paged(rows: Sequence[HandOverRow]) -> list[Sequence[HandOverRow]]:
    """Cut the rows into pages; the last page keeps room for totals and signatures, and has a row above them."""
    room = table.sheet().h - _TITLE - _FACTS - table.HEAD_ROW - _GAP
    last = room - _TOTALS - _SIGNATURES - 2 * _GAP
    pages = []
    while sum(row.height for row in rows) > last:
        take = min(_fitting(rows, room), len(rows) - 1)
        pages.append(rows[:take])
        rows = rows[take:]
    return [*pages, rows]


def _fitting(rows: Sequence[HandOverRow], room: float) -> int:
    """Return how many of the first rows find room."""
    count = 0
    while count < len(rows) and rows[count].height <= room:
        room -= rows[count].height
        count += 1
    return count


def _page(spec: HandOver, rows: Sequence[HandOverRow], done: int, page: tuple[int, int]) -> Iterator[Item]:
    box = table.sheet()
    yield from table.title(msg("PICKUP SHEET"), Box(box.x, box.y, box.w, _TITLE - 2 * MM))
    yield from _facts(spec, Box(box.x, box.y + _TITLE, box.w, _FACTS - 2 * MM))
    top = box.y + _TITLE + _FACTS
    yield from table.head(_COLUMNS, Box(box.x, top, box.w, table.HEAD_ROW))
    top += table.HEAD_ROW
    for number, row in enumerate(rows, done + 1):
        yield from _row(spec, number, row, Box(box.x, top, box.w, row.height))
        top += row.height
    yield from table.page_number(*page, box)
    if page[0] == page[1]:
        yield from _totals(spec, Box(box.x, top + _GAP, box.w, _TOTALS))
        yield from _signatures(spec, Box(box.x, box.bottom - _SIGNATURES, box.w, _SIGNATURES))


def _row(spec: HandOver, number: int, row: HandOverRow, box: Box) -> Iterator[Item]:
    """Place one parcel; one that was struck off is crossed out, with the reason below."""
    cod = figures.money(row.cod_centimes, spec.currency) if row.cod_centimes else first(msg("PREPAID"))
    cells = (
        (str(number), ""),
        (row.reference, ""),
        (row.recipient, figures.phone(row.phone)),
        (row.city, row.address),
        (row.tracking_number, ""),
        ("" if row.pieces is None else str(row.pieces), ""),
        (cod, ""),
    )
    line = Box(box.x, box.y, box.w, _ROW)
    placed = list(table.double_row(_COLUMNS, cells, line))
    yield from placed
    if row.struck:
        yield from (_crossed(text) for text in placed if isinstance(text, PlacedText))
        said = fit_line(first(msg("Struck off: {reason}", reason=row.struck)), box.w, (8.5, 5.5), bold=True)
        yield from set_middle("struck", said, Box(box.x, line.bottom, box.w, _REASON), "left")
        yield Fill(Box(box.x, box.bottom - table.HAIR, box.w, table.HAIR))


def _crossed(text: PlacedText) -> Fill:
    """Return the line through the small letters of a text."""
    return Fill(Box(text.box.x - 1, text.baseline - text.size * _MIDDLE, text.box.w + 2, _CROSS))


def _facts(spec: HandOver, box: Box) -> Iterator[Item]:
    width = (box.w - 3 * _GAP) / 4
    said = " · ".join(filter(None, (spec.sender.name, spec.sender.city, figures.phone(spec.sender.phone))))
    for i, (heading, text) in enumerate(
        (
            (msg("Number"), spec.number),
            (msg("Day"), day_text(spec.day)),
            (msg("Handed to"), spec.carrier),
            (msg("Handed over by"), said),
        )
    ):
        yield from table.field(heading, text, Box(box.x + i * (width + _GAP), box.y, width, box.h))


def _totals(spec: HandOver, box: Box) -> Iterator[Item]:
    yield Frame(box, 1.0 * MM)
    inner = box.inset(4 * MM, 2 * MM)
    count, rest = inner.split(inner.w * 0.24, 4 * MM)
    label, amount = rest.split(rest.w * 0.45, 2 * MM)
    parcels = first(nmsg("{n} parcel", "{n} parcels", spec.taken))
    yield from set_middle("count", fit_line(parcels, count.w, (16, 8), bold=True), count, "left")
    french, arabic = both(msg("TOTAL TO COLLECT"))
    said = " · ".join(filter(None, (french, arabic)))
    yield from set_middle("total", fit_line(said, label.w, (11, 6), bold=True), label, "right")
    total = figures.money(spec.cod_total, spec.currency)
    yield from set_middle("total", fit_line(total, amount.w, (22, 9), bold=True), amount, "right")


def _signatures(spec: HandOver, box: Box) -> Iterator[Item]:
    left, right = box.split((box.w - _GAP) / 2, _GAP)
    yield from table.signature(msg("For the warehouse"), left)
    yield from table.signature(msg("For {carrier}", carrier=spec.carrier), right)
