"""The order table's model: a window onto any number of orders, newest first, reading only the pages looked at."""

from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QElapsedTimer,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
    Slot,
)

from warehouse_desk.common.messages import tr
from warehouse_desk.domain.errors import DeskError
from warehouse_desk.domain.orders.finding import EVERY_ORDER, NEWEST_FIRST, Anchor, OrderFilter, Sort
from warehouse_desk.domain.orders.leaving import PRINT_AGAIN
from warehouse_desk.domain.orders.order import OrderRow, OrderWindow
from warehouse_desk.domain.results import ChangeSet
from warehouse_desk.domain.status import Status
from warehouse_desk.ui.orders.cache import PageCache
from warehouse_desk.ui.orders.columns import OrderColumn, ShownRow, shown_rows
from warehouse_desk.ui.workplace import Workplace

Index = QModelIndex | QPersistentModelIndex

PAGE = 200
"""Rows of a page; the distance of the anchors that ``Orders.open_window`` answers with."""
MISS_MS = 40
"""How long scrolling must rest before the pages under it are read; each new miss begins the wait again (ms).

A miss after a longer rest, as of a jump, does not wait.
"""
_ASK_LAST = 3
_LIVE = 1_000
"""Changed orders that are looked at one by one; more of them at once only mark the list as changed."""
_TRAILING = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
MISSING = "…"


class CellRole(IntEnum):
    """What a delegate asks of a cell besides its text."""

    STATUS = Qt.ItemDataRole.UserRole
    HELD = Qt.ItemDataRole.UserRole + 1
    OUTDATED = Qt.ItemDataRole.UserRole + 2


@dataclass(frozen=True, slots=True)
class Query:
    """Which orders are looked at."""

    status: Status | None = None
    keyword: str = ""
    more: OrderFilter = EVERY_ORDER
    """What else is asked for; its status and keyword do not count."""
    sort: Sort = NEWEST_FIRST

    title: str = ""
    """What the list is called where neither status nor keyword says it."""

    @property
    def order_filter(self) -> OrderFilter:
        """The whole filter."""
        return replace(self.more, status=self.status, keyword=self.keyword)


@dataclass(frozen=True, slots=True)
class _Page:
    generation: int
    number: int
    rows: tuple[ShownRow, ...]


@dataclass(frozen=True, slots=True)
class _Changed:
    requested: frozenset[int]
    rows: list[OrderRow]
    inside: frozenset[int]
    """Those that the list holds now."""


class OrderTableModel(QAbstractTableModel):
    """Rows by number; a cell that is not at hand yet shows an ellipsis and is read shortly after."""

    opened = Signal(int)
    """The list was read; carries its exact length."""
    failed = Signal(str)
    page_read = Signal()
    """Another page is at hand."""
    went_stale = Signal()
    """Orders came, left or moved: the list is no longer the one that was opened."""

    def __init__(self, workplace: Workplace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self.query = Query()
        self._generation = 0
        self._has_failed = False
        self._total = 0
        self._anchors: tuple[Anchor, ...] = ()
        self._cache = PageCache(PAGE)
        self._missing: list[int] = []
        self._requested: set[int] = set()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._last_miss = QElapsedTimer()
        self._timer.timeout.connect(self._ask_missing)
        workplace.changes.orders_changed.connect(self._on_orders_changed)

    def open(self, query: Query) -> None:
        """Read a list anew; the old one stays on the screen until the first rows are there."""
        self.query = query
        self.reload()

    def reload(self) -> None:
        """Read the same list again."""
        query = self.query
        self._generation += 1
        generation = self._generation
        self._workplace.at_desk(
            lambda desk: _Page(generation, 0, shown_rows(desk.orders.window_page(query.order_filter, query.sort))),
            owner=self,
            done=self._on_head,
            failed=self._on_failed,
            key="orders.head",
        )

    def _on_head(self, page: _Page) -> None:
        self._has_failed = False
        self.beginResetModel()
        self._cache = PageCache(PAGE)
        self._cache.put(0, page.rows)
        self._total = len(page.rows)
        self._anchors = ((None, page.rows[0].order.id),) if page.rows else ()
        self._requested.clear()
        self._missing.clear()
        self.endResetModel()
        if len(page.rows) < PAGE or not self._read_window(page.generation):
            self.opened.emit(self._total)

    def _read_window(self, generation: int) -> bool:
        query = self.query
        return self._workplace.at_desk(
            lambda desk: (generation, desk.orders.open_window(query.order_filter, query.sort)),
            owner=self,
            done=self._on_window,
            failed=self._on_failed,
            key="orders.window",
        )

    def _on_window(self, answer: tuple[int, OrderWindow]) -> None:
        generation, window = answer
        if generation != self._generation:
            return
        same_head = [each[1] for each in window.anchors[:1]] == [each[1] for each in self._anchors[:1]]
        if not same_head or window.total < self._total:
            self.beginResetModel()
            self._cache = PageCache(PAGE)
            self._total, self._anchors = window.total, window.anchors
            self.endResetModel()
        self._anchors = window.anchors
        if window.total > self._total:
            self.beginInsertRows(QModelIndex(), self._total, window.total - 1)
            self._total = window.total
            self.endInsertRows()
        self.opened.emit(self._total)

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            raise error
        self._has_failed = True
        self._requested.clear()
        self.failed.emit(str(error))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's own signature
        """Return the exact length of the list."""
        return 0 if parent.isValid() else self._total

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's own signature
        """Return the number of columns."""
        return 0 if parent.isValid() else len(OrderColumn)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        """Return what a cell shows."""
        if role == Qt.ItemDataRole.DisplayRole:
            row = self._at(index.row())
            return MISSING if row is None else row.cells[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _TRAILING if OrderColumn.at(index.column()).spec.number else None
        if role == CellRole.STATUS or role == CellRole.HELD:  # noqa: PLR1714 - IntEnum members against a plain int
            row = self._cache.row(index.row())
            if row is None:
                return None
            return row.order.status.value if role == CellRole.STATUS else row.order.held
        if role == CellRole.OUTDATED:
            row = self._cache.row(index.row())
            return row is not None and row.order.label_outdated
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tooltip(index)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            row = self._cache.row(index.row())
            return None if row is None else f"{OrderColumn.at(index.column()).spec.title}: {row.texts[index.column()]}"
        return None

    def _tooltip(self, index: Index) -> str | None:
        row = self._cache.row(index.row())
        if row is None:
            return None
        if index.column() == OrderColumn.STATUS and row.order.held:
            return tr("On hold: a supervisor must release it first.")
        if index.column() == OrderColumn.LABELS and row.order.label_outdated:
            return str(PRINT_AGAIN)
        return row.texts[index.column()] or None

    def headerData(  # noqa: N802 - Qt's own name
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:  # noqa: ANN401 - Qt's variant
        """Return a column's heading."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        spec = OrderColumn.at(section).spec
        if role == Qt.ItemDataRole.DisplayRole:
            return str(spec.title)
        if role == Qt.ItemDataRole.TextAlignmentRole and spec.number:
            return _TRAILING
        return None

    def row_at(self, index: int) -> OrderRow | None:
        """Return the order of a row, or None where it is not at hand."""
        row = self._cache.row(index)
        return None if row is None else row.order

    def place_of(self, order_id: int) -> int | None:
        """Return the row in which an order stands, or None where it is not at hand."""
        return self._cache.place_of(order_id)

    def texts_at(self, index: int) -> tuple[str, ...] | None:
        """Return the words of a row."""
        row = self._cache.row(index)
        return None if row is None else row.texts

    def _at(self, index: int) -> ShownRow | None:
        page = index // PAGE
        if self._cache.has_page(page):
            return self._cache.row(index)
        if page not in self._missing and page not in self._requested:
            self._missing.append(page)
            self._ask_soon()
        return self._cache.row(index)

    def _ask_soon(self) -> None:
        rested = self._last_miss.hasExpired(MISS_MS)
        self._last_miss.start()
        at_once = self._timer.isActive() and not self._timer.interval()
        self._timer.start(0 if rested or at_once else MISS_MS)

    def read_rows(self, first: int, last: int) -> None:
        """Bring rows to hand that nobody looks at: somebody is about to act on them."""
        pages = range(first // PAGE, last // PAGE + 1)
        self._ask([page for page in pages if page not in self._requested and not self._cache.has_page(page)])

    @Slot()
    def _ask_missing(self) -> None:
        wanted, self._missing = self._missing[-_ASK_LAST:], []
        self._ask(wanted)

    def _ask(self, pages: list[int]) -> None:
        for page in pages:
            if page < len(self._anchors) and self._read(page, self._anchors[page]):
                self._requested.add(page)

    def _read(self, number: int, anchor: Anchor) -> bool:
        query, generation = self.query, self._generation
        return self._workplace.at_desk(
            lambda desk: _Page(
                generation, number, shown_rows(desk.orders.window_page(query.order_filter, query.sort, first=anchor))
            ),
            owner=self,
            done=self._on_page,
            failed=self._on_failed,
        )

    def _on_page(self, page: _Page) -> None:
        if page.generation != self._generation:
            return
        self._requested.discard(page.number)
        self._cache.put(page.number, page.rows)
        first = page.number * PAGE
        last = min(first + PAGE, self._total) - 1
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(OrderColumn) - 1))
        self.page_read.emit()

    @Slot(object)
    def _on_orders_changed(self, changes: ChangeSet) -> None:
        query = self.query
        if changes.everything:
            self._on_everything_changed()
            return
        requested = sorted(changes.order_ids)
        if len(requested) > _LIVE:
            self.went_stale.emit()
            requested = self._cache.known(requested)[:_LIVE]
        if requested:
            self._workplace.at_desk(
                lambda desk: _Changed(
                    frozenset(requested),
                    desk.orders.rows(requested),
                    desk.orders.ids_in_list(query.order_filter, requested),
                ),
                owner=self,
                done=self._on_rows,
                failed=self._on_change_unread,
            )

    def _on_everything_changed(self) -> None:
        """Read the pages at hand again, each when it is looked at; the rows stay where they are."""
        if self._has_failed:
            self.reload()
            return
        self._cache.doubt()
        self._requested.clear()
        self.went_stale.emit()
        if self._total:
            self.dataChanged.emit(self.index(0, 0), self.index(self._total - 1, len(OrderColumn) - 1))

    def _on_change_unread(self, error: Exception) -> None:
        """Leave the rows as they are: the list still stands, and its next reading tells what is wrong."""
        if not isinstance(error, DeskError):
            raise error
        self.went_stale.emit()

    def _on_rows(self, answer: _Changed) -> None:
        gone = answer.requested - {order.id for order in answer.rows}
        # A deleted order that is not at hand stood among all orders for sure; of another list nobody can tell.
        moved = bool(gone) if self.query.order_filter == EVERY_ORDER else bool(self._cache.known(gone))
        for order in answer.rows:
            place = self._cache.replace(order)
            if place is not None:
                self.dataChanged.emit(self.index(place, 0), self.index(place, len(OrderColumn) - 1))
            moved = moved or self._is_moved(order, place, belongs=order.id in answer.inside)
        if moved:
            self.went_stale.emit()

    def _is_moved(self, order: OrderRow, place: int | None, *, belongs: bool) -> bool:
        """Tell whether a changed order came into this list or left it."""
        if place is not None:
            return not belongs
        is_newest = order.id > (self._anchors[0][1] if self._anchors else 0)
        is_new = is_newest if self.query.sort == NEWEST_FIRST else order.version == 1
        return belongs and (is_new or self.query.order_filter != EVERY_ORDER)
