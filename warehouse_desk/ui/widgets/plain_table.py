"""A table of texts in which whole rows are chosen, and a column of buttons for the chosen row."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QPushButton, QTableWidget, QVBoxLayout

from warehouse_desk.common.messages import Message
from warehouse_desk.ui.icons import icon
from warehouse_desk.ui.theme import ROW_HEIGHT, TOUCH, tokens
from warehouse_desk.ui.widgets.make import named

Verb = tuple[str, Message, str]
"""What can be asked for, the words on its button, and its picture."""


def plain_table(name: str, headings: Sequence[object]) -> QTableWidget:
    """Return an empty table; ``name`` is what a screen reader calls it."""
    table = QTableWidget(0, len(headings))
    table.setAccessibleName(name)
    table.setHorizontalHeaderLabels([str(heading) for heading in headings])
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
    header = table.horizontalHeader()
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
    header.setHighlightSections(False)
    return table


def fit_columns(table: QTableWidget, growing: int) -> None:
    """Make each column as wide as its texts; the growing one takes what is left."""
    header = table.horizontalHeader()
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(growing, QHeaderView.ResizeMode.Stretch)


def verb_buttons(verbs: Sequence[Verb], ask: Callable[[str], None]) -> tuple[dict[str, QPushButton], QVBoxLayout]:
    """Return a button for each verb and the column in which they stand; the one that adds stands out."""
    buttons: dict[str, QPushButton] = {}
    column = QVBoxLayout()
    column.setSpacing(8)
    for verb, words, picture in verbs:
        button = QPushButton(icon(picture), str(words), autoDefault=False)
        button.setMinimumHeight(TOUCH)
        button.clicked.connect(lambda _checked=False, verb=verb: ask(verb))
        buttons[verb] = button
        column.addWidget(button)
    named(buttons["add"], "primary").setIcon(icon("plus", tokens().accent_text))
    column.addStretch(1)
    return buttons, column
