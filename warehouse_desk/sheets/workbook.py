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
from warehouse_desk.common.text import fold
from warehouse_desk.sheets.cells import Cell
from warehouse_desk.sheets.errors import ColumnsMissing, EmptyFile, FileProtected, damaged

HEADER_ROWS: Final = 10
"""How many rows at the top are searched for the headings."""
_NAMED: Final = 20
"""Sheets left out that are named."""
_SURE: Final = 5
"""Headings by which the sheet that was open when the workbook was saved is the right one."""


@dataclass(frozen=True, slots=True)
class Book:
    """The sheet that was read."""

    sheet: str
    rows: list[list[Cell]]
    merged: dict[int, set[int]] = field(default_factory=dict)
    notices: tuple[Message, ...] = ()
    place: int = 0
    """Which sheet of the workbook it is, from 0, the hidden ones counted."""
    choices: tuple[str, ...] = ()
    """Sheets with headings of which a person must choose; empty where there was no doubt."""


def read_workbook(
    name: str, content: bytes, count_headers: Callable[[Sequence[Cell]], int], *, active: int = 0, wanted: str = ""
) -> Book:
    """Read the sheet that was open when the workbook was saved, or the one that has the headings.

    ``active`` is its place from 0; ``wanted`` names the sheet to read instead.

    Raises DamagedFile, FileProtected, EmptyFile, or ColumnsMissing where there is no such sheet. The content must
    have passed :func:`~warehouse_desk.sheets.archive.check_archive`.
    """
    try:
        with CalamineWorkbook.from_filelike(BytesIO(content)) as workbook:
            return _Sheets(name, workbook, count_headers).book(active, wanted)
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


class _Sheets:
    """The sheets of a workbook, each read when it is first asked for."""

    def __init__(self, name: str, workbook: CalamineWorkbook, count_headers: Callable[[Sequence[Cell]], int]) -> None:
        self._name = name
        self._workbook = workbook
        self._count = count_headers
        self._last: CalamineSheet | None = None
        shown = [sheet for sheet in workbook.sheets_metadata if sheet.typ == SheetType.WorkSheet]
        self._all = [sheet.name for sheet in workbook.sheets_metadata]
        self._visible = [sheet.name for sheet in shown if sheet.visible == Visible.Visible]
        self._named = [sheet.name for sheet in shown if sheet.visible != Visible.VeryHidden]

    def book(self, active: int, wanted: str) -> Book:
        """Return the sheet to read."""
        if wanted:
            place = next((each for each in self._named if fold(each) == fold(wanted)), None)
            if place is None:
                raise ColumnsMissing(
                    msg(
                        "{name} has no sheet “{sheet}”. It has: {found}.",
                        name=self._name,
                        sheet=wanted,
                        found=self._named,
                    )
                )
            return self._read(place, ())
        first = self._all[active] if active < len(self._all) and self._all[active] in self._visible else ""
        if first and self._score(first) >= _SURE:
            return self._read(first, ())
        scores = {each: self._score(each) for each in self._visible}
        best = max(scores.values(), default=-1)
        if best < 0:
            raise EmptyFile(msg("{name} is empty.", name=self._name))
        if first and scores[first] * 2 >= best > 1:
            return self._read(first, ())
        right = [each for each, score in scores.items() if score == best]
        return self._read(right[0], tuple(right) if len(right) > 1 < best else ())

    def _score(self, sheet_name: str) -> int:
        """Return how many headings a sheet has, -1 where it is empty."""
        sheet = self._sheet(sheet_name)
        if sheet.start is None:
            return -1
        return max(map(self._count, islice(sheet.iter_rows(), HEADER_ROWS)), default=0)

    def _sheet(self, sheet_name: str) -> CalamineSheet:
        """Return a sheet; the last one is kept, as taking it out of the file is half of reading it."""
        if self._last is None or self._last.name != sheet_name:
            self._last = self._workbook.get_sheet_by_name(sheet_name)
        return self._last

    def _read(self, sheet_name: str, choices: tuple[str, ...]) -> Book:
        sheet = self._sheet(sheet_name)
        if sheet.start is None:
            raise EmptyFile(msg("{name} is empty.", name=self._name))
        left_out = [each for each in self._named if each != sheet_name]
        return _book(self._name, sheet, left_out, self._all.index(sheet_name), choices)


def _book(name: str, sheet: CalamineSheet, left_out: list[str], place: int, choices: tuple[str, ...]) -> Book:
    rows: list[list[Cell]] = list(sheet.iter_rows())
    notices = []
    if left_out:
        notices.append(
            msg("Only the sheet “{sheet}” was read. Ignored: {sheets}.", sheet=sheet.name, sheets=left_out[:_NAMED])
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
    return Book(sheet.name, rows, merged, tuple(notices), place, choices)


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
