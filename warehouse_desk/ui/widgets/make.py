"""Make widgets whose role the stylesheet knows."""

from typing import TypeVar

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QLabel

Named = TypeVar("Named", bound=QObject)


def named(thing: Named, role: str) -> Named:
    """Give a widget its role and return it."""
    thing.setObjectName(role)
    return thing


def text_label(text: str = "", role: str = "", *, wrap: bool = False) -> QLabel:
    """Return a label that shows plain text only: nothing that a customer wrote is taken for markup."""
    label = QLabel(text)
    label.setObjectName(role)
    label.setWordWrap(wrap)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
