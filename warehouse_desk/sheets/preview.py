"""The preview of an import: rows judged, repairs accepted or refused by a person, cells fixed in place."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from warehouse_desk.common.messages import Message
from warehouse_desk.sheets.cells import Cell
from warehouse_desk.sheets.drafts import NO_FIXES, FileOrder, PreviewRow, Problem, Severity
from warehouse_desk.sheets.headings import ORDER_HEADINGS, Header
from warehouse_desk.sheets.judging import TWIN_ROW, RowJudge
from warehouse_desk.sheets.limits import Cancelled, Progress
from warehouse_desk.sheets.questions import FileQuestion
from warehouse_desk.sheets.rejects import write_rejected_rows


@dataclass(frozen=True, slots=True)
class RowSource:
    """Where the rows come from and what was noticed about the file as a whole."""

    name: str
    kind: str
    sha256: str
    """Of the file's bytes: equal for the same file imported twice."""
    sheet: str
    encoding: str
    delimiter: str
    header: Header
    blank_rows: int
    """Rows without anything in them, between the header and the last order."""
    notices: tuple[Message, ...]
    left_out: int = 0
    """Rows of orders that were said not to be meant."""
    questions: tuple[FileQuestion, ...] = ()
    """What a person must say before anything of the file is written."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How the rows stand; each counts once, under the worst it has."""

    clean: int
    warned: int
    repairs: int
    """Rows that only wait for a yes or no to a repair."""
    errors: int

    @property
    def valid(self) -> int:
        """Return how many rows can be imported now."""
        return self.clean + self.warned


class ImportPreview:
    """The rows of one file. ``index`` below is a position in ``rows``, not the row's number in Excel."""

    def __init__(self, source: RowSource, judge: RowJudge) -> None:
        self.source = source
        self.rows = judge.rows
        self._judge = judge
        self._refused: dict[int, set[str]] = {}
        self._accepted: dict[int, dict[str, Problem]] = {}
        self._marked: dict[int, tuple[FileOrder, Problem]] = {}
        self._meant: dict[int, FileOrder] = {}

    def tally(self) -> Tally:
        """Count the rows by what they still need."""
        counts = Counter(map(_standing, self.rows))
        return Tally(counts[None], counts[Severity.WARNING], counts[Severity.REPAIR], counts[Severity.ERROR])

    def cells(self, index: int) -> tuple[Cell, ...]:
        """Return the ten cells of a row in the order of ``ORDER_HEADINGS``, with the fixes in place."""
        row = self.rows[index]
        return self._judge.cells(row.raw, row.fixes)

    def mark(self, index: int, message: Message) -> None:
        """Warn of a valid row for a reason outside the file; it stands as long as the row makes the same order."""
        row = self.rows[index]
        if row.draft is None:
            raise LookupError(f"row {row.number} makes no order")
        problem = Problem("", Severity.WARNING, message)
        self._meant.pop(index, None)  # said before this was known
        self._marked[index] = row.draft, problem
        self.rows[index] = row._replace(problems=(*row.problems, problem))

    def is_marked(self, index: int) -> bool:
        """Tell whether a mark stands on the order that this row now makes."""
        marked = self._marked.get(index)
        return marked is not None and marked[0] == self.rows[index].draft

    def is_held_back(self, index: int) -> bool:
        """Tell whether a row waits for a word: its order may be one that exists, or that of a row before it."""
        return self._is_twin(index) and not self.is_meant(index)

    def is_meant(self, index: int) -> bool:
        """Tell whether somebody said that the order of a row is meant, whatever it is like."""
        meant = self._meant.get(index)
        return meant is not None and meant == self.rows[index].draft

    def mean(self, index: int) -> PreviewRow:
        """Say of a row that is held back that its order is another one, or meant once more; or raise LookupError."""
        row = self.rows[index]
        if row.draft is None or not self.is_held_back(index):
            raise LookupError(f"row {row.number} is not held back")
        self._meant[index] = row.draft
        self.rows[index] = self._said(index, row)
        return self.rows[index]

    @property
    def meant_rows(self) -> list[int]:
        """The positions of the rows of which somebody said that their orders are meant."""
        return [index for index in sorted(self._meant) if self.is_meant(index)]

    def _is_twin(self, index: int) -> bool:
        row = self.rows[index]
        return self.is_marked(index) or (row.draft is not None and any(map(_is_of_a_twin, row.problems)))

    def _said(self, index: int, row: PreviewRow) -> PreviewRow:
        """Return a row that is meant with that said to what held it back."""
        marked = self._marked.get(index, (None, None))[1]
        problems = [p._replace(accepted=True) if p == marked or _is_of_a_twin(p) else p for p in row.problems]
        return row._replace(problems=tuple(problems))

    def valid_rows(self) -> Iterator[FileOrder]:
        """Yield the orders of the rows that nothing blocks."""
        return (row.draft for row in self.rows if row.draft is not None)

    def accept(self, index: int, column: str, choice: str = "") -> PreviewRow:
        """Put the proposed value of a repair in its cell and judge the row again, or raise LookupError.

        ``choice`` is one of the repair's own choices, where it has any; there it must be named.
        """
        problem = self._repair(index, column)
        value = choice or problem.proposed
        if value not in {problem.proposed, *problem.choices} or not value:
            raise LookupError(f"row {self.rows[index].number} has no choice {choice!r} in {column!r}")
        self._accepted.setdefault(index, {})[column] = problem._replace(accepted=True, proposed=value)
        return self._again(index, {**self.rows[index].fixes, column: value, **dict(problem.also)})

    def refuse(self, index: int, column: str) -> PreviewRow:
        """Keep the cell as found: a usable one with a warning, else an error. Or LookupError."""
        self._repair(index, column)
        self._refused.setdefault(index, set()).add(column)
        return self._again(index, self.rows[index].fixes)

    def accept_all(self, columns: Collection[str] = ORDER_HEADINGS) -> int:
        """Accept every open repair with one proposal in these columns and return how many; one may uncover the next.

        What can be read in several ways stays open: nobody chose.
        """
        count = 0
        for index, row in enumerate(self.rows):
            if row.draft is None:
                while repair := next((p for p in row.problems if _is_sure(p) and p.column in columns), None):
                    row = self.accept(index, repair.column)  # noqa: PLW2901 - the row as it now stands
                    count += 1
        return count

    def fix(self, index: int, column: str, text: str) -> PreviewRow:
        """Put a text in a cell and judge that row again; what was decided about the cell is forgotten."""
        if column not in ORDER_HEADINGS:
            raise KeyError(column)
        self._refused.get(index, set()).discard(column)
        self._accepted.get(index, {}).pop(column, None)
        return self._again(index, {**self.rows[index].fixes, column: text})

    def restore(self, index: int) -> PreviewRow:
        """Put back the cells of a row as they were found and forget what was decided about them."""
        self._refused.pop(index, None)
        self._accepted.pop(index, None)
        self._meant.pop(index, None)
        return self._again(index, NO_FIXES)

    def write_rejects(self, path: Path, *, progress: Progress | None = None, cancelled: Cancelled | None = None) -> int:
        """Write the rows that cannot be imported, with a column that says why, and return how many.

        The file keeps the original columns, can be fixed and imported again. Raises CannotWrite or Stopped.
        """
        rejected = [row for row in self.rows if row.draft is None]
        write_rejected_rows(path, self.source.header, rejected, progress=progress, cancelled=cancelled)
        return len(rejected)

    def _repair(self, index: int, column: str) -> Problem:
        row = self.rows[index]
        for problem in row.problems:
            if problem.column == column and problem.is_open:
                return problem
        raise LookupError(f"row {row.number} has no open repair in {column!r}")

    def _again(self, index: int, fixes: Mapping[str, str]) -> PreviewRow:
        old = self.rows[index]
        row = self._judge.judge(index, old.number, old.raw, fixes, self._refused.get(index, ()))
        accepted = tuple(self._accepted.get(index, {}).values())
        self.rows[index] = row._replace(problems=accepted + row.problems) if accepted else row
        if self.is_marked(index):
            self.rows[index] = self.rows[index]._replace(problems=(*self.rows[index].problems, self._marked[index][1]))
        if self.is_meant(index):
            self.rows[index] = self._said(index, self.rows[index])
        return self.rows[index]


def _is_of_a_twin(problem: Problem) -> bool:
    return problem.message.text == TWIN_ROW.text


def _is_sure(problem: Problem) -> bool:
    return problem.is_open and not problem.choices


def _standing(row: PreviewRow) -> Severity | None:
    if not row.problems:
        return None
    if row.draft is not None:
        return Severity.WARNING
    errors = any(problem.severity is Severity.ERROR for problem in row.problems)
    return Severity.ERROR if errors else Severity.REPAIR
