"""Make widgets whose role the stylesheet knows."""

from typing import TypeVar

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QWidget

Named = TypeVar("Named", bound=QObject)


def named(widget: Named, role: str) -> Named:
    """Give a widget its role and return it."""
    widget.setObjectName(role)
    return widget


def centred(widget: QWidget) -> QHBoxLayout:
    """Return a row with a widget of fixed width in its middle.

    An alignment would do the same but for the height, which Qt then reckons for the whole row's width: sentences that
    wrap would be cut.
    """
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(widget)
    row.addStretch(1)
    return row


def text_label(text: str = "", role: str = "", *, wrap: bool = False) -> QLabel:
    """Return a label that shows plain text only: nothing that a customer wrote is taken for markup."""
    label = QLabel(text)
    label.setObjectName(role)
    label.setWordWrap(wrap)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def leave_or_go(dialog: QDialog, leave: str, go: QPushButton) -> QHBoxLayout:
    """Return a dialog's last row: the button that leaves it, and the one that goes on.

    Enter presses the second, unless it destroys something (role ``danger``): then it leaves.
    """
    way_out = QPushButton(leave)
    way_out.clicked.connect(dialog.reject)
    first, other = (way_out, go) if go.objectName() == "danger" else (go, way_out)
    first.setDefault(True)
    other.setAutoDefault(False)
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(way_out)
    row.addWidget(go)
    return row
