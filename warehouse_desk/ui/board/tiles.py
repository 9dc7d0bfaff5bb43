"""The tiles of today: how many orders reached a status, to be pressed."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from warehouse_desk.common.formats import count_text
from warehouse_desk.common.messages import nmsg, tr
from warehouse_desk.domain.reports import OrderSet
from warehouse_desk.domain.status import Status, status_name
from warehouse_desk.ui.icons import icon_pixmap, status_icon_name
from warehouse_desk.ui.theme import status_colours, tokens

HEIGHT = 84
_CHIP = 28
_ICON = 18


class StatusTile(QAbstractButton):
    """Number, icon on its status colour, and the status's name."""

    def __init__(self, status: Status, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.status = status
        self.orders = OrderSet()
        self._number = "…"
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(str(status_name(status)))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        """Ask for room for the number and two lines of name."""
        return QSize(100, HEIGHT)

    def show_orders(self, orders: OrderSet) -> None:
        """Show how many orders reached the status."""
        self.orders = orders
        self._number = count_text(orders.count)
        counted = nmsg("{n} order reached it today", "{n} orders reached it today", orders.count)
        told = tr("{status}: {counted}", status=status_name(self.status), counted=counted)
        self.setAccessibleName(told)
        self.setToolTip(told)
        self.setEnabled(orders.count > 0)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's own name
        """Paint the tile."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scheme = tokens()
        edge = scheme.accent if self.hasFocus() else scheme.muted if self.underMouse() else scheme.line
        painter.setPen(QPen(QColor(edge), 2 if self.hasFocus() else 1))
        painter.setBrush(QColor(scheme.raised if self.underMouse() and self.isEnabled() else scheme.panel))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 8, 8)
        inside = self.rect().adjusted(11, 10, -11, -8)
        self._paint_chip(painter, inside)
        self._paint_words(painter, inside)
        painter.end()

    def _paint_chip(self, painter: QPainter, inside: QRect) -> None:
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        ground, ink = status_colours(self.status)
        left = inside.left() if mirrored else inside.right() - _CHIP + 1
        chip = QRect(QPoint(left, inside.top()), QSize(_CHIP, _CHIP))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(chip, 8, 8)
        inset = (_CHIP - _ICON) // 2
        drawing = icon_pixmap(status_icon_name(self.status), ink, _ICON, self.devicePixelRatioF())
        painter.drawPixmap(chip.left() + inset, chip.top() + inset, drawing)

    def _paint_words(self, painter: QPainter, inside: QRect) -> None:
        scheme = tokens()
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        edge = Qt.AlignmentFlag.AlignAbsolute
        edge |= Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        font = QFont(self.font())
        font.setPointSizeF(17.0)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(scheme.text if self.orders.count else scheme.disabled))
        line = QRect(inside.left(), inside.top(), inside.width(), _CHIP)
        painter.drawText(line, edge | Qt.AlignmentFlag.AlignVCenter, self._number)
        font.setPointSizeF(9.0)
        font.setWeight(QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(QColor(scheme.muted))
        below = inside.adjusted(0, _CHIP + 6, 0, 0)
        flags = int(edge | Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)
        painter.drawText(below, flags, str(status_name(self.status)))
