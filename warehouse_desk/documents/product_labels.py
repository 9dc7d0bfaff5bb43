"""Small labels for shelves and goods: the product's name, its SKU and its barcode, on A4 sheets to cut or peel."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.documents import code128, retail, table
from warehouse_desk.documents.errors import CannotScan, NothingToPrint
from warehouse_desk.documents.pdf import Pen
from warehouse_desk.documents.placed import Bars, Box, Frame, Item, Placed, set_middle, set_text
from warehouse_desk.documents.units import MM, dot
from warehouse_desk.documents.writing import fit, fit_line

_OFFICE_DPI = 600
_COLUMNS, _ROWS = 3, 8
_INNER = 2.5 * MM
_BARS = 12 * MM
_CODE = 10.0


@dataclass(frozen=True, slots=True)
class ProductLabel:
    """One label: ``code`` is the barcode's text, the SKU where the product has no other."""

    name: str
    sku: str
    code: str


def why_not(label: ProductLabel) -> Message | None:
    """Return why a label cannot be printed, or None."""
    try:
        _fitted(label.code)
    except CannotScan as refusal:
        return refusal.message
    return None


def render_product_labels(labels: Sequence[ProductLabel], to: BinaryIO) -> int:
    """Write A4 sheets of 24 labels and return how many pages there are.

    Raises:
        CannotScan: a code is no valid barcode or too wide for the label.
        NothingToPrint: there is no label.
    """
    if not labels:
        raise NothingToPrint(msg("There is no product label to print."))
    pen = Pen(to, table.A4, _OFFICE_DPI, "Product labels")
    sheet = table.sheet()
    width, height = sheet.w / _COLUMNS, sheet.h / _ROWS
    for number, label in enumerate(labels):
        row, column = divmod(number % (_COLUMNS * _ROWS), _COLUMNS)
        if number and row == column == 0:
            pen.next_page()
        items = tuple(_label(label, Box(0, 0, width, height)))
        pen.draw(Placed(width, height, items), sheet.x + column * width, sheet.y + row * height)
    pen.finish()
    return -(-len(labels) // (_COLUMNS * _ROWS))


def _inner_width() -> float:
    return table.sheet().w / _COLUMNS - 2 * _INNER


def _fitted(code: str) -> tuple[code128.Symbol, int]:
    symbol = retail.encode(code)
    smallest, largest = code128.module_dots(_OFFICE_DPI)
    dots = min(largest, int((_inner_width() / dot(_OFFICE_DPI) - 1) // symbol.modules))
    if dots < smallest:
        raise CannotScan(
            msg(
                "“{code}” does not fit as a barcode on a product label of {width} mm. Choose a "
                "shorter code for the product.",
                code=code,
                width=int(_inner_width() / MM),
            )
        )
    return symbol, dots


def _label(label: ProductLabel, box: Box) -> Iterator[Item]:
    yield Frame(box, 0.3)
    inner = box.inset(_INNER, _INNER)
    symbol, dots = _fitted(label.code)
    bars_top = inner.bottom - _CODE - _BARS
    name = Box(inner.x, inner.y, inner.w, (bars_top - inner.y) * 0.62)
    sku = Box(inner.x, name.bottom, inner.w, bars_top - name.bottom - 1)
    yield from set_middle("title", fit(label.name, name.w, name.h, (11, 6), bold=True), name, "centre")
    yield from set_middle("subtitle", fit_line(label.sku, sku.w, (9, 5)), sku, "centre")
    width = (symbol.modules * dots + 1) * dot(_OFFICE_DPI)
    yield Bars(symbol, dots, Box(inner.x + (inner.w - width) / 2, bars_top, width, _BARS))
    under = Box(inner.x, inner.bottom - _CODE + 1, inner.w, _CODE - 1)
    yield from set_text("reference", fit_line(label.code, inner.w, (8.5, 5)), under, "centre")
