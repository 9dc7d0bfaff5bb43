"""Rows out to .xlsx or .csv: real numbers and days, phones as text, nothing that runs, all or nothing."""

import csv
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from typing import Any, Final, cast

from xlsxwriter import Workbook
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.format import Format

from warehouse_desk.common.messages import current_language, msg
from warehouse_desk.common.system_errors import system_reason
from warehouse_desk.sheets.amounts import format_amount
from warehouse_desk.sheets.cells import cell_text
from warehouse_desk.sheets.errors import NO_FOLDER, WRONG_ENDING, CannotWrite, Stopped, WrongFileKind
from warehouse_desk.sheets.limits import SLICE, Cancelled, Progress
from warehouse_desk.sheets.row_sheet import CellKind, RowSheet
from warehouse_desk.sheets.safe_text import GUARD_MARKS, guarded, writable

EXCEL_ROWS: Final = 1_048_576
_A4: Final = 9  # the number of that paper in the file format
HEADER_BACK: Final = "1F4E79"
HEADER_FRONT: Final = "FFFFFF"
_HEADER_STYLE: Final = {
    "bold": True,
    "bg_color": f"#{HEADER_BACK}",
    "font_color": f"#{HEADER_FRONT}",
    "valign": "vcenter",
}
_STYLES: Final[dict[CellKind, dict[str, object]]] = {
    "text": {"num_format": "@"},
    "whole": {"num_format": "0"},
    "money": {"num_format": "#,##0.00"},
    "day": {"num_format": "yyyy-mm-dd"},
    "moment": {"num_format": "yyyy-mm-dd hh:mm"},
    "found": {"num_format": "@"},  # so that what a person types over it stays as typed
}
_FOUND_DAY: Final = {"num_format": "yyyy-mm-dd"}


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """One column of a file: its heading, what its cells hold, its width in characters."""

    title: str
    kind: CellKind = "text"
    width: float = 16


def write_orders(
    path: Path,
    rows: Iterable[Sequence[object]],
    columns: Sequence[ColumnSpec],
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    total: int = 0,
    token: str = "",
) -> int:
    """Write rows under the headings to an .xlsx or .csv file and return how many.

    The file appears whole or not at all. ``total`` is only passed on to ``progress``.
    ``None`` is an empty cell. ``token`` names the unfinished file, so that what a crash left is written over.
    Raises WrongFileKind for another ending, CannotWrite, or Stopped.
    """
    kinds = {".xlsx": _write_xlsx, ".csv": _write_csv}
    write = kinds.get(path.suffix.lower())
    if write is None:
        raise WrongFileKind(WRONG_ENDING.with_params(name=path.name))
    watched = _Watched(rows, total, progress, cancelled)
    try:
        replace_file(path, lambda temporary: write(temporary, watched, columns), token)
    except CannotWrite:
        if watched.fault is not None:  # the rows failed, not the file
            raise watched.fault from None
        raise
    watched.report()
    return watched.done


def replace_file(path: Path, write: Callable[[Path], None], token: str = "") -> None:
    """Write to a file beside ``path``, then put it in its place; on any failure nothing is left behind.

    Raises CannotWrite when the folder refuses, the disk is full or the file is open in another program.
    """
    temporary = path.with_name(f".{token or token_hex(8)}{path.suffix}.part")
    try:
        temporary.open("wb" if token else "xb").close()
        write(temporary)
        temporary.replace(path)
    except (OSError, XlsxWriterException) as problem:
        raise _cannot_write(path, problem) from problem
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _open_workbook(path: Path, scratch: str) -> Workbook:
    """Return a workbook that keeps one row in memory and never takes a text for a formula, link or number."""
    options = {
        "constant_memory": True,
        "tmpdir": scratch,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": True,
    }
    return Workbook(str(path), options)


def _set_up_sheet(sheet: RowSheet, columns: Sequence[ColumnSpec], styles: Sequence[Format]) -> None:
    """Set up the columns, and the first row to stay in sight on screen and on paper."""
    for at, (column, style) in enumerate(zip(columns, styles, strict=True)):
        sheet.set_column(at, at, column.width, style)
    sheet.freeze_panes(1, 0)
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


class _Watched:
    """Counts rows as they pass, reports progress and stops when asked."""

    def __init__(
        self,
        rows: Iterable[Sequence[object]],
        total: int,
        progress: Progress | None,
        cancelled: Cancelled | None,
    ) -> None:
        self._rows = rows
        self._total = total
        self._progress = progress
        self._cancelled = cancelled
        self.done = 0
        self.fault: OSError | None = None

    def report(self) -> None:
        if self._progress is not None:
            self._progress(self.done, self._total or self.done)

    def __iter__(self) -> Iterator[Sequence[object]]:
        try:
            for row in self._rows:
                if not self.done % SLICE:
                    if self._cancelled is not None and self._cancelled():
                        raise Stopped
                    self.report()
                self.done += 1
                yield row
        except OSError as fault:
            self.fault = fault
            raise


def _write_xlsx(path: Path, rows: Iterable[Sequence[object]], columns: Sequence[ColumnSpec]) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        workbook = _open_workbook(path, scratch)
        try:
            sheet = cast("RowSheet", workbook.add_worksheet("orders", worksheet_class=RowSheet))
            styles = {kind: workbook.add_format(look) for kind, look in _STYLES.items()}
            head_style, day_style = workbook.add_format(_HEADER_STYLE), workbook.add_format(_FOUND_DAY)
            _set_up_sheet(sheet, columns, [styles[column.kind] for column in columns])
            heads = [sheet.make_cell(at, "text", head_style, day_style) for at in range(len(columns))]
            sheet.write_cells(0, [column.title for column in columns], heads)
            makers = [
                sheet.make_cell(at, column.kind, styles[column.kind], day_style) for at, column in enumerate(columns)
            ]
            number = 0
            for number, row in enumerate(rows, 1):
                if number >= EXCEL_ROWS:
                    raise CannotWrite(
                        msg("A sheet has at most {n} rows. Filter the orders or choose .csv.", n=EXCEL_ROWS - 1)
                    )
                sheet.write_cells(number, row, makers)
            sheet.autofilter(0, 0, max(number, 1), len(columns) - 1)
            sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{EXCEL_ROWS}"})
        finally:
            workbook.close()


def _write_csv(path: Path, rows: Iterable[Sequence[object]], columns: Sequence[ColumnSpec]) -> None:
    language = current_language()
    texts = [_csv_text(column.kind, language.decimal_sign) for column in columns]
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, delimiter=language.delimiter)
        writer.writerow([guarded(writable(column.title)) for column in columns])
        writer.writerows(
            ["" if value is None else text(value) for text, value in zip(texts, row, strict=True)] for row in rows
        )


def _csv_text(kind: CellKind, decimal_mark: str) -> Callable[[Any], str]:
    if kind == "money":
        return lambda centimes: format_amount(centimes).replace(".", decimal_mark)
    if kind == "whole":
        return str
    if kind == "day":
        return lambda day: day.isoformat()[:10]
    if kind == "moment":
        return lambda moment: moment.isoformat(" ", "minutes")

    def text(value: object) -> str:
        if type(value) is str and value.isprintable() and value[:1] not in GUARD_MARKS:
            return value
        return guarded(writable(cell_text(value)))  # type: ignore[arg-type]  # whatever a cell may hold

    return text


def _cannot_write(path: Path, problem: Exception) -> CannotWrite:
    if isinstance(problem, PermissionError):
        return CannotWrite(
            msg(
                "{name} cannot be written. Close it in Excel, or choose a folder where you may write.",
                name=path.name,
            )
        )
    if isinstance(problem, FileNotFoundError):
        return CannotWrite(NO_FOLDER.with_params(name=path.name))
    return CannotWrite(msg("{name} cannot be written: {reason}.", name=path.name, reason=system_reason(problem)))
