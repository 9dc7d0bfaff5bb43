"""Rows out of an .xlsx workbook, through calamine: ten times as fast as reading it in Python."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from itertools import islice
from typing import Final

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError
from python_calamine import SheetTypeEnum as SheetType
from python_calamine import SheetVisibleEnum as Visible

from warehouse_desk.common.messages import Message, msg, nmsg
from warehouse_desk.sheets.cells import Cell
from warehouse_desk.sheets.errors import EmptyFile, FileProtected, damaged

HEADER_ROWS: Final = 10
"""How many rows at the top are searched for the headings."""
_SHEETS_TRIED: Final = 5


@dataclass(frozen=True, slots=True)
class Book:
    """The sheet that was read."""

    sheet: str
    rows: list[list[Cell]]
    merged: dict[int, set[int]] = field(default_factory=dict)
    notices: tuple[Message, ...] = ()


def read_workbook(name: str, content: bytes, count_headers: Callable[[Sequence[Cell]], int]) -> Book:
    """Read the first visible sheet that has headings, or the first with anything in it.

    Raises DamagedFile, FileProtected or EmptyFile. The content must have passed
    :func:`~warehouse_desk.sheets.archive.check_archive`.
    """
    try:
        with CalamineWorkbook.from_filelike(BytesIO(content)) as workbook:
            return _best_sheet(name, workbook, count_headers)
    except PasswordError:
        raise FileProtected(
            msg("{name} asks for a password. Open it in Excel, remove the password and save it.", name=name)
        ) from None
    except (CalamineError, ValueError, OverflowError, OSError):
        raise damaged(name) from None
    except BaseException as problem:
        if type(problem).__name__ == "PanicException":  # the reader's own way to fail; not an Exception
            raise damaged(name) from None
        raise


def _best_sheet(name: str, workbook: CalamineWorkbook, count_headers: Callable[[Sequence[Cell]], int]) -> Book:
    names = [
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.visible == Visible.Visible and sheet.typ == SheetType.WorkSheet
    ]
    filled = []
    for sheet_name in names[:_SHEETS_TRIED]:
        sheet = workbook.get_sheet_by_name(sheet_name)
        if sheet.start is None:
            continue
        if max(map(count_headers, islice(sheet.iter_rows(), HEADER_ROWS)), default=0) > 1:
            return _book(name, sheet, len(names))
        filled.append(sheet_name)
    if not filled:
        raise EmptyFile(msg("{name} is empty.", name=name))
    return _book(name, workbook.get_sheet_by_name(filled[0]), len(names))


def _book(name: str, sheet: CalamineSheet, sheets: int) -> Book:
    rows: list[list[Cell]] = list(sheet.iter_rows())
    notices = []
    if sheets > 1:
        notices.append(
            nmsg(
                "Only the sheet “{sheet}” was read; {n} other sheet was ignored.",
                "Only the sheet “{sheet}” was read; {n} other sheets were ignored.",
                sheets - 1,
                sheet=sheet.name,
            )
        )
    merged = _fill_merged(name, sheet, rows)
    if merged:
        notices.append(
            nmsg(
                "{n} row took a value from a merged cell above it.",
                "{n} rows took a value from a merged cell above them.",
                len(merged),
            )
        )
    return Book(sheet.name, rows, merged, tuple(notices))


def _fill_merged(name: str, sheet: CalamineSheet, rows: list[list[Cell]]) -> dict[int, set[int]]:
    """Repeat the value of each vertically merged cell in the rows it covers; return what was filled."""
    filled: dict[int, set[int]] = {}
    left_over = sum(map(len, rows))
    left = sheet.start[1] if sheet.start else 0
    for (top, first), (bottom, _) in sheet.merged_cell_ranges or []:
        column = first - left
        if bottom <= top or top >= len(rows) or not 0 <= column < len(rows[top]) or rows[top][column] == "":
            continue
        left_over -= min(bottom, len(rows)) - top
        if left_over < 0:  # merged cells never overlap; a file may say so, and keep the station busy for hours
            raise damaged(name)
        for index in range(top + 1, min(bottom + 1, len(rows))):
            row = rows[index]
            if row[column] == "":
                row[column] = rows[top][column]
                filled.setdefault(index, set()).add(column)
    return filled
