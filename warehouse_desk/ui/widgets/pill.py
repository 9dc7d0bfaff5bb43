"""The pill that shows a status: icon, word and colour together, never the colour alone."""

from functools import lru_cache

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QLabel

from warehouse_desk.common.messages import tr
from warehouse_desk.domain.status import Status, status_name
from warehouse_desk.ui.icons import icon_pixmap, status_icon_name
from warehouse_desk.ui.theme import status_colours

HEIGHT = 24
_ICON = 15
_PAD = 8


@lru_cache(maxsize=256)
def _pill(status: Status, held: bool, ground: str, text: str, scale: float, language_word: str) -> QPixmap:
    font = QFont(QApplication.font())
    font.setPointSizeF(9.0)
    font.setWeight(QFont.Weight.DemiBold)
    metrics = QFontMetrics(font)
    extra = _ICON + 5 if held else 0
    width = _PAD + _ICON + 6 + metrics.horizontalAdvance(language_word) + extra + _PAD + 2
    pixmap = QPixmap(QSize(round(width * scale), round(HEIGHT * scale)))
    pixmap.setDevicePixelRatio(scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(ground))
    edge = QColor(text)
    edge.setAlphaF(0.35)
    painter.setPen(edge)
    painter.drawRoundedRect(QRectF(0.5, 0.5, width - 1, HEIGHT - 1), HEIGHT / 2, HEIGHT / 2)
    top = (HEIGHT - _ICON) / 2
    painter.drawPixmap(_PAD, round(top), icon_pixmap(status_icon_name(status), text, _ICON, scale))
    painter.setPen(QColor(text))
    painter.setFont(font)
    left = _PAD + _ICON + 6
    painter.drawText(QRectF(left, 0, width - left, HEIGHT), Qt.AlignmentFlag.AlignVCenter, language_word)
    if held:
        painter.drawPixmap(round(width - _PAD - _ICON), round(top), icon_pixmap("hold", text, _ICON, scale))
    painter.end()
    return pixmap


def pill_pixmap(status: Status, *, held: bool, scale: float) -> QPixmap:
    """Return the pill of a status, with a pause sign where the order is held; drawn once for each screen scale."""
    ground, text = status_colours(status)
    return _pill(status, held, ground, text, scale, str(status_name(status)))


class StatusPill(QLabel):
    """A pill as a widget of its own."""

    def show_status(self, status: Status, *, held: bool) -> None:
        """Show a status."""
        self.setPixmap(pill_pixmap(status, held=held, scale=self.devicePixelRatioF()))
        name = str(status_name(status))
        self.setAccessibleName(tr("Status: {status}, on hold", status=name) if held else name)
