"""The list of statuses with their live counts, the board, the goods, and the views that somebody keeps."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from warehouse_desk.common.formats import count_text
from warehouse_desk.common.messages import tr
from warehouse_desk.domain.status import Status, status_name
from warehouse_desk.ui.shell.navigation_entry import (
    BOARD,
    CHANGED,
    COUNT,
    GOODS,
    HEAD,
    NAME,
    STATUS,
    VIEW,
    EntryDelegate,
)
from warehouse_desk.ui.theme import TOUCH

_LEAST_ROW = 34
"""Height of an entry (logical pixels) on a low screen, so that all entries can be seen without scrolling."""
_MARGIN = 1


def _status_of(value: str | None) -> Status | None:
    return None if value in {None, BOARD, GOODS, VIEW, HEAD} else Status(value)


class Navigation(QListWidget):
    """All orders, the nine statuses, the board, the goods, and the saved views."""

    status_chosen = Signal(object)
    """A ``Status``, or None for all orders."""
    board_chosen = Signal()
    goods_chosen = Signal()
    view_chosen = Signal(str)
    view_menu_requested = Signal(str, QPoint)
    """What can be done with a view is asked for, at a place on the screen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.counts: dict[Status, int] = {}
        self.view_shown: str | None = None
        """The view that the list began with."""
        self.view_changed = False
        """Whether the list is no longer quite that."""
        self.setObjectName("navigation")
        self.setAccessibleName(tr("Statuses and saved lists"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._entries = EntryDelegate(self)
        self.setItemDelegate(self._entries)
        for status in (None, *Status):
            name = tr("All orders", "navigation") if status is None else str(status_name(status))
            self._add(name, None if status is None else status.value)
        self._board = self._add(tr("Dashboard"), BOARD)
        self._board.setToolTip(tr("Today, late parcels, orders that can be filled, return rates"))
        self._goods = self._add(tr("Goods"), GOODS)
        self._goods.setToolTip(tr("Products, stock, returned goods, warehouses, companies, delivery persons, cities"))
        self._first_view = self.count()
        self.setCurrentRow(0)
        self.currentRowChanged.connect(self._on_row)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_menu)

    def _add(self, name: str, status: str | None) -> QListWidgetItem:
        item = QListWidgetItem()
        item.setData(NAME, name)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, name)
        item.setData(STATUS, status)
        item.setToolTip(name)
        self.addItem(item)
        return item

    def set_board_offered(self, visible: bool) -> None:
        """Show the board only to who may look at reports."""
        self._board.setHidden(not visible)
        self._fit_rows()

    def set_goods_offered(self, visible: bool) -> None:
        """Show goods and directories only to who may change some of them."""
        self._goods.setHidden(not visible)
        self._fit_rows()

    def choose_goods(self) -> None:
        """Go to goods and directories, as if the entry were chosen by hand."""
        self.setCurrentItem(self._goods)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own name
        """Make the entries lower where they would not all fit."""
        super().resizeEvent(event)
        self._fit_rows()

    def _fit_rows(self) -> None:
        fixed = range(self._first_view)
        shown = sum(1 for row in fixed if not self.item(row).isHidden())
        height = max(_LEAST_ROW, min(TOUCH, self.viewport().height() // max(1, shown) - _MARGIN))
        if height != self._entries.row_height:
            self._entries.row_height = height
            self.scheduleDelayedItemsLayout()

    def show_counts(self, counts: Mapping[Status, int]) -> None:
        """Show how many orders stand where."""
        self.counts = dict(counts)
        for row in range(len(Status) + 1):
            item = self.item(row)
            status = _status_of(item.data(STATUS))
            number = sum(counts.values()) if status is None else counts.get(status, 0)
            item.setData(COUNT, count_text(number))
            name = item.data(NAME)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{name}: {number}")

    def show_views(self, names: Sequence[str]) -> None:
        """Show the saved views under the board."""
        self.blockSignals(True)
        row = self.currentRow()
        while self.count() > self._first_view:
            self.takeItem(self._first_view)
        if names:
            head = self._add(tr("Saved lists"), HEAD)
            head.setFlags(Qt.ItemFlag.NoItemFlags)
        for name in names:
            self._add(name, VIEW)
        self.setCurrentRow(row if row < self._first_view else -1)
        self.blockSignals(False)
        self.show_view(self.view_shown if self.view_shown in names else None)

    def show_view(self, name: str | None, *, changed: bool = False) -> None:
        """Mark a view as the one looked at, and whether the list is no longer quite that; None: no view."""
        self.view_shown = name
        self.view_changed = name is not None and changed
        for row in range(self._first_view, self.count()):
            item = self.item(row)
            if item.data(STATUS) == VIEW:
                is_it = item.data(NAME) == name
                item.setData(CHANGED, is_it and changed)
                said = item.data(NAME)
                told = tr("{name}, changed", name=said) if is_it and changed else said
                item.setData(Qt.ItemDataRole.AccessibleTextRole, told)
                item.setToolTip(told)
                if is_it:
                    self.mark(row)

    def chosen(self) -> Status | None:
        """Return the status looked at; None for all orders, and where the list is none of these."""
        item = self.currentItem()
        return None if self.currentRow() < 0 else _status_of(item.data(STATUS))

    def mark(self, row: int) -> None:
        """Mark an entry (-1: none) without choosing it."""
        self.blockSignals(True)
        self.setCurrentRow(row)
        self.blockSignals(False)

    def row_of(self, status: Status | None) -> int:
        """Return the row of a status, or of all orders."""
        return 0 if status is None else list(Status).index(status) + 1

    def view_at(self, row: int) -> str | None:
        """Return the name of the view in a row."""
        item = self.item(row) if 0 <= row < self.count() else None
        return str(item.data(NAME)) if item is not None and item.data(STATUS) == VIEW else None

    @Slot(int)
    def _on_row(self, row: int) -> None:
        if row < 0:
            return
        view = self.view_at(row)
        if view is not None:
            self.view_chosen.emit(view)
        elif self.item(row) is self._board:
            self.board_chosen.emit()
        elif self.item(row) is self._goods:
            self.goods_chosen.emit()
        else:
            self.status_chosen.emit(self.chosen())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Take up the marked entry again with Enter: a view as it was kept."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._on_row(self.currentRow())
        else:
            super().keyPressEvent(event)

    @Slot(QPoint)
    def _on_menu(self, place: QPoint) -> None:
        item = self.itemAt(place)
        view = None if item is None else self.view_at(self.row(item))
        if view is not None:
            self.view_menu_requested.emit(view, self.viewport().mapToGlobal(place))
