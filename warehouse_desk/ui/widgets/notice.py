"""A calm word in place of content: what is the matter and what to do."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from warehouse_desk.ui.icons import icon_pixmap
from warehouse_desk.ui.theme import tokens
from warehouse_desk.ui.widgets.make import named

_ICON = 56


class Notice(QWidget):
    """Icon, title, sentence and at most one button."""

    acted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._title = named(QLabel(alignment=Qt.AlignmentFlag.AlignCenter), "big")
        self._text = named(QLabel(alignment=Qt.AlignmentFlag.AlignCenter), "muted")
        self._title.setWordWrap(True)
        self._text.setWordWrap(True)
        self._button = QPushButton()
        self._button.clicked.connect(self.acted)
        box = QVBoxLayout(self)
        box.addStretch(2)
        for widget in (self._icon, self._title, self._text):
            box.addWidget(widget)
        box.addSpacing(8)
        box.addWidget(self._button, 0, Qt.AlignmentFlag.AlignCenter)
        box.addStretch(3)

    @property
    def button_text(self) -> str:
        """What the button says."""
        return self._button.text()

    def show_text(self, icon: str, title: str, text: str, button: str) -> None:
        """Say something; without words the button is hidden."""
        self._icon.setPixmap(icon_pixmap(icon, tokens().muted, _ICON, self.devicePixelRatioF()))
        self._title.setText(title)
        self._text.setText(text)
        self._button.setText(button)
        self._button.setVisible(bool(button))
