"""The list of statuses with their live counts."""

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QPainter, QResizeEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from warehouse_desk.common.messages import tr
from warehouse_desk.domain.status import Status, status_name
from warehouse_desk.ui.icons import icon_pixmap, status_icon_name
from warehouse_desk.ui.theme import TOUCH, status_colours, tokens

_STATUS = Qt.ItemDataRole.UserRole
_COUNT = Qt.ItemDataRole.UserRole + 1
_NAME = Qt.ItemDataRole.UserRole + 2
_BOARD, _GOODS = "board", "goods"
_PAGES = (_BOARD, _GOODS)
_LEAST_ROW = 34
"""Height of an entry (logical pixels) on a low screen, so that all entries can be seen without scrolling."""
_MARGIN = 1
_ICON = 20
_CHIP = 30


class _EntryDelegate(QStyledItemDelegate):
    """Paints icon on its status colour, name, and count at the trailing edge."""

    row_height = TOUCH

    def sizeHint(  # noqa: N802 - Qt's own name
        self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(180, self.row_height)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        area: QRect = option.rect.adjusted(8, 0, -10, 0)
        mirrored = option.direction is Qt.LayoutDirection.RightToLeft
        status = _status_of(index.data(_STATUS))
        ground, ink = (tokens().accent_soft, tokens().accent) if status is None else status_colours(status)
        chip = QRect(0, 0, _CHIP, _CHIP)
        chip.moveCenter(area.center())
        chip.moveLeft(area.right() - _CHIP if mirrored else area.left())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(chip, 8, 8)
        scale = painter.device().devicePixelRatioF()
        name = index.data(_STATUS) if index.data(_STATUS) in _PAGES else status_icon_name(status)
        inset = (_CHIP - _ICON) // 2
        painter.drawPixmap(chip.left() + inset, chip.top() + inset, icon_pixmap(name, ink, _ICON, scale))
        gap = _CHIP + 10
        words = area.adjusted(0, 0, -gap, 0) if mirrored else area.adjusted(gap, 0, 0, 0)
        self._paint_words(painter, option, index, words)
        painter.restore()

    @staticmethod
    def _paint_words(
        painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex, area: QRect
    ) -> None:
        font = QFont(option.font)
        count = str(index.data(_COUNT) or "")
        painter.setPen(QColor(tokens().muted))
        painter.setFont(font)
        trailing = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(area, int(trailing), count)
        font.setWeight(QFont.Weight.Medium)
        painter.setFont(font)
        painter.setPen(QColor(tokens().text))
        space = painter.fontMetrics().horizontalAdvance(count) + 8
        mirrored = option.direction is Qt.LayoutDirection.RightToLeft
        room = area.adjusted(space if mirrored else 0, 0, 0 if mirrored else -space, 0)
        text = painter.fontMetrics().elidedText(str(index.data(_NAME)), Qt.TextElideMode.ElideRight, room.width())
        leading = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, int(leading), text)


def _status_of(value: str | None) -> Status | None:
    return None if value is None or value in _PAGES else Status(value)


class Navigation(QListWidget):
    """All orders, the nine statuses, the board, the goods."""

    status_chosen = Signal(object)
    """A ``Status``, or None for all orders."""
    board_chosen = Signal()
    goods_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.counts: dict[Status, int] = {}
        self.setObjectName("navigation")
        self.setAccessibleName(tr("Statuses"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._entries = _EntryDelegate(self)
        self.setItemDelegate(self._entries)
        for status in (None, *Status):
            item = QListWidgetItem()
            name = tr("All orders") if status is None else str(status_name(status))
            item.setData(_NAME, name)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, name)
            item.setData(_STATUS, None if status is None else status.value)
            item.setToolTip(name)
            self.addItem(item)
        self._board = self._add_page(_BOARD, tr("Board"), tr("Today, stuck parcels, shorts to fill, return rates"))
        about = tr("Products, stock, returned goods, warehouses, companies, persons, cities")
        self._goods = self._add_page(_GOODS, tr("Goods"), about)
        self.setCurrentRow(0)
        self.currentRowChanged.connect(self._on_row)

    def _add_page(self, page: str, name: str, about: str) -> QListWidgetItem:
        item = QListWidgetItem()
        item.setData(_STATUS, page)
        item.setData(_NAME, name)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, name)
        item.setToolTip(about)
        self.addItem(item)
        return item

    def set_board_offered(self, offered: bool) -> None:
        """Show the board only to who may look at reports."""
        self._board.setHidden(not offered)
        self._fit_rows()

    def set_goods_offered(self, offered: bool) -> None:
        """Show goods and directories only to who may change some of them."""
        self._goods.setHidden(not offered)
        self._fit_rows()

    def choose_goods(self) -> None:
        """Go to goods and directories, as if the entry were chosen by hand."""
        self.setCurrentItem(self._goods)

    def show_counts(self, counts: Mapping[Status, int]) -> None:
        """Show how many orders stand where."""
        self.counts = dict(counts)
        for row in range(self.count()):
            item = self.item(row)
            if item.data(_STATUS) in _PAGES:
                continue
            status = _status_of(item.data(_STATUS))
            number = sum(counts.values()) if status is None else counts.get(status, 0)
            item.setData(_COUNT, f"{number:,}".replace(",", "\u202f"))
            name = item.data(_NAME)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{name}: {number}")

    def chosen(self) -> Status | None:
        """Return the status looked at; None for all orders, and where the list is none of these."""
        item = self.currentItem()
        return None if self.currentRow() < 0 else _status_of(item.data(_STATUS))

    def mark(self, row: int) -> None:
        """Mark an entry (-1: none) without choosing it."""
        self.blockSignals(True)
        self.setCurrentRow(row)
        self.blockSignals(False)

    def row_of(self, status: Status | None) -> int:
        """Return the row of a status, or of all orders."""
        return 0 if status is None else list(Status).index(status) + 1

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own name
        """Make the entries lower where they would not all fit."""
        super().resizeEvent(event)
        self._fit_rows()

    def _fit_rows(self) -> None:
        shown = sum(1 for row in range(self.count()) if not self.item(row).isHidden())
        height = max(_LEAST_ROW, min(TOUCH, self.viewport().height() // max(1, shown) - _MARGIN))
        if height != self._entries.row_height:
            self._entries.row_height = height
            self.scheduleDelayedItemsLayout()

    @Slot(int)
    def _on_row(self, row: int) -> None:
        if row < 0:
            return
        if self.item(row) is self._board:
            self.board_chosen.emit()
        elif self.item(row) is self._goods:
            self.goods_chosen.emit()
        else:
            self.status_chosen.emit(self.chosen())
