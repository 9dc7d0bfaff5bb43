"""Paints the status cell as a pill and marks an outdated label; all other cells are painted by Qt itself."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from warehouse_desk.domain.status import Status
from warehouse_desk.ui.icons import icon_pixmap
from warehouse_desk.ui.orders.model import CellRole
from warehouse_desk.ui.theme import tokens
from warehouse_desk.ui.widgets.pill import HEIGHT, pill_pixmap

_INSET = 6
_SIGN = 14
"""Side of the sign of an outdated label, in points."""


class LabelDelegate(QStyledItemDelegate):
    """The label column's painter: an outdated label stands out by its colour, its weight and a sign."""

    def initStyleOption(  # noqa: N802 - Qt's own name
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Mark the cell of an order whose label is outdated."""
        super().initStyleOption(option, index)
        if not index.data(CellRole.OUTDATED):
            return
        option.font.setBold(True)
        option.palette.setColor(QPalette.ColorRole.Text, QColor(tokens().error))
        option.palette.setColor(QPalette.ColorRole.HighlightedText, QColor(tokens().error))
        option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
        option.icon = QIcon(icon_pixmap("outdated", tokens().error, _SIGN, option.widget.devicePixelRatioF()))
        option.decorationSize = QSize(_SIGN, _SIGN)


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
