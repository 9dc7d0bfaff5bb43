"""Files of products: one row each with SKU, name, barcodes and the stock to begin with."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.common.text import western_digits
from warehouse_desk.sheets.amounts import read_quantity
from warehouse_desk.sheets.cells import Cell, Unreadable, cell_text, clean_line, clean_text, is_blank
from warehouse_desk.sheets.errors import EmptyFile, Stopped
from warehouse_desk.sheets.headings import count_product_headings, find_product_header
from warehouse_desk.sheets.left_out import Aside, aside, aside_notices, hidden_notice, is_total_word, unread_columns
from warehouse_desk.sheets.limits import SLICE, Cancelled
from warehouse_desk.sheets.lists import separator_of, split_list
from warehouse_desk.sheets.table import read_table

_POWER: Final = re.compile(r"\d+(?:[.,]\d+)?E\+?\d+", re.ASCII | re.IGNORECASE)


class ProductRow(NamedTuple):
    """One row: its number in Excel, what it says, what is wrong with it."""

    number: int
    sku: str
    name: str
    barcodes: tuple[str, ...] = ()
    stock: int = 0
    """Pieces to begin with; 0 where the cell is empty."""
    problem: Message | None = None


@dataclass(frozen=True, slots=True)
class ProductList:
    """The rows of a file of products, and what to know about the file as a whole."""

    rows: tuple[ProductRow, ...]
    notices: tuple[Message, ...] = ()


def read_product_list(path: Path, *, cancelled: Cancelled | None = None) -> ProductList:
    """Read the columns ``sku`` and ``name``, and ``barcodes`` and ``stock`` where there are; blank rows are left out.

    Raises a :class:`~warehouse_desk.sheets.errors.SheetError` when the file as a whole cannot be read.
    """
    table = read_table(path, count_product_headings, cancelled)
    header = find_product_header(table.name, table.rows)
    found: list[ProductRow] = []
    asides: list[tuple[int, Aside]] = []
    hidden: list[int] = []
    for at in range(header.row + 1, len(table.rows)):
        if not at % SLICE and cancelled is not None and cancelled():
            raise Stopped
        row = table.rows[at]
        if all(map(is_blank, row)):
            continue
        cells = {name: _cell(row, place) for name, place in header.columns.items()}
        nameless = is_blank(cells["sku"]) or is_total_word(clean_line(cells["sku"]))
        if nameless and aside(row, cells.get("stock", "")) is Aside.TOTAL:
            asides.append((at + 1, Aside.TOTAL))
            continue
        if at + 1 in table.hidden:
            hidden.append(at + 1)
        read = _row(at + 1, cells)
        found.append(read._replace(problem=table.faults.get(at) or read.problem))
    if not found:
        raise EmptyFile(msg("{name} has a heading but no products under it.", name=table.name))
    notices = [
        *aside_notices(asides, found[-1].number),
        *hidden_notice(hidden, taken=True),
        *unread_columns(table.rows, header),
    ]
    return ProductList(tuple(found), (*table.notices, *header.notices, *notices))


def _cell(row: Sequence[Cell], place: int) -> Cell:
    return row[place] if place < len(row) else ""


def _row(number: int, cells: dict[str, Cell]) -> ProductRow:
    codes = cells.get("barcodes", "")
    texts = _codes(codes)
    problem = _spoilt(cells["sku"]) or next(filter(None, map(_spoilt, [codes, *texts])), None)
    stock_cell = cells.get("stock", "")
    pieces = 0 if is_blank(stock_cell) or _is_nothing(stock_cell) else read_quantity(stock_cell, blank_groups=True)
    if isinstance(pieces, Unreadable):
        problem, pieces = problem or pieces.message, 0
    return ProductRow(number, clean_line(cells["sku"]), clean_line(cells["name"]), texts, pieces, problem)


def _codes(cell: Cell) -> tuple[str, ...]:
    text = western_digits(clean_text(cell))
    return tuple(code.strip() for code in split_list(text, separator_of(text)) if code.strip())


def _is_nothing(cell: Cell) -> bool:
    return western_digits(clean_line(cell)) == "0"


def _spoilt(cell: Cell) -> Message | None:
    """Say that a spreadsheet turned a code into a day, a fraction or a power of ten."""
    whole = isinstance(cell, int | float) and not isinstance(cell, bool) and float(cell).is_integer()
    if (isinstance(cell, str) and not _POWER.fullmatch(cell.strip())) or whole:
        return None
    return msg("Excel turned this code into “{value}”. Type it again, in a text cell.", value=cell_text(cell))
