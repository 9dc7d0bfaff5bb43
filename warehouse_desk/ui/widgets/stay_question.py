"""Asks before something is lost: staying is the usual answer, leaving the red one."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from warehouse_desk.ui.widgets.make import named, text_label


class StayQuestion(QDialog):
    """A small window; Enter and Esc both stay, ``accepted`` means to leave."""

    def __init__(self, title: str, text: str, *, stay: str, leave: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.setMinimumWidth(430)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        staying = named(QPushButton(stay), "primary")
        staying.setDefault(True)
        staying.clicked.connect(self.reject)
        self.leave = named(QPushButton(leave, autoDefault=False), "danger")
        self.leave.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addWidget(self.leave)
        row.addStretch(1)
        row.addWidget(staying)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(12)
        box.addWidget(text_label(title, "title"))
        box.addWidget(text_label(text, wrap=True))
        box.addLayout(row)
