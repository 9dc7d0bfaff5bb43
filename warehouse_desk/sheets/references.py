"""Files of order references: what came back or was delivered, one row each."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Final, NamedTuple

from warehouse_desk.common import formats
from warehouse_desk.common.messages import Message, msg
from warehouse_desk.common.text import fold, western_digits
from warehouse_desk.sheets.cells import Cell, cell_text, clean_line, is_blank
from warehouse_desk.sheets.errors import EmptyFile, Stopped
from warehouse_desk.sheets.headings import count_reference_headings, find_reference_header
from warehouse_desk.sheets.limits import SLICE, Cancelled, Progress
from warehouse_desk.sheets.table import read_table

MAX_REFERENCE: Final = 64
"""Characters: what a scanner may deliver."""


class ReferenceRow(NamedTuple):
    """One row: its number in Excel, the reference, the day if the file gives one, what is wrong with it."""

    number: int
    reference: str
    day: date | None = None
    problem: Message | None = None
    """When set, the row must not be carried out."""
    status: str | None = None
    """How the order ended, as the file says it; None where the file has no such column."""
    counts: bool = True
    """Whether its status is one of those asked for."""


def read_references(
    path: Path,
    *,
    status_column: str = "",
    only_status: Collection[str] | None = None,
    called: str = "",
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> list[ReferenceRow]:
    """Read the ``reference`` column, and those of the date and the status where there are any; blank rows are left out.

    ``status_column`` names the column of statuses where its heading is not a usual one. With ``only_status`` only rows
    with one of these statuses count: what stands in the others repeats nothing. ``called`` is what people call the
    file.

    Raises a :class:`~warehouse_desk.sheets.errors.SheetError` when the file as a whole cannot be read.
    """
    table = read_table(path, count_reference_headings, cancelled, called=called)
    header = find_reference_header(table.name, table.rows, status_column)
    at_reference, at_day = header.columns["reference"], header.columns.get("date")
    at_status = header.columns.get("status")
    wanted = None if only_status is None else {status_key(each) for each in only_status}
    found: list[ReferenceRow] = []
    first: dict[str, int] = {}
    for at in range(header.row + 1, len(table.rows)):
        if not at % SLICE:
            if cancelled is not None and cancelled():
                raise Stopped
            if progress is not None:
                progress(at, len(table.rows))
        row = table.rows[at]
        if all(map(is_blank, row)):
            continue
        cell = row[at_reference] if at_reference < len(row) else ""
        day_cell = row[at_day] if at_day is not None and at_day < len(row) else ""
        status = _status(row, at_status)
        if wanted is not None and status is not None and status_key(status) not in wanted:
            found.append(ReferenceRow(at + 1, clean_line(cell), status=status, counts=False))
        else:
            found.append(_judged(at + 1, cell, day_cell, first)._replace(status=status))
    if not found:
        raise EmptyFile(msg("{name} has a heading but no references under it.", name=table.name))
    return found


def status_key(text: str) -> str:
    """Return what two spellings of one status have in common."""
    return fold(clean_line(text))


def _status(row: Sequence[Cell], place: int | None) -> str | None:
    if place is None:
        return None
    return clean_line(row[place])[:MAX_REFERENCE] if place < len(row) else ""


def _judged(number: int, cell: Cell, day_cell: Cell, first: dict[str, int]) -> ReferenceRow:
    reference = clean_line(cell)
    problem = _reference_problem(cell, reference)
    if problem is None:
        earlier = first.setdefault(reference.upper(), number)
        if earlier != number:
            problem = msg("{reference} is already in row {row}.", reference=reference, row=earlier)
    if problem is not None or is_blank(day_cell):
        return ReferenceRow(number, reference, None, problem)
    day = read_day(day_cell)
    if day is None:
        problem = msg("“{value}” is not a date. Use 2026-01-31 or 31/01/2026.", value=cell_text(day_cell))
    return ReferenceRow(number, reference, day, problem)


def _reference_problem(cell: Cell, reference: str) -> Message | None:
    if not reference:
        return msg("Missing: reference.")
    if len(reference) > MAX_REFERENCE:
        return msg(
            "The reference is too long: {n} characters instead of {most} at most.", most=MAX_REFERENCE, n=len(reference)
        )
    if isinstance(cell, str) or (isinstance(cell, float) and cell.is_integer()):
        return None
    return msg("Excel turned this reference into “{value}”. Type it again, in a text cell.", value=reference)


def read_day(cell: Cell) -> date | None:
    """Return the day of a cell: a real date, 2026-01-31, or 31/01/2026 with the day first; else nothing."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    return formats.read_day(western_digits(clean_line(cell)))
