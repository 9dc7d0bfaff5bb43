"""The order table's view: whole rows, keyboard first, never walking the rows."""

from PySide6.QtCore import QItemSelection, QItemSelectionRange, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from warehouse_desk.common.messages import tr
from warehouse_desk.domain.orders.finding import Sort, SortKey
from warehouse_desk.domain.orders.order import OrderRow
from warehouse_desk.ui.orders.columns import USUAL, OrderColumn
from warehouse_desk.ui.orders.delegate import LabelDelegate, StatusDelegate
from warehouse_desk.ui.orders.heading import OrderHeading
from warehouse_desk.ui.orders.model import OrderTableModel
from warehouse_desk.ui.theme import ROW_HEIGHT

SELECTION_CAP = 1_000
"""Orders that a hand-made selection holds at most; more are chosen by the list itself (Ctrl+A)."""


class OrderTableView(QTableView):
    """Shows an :class:`OrderTableModel`."""

    rows_selected = Signal()
    all_requested = Signal()
    """Every order of the list is meant: Ctrl+A."""
    sort_requested = Signal(object)
    """A heading was clicked: the ``Sort`` it asks for."""
    opened = Signal()
    """Enter or a double click on a row."""
    menu_requested = Signal(QPoint)

    def __init__(self, model: OrderTableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._orders = model
        self.heading = OrderHeading(self)
        self.setModel(model)
        self.setAccessibleName(tr("Orders"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_menu)
        self.setItemDelegateForColumn(OrderColumn.STATUS, StatusDelegate(self))
        self.setItemDelegateForColumn(OrderColumn.LABELS, LabelDelegate(self))
        self._set_headers()
        self.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self.doubleClicked.connect(self.opened)

    def _set_headers(self) -> None:
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_HEIGHT)
        rows.hide()
        self.setHorizontalHeader(self.heading)
        self.heading.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.heading.setSortIndicatorShown(True)
        self.heading.show_sort(self._orders.query.sort)
        self.heading.show_columns(USUAL)
        self.heading.sectionClicked.connect(self._on_heading)

    @Slot(int)
    def _on_heading(self, section: int) -> None:
        """Sort by a column that can be sorted by; again turns it round. The indicator stays with what is shown."""
        now = self._orders.query
        key = OrderColumn.at(section).spec.sort
        sort = now.sort if key is None else Sort(key, descending=key is now.sort.by and not now.sort.descending)
        if key is not None and key is not now.sort.by and key in {SortKey.NEWEST, SortKey.CREATED}:
            sort = Sort(key)
        self.heading.show_sort(sort)
        if sort != now.sort:
            self.clearSelection()
            self.sort_requested.emit(sort)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own name
        """Share a broad window among the columns whose texts vary, until somebody sets the widths by hand."""
        super().resizeEvent(event)
        self.heading.fit()

    def _ranges(self) -> list[QItemSelectionRange]:
        chosen = self.selectionModel().selection()
        return [chosen.at(place) for place in range(chosen.count())]

    def selected_count(self) -> int:
        """Return how many rows are selected, from the ranges, without walking them."""
        return sum(part.height() for part in self._ranges())

    def selected_orders(self) -> list[OrderRow]:
        """Return the orders selected by hand: all of them, or none as long as some are not at hand."""
        if self.selected_count() > SELECTION_CAP:
            return []
        rows = [self._orders.row_at(row) for part in self._ranges() for row in range(part.top(), part.bottom() + 1)]
        found = [order for order in rows if order is not None]
        return found if len(found) == len(rows) else []

    def read_selected(self) -> None:
        """Bring the selected rows to hand that were never looked at."""
        if self.selected_count() <= SELECTION_CAP:
            for part in self._ranges():
                self._orders.read_rows(part.top(), part.bottom())

    def select_orders(self, ids: list[int]) -> None:
        """Select those of some orders that are at hand."""
        chosen = QItemSelection()
        places = [place for place in map(self._orders.place_of, ids[:SELECTION_CAP]) if place is not None]
        for place in places:
            chosen.select(self._orders.index(place, 0), self._orders.index(place, len(OrderColumn) - 1))
        self.selectionModel().select(chosen, self.selectionModel().SelectionFlag.ClearAndSelect)
        if places:
            self._wanted_row = min(places)
            # After the layout has settled: a panel may just be opening beside the table.
            QTimer.singleShot(0, self, self._show_wanted_row)

    _wanted_row = 0

    @Slot()
    def _show_wanted_row(self) -> None:
        place = self._orders.index(min(self._wanted_row, self._orders.rowCount() - 1), 0)
        self.scrollTo(place, QAbstractItemView.ScrollHint.EnsureVisible)

    def copy_selection(self) -> int:
        """Put the shown cells of the selected rows on the clipboard, tabs between, headings first; return how many."""
        lines = []
        shown = self.heading.shown()
        for part in self._ranges():
            for row in range(part.top(), min(part.bottom(), part.top() + SELECTION_CAP) + 1):
                texts = self._orders.texts_at(row)
                if texts is not None:
                    lines.append("\t".join(texts[column].replace("\t", " ").replace("\n", " ") for column in shown))
        if lines:
            head = "\t".join(str(column.spec.title) for column in shown)
            QGuiApplication.clipboard().setText("\n".join([head, *lines]))
        return len(lines)

    def selectAll(self) -> None:  # noqa: N802 - Qt's own name
        """Mean the whole list instead of walking its rows."""
        self.all_requested.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Open with Enter, mean all with Ctrl+A, copy with Ctrl+C."""
        if event.matches(QKeySequence.StandardKey.SelectAll):
            self.all_requested.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selection()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit()
        elif event.key() == Qt.Key.Key_Escape and self.selected_count():
            self.clearSelection()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's own name
        """Let a click on the empty ground below the rows clear the selection."""
        if not self.indexAt(event.position().toPoint()).isValid():
            self.clearSelection()
        super().mousePressEvent(event)

    @Slot()
    def _on_selection_changed(self) -> None:
        self.rows_selected.emit()

    @Slot(QPoint)
    def _on_menu(self, place: QPoint) -> None:
        self.menu_requested.emit(self.viewport().mapToGlobal(place))
