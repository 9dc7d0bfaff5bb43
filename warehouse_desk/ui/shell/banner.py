"""A calm line over the desk that says what is away; it comes and goes by itself and takes no focus."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from warehouse_desk.ui.icons import icon
from warehouse_desk.ui.theme import tokens

_ICON = 18


class Banner(QFrame):
    """Hidden while all is well."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._picture = QLabel()
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(10)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._text, 1)
        self.hide()

    @property
    def text(self) -> str:
        """What the banner says."""
        return self._text.text()

    @Slot(str)
    def show_text(self, text: str) -> None:
        """Say something until :meth:`hide`; a screen reader is told too."""
        self._picture.setPixmap(icon("verdict-refused", tokens().text).pixmap(_ICON, _ICON))
        self._text.setText(text)
        self.setAccessibleName(text)
        self.show()
