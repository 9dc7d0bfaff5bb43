"""The packing slip that lies in the parcel: who it is for and what it holds, to be ticked while packing."""

from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

from warehouse_desk.common.formats import day_text
from warehouse_desk.common.messages import msg, nmsg
from warehouse_desk.documents import code128, figures, table
from warehouse_desk.documents.errors import NothingToPrint
from warehouse_desk.documents.label import LabelSpec
from warehouse_desk.documents.pdf import Pen
from warehouse_desk.documents.placed import Bars, Box, Fill, Frame, Item, Placed, set_middle, set_text
from warehouse_desk.documents.table import Column
from warehouse_desk.documents.units import MM, dot
from warehouse_desk.documents.words import first
from warehouse_desk.documents.writing import fit, fit_line

_OFFICE_DPI = 600
_TITLE = 16 * MM
_BARS = 14 * MM
_WHO = 44 * MM
_NOTES = 30 * MM
_TICK = 4.5 * MM
_GAP = 4 * MM
_COLUMNS = (
    Column(msg("Packed", "tick box"), 0.10, "centre"),
    Column(msg("Quantity"), 0.12, "centre", bold=True),
    Column(msg("SKU"), 0.28, bold=True),
    Column(msg("Product"), 0.50),
)


def render_packing_slips(
    specs: Iterable[LabelSpec], to: BinaryIO, *, cancelled: Callable[[], bool] = lambda: False
) -> int:
    """Write one A4 page for each order and return how many; the same specs as for labels.

    Raises:
        CannotScan: a reference cannot be a barcode.
        NothingToPrint: there is no order.
    """
    pen = Pen(to, table.A4, _OFFICE_DPI, "Packing slips")
    drawn = 0
    for spec in specs:
        if cancelled():
            break
        if drawn:
            pen.next_page()
        pen.draw(Placed(pen.width, pen.height, tuple(_page(spec))))
        drawn += 1
    if not drawn:
        raise NothingToPrint(msg("There is no packing slip to print."))
    pen.finish()
    return drawn


def _page(spec: LabelSpec) -> Iterator[Item]:
    box = table.sheet()
    yield from table.title(msg("PACKING SLIP"), Box(box.x, box.y, box.w, _TITLE - 2 * MM))
    left, right = Box(box.x, box.y + _TITLE, box.w, _WHO).split(box.w * 0.48, 8 * MM)
    yield from _customer(spec, left)
    yield from _order(spec, right)
    top = left.bottom + _GAP
    yield from table.head(_COLUMNS, Box(box.x, top, box.w, table.HEAD_ROW))
    top += table.HEAD_ROW
    room = int((box.bottom - _NOTES - _GAP - top) / table.ROW) - 1
    for line in spec.lines[:room]:
        place = Box(box.x, top, box.w, table.ROW)
        yield from table.row(_COLUMNS, ("", str(line.quantity), line.sku, line.name), place)
        tick = box.x + (box.w * _COLUMNS[0].share - _TICK) / 2
        yield Frame(Box(tick, top + (table.ROW - _TICK) / 2, _TICK, _TICK), 0.8)
        top += table.ROW
    pieces = first(nmsg("{n} piece", "{n} pieces", sum(line.quantity for line in spec.lines)))
    yield from set_middle(
        "count", fit_line(pieces, box.w, (12, 8), bold=True), Box(box.x, top, box.w, table.ROW), "left"
    )
    yield from _remarks(spec, Box(box.x, box.bottom - _NOTES, box.w, _NOTES))


def _customer(spec: LabelSpec, box: Box) -> Iterator[Item]:
    who = spec.recipient
    area = ", ".join(filter(None, (who.city, who.area)))
    top = box.y
    for role, text, height, sizes, bold in (
        ("recipient", who.name, 9 * MM, (15.0, 8.0), True),
        ("phone", figures.phone(who.phone), 7.5 * MM, (13.0, 8.0), True),
        ("address", who.address, 18 * MM, (10.0, 6.0), False),
        ("city", area, 8 * MM, (13.0, 7.0), True),
    ):
        place = Box(box.x, top, box.w, height)
        yield from set_text(role, fit(text, place.w, place.h, sizes, bold=bold), place)
        top += height


def _order(spec: LabelSpec, box: Box) -> Iterator[Item]:
    symbol, dots = code128.fit(spec.reference, box.w, _OFFICE_DPI)
    width = (symbol.modules * dots + 1) * dot(_OFFICE_DPI)
    yield Bars(symbol, dots, Box(box.right - width, box.y, width, _BARS))
    under = Box(box.right - width, box.y + _BARS + 1, width, 16)
    yield from set_text("reference", fit_line(spec.reference, width, (13, 7), bold=True), under, "centre")
    cod = first(msg("PREPAID")) if spec.is_prepaid else figures.money(spec.cod_centimes or 0, spec.currency)
    day = day_text(spec.printed_on) if spec.printed_on else ""
    half = (box.w - _GAP) / 2
    low = box.y + _BARS + 8 * MM
    for i, (heading, text) in enumerate(
        (
            (msg("To collect"), cod),
            (msg("Day"), day),
            (msg("Sender"), spec.sender.name),
            (msg("Handed to"), spec.carrier),
        )
    ):
        row, column = divmod(i, 2)
        place = Box(box.x + column * (half + _GAP), low + row * 11 * MM, half, 10.5 * MM)
        yield from table.field(heading, text, place)


def _remarks(spec: LabelSpec, box: Box) -> Iterator[Item]:
    if not spec.notes:
        return
    yield Fill(Box(box.x, box.y, 1.8, box.h))
    inner = Box(box.x + 3 * MM, box.y, box.w - 3 * MM, box.h)
    yield from table.field(msg("Notes"), spec.notes, inner, size=10.0)
