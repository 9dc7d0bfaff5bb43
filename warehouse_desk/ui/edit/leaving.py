"""Asks before something typed is thrown away."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from warehouse_desk.common.messages import tr
from warehouse_desk.ui.widgets.make import named, text_label


class LeaveQuestion(QDialog):
    """A small window over an editor; Enter and Esc both go back to what was typed."""

    left = Signal()
    """Leave without saving."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.setMinimumWidth(430)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Not saved yet"))
        stay = named(QPushButton(tr("Continue editing")), "primary")
        stay.setDefault(True)
        stay.clicked.connect(self.reject)
        self.leave = named(QPushButton(tr("Close without saving"), autoDefault=False), "danger")
        self.leave.clicked.connect(self.accept)
        self.accepted.connect(self.left)
        row = QHBoxLayout()
        row.addWidget(self.leave)
        row.addStretch(1)
        row.addWidget(stay)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(12)
        box.addWidget(named(QLabel(self.windowTitle()), "title"))
        box.addWidget(text_label(tr("Your changes are not saved yet. Closing discards them."), wrap=True))
        box.addLayout(row)
