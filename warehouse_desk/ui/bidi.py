"""Keep references, phone numbers, dates and amounts in their order inside a right-to-left window."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

_ISOLATE, _END = "\u2066", "\u2069"


def in_order(text: str) -> str:
    """Return a text of digits and Latin letters so that it reads left to right wherever it stands."""
    mirrored = QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
    return f"{_ISOLATE}{text}{_END}" if mirrored and text else text


def leading_edge() -> Qt.AlignmentFlag:
    """Return the alignment to the window's leading edge, whatever script a text is in."""
    mirrored = QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
    return Qt.AlignmentFlag.AlignAbsolute | (Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft)
