"""Keep references, phone numbers, dates and amounts in their order inside a right-to-left window."""

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDateEdit

_ARABIC = re.compile("[\u0621-\u064a]")
_ISOLATE, _FIRST_STRONG, _END = "\u2066", "\u2068", "\u2069"


def is_mirrored() -> bool:
    """Tell whether the window is laid out from right to left."""
    return QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft


def in_order(text: str) -> str:
    """Return a text of digits and Latin letters so that it reads left to right wherever it stands.

    With an Arabic word beside the digits, as in an amount of dirhams, it reads from the right.
    """
    if not text or not is_mirrored():
        return text
    return isolated(text) if _ARABIC.search(text) else f"{_ISOLATE}{text}{_END}"


def as_written(text: str) -> str:
    """Return a free text that reads in the direction of its own letters: ``12 rue Atlas`` keeps its number first."""
    return isolated(text) if is_mirrored() else text


def isolated(text: str) -> str:
    """Return a text whose direction is its own: neither Arabic nor digits beside it turn it about."""
    return f"{_FIRST_STRONG}{text}{_END}" if text else text


def leading_edge() -> Qt.AlignmentFlag:
    """Return the alignment to the window's leading edge, whatever script a text is in."""
    return Qt.AlignmentFlag.AlignAbsolute | (
        Qt.AlignmentFlag.AlignRight if is_mirrored() else Qt.AlignmentFlag.AlignLeft
    )


def use_day_first(edit: QDateEdit) -> None:
    """Show a date as day, month, year; a field laid out from the right would turn that about."""
    edit.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    edit.setAlignment(leading_edge() | Qt.AlignmentFlag.AlignVCenter)
    edit.setDisplayFormat("dd/MM/yyyy")
