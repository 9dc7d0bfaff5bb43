"""Paints the grounds of marked cells, which a styled table leaves out."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

Index = QModelIndex | QPersistentModelIndex


class MarkDelegate(QStyledItemDelegate):
    """A cell with its mark's ground, and a frame around it while it is the current one."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        ground = index.data(Qt.ItemDataRole.BackgroundRole)
        if not isinstance(ground, QColor):
            super().paint(painter, option, index)
            return
        shown = QStyleOptionViewItem(option)
        is_current = bool(option.state & QStyle.StateFlag.State_Selected)
        shown.state &= ~QStyle.StateFlag.State_Selected
        place = option.rect.adjusted(1, 1, -1, -1)
        painter.fillRect(place, ground)
        super().paint(painter, shown, index)
        if is_current:
            painter.setPen(index.data(Qt.ItemDataRole.ForegroundRole))
            painter.setBrush(QBrush(Qt.BrushStyle.NoBrush))
            painter.drawRect(place)
