"""Whole rows are written exactly as the library writes them cell by cell."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final, cast
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from warehouse_desk.sheets.row_sheet import CellKind, RowSheet
from warehouse_desk.sheets.writing import ColumnSpec, write_orders

_DAY: Final = date(2026, 2, 28)
_MOMENT: Final = datetime(1999, 12, 31, 23, 59, 59, 123_456)  # noqa: DTZ001 - a spreadsheet knows no zone
_TEXTS: Final = (
    "Fatima Zahra / فاطمة الزهراء", "0612345678", "+212612345678", "=1+1", "a & b", "<b>", "2 > 1", 'un "mot"', "l'été",
    " before", "after ", "\u00a0both\u00a0", "two\nlines", "a\ttab", "_x0041_", "_xyz_", "_x00e9_x0041_", "😀", "_",
    "x" * 32_767, "é" * 32_767, "😀" * 16_383,
)  # fmt: skip
_VALUES: Final[dict[CellKind, tuple[object, ...]]] = {
    "text": _TEXTS,
    "whole": (0, 1, -7, 999_999, 10**15, 1),
    "money": (0, 1, 19_950, 99_999_900, -1, 33),
    "day": (_DAY, date(1900, 1, 1), date(1900, 3, 1), date(9999, 12, 31)),
    "moment": (_MOMENT, datetime(2026, 11, 25, 14, 5), datetime(2026, 1, 1)),  # noqa: DTZ001
    "found": ("text", 1.2, 212_612_345_678.0, 2.126e11, 1e-7, 3, True, False, _DAY, _MOMENT, time(6, 30), timedelta(1)),
}


def _sheet_data(path: Path) -> bytes:
    with ZipFile(path) as archive:
        return archive.read("xl/worksheets/sheet1.xml").partition(b"<sheetViews>")[2]


def _by_library(sheet: Worksheet, style: Any, day_style: Any, row: int, column: int, value: Any) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value, style)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, style)
    else:
        sheet.write_datetime(row, column, value, day_style)


def _write(path: Path, write: Callable[[Workbook, Any, Any], None]) -> bytes:
    with Workbook(str(path), {"constant_memory": True}) as book:
        write(book, book.add_format({"num_format": "0"}), book.add_format({"num_format": "yyyy-mm-dd"}))
    return _sheet_data(path)


@pytest.mark.parametrize("kind", _VALUES)
def test_rows_are_written_as_the_library_writes_their_cells(kind: CellKind, tmp_path: Path) -> None:
    rows = [("head",), *((value,) for value in _VALUES[kind]), ("",), (None,), (_VALUES[kind][0],)]

    def quickly(book: Workbook, style: Any, day_style: Any) -> None:
        sheet = cast("RowSheet", book.add_worksheet("orders", worksheet_class=RowSheet))
        makers = [sheet.make_cell(30, kind, style, day_style)]
        head = [sheet.make_cell(30, "text", style, day_style)]
        for number, row in enumerate(rows):
            padded = [None] * 30 + list(row)
            sheet.write_cells(number, padded, [*makers * 30, *(makers if number else head)])

    def by_library(book: Workbook, style: Any, day_style: Any) -> None:
        sheet = book.add_worksheet("orders")
        sheet.write_string(0, 30, "head", style)
        for number, (value,) in enumerate(rows[1:], start=1):
            if value is not None and value != "":
                shown = value / 100 if kind == "money" and isinstance(value, int) else value
                _by_library(sheet, style, day_style if kind == "found" else style, number, 30, shown)

    assert _write(tmp_path / "quick.xlsx", quickly) == _write(tmp_path / "library.xlsx", by_library)


def test_a_name_that_looks_like_rich_text_stays_a_name(tmp_path: Path) -> None:
    """The library puts such a text into the file unchecked, and Excel calls the file damaged."""
    path = tmp_path / "orders.xlsx"
    write_orders(path, [("<r></x></r>",), ("<r><t>bold</t></r>",)], [ColumnSpec("<r>&</r>")])
    sheet = load_workbook(path).active
    assert sheet is not None
    assert [cell.value for cell in sheet["A"]] == ["<r>&</r>", "<r></x></r>", "<r><t>bold</t></r>"]


def test_a_text_longer_than_a_cell_is_cut_where_excel_cuts(tmp_path: Path) -> None:
    path = tmp_path / "orders.xlsx"
    write_orders(path, [("x" * 40_000,), ("a" + "😀" * 20_000,)], [ColumnSpec("notes")])
    sheet = load_workbook(path).active
    assert sheet is not None
    assert [cell.value for cell in sheet["A"][1:]] == ["x" * 32_767, "a" + "😀" * 16_383]


def test_what_is_no_number_is_written_as_text(tmp_path: Path) -> None:
    path = tmp_path / "rejects.xlsx"
    write_orders(path, [(float("inf"),), (float("nan"),)], [ColumnSpec("total", "found")])
    sheet = load_workbook(path).active
    assert sheet is not None
    assert [(cell.value, cell.data_type) for cell in sheet["A"][1:]] == [("inf", "s"), ("nan", "s")]
