"""How the panes of the window lie beside each other."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget


def split(way: Qt.Orientation, parts: Sequence[QWidget], *, growing: int, sizes: Sequence[int] = ()) -> QSplitter:
    """Put panes beside or above each other; one of them takes the space that is left. Sizes in logical pixels."""
    splitter = QSplitter(way, childrenCollapsible=False)
    for part in parts:
        splitter.addWidget(part)
    splitter.setStretchFactor(growing, 1)
    if sizes:
        splitter.setSizes(list(sizes))
    return splitter


def stacked(parts: Sequence[QWidget]) -> QWidget:
    """Put panes above each other with the window's margins around them."""
    page = QWidget()
    box = QVBoxLayout(page)
    box.setContentsMargins(8, 8, 8, 8)
    for part in parts:
        box.addWidget(part)
    return page
