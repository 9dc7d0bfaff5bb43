"""Tables over plain rows: what a column shows, and a view of whole rows for the keyboard."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QVBoxLayout

from warehouse_desk.common.messages import Message
from warehouse_desk.ui.theme import ROW_HEIGHT, tokens
from warehouse_desk.ui.widgets.make import named

Index = QModelIndex | QPersistentModelIndex
R = TypeVar("R")
TRAILING = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEAST = 48


@dataclass(frozen=True, slots=True)
class TableColumn(Generic[R]):
    """One column: its heading, its text for a row, its width (logical pixels)."""

    title: Message
    text: Callable[[R], str]
    width: int
    number: bool = False
    grows: bool = False
    """Whether it takes the width that is left."""


def cell_data(column: TableColumn[R], row: R, role: int, *, faded: bool) -> Any:  # noqa: ANN401 - Qt's variant
    """Return what a cell answers for a role; ``faded`` rows are out of use."""
    if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
        return column.text(row) or None
    if role == Qt.ItemDataRole.TextAlignmentRole:
        return TRAILING if column.number else None
    if role == Qt.ItemDataRole.ForegroundRole and faded:
        return QColor(tokens().muted)
    if role == Qt.ItemDataRole.AccessibleTextRole:
        return f"{column.title}: {column.text(row)}"
    return None


def heading_data(column: TableColumn[Any], role: int) -> Any:  # noqa: ANN401 - Qt's variant
    """Return what a heading answers for a role."""
    if role == Qt.ItemDataRole.DisplayRole:
        return str(column.title)
    return TRAILING if role == Qt.ItemDataRole.TextAlignmentRole and column.number else None


class RowsModel(QAbstractTableModel, Generic[R]):
    """All rows at hand; further ones are asked for when the end of the table is looked at."""

    more_requested = Signal()

    def __init__(
        self,
        columns: Sequence[TableColumn[R]],
        faded: Callable[[R], bool] = lambda _row: False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.rows: list[R] = []
        self._faded = faded
        self._has_more = False

    def show_rows(self, rows: Sequence[R], *, has_more: bool = False) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows, self._has_more = list(rows), has_more
        self.endResetModel()

    def add_rows(self, rows: Sequence[R], *, has_more: bool) -> None:
        """Show further rows below."""
        self._has_more = has_more
        if rows:
            self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows) + len(rows) - 1)
            self.rows.extend(rows)
            self.endInsertRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's own signature
        """Return how many rows are at hand."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's own signature
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        """Return what a cell shows."""
        row = self.rows[index.row()]
        return cell_data(self.columns[index.column()], row, role, faded=self._faded(row))

    def headerData(  # noqa: N802 - Qt's own name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - Qt's variant
        """Return a column's heading."""
        return heading_data(self.columns[section], role) if orientation is Qt.Orientation.Horizontal else None

    def canFetchMore(self, _parent: Index) -> bool:  # noqa: N802 - Qt's own name
        """Tell whether there are further rows."""
        return self._has_more

    def fetchMore(self, _parent: Index) -> None:  # noqa: N802 - Qt's own name
        """Ask for the next rows, once."""
        self._has_more = False
        self.more_requested.emit()


class RowsView(QTableView):
    """Whole rows, no grid; Enter or a double click opens the current one."""

    opened = Signal()

    def __init__(self, model: QAbstractTableModel, columns: Sequence[TableColumn[Any]], name: str) -> None:
        super().__init__()
        self.setModel(model)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        rows, heads = self.verticalHeader(), self.horizontalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_HEIGHT)
        rows.hide()
        heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        heads.setHighlightSections(False)
        heads.setMinimumSectionSize(_LEAST)
        for place, column in enumerate(columns):
            heads.resizeSection(place, column.width)
            if column.grows:
                heads.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        self.activated.connect(self._on_activated)

    def _on_activated(self) -> None:
        self.opened.emit()

    def chosen_rows(self) -> list[int]:
        """Return the numbers of the selected rows, top to bottom."""
        return sorted(index.row() for index in self.selectionModel().selectedRows())


def framed(view: RowsView) -> QFrame:
    """Return a table in a panel of the window."""
    panel = named(QFrame(), "panel")
    box = QVBoxLayout(panel)
    box.setContentsMargins(1, 1, 1, 1)
    box.addWidget(view)
    return panel
