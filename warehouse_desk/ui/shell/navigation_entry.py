"""How an entry of the navigation is painted."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from warehouse_desk.domain.status import Status
from warehouse_desk.ui.icons import icon_pixmap, status_icon_name
from warehouse_desk.ui.theme import TOUCH, status_colours, tokens

STATUS = Qt.ItemDataRole.UserRole
"""A status's value, None for all orders, or one of ``BOARD``, ``GOODS``, ``VIEW`` and ``HEAD``."""
COUNT = Qt.ItemDataRole.UserRole + 1
NAME = Qt.ItemDataRole.UserRole + 2
CHANGED = Qt.ItemDataRole.UserRole + 3
BOARD, GOODS, VIEW, HEAD = "board", "goods", "view", "head"
_ICON = 20
_CHIP = 30
_HEAD_HEIGHT = 28
_DOT = 8


class EntryDelegate(QStyledItemDelegate):
    """Paints icon on its colour, name, and at the trailing edge the count, or a dot where a view was changed."""

    row_height = TOUCH

    def sizeHint(  # noqa: N802 - Qt's own name
        self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return a height that a finger hits; a heading is lower."""
        return QSize(180, _HEAD_HEIGHT if index.data(STATUS) == HEAD else self.row_height)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one entry."""
        super().paint(painter, option, index)
        area: QRect = option.rect.adjusted(6, 0, -8, 0)
        mirrored = option.direction is Qt.LayoutDirection.RightToLeft
        kind = index.data(STATUS)
        if kind == HEAD:
            self._paint_head(painter, option, str(index.data(NAME)), area)
            return
        status = None if kind in {None, BOARD, GOODS, VIEW} else Status(kind)
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
        name = {BOARD: "board", GOODS: "goods", VIEW: "bookmark"}.get(kind) or status_icon_name(status)
        inset = (_CHIP - _ICON) // 2
        painter.drawPixmap(chip.left() + inset, chip.top() + inset, icon_pixmap(name, ink, _ICON, scale))
        gap = _CHIP + 10
        words = area.adjusted(0, 0, -gap, 0) if mirrored else area.adjusted(gap, 0, 0, 0)
        self._paint_words(painter, option, index, words)
        painter.restore()

    @staticmethod
    def _paint_head(painter: QPainter, option: QStyleOptionViewItem, text: str, area: QRect) -> None:
        painter.save()
        font = QFont(option.font)
        font.setPointSizeF(9.0)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(tokens().muted))
        leading = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(area, int(leading), text)
        painter.restore()

    @staticmethod
    def _paint_words(
        painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex, area: QRect
    ) -> None:
        font = QFont(option.font)
        count = str(index.data(COUNT) or "")
        painter.setPen(QColor(tokens().muted))
        painter.setFont(font)
        trailing = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(area, int(trailing), count)
        font.setWeight(QFont.Weight.Medium)
        painter.setFont(font)
        painter.setPen(QColor(tokens().text))
        space = painter.fontMetrics().horizontalAdvance(count) + 8
        mirrored = option.direction is Qt.LayoutDirection.RightToLeft
        if index.data(CHANGED):
            space = _DOT + 8
            dot = QRect(0, 0, _DOT, _DOT)
            dot.moveCenter(area.center())
            dot.moveLeft(area.left() if mirrored else area.right() - _DOT)
            painter.save()
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens().accent))
            painter.drawEllipse(dot)
            painter.restore()
        room = area.adjusted(space if mirrored else 0, 0, 0 if mirrored else -space, 0)
        text = painter.fontMetrics().elidedText(str(index.data(NAME)), Qt.TextElideMode.ElideRight, room.width())
        leading = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, int(leading), text)
