"""Rows of delimited text in which a quotation mark that was left open swallows nothing."""

import csv
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple

from warehouse_desk.common.messages import msg
from warehouse_desk.sheets.errors import DamagedFile
from warehouse_desk.sheets.limits import MAX_CELL_CHARS

_MOST_OPEN: Final = 500
"""Marks left open in one file, each of which costs a walk over what it would swallow."""


class TextRow(NamedTuple):
    """The cells of a row, and whether a quotation mark in it was left open."""

    cells: list[str]
    is_open: bool = False


def read_rows(name: str, lines: Sequence[str], delimiter: str, width: int) -> Iterator[TextRow]:
    """Yield the rows; one that opens a quotation mark and closes it in a later row, or never, is a row of its own.

    ``width`` is how many cells a row of this file has. Raises DamagedFile where a cell has no end.
    """
    csv.field_size_limit(MAX_CELL_CHARS)
    at = opened = 0
    while at < len(lines):
        reader = csv.reader(islice(lines, at, None), delimiter=delimiter)
        begin = 0
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                if reader.line_num <= begin + 1:
                    raise _endless(name, at + begin + 1) from None
                cells = None
            end = reader.line_num
            spans = end > begin + 1 or at + end == len(lines)
            if cells is None or (spans and _swallows(lines[at + begin : at + end], cells, delimiter, width)):
                break
            yield TextRow(cells)
            begin = end
        opened += 1
        if opened > _MOST_OPEN:
            raise DamagedFile(
                msg("Row {row} of {name} opens a quotation mark that is never closed.", row=at + begin + 1, name=name)
            )
        at += begin + 1
        yield TextRow(_split(lines[at - 1], delimiter), is_open=True)


def _swallows(lines: Sequence[str], cells: Sequence[str], delimiter: str, width: int) -> bool:
    """Tell whether the lines of one row are several rows, as none that a program wrote are."""
    try:
        list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error as problem:
        # An inch sign within an unquoted cell is no fault; what follows a closed mark in one line swallows nothing.
        return len(lines) > 1 or "unexpected end" in str(problem)
    if len(lines) == 1 or len(cells) == width:
        return False
    return any(len(_split(line, delimiter)) >= width for line in lines[1:])


def _split(line: str, delimiter: str) -> list[str]:
    return line.rstrip("\r\n").replace('"', "").split(delimiter)


def _endless(name: str, row: int) -> DamagedFile:
    return DamagedFile(
        msg(
            "A cell in row {row} of {name} has more than {n} characters: a quotation mark may not be closed.",
            row=row,
            name=name,
            n=MAX_CELL_CHARS,
        )
    )
