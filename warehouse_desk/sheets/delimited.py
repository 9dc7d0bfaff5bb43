"""Rows out of delimited text, whatever program and country wrote it."""

import csv
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from io import StringIO
from itertools import islice
from typing import Final

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.sheets.cells import Cell, is_blank
from warehouse_desk.sheets.encodings import Spoilt, decoded, detect_encoding, has_stray_bytes, spoilt, stray_page
from warehouse_desk.sheets.errors import FileTooBig, too_many_rows
from warehouse_desk.sheets.limits import MAX_COLUMNS, MAX_ROWS
from warehouse_desk.sheets.quotes import TextRow, read_rows

_DELIMITERS: Final = ";,\t|"
_SEP_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_SAMPLE_ROWS: Final = 10
_WIDE: Final = 5
"""Columns from which a last row that is short and has no end of line was cut off."""
GUARDED = re.compile(r"'+[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
"""A text that an export guarded with an apostrophe so that no spreadsheet takes it for a formula."""
LEFT_OPEN = msg("A quotation mark is left open in this row.")
CUT_OFF = msg("The file ends within this row: its copy or download did not finish.")


@dataclass(frozen=True, slots=True)
class FileText:
    """The rows of a delimited text and how it was written."""

    rows: list[list[Cell]]
    encoding: str
    delimiter: str
    faults: dict[int, Message] = field(default_factory=dict)
    """Row index to why that row must not be carried out."""
    spoilt: dict[int, dict[int, Spoilt]] = field(default_factory=dict)
    """Row index to the columns with bytes of another encoding."""


def read_delimited(name: str, content: bytes, count_headers: Callable[[Sequence[Cell]], int]) -> FileText:
    """Read the rows; raises DamagedFile for a cell without end, FileTooBig beyond the limits."""
    encoding = detect_encoding(content)
    text = decoded(content, encoding)
    delimiter = ""
    if named := _SEP_LINE.match(text):
        delimiter, text = named[1], text[named.end() :]
    delimiter = delimiter or detect_delimiter(text, count_headers)
    lines = list(StringIO(text, newline=""))
    width = _width(lines, delimiter, count_headers)
    found = FileText([], encoding, delimiter)
    for row in read_rows(name, lines, delimiter, width):
        _take(name, found, row)
    if _is_cut(found.rows, width, ends=text.endswith(("\n", "\r"))):
        found.faults.setdefault(len(found.rows) - 1, CUT_OFF)
    if has_stray_bytes(text):
        _show_spoilt(found, stray_page(text))
    return found


def _take(name: str, found: FileText, row: TextRow) -> None:
    cells: list[Cell] = [_unguarded(cell) if cell.startswith("'") else cell for cell in row.cells]
    if row.is_open:
        found.faults[len(found.rows)] = LEFT_OPEN
    found.rows.append(cells)
    if len(found.rows) > MAX_ROWS:
        raise too_many_rows(name)
    if len(cells) > MAX_COLUMNS:
        while cells and is_blank(cells[-1]):
            cells.pop()
        if len(cells) > MAX_COLUMNS:
            raise FileTooBig(
                msg("Row {row} of {name} has more than {n} columns.", row=len(found.rows), name=name, n=MAX_COLUMNS)
            )


def _width(lines: Sequence[str], delimiter: str, count_headers: Callable[[Sequence[Cell]], int]) -> int:
    """Return how many cells the row of headings has."""
    try:
        top = list(islice(csv.reader(lines, delimiter=delimiter), _SAMPLE_ROWS))
    except csv.Error:
        top = []
    return len(max(top, key=count_headers, default=[]))


def _is_cut(rows: Sequence[Sequence[Cell]], width: int, *, ends: bool) -> bool:
    """Tell whether the last row stops before its end, where all others reach theirs."""
    if ends or width < _WIDE or len(rows) < 2 or len(rows[-1]) >= width:  # noqa: PLR2004 - headings and a row
        return False
    return all(len(row) >= width for row in rows[-_SAMPLE_ROWS:-1] if row)


def _show_spoilt(found: FileText, page: str) -> None:
    """Show stray bytes as such, and keep what they probably meant."""
    for index, row in enumerate(found.rows):
        for at, cell in enumerate(row):
            if isinstance(cell, str) and not cell.isascii() and has_stray_bytes(cell):
                damage = spoilt(cell, page)
                row[at] = damage.shown
                found.spoilt.setdefault(index, {})[at] = damage


def detect_delimiter(text: str, count_headers: Callable[[Sequence[Cell]], int]) -> str:
    """Return the delimiter under which the top rows hold most known headings, then most columns."""
    sample = text[:65_536]

    def score(delimiter: str) -> tuple[int, int]:
        try:
            rows = list(islice(csv.reader(StringIO(sample, newline=""), delimiter=delimiter), _SAMPLE_ROWS))
        except csv.Error:
            return (0, 0)
        return max(map(count_headers, rows), default=0), min((len(row) for row in rows if row), default=0)

    return max(_DELIMITERS, key=score)


def _unguarded(cell: str) -> str:
    return cell[1:] if GUARDED.match(cell) else cell
