"""Where a begun sheet of labels goes on: the sheet drawn small, its first free label to be clicked."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QPushButton, QWidget

from warehouse_desk.common.messages import tr
from warehouse_desk.ui.widgets.make import named

if TYPE_CHECKING:
    from warehouse_desk.documents.stock import LabelStock

_CELL_HEIGHT = 44


class StartPicker(QWidget):
    """A button for each label of the sheet; hidden for rolls, which have one a page."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(4)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._group.idClicked.connect(self._on_clicked)

    @property
    def start(self) -> int:
        """The first free label, from 1."""
        return max(1, self._group.checkedId())

    def show_stock(self, stock: "LabelStock", start: int) -> None:
        """Show the sheet of a stock with one of its labels chosen."""
        for button in self._group.buttons():
            self._group.removeButton(button)
            self._grid.removeWidget(button)
            button.deleteLater()
        for cell in range(stock.per_page):
            row, column = divmod(cell, stock.grid.columns)
            button = named(QPushButton(str(cell + 1), autoDefault=False), "mode")
            button.setCheckable(True)
            button.setFixedHeight(_CELL_HEIGHT)
            button.setAccessibleName(tr("Begin at label {number}", number=cell + 1))
            self._group.addButton(button, cell + 1)
            self._grid.addWidget(button, row, column)
        first = self._group.button(start if start <= stock.per_page else 1)
        if first is not None:
            first.setChecked(True)
        self.setVisible(stock.per_page > 1)

    @Slot(int)
    def _on_clicked(self, number: int) -> None:
        self.chosen.emit(number)
