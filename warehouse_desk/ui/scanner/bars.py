"""A barcode on the screen: whole pixels a module, so that a scanner reads it off the glass."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

_QUIET = 10
_HEIGHT = 110
_TEXT = 22
_PIXELS = 2
"""Device pixels a module at least; 2 px of a 96 dpi screen are 0.53 mm."""


class ScreenBarcode(QWidget):
    """Shows one Code 128, black on white whatever the scheme."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._widths: tuple[int, ...] = ()
        self.text = ""
        self.setSizePolicy(QSizePolicy.Policy.MinimumExpanding, QSizePolicy.Policy.Fixed)
        if text:
            self.show_text(text)

    def show_text(self, text: str) -> None:
        """Show another code."""
        from warehouse_desk.documents import code128

        self.text, self._widths = text, code128.encode(text).widths
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    @property
    def _modules(self) -> int:
        return sum(self._widths) + 2 * _QUIET

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        """Ask for two pixels a module."""
        return QSize(max(200, self._modules * _PIXELS), _HEIGHT + _TEXT)

    minimumSizeHint = sizeHint  # noqa: N815 - Qt's own name

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's own name
        """Paint the bars in device pixels, so that no scaling blurs them."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("white"))
        scale = self.devicePixelRatioF()
        painter.setPen(QColor("black"))
        caption = self.rect().adjusted(0, _HEIGHT, 0, 0)
        painter.drawText(caption, Qt.AlignmentFlag.AlignCenter, self.text)
        if self._widths:
            painter.scale(1 / scale, 1 / scale)
            module = max(1, int(self.width() * scale) // self._modules)
            left = (int(self.width() * scale) - module * self._modules) // 2 + _QUIET * module
            for place, width in enumerate(self._widths):
                if place % 2 == 0:
                    painter.fillRect(left, int(8 * scale), width * module, int((_HEIGHT - 12) * scale), QColor("black"))
                left += width * module
        painter.end()
