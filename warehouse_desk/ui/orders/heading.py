"""The table's heading: which columns are shown, in which order and how wide; remembered for this station."""

from collections.abc import Iterable
from math import floor

from PySide6.QtCore import QByteArray, QPoint, QSettings, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QAbstractScrollArea, QHeaderView, QMenu, QWidget

from warehouse_desk.common.messages import tr
from warehouse_desk.domain.orders.finding import Sort
from warehouse_desk.domain.status import Status
from warehouse_desk.ui.orders.columns import USUAL, OrderColumn
from warehouse_desk.ui.widgets.pill import pill_pixmap

_LAYOUT_KEY = f"orders/columns-{len(OrderColumn)}"
_WIDTHS_KEY = "orders/widths-by-hand"
_CELL_ROOM = 26
"""Padding of a cell and its text's own margin, both sides together (logical pixels)."""
_HEAD_ROOM = 20
_SORT_ROOM = 16
_LEAST = 48
_GIVES = 5
"""Columns that take spare width give a fifth of their own where it lacks."""


class OrderHeading(QHeaderView):
    """A heading that fits its columns to their texts until a hand sets them."""

    columns_requested = Signal()
    """The columns are to be chosen from a list."""
    changed = Signal()
    """Other columns are shown, or in another order."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._by_hand = False
        self._arranging = False
        self._least: dict[OrderColumn, int] = {}
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setFirstSectionMovable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(_LEAST)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        self.setToolTip(tr("Click to sort, drag to move, right-click to choose the columns."))
        self.setAccessibleName(tr("Columns of the list"))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_menu)
        self.sectionResized.connect(self._on_resized)
        self.sectionMoved.connect(self._on_moved)

    def shown(self) -> tuple[OrderColumn, ...]:
        """Return the columns that are shown, from the leading edge."""
        order = (OrderColumn.at(self.logicalIndex(place)) for place in range(self.count()))
        return tuple(column for column in order if not self.isSectionHidden(column))

    def show_columns(self, columns: Iterable[OrderColumn]) -> None:
        """Show these columns in this order; the reference is always among them."""
        wanted = list(dict.fromkeys(columns))
        if OrderColumn.REFERENCE not in wanted:
            wanted.insert(0, OrderColumn.REFERENCE)
        before = self.shown()
        self._arranging = True
        for place, column in enumerate(wanted):
            self.moveSection(self.visualIndex(column), place)
        for column in OrderColumn:
            self.setSectionHidden(column, column not in wanted)
        self._arranging = False
        self.fit()
        if self.shown() != before:
            self.changed.emit()

    @Slot()
    def show_usual(self) -> None:
        """Show the usual columns in their usual order and width."""
        self._by_hand = False
        self.show_columns(USUAL)

    def show_sort(self, sort: Sort) -> None:
        """Mark the column that the list is sorted by."""
        column = next(column for column in OrderColumn if column.spec.sort is sort.by)
        down, up = Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder
        self.setSortIndicator(column, down if sort.descending else up)

    def fit(self) -> None:
        """Give every column the room of its texts and share what is left, unless a hand set the widths."""
        shown = self.shown()
        missing = [column for column in shown if self.sectionSize(column) <= _LEAST]
        if self._by_hand and not missing:
            return
        least = {column: self._least_width(column) for column in shown}
        spare = self._room() - sum(least.values())
        shares = sum(column.spec.share for column in shown) or 1.0
        self._arranging = True
        for column in missing if self._by_hand else shown:
            more = 0 if self._by_hand else floor(spare * column.spec.share / shares)
            # Names may be shortened a little before the list must be pushed aside; numbers and states may not.
            self.resizeSection(column, least[column] + max(more, -least[column] // _GIVES))
        self._arranging = False

    def _room(self) -> int:
        """Return the width of the list's rows: the heading itself follows a new width only later."""
        table = self.parentWidget()
        return table.viewport().width() if isinstance(table, QAbstractScrollArea) else self.viewport().width()

    def _least_width(self, column: OrderColumn) -> int:
        if column not in self._least:
            font = QFont(self.font())
            font.setPointSizeF(9.0)
            font.setWeight(QFont.Weight.DemiBold)
            head = QFontMetrics(font).horizontalAdvance(str(column.spec.title)) + _HEAD_ROOM
            head += _SORT_ROOM if column.spec.sort is not None else 0
            self._least[column] = max(head, self._text_width(column) + _CELL_ROOM)
        return self._least[column]

    def _text_width(self, column: OrderColumn) -> int:
        if column is OrderColumn.STATUS:
            pills = (pill_pixmap(status, held=True, scale=1.0) for status in Status)
            return max(pill.width() for pill in pills)
        parent = self.parentWidget()
        metrics = QFontMetrics(parent.font() if parent is not None else self.font())
        return metrics.horizontalAdvance(str(column.spec.sample))

    def restore(self, settings: QSettings) -> None:
        """Take up widths, order and choice of columns of the last time."""
        state = settings.value(_LAYOUT_KEY)
        self._arranging = True
        if isinstance(state, QByteArray) and self.restoreState(state):
            self._by_hand = bool(settings.value(_WIDTHS_KEY, 0, int))
        self._arranging = False
        self.fit()

    def keep(self, settings: QSettings) -> None:
        """Keep widths, order and choice for the next time."""
        settings.setValue(_LAYOUT_KEY, self.saveState())
        settings.setValue(_WIDTHS_KEY, int(self._by_hand))

    @Slot(int, int, int)
    def _on_resized(self, _column: int, _before: int, _now: int) -> None:
        self._by_hand = self._by_hand or not self._arranging

    @Slot(int, int, int)
    def _on_moved(self, _column: int, _before: int, _now: int) -> None:
        if not self._arranging:
            self.changed.emit()

    @Slot(QPoint)
    def _on_menu(self, place: QPoint) -> None:
        self.menu().popup(self.mapToGlobal(place))

    def menu(self) -> QMenu:
        """Return a menu of the columns, ticked where shown."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Choose columns…"), self.columns_requested.emit)
        menu.addAction(tr("Usual columns"), self.show_usual)
        menu.addSeparator()
        for column in OrderColumn:
            action = menu.addAction(str(column.spec.title))
            action.setCheckable(True)
            action.setChecked(not self.isSectionHidden(column))
            action.setEnabled(column is not OrderColumn.REFERENCE)
            action.setData(int(column))
        menu.triggered.connect(self._on_ticked)
        return menu

    @Slot(object)
    def _on_ticked(self, action: object) -> None:
        data = getattr(action, "data", lambda: None)()
        if isinstance(data, int):
            self.toggle(OrderColumn.at(data))

    def toggle(self, column: OrderColumn) -> None:
        """Show a hidden column at the end, or hide a shown one."""
        shown = self.shown()
        rest = tuple(each for each in shown if each is not column)
        self.show_columns(rest if column in shown else (*shown, column))
