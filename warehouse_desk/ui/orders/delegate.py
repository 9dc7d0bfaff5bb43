"""Paints the status cell as a pill; all other cells are painted by Qt itself."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from warehouse_desk.domain.status import Status
from warehouse_desk.ui.orders.model import CellRole
from warehouse_desk.ui.widgets.pill import HEIGHT, pill_pixmap

_INSET = 6


class StatusDelegate(QStyledItemDelegate):
    """The status column's painter."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint the ground as for any cell, then the pill from its cached picture."""
        status = index.data(CellRole.STATUS)
        if status is None:
            super().paint(painter, option, index)
            return
        plain = QStyleOptionViewItem(option)
        self.initStyleOption(plain, index)
        plain.text = ""
        widget = option.widget
        style = widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, plain, painter, widget)
        pixmap = pill_pixmap(
            Status(status), held=bool(index.data(CellRole.HELD)), scale=painter.device().devicePixelRatioF()
        )
        area: QRect = option.rect
        width = round(pixmap.deviceIndependentSize().width())
        box = QStyle.alignedRect(
            option.direction,
            Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter,
            pixmap.deviceIndependentSize().toSize(),
            area.adjusted(_INSET, 0, -_INSET, 0),
        )
        painter.save()
        painter.setClipRect(area)
        painter.drawPixmap(box.x(), area.center().y() - HEIGHT // 2 + 1, width, HEIGHT, pixmap)
        painter.restore()
