"""The sheet of keys: every action that has one, the scanner's modes, and what works inside the list."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from warehouse_desk.common.messages import Message, msg, tr
from warehouse_desk.ui.actions.catalogue import CATALOGUE
from warehouse_desk.ui.bidi import in_order
from warehouse_desk.ui.scanner.wording import MODES, shortcut_of
from warehouse_desk.ui.widgets.make import text_label

_SECTIONS: tuple[tuple[Message, tuple[str, ...]], ...] = (
    (msg("Orders"), ("order.",)),
    (msg("Files and paper"), ("orders.import", "orders.export", "file.", "print.")),
    (msg("Orders and saved lists"), ("orders.", "views.", "view.")),
    (msg("Window and scanner"), ("program.", "scan.", "look.", "session.", "people.", "tokens.", "preferences.")),
)
_IN_LIST: tuple[tuple[str, Message], ...] = (
    ("Ctrl+A", msg("Select the whole list, however long")),
    ("Ctrl+C", msg("Copy the selected rows for a spreadsheet")),
    ("Return", msg("Edit the order")),
    ("Shift+Down", msg("Select more rows")),
    ("Menu", msg("All steps for the selected rows")),
    ("Esc", msg("Clear the selection, then the search")),
)


def key_rows() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the sheet: sections with keys and what they do, as they are shown."""
    sections = []
    left = [spec for spec in CATALOGUE if spec.shortcut]
    for title, starts in _SECTIONS:
        here = [spec for spec in left if spec.id.startswith(starts)]
        left = [spec for spec in left if spec not in here]
        sections.append((str(title), [(_keys(spec.shortcut), str(spec.text)) for spec in here]))
    sections.append((tr("Inside the list"), [(_keys(keys), str(what)) for keys, what in _IN_LIST]))
    sections.append((tr("Scanner: what a scan does"), [(_keys(shortcut_of(mode)), str(mode.label)) for mode in MODES]))
    return [section for section in sections if section[1]]


def _keys(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


class KeysDialog(QDialog):
    """Shows the sheet in two columns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Keyboard"))
        self.resize(980, 660)
        sheet = QWidget()
        across = QHBoxLayout(sheet)
        across.setSpacing(36)
        for half in _halves(key_rows()):
            across.addLayout(_column(half), 1)
        area = QScrollArea(widgetResizable=True)
        area.setWidget(sheet)
        area.setAccessibleName(tr("Keyboard"))
        close = QPushButton(tr("Close"))
        close.setDefault(True)
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 14)
        box.addWidget(text_label(tr("Keyboard"), "title"))
        box.addWidget(area, 1)
        box.addLayout(foot)


Section = tuple[str, list[tuple[str, str]]]


def _halves(sections: Sequence[Section]) -> tuple[list[Section], list[Section]]:
    """Share the sections so that both columns are about as long."""
    total = sum(len(rows) + 2 for _, rows in sections)
    first: list[Section] = []
    for section in sections:
        if sum(len(rows) + 2 for _, rows in first) >= total / 2 - 3:
            break
        first.append(section)
    return first, list(sections[len(first) :])


def _column(sections: Sequence[Section]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(5)
    grid.setColumnStretch(1, 1)
    line = 0
    for title, rows in sections:
        head = text_label(title, "section")
        head.setContentsMargins(0, 10 if line else 0, 0, 2)
        grid.addWidget(head, line, 0, 1, 2)
        line += 1
        for keys, what in rows:
            cap = text_label(in_order(keys), "keycap")
            grid.addWidget(cap, line, 0, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(text_label(what, wrap=True), line, 1)
            line += 1
    grid.setRowStretch(line, 1)
    return grid
