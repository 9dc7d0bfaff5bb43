"""The rows of a file as a table: any number of them, each bad or repaired cell marked and explained."""

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from warehouse_desk.common.messages import Message, msg, tr
from warehouse_desk.domain.status import Status
from warehouse_desk.sheets.cells import cell_text
from warehouse_desk.sheets.drafts import PreviewRow, Problem, Severity
from warehouse_desk.sheets.headings import ORDER_HEADINGS
from warehouse_desk.sheets.preview import ImportPreview
from warehouse_desk.ui.bidi import as_written
from warehouse_desk.ui.icons import icon
from warehouse_desk.ui.theme import status_colours, tokens

Index = QModelIndex | QPersistentModelIndex

WHY = 2
"""The column of explanations, after the mark and the row's number in Excel."""
FIRST_CELL = 3
LAST_CELL = FIRST_CELL + len(ORDER_HEADINGS) - 1

_MARKS: dict[Severity, tuple[str, Message]] = {
    Severity.ERROR: ("verdict-refused", msg("Fix")),
    Severity.REPAIR: ("verdict-pending", msg("Confirm")),
    Severity.WARNING: ("verdict-already", msg("Check")),
}
_WEIGHT = {Severity.ERROR: 3, Severity.REPAIR: 2, Severity.WARNING: 1}
_TITLES: dict[str, Message] = {
    "full_name": msg("Customer"),
    "phone": msg("Phone"),
    "second_phone": msg("Second phone"),
    "city": msg("City"),
    "address": msg("Address"),
    "skus": msg("SKUs"),
    "quantities": msg("Quantities"),
    "prices": msg("Unit prices"),
    "total": msg("Total"),
    "notes": msg("Notes"),
}


class Shown(IntEnum):
    """Which rows the table shows."""

    ALL = 0
    PROBLEMS = 1
    BLOCKED = 2


def worst(problems: Sequence[Problem]) -> Problem | None:
    """Return the problem that matters most; an accepted repair matters no more than a warning."""
    return max(problems, key=lambda p: 1 if p.accepted else _WEIGHT[p.severity], default=None)


class ImportTableModel(QAbstractTableModel):
    """Shows a preview; a text typed into a cell is judged at once."""

    judged = Signal()
    """A row was judged again: counts and buttons may differ."""

    def __init__(self, preview: ImportPreview, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.preview = preview
        self.shown = Shown.ALL
        self._rows: Sequence[int] = range(len(preview.rows))

    def show_rows(self, shown: Shown) -> None:
        """Show all rows, or those with problems as they are now."""
        self.beginResetModel()
        self.shown = shown
        rows = self.preview.rows
        if shown is Shown.ALL:
            self._rows = range(len(rows))
        elif shown is Shown.PROBLEMS:
            self._rows = [at for at, row in enumerate(rows) if row.problems]
        else:
            self._rows = [at for at, row in enumerate(rows) if row.draft is None]
        self.endResetModel()

    def position(self, index: Index) -> int:
        """Return where a table row stands in the preview."""
        return self._rows[index.row()]

    def row_at(self, index: Index) -> PreviewRow:
        """Return the row of a cell."""
        return self.preview.rows[self.position(index)]

    def accept(self, index: Index, column: str, choice: str = "") -> None:
        """Accept the repair proposed for a column of a row, or one of its choices."""
        self.preview.accept(self.position(index), column, choice)
        self._tell(index.row())

    def refuse(self, index: Index, column: str) -> None:
        """Refuse the repair proposed for a column of a row."""
        self.preview.refuse(self.position(index), column)
        self._tell(index.row())

    def mean(self, index: Index) -> None:
        """Say that the order of a row is meant, though the same seems to exist."""
        self.preview.mean(self.position(index))
        self._tell(index.row())

    def restore(self, index: Index) -> None:
        """Put a row back as it was found."""
        self.preview.restore(self.position(index))
        self._tell(index.row())

    def _tell(self, row: int) -> None:
        self.dataChanged.emit(self.index(row, 0), self.index(row, LAST_CELL))
        self.judged.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's own
        """Return how many rows are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's own
        """Return the mark, the number, the explanation and the ten cells."""
        return 0 if parent.isValid() else LAST_CELL + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:  # noqa: N802, ANN401
        """Name the columns; the tooltip is the heading that the file must have."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        is_cell = section >= FIRST_CELL
        if role == Qt.ItemDataRole.ToolTipRole and is_cell:
            return ORDER_HEADINGS[section - FIRST_CELL]
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if is_cell:
            return str(_TITLES[ORDER_HEADINGS[section - FIRST_CELL]])
        return {0: "", 1: tr("Row"), WHY: tr("Problem")}[section]

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let the ten cells be typed into."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        is_cell = index.column() >= FIRST_CELL
        return flags | Qt.ItemFlag.ItemIsEditable if is_cell else flags

    def data(self, index: Index, role: int = 0) -> Any:  # noqa: ANN401 - Qt's own
        """Return what Qt asks of a cell."""
        if not index.isValid():
            return None
        row, column = self.row_at(index), index.column()
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole}:
            return self._text(index, row, column, line=role == Qt.ItemDataRole.DisplayRole)
        problems = self._problems(row, column)
        if not problems:
            return None
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(map(_explained, problems))
        problem = worst(problems)
        if problem is None:
            return None
        if role == Qt.ItemDataRole.BackgroundRole and column != WHY:
            return _ground(problem)
        if role == Qt.ItemDataRole.ForegroundRole and column != WHY:
            return _ink(problem)
        if role == Qt.ItemDataRole.DecorationRole and column == 0:
            return icon(_mark(problem)[0])
        return None

    def _text(self, index: Index, row: PreviewRow, column: int, *, line: bool) -> str:
        if column == 0:
            problem = worst(row.problems)
            return "" if problem is None else str(_mark(problem)[1])
        if column == 1:
            return str(row.number)
        if column == WHY:
            return " · ".join(_explained(problem) for problem in row.problems)
        text = cell_text(self.preview.cells(self.position(index))[column - FIRST_CELL])
        return as_written(" ⏎ ".join(text.splitlines())) if line else text

    @staticmethod
    def _problems(row: PreviewRow, column: int) -> Sequence[Problem]:
        if column in {0, WHY}:
            return row.problems
        if column >= FIRST_CELL:
            return [p for p in row.problems if p.column == ORDER_HEADINGS[column - FIRST_CELL]]
        return ()

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802, ANN401
        """Judge the row with a text typed into a cell."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        text = str(value)
        if text != self._text(index, self.row_at(index), index.column(), line=False):
            self.preview.fix(self.position(index), ORDER_HEADINGS[index.column() - FIRST_CELL], text)
            self._tell(index.row())
        return True


def _mark(problem: Problem) -> tuple[str, Message]:
    if not problem.accepted:
        return _MARKS[problem.severity]
    return "verdict-done", msg("Accepted") if problem.severity is Severity.WARNING else msg("Repaired")


def _explained(problem: Problem) -> str:
    if not problem.proposed:
        return str(problem.message)
    if problem.accepted:
        return tr("{message} Repaired: {value}", message=problem.message, value=problem.proposed)
    if problem.accepted is None:
        return tr("{message} Proposed: {value}", message=problem.message, value=problem.proposed)
    return str(problem.message)


_STATUS_OF = {Severity.REPAIR: Status.PACKED, Severity.WARNING: Status.NEW, Severity.ERROR: Status.RETURNED}
"""Whose pair of ground and ink a mark borrows: yellow, blue, orange; light and dark."""


def _colours(problem: Problem) -> tuple[str, str]:
    return status_colours(Status.DELIVERED if problem.accepted else _STATUS_OF[problem.severity])


def _ground(problem: Problem) -> QColor:
    return QColor(_colours(problem)[0])


def _ink(problem: Problem) -> QColor:
    return QColor(_colours(problem)[1] or tokens().text)
