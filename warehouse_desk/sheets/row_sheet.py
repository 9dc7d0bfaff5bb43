"""A worksheet that takes whole rows: the same XML as the library writes cell by cell, in a third of the time.

The library keeps each cell as an object, looks up its type and style, and escapes attribute by attribute. Here a
column knows all that beforehand. It also takes a text like ``<r>...</r>`` for what it is, not for rich text that is
put into the file unchecked. A test compares the files of both ways byte by byte.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from math import isfinite
from typing import Any, Literal

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from warehouse_desk.sheets.limits import MAX_CELL_CHARS
from warehouse_desk.sheets.safe_text import writable

CellKind = Literal["text", "whole", "money", "day", "moment", "found"]
"""``money`` in centimes; ``moment`` without zone, in the station's time; ``found`` as it was read."""

MakeCell = Callable[[str, Any], str]
"""Makes the XML of one cell out of its row's number and its value."""

_ESCAPED = re.compile("(_x[0-9a-fA-F]{4}_)")


class RowSheet(Worksheet):
    """A sheet of a workbook with ``constant_memory``, written from the top, a row at a time."""

    def make_cell(self, column: int, kind: CellKind, style: Format, day_style: Format) -> MakeCell:
        """Return what writes the cells of a column (from 0); ``day_style`` is for the days that a file held."""
        name, number = xl_col_to_name(column), _number_of(style)
        text_of, number_of = _text_cell(name, number), _number_cell(name, number)
        if kind == "text":
            return text_of
        if kind == "money":
            return lambda row, centimes: number_of(row, centimes / 100)
        if kind == "whole":
            return number_of
        day_of = _number_cell(name, _number_of(day_style) if kind == "found" else number)
        serial: Callable[[object], float] = self._convert_date_time

        def moment(row: str, value: object) -> str:
            return day_of(row, serial(value))

        if kind != "found":
            return moment

        def as_read(row: str, value: object) -> str:
            """Write a cell as it was read: a number stays a number, so that its diagnosis stays the same."""
            if isinstance(value, bool):
                return f'<c r="{name}{row}" t="b"><v>{int(value)}</v></c>'
            if isinstance(value, int | float) and isfinite(value):
                return number_of(row, value)
            if isinstance(value, date | datetime | time | timedelta):
                return moment(row, value)
            return text_of(row, str(value))

        return as_read

    def write_cells(self, row: int, values: Sequence[object], makers: Sequence[MakeCell]) -> None:
        """Write the next row (from 0): a value for each column, ``None`` and "" as no cell."""
        number = str(row + 1)
        cells = [
            make(number, value) for make, value in zip(makers, values, strict=True) if value is not None and value != ""
        ]
        if cells:
            stream: Any = self.row_data_fh
            stream.write(f'<row r="{number}">{"".join(cells)}</row>')
        self.previous_row = row
        self._check_dimensions(row, 0)
        if not row:
            self._check_dimensions(0, len(values) - 1)


def _number_of(style: Any) -> int:  # noqa: ANN401 - the library does not annotate what is asked of it
    number: int = style._get_xf_index()  # noqa: SLF001 - nor tell the number in any other way
    return number


def _number_cell(column: str, style: int) -> MakeCell:
    head, middle = f'<c r="{column}', f'" s="{style}"><v>'
    return lambda row, value: f"{head}{row}{middle}{value:.16G}</v></c>"


def _text_cell(column: str, style: int) -> MakeCell:
    head, middle, kept = f'<c r="{column}', f'" s="{style}" t="inlineStr"><is><t', ' xml:space="preserve">'

    def text(row: str, value: str) -> str:
        if not value.isprintable():
            value = writable(value)
        if len(value) * 2 > MAX_CELL_CHARS:
            value = _fitting(value)
        if "&" in value or "<" in value or ">" in value:
            value = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        if "_x" in value:
            value = _ESCAPED.sub(r"_x005F\1", value)
        space = kept if value[:1].isspace() or value[-1:].isspace() else ">"
        return f"{head}{row}{middle}{space}{value}</t></is></c>"

    return text


def _fitting(value: str) -> str:
    """Cut a text to what Excel opens, counted as Excel counts: an emoji is two."""
    return value.encode("utf-16-le")[: MAX_CELL_CHARS * 2].decode("utf-16-le", "ignore")
