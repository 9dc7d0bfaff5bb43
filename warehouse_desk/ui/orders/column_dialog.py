"""Choose which columns the list shows, and in which order."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from warehouse_desk.common.messages import tr
from warehouse_desk.ui.orders.columns import OrderColumn
from warehouse_desk.ui.widgets.make import named, text_label

_ROW = 34


class ColumnDialog(QDialog):
    """Answers with the ticked columns from the top down, or with the wish for the usual ones."""

    chosen = Signal(object)
    usual_requested = Signal()

    def __init__(self, shown: Sequence[OrderColumn], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Columns of the list"))
        self.resize(400, 560)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Columns of the list"))
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        for column in (*shown, *(each for each in OrderColumn if each not in shown)):
            self.list.addItem(self._item(column, shown=column in shown))
        self.list.setCurrentRow(0)
        self.earlier, self.later = QPushButton(tr("&Earlier")), QPushButton(tr("&Later"))
        self.earlier.clicked.connect(lambda: self._move(-1))
        self.later.clicked.connect(lambda: self._move(1))
        usual = QPushButton(tr("&Usual columns"))
        usual.clicked.connect(self._on_usual)
        leave = QPushButton(tr("Close"))
        leave.clicked.connect(self.reject)
        self.go = named(QPushButton(tr("Show these columns")), "primary")
        self.go.clicked.connect(self._on_go)
        for button in (self.earlier, self.later, usual, leave):
            button.setAutoDefault(False)
        self.go.setDefault(True)
        moves, foot = QHBoxLayout(), QHBoxLayout()
        moves.addWidget(self.earlier)
        moves.addWidget(self.later)
        moves.addStretch(1)
        moves.addWidget(usual)
        foot.addStretch(1)
        foot.addWidget(leave)
        foot.addWidget(self.go)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(10)
        box.addWidget(text_label(tr("Columns of the list"), "title"))
        box.addWidget(text_label(tr("Tick what is shown; drag a line to its place."), "muted", wrap=True))
        box.addWidget(self.list, 1)
        box.addLayout(moves)
        box.addLayout(foot)

    @staticmethod
    def _item(column: OrderColumn, *, shown: bool) -> QListWidgetItem:
        item = QListWidgetItem(str(column.spec.title))
        item.setData(Qt.ItemDataRole.UserRole, int(column))
        item.setSizeHint(QSize(0, _ROW))
        item.setCheckState(Qt.CheckState.Checked if shown else Qt.CheckState.Unchecked)
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
        # Without the reference a row names no order: that column stays.
        item.setFlags(usual if column is OrderColumn.REFERENCE else usual | Qt.ItemFlag.ItemIsUserCheckable)
        return item

    def _move(self, step: int) -> None:
        row = self.list.currentRow()
        if 0 <= row + step < self.list.count():
            self.list.insertItem(row + step, self.list.takeItem(row))
            self.list.setCurrentRow(row + step)

    def columns(self) -> tuple[OrderColumn, ...]:
        """Return the ticked columns, from the top."""
        items = [self.list.item(row) for row in range(self.list.count())]
        ticked = (item for item in items if item.checkState() is Qt.CheckState.Checked)
        return tuple(OrderColumn.at(item.data(Qt.ItemDataRole.UserRole)) for item in ticked)

    @Slot()
    def _on_usual(self) -> None:
        self.usual_requested.emit()
        self.accept()

    @Slot()
    def _on_go(self) -> None:
        self.chosen.emit(self.columns())
        self.accept()
