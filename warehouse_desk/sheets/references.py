"""Files of order references: what came back or was delivered, one row each."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.common.text import fold
from warehouse_desk.sheets.amounts import read_amount
from warehouse_desk.sheets.cells import Cell, Unreadable, clean_line, is_blank
from warehouse_desk.sheets.day_columns import DayColumn
from warehouse_desk.sheets.errors import EmptyFile, Stopped
from warehouse_desk.sheets.headings import (
    REFERENCE_KEYS,
    Header,
    count_reference_headings,
    find_reference_header,
    heading_key,
)
from warehouse_desk.sheets.left_out import Aside, aside, aside_notices, hidden_notice, is_total_word, unread_columns
from warehouse_desk.sheets.limits import SLICE, Cancelled, Progress
from warehouse_desk.sheets.table import Table, read_table

CountKnown: TypeAlias = Callable[[Sequence[str]], int]
_SAMPLED: Final = 200
"""Codes of a column by which it is told whether orders are known by them."""

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


@dataclass(frozen=True, slots=True)
class ReferenceFile:
    """The rows of a file of references, and what to know about the file as a whole."""

    rows: tuple[ReferenceRow, ...]
    notices: tuple[Message, ...] = ()


def read_references(
    path: Path,
    *,
    status_column: str = "",
    only_status: Collection[str] | None = None,
    count_known: CountKnown | None = None,
    called: str = "",
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> ReferenceFile:
    """Read the column of references, and those of the date and the status where there are any.

    Blank rows and totals are left out. ``status_column`` names the column of statuses where its heading is not a usual
    one. With ``only_status`` only rows with one of these statuses count: what stands in the others repeats nothing.
    ``count_known`` tells how many of some texts name an order: of several columns of codes the one that knows most is
    read. ``called`` is what people call the file.

    Raises a :class:`~warehouse_desk.sheets.errors.SheetError` when the file as a whole cannot be read.
    """
    table = read_table(path, count_reference_headings, cancelled, called=called)
    header = find_reference_header(table.name, table.rows, status_column)
    header = _with_known_column(table, header, count_known)
    walk = _Walk(table, header, only_status)
    for at in range(header.row + 1, len(table.rows)):
        if not at % SLICE:
            if cancelled is not None and cancelled():
                raise Stopped
            if progress is not None:
                progress(at, len(table.rows))
        walk.take(at)
    if not walk.found:
        raise EmptyFile(msg("{name} has a heading but no references under it.", name=table.name))
    return ReferenceFile(tuple(walk.found), (*table.notices, *header.notices, *walk.notices()))


class _Walk:
    """Goes through the rows of a file of references."""

    def __init__(self, table: Table, header: Header, only_status: Collection[str] | None) -> None:
        self._table = table
        self._header = header
        self._reference, self._day = header.columns["reference"], header.columns.get("date")
        self._status = header.columns.get("status")
        self._wanted = None if only_status is None else {status_key(each) for each in only_status}
        days = [] if self._day is None else [_cell(row, self._day) for row in table.rows[header.row + 1 :]]
        self._days = DayColumn(days)
        self._first: dict[str, int] = {}
        self._asides: list[tuple[int, Aside]] = []
        self._hidden: list[int] = []
        self.found: list[ReferenceRow] = []

    def take(self, at: int) -> None:
        """Read one row."""
        row = self._table.rows[at]
        if all(map(is_blank, row)):
            return
        cell, status = _cell(row, self._reference), _status(row, self._status)
        nameless = is_blank(cell) or _is_total_word(cell)
        if nameless and not status and aside(row, _first_number(row)) is Aside.TOTAL:
            self._asides.append((at + 1, Aside.TOTAL))
            return
        if at + 1 in self._table.hidden:
            self._hidden.append(at + 1)
        if self._wanted is not None and status is not None and status_key(status) not in self._wanted:
            self.found.append(ReferenceRow(at + 1, clean_line(cell), status=status, counts=False))
            return
        judged = self._judged(at + 1, cell, _cell(row, self._day))
        fault = self._table.faults.get(at)
        self.found.append(judged._replace(status=status, problem=fault or judged.problem))

    def _judged(self, number: int, cell: Cell, day_cell: Cell) -> ReferenceRow:
        reference = clean_line(cell)
        problem = _reference_problem(cell, reference)
        if problem is None:
            earlier = self._first.setdefault(reference.upper(), number)
            if earlier != number:
                problem = msg("{reference} is already in row {row}.", reference=reference, row=earlier)
        if problem is not None or is_blank(day_cell):
            return ReferenceRow(number, reference, None, problem)
        day = self._days.read(day_cell)
        if isinstance(day, Message):
            return ReferenceRow(number, reference, None, day)
        return ReferenceRow(number, reference, day)

    def notices(self) -> list[Message]:
        """Say what was left out, and what was not read."""
        return [
            *aside_notices(self._asides, self.found[-1].number if self.found else 0),
            *hidden_notice(self._hidden, taken=True),
            *self._days.notices,
            *unread_columns(self._table.rows, self._header),
        ]


def _with_known_column(table: Table, header: Header, count_known: CountKnown | None) -> Header:
    """Return the header with the column of codes of which most name orders, where there are several."""
    places = [at for at, title in enumerate(header.titles) if title and _holds_codes(title)]
    if count_known is None or len(places) < 2:  # noqa: PLR2004 - nothing to choose
        return header
    known = {at: count_known(_sample(table.rows[header.row + 1 :], at)) for at in places}
    best = max(places, key=lambda at: (known[at], at == header.columns["reference"]))
    if best == header.columns["reference"]:
        return header
    said = msg("The references are read from “{column}”: there they are known.", column=header.titles[best])
    return replace(header, columns={**header.columns, "reference": best}, notices=(*header.notices, said))


def _holds_codes(title: str) -> bool:
    key = heading_key(title)
    return REFERENCE_KEYS.get(key) == "reference" or key.startswith(("code", "ref", "id", "tracking"))


def _sample(rows: Sequence[Sequence[Cell]], at: int) -> list[str]:
    found = (clean_line(_cell(row, at)) for row in rows)
    return list(dict.fromkeys(islice(filter(None, found), _SAMPLED)))


def _cell(row: Sequence[Cell], place: int | None) -> Cell:
    return row[place] if place is not None and place < len(row) else ""


def _first_number(row: Sequence[Cell]) -> Cell:
    return next((cell for cell in row if not is_blank(cell) and not isinstance(read_amount(cell), Unreadable)), "")


def _is_total_word(cell: Cell) -> bool:
    return isinstance(cell, str) and is_total_word(cell)


def status_key(text: str) -> str:
    """Return what two spellings of one status have in common."""
    return fold(clean_line(text))


def _status(row: Sequence[Cell], place: int | None) -> str | None:
    if place is None:
        return None
    return clean_line(row[place])[:MAX_REFERENCE] if place < len(row) else ""


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
