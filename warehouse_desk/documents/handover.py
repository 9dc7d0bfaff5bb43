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
from warehouse_desk.documents.placed import Box, Frame, Item, Placed, set_middle
from warehouse_desk.documents.table import Column
from warehouse_desk.documents.units import MM
from warehouse_desk.documents.words import both, first
from warehouse_desk.documents.writing import fit_line

_TITLE = 16 * MM
_FACTS = 16 * MM
_TOTALS = 18 * MM
_SIGNATURES = 36 * MM
_GAP = 4 * MM
_OFFICE_DPI = 600


@dataclass(frozen=True, slots=True)
class HandOverRow:
    """One parcel; ``cod_centimes`` is the cash to collect, None or 0 when prepaid."""

    reference: str
    recipient: str
    city: str
    cod_centimes: int | None
    tracking_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """One hand-over: a draft until it is ``closed``."""

    number: str
    carrier: str
    sender: Sender
    day: date
    rows: Sequence[HandOverRow]
    currency: str = "MAD"
    closed: bool = False

    @property
    def cod_total(self) -> int:
        """Cash to collect for all parcels, in centimes."""
        return sum(row.cod_centimes or 0 for row in self.rows)


_COLUMNS = (
    Column(msg("No."), 0.06),
    Column(msg("Reference"), 0.19, bold=True),
    Column(msg("Recipient"), 0.25),
    Column(msg("City"), 0.17),
    Column(msg("Tracking"), 0.17),
    Column(msg("To collect"), 0.19, "right", bold=True),
)


NO_PARCEL = msg("Hand-over {number} holds no parcel yet.")


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
    """Cut the rows into pages; the last page keeps room for totals and signatures."""
    room = table.sheet().h - _TITLE - _FACTS - table.HEAD_ROW - _GAP
    full = int(room / table.ROW)
    last = int((room - _TOTALS - _SIGNATURES - 2 * _GAP) / table.ROW)
    pages = []
    at = 0
    while len(rows) - at > last:
        take = min(full, len(rows) - at)
        pages.append(rows[at : at + take])
        at += take
    return [*pages, rows[at:]]


def _page(spec: HandOver, rows: Sequence[HandOverRow], done: int, page: tuple[int, int]) -> Iterator[Item]:
    box = table.sheet()
    yield from table.title(msg("HAND-OVER SHEET"), Box(box.x, box.y, box.w, _TITLE - 2 * MM))
    yield from _facts(spec, Box(box.x, box.y + _TITLE, box.w, _FACTS - 2 * MM))
    top = box.y + _TITLE + _FACTS
    yield from table.head(_COLUMNS, Box(box.x, top, box.w, table.HEAD_ROW))
    top += table.HEAD_ROW
    for number, row in enumerate(rows, done + 1):
        cod = figures.money(row.cod_centimes, spec.currency) if row.cod_centimes else first(msg("PREPAID"))
        cells = (str(number), row.reference, row.recipient, row.city, row.tracking_number, cod)
        yield from table.row(_COLUMNS, cells, Box(box.x, top, box.w, table.ROW))
        top += table.ROW
    yield from table.page_number(*page, box)
    if page[0] == page[1]:
        yield from _totals(spec, Box(box.x, top + _GAP, box.w, _TOTALS))
        yield from _signatures(spec, Box(box.x, box.bottom - _SIGNATURES, box.w, _SIGNATURES))


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
    parcels = first(nmsg("{n} parcel", "{n} parcels", len(spec.rows)))
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
