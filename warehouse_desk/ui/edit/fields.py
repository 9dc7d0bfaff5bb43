"""Fields with their fault beside them."""

import unicodedata
from collections.abc import Callable
from functools import partial
from typing import TypeAlias

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from warehouse_desk.common.messages import Message
from warehouse_desk.ui.bidi import is_mirrored
from warehouse_desk.ui.widgets.field import Field

Doubt: TypeAlias = Callable[[str], Message | None]
"""Tells what is unlikely in a text, or nothing."""

_LABEL_DROP, _LABEL_ROOM = 8, 6
_LINES_HEIGHT = 62
"""Two lines of text (logical pixels); more are scrolled."""


class LinesEdit(QPlainTextEdit):
    """A text of several lines that stands on the side where its script begins, as a line edit does by itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setFixedHeight(_LINES_HEIGHT)
        self.textChanged.connect(self._align)
        self._align()

    @Slot()
    def _align(self) -> None:
        is_rightward = begins_at_right(self.toPlainText())
        side = Qt.AlignmentFlag.AlignRight if is_rightward else Qt.AlignmentFlag.AlignLeft
        option = self.document().defaultTextOption()
        if option.alignment() != side:
            option.setAlignment(side)
            self.document().setDefaultTextOption(option)


def begins_at_right(text: str) -> bool:
    """Tell whether a text is read from the right: by its first letter, or as the window where it has none."""
    strong = (kind for kind in map(unicodedata.bidirectional, text) if kind in {"L", "R", "AL"})
    return next(strong, "R" if is_mirrored() else "L") != "L"


def form_label(text: str, field: QWidget) -> QLabel:
    """Return the label of a field, level with its first line; the letter under its line needs a little more room."""
    label = QLabel(text)
    label.setBuddy(field)
    room = (_LABEL_ROOM, 0) if is_mirrored() else (0, _LABEL_ROOM)
    label.setContentsMargins(room[0], _LABEL_DROP, room[1], 0)
    return label


class TextFields:
    """The texts of an order by their wire names, in a form."""

    def __init__(self, form: QFormLayout) -> None:
        self._form = form
        self.fields: dict[str, Field] = {}
        self._read: dict[str, Callable[[], str]] = {}
        self._doubts: dict[str, Doubt] = {}

    def add_line(self, name: str, label: str, limit: int, doubt: Doubt | None = None) -> None:
        """Add a text of one line; ``doubt`` tells what is unlikely in it, and is asked when it is left."""
        editor = QLineEdit(maxLength=limit)
        self._read[name] = editor.text
        self._add(name, label, editor)
        if doubt is not None:
            self._doubts[name] = doubt
            editor.editingFinished.connect(partial(self._show_doubt, name))
            editor.textEdited.connect(partial(self._forget_doubt, name))

    def _forget_doubt(self, name: str, _text: str) -> None:
        self.fields[name].show_doubt("")

    def _show_doubt(self, name: str) -> None:
        text = self.text(name)
        doubt = self._doubts[name](text) if text else None
        self.fields[name].show_doubt("" if doubt is None else str(doubt))

    def add_lines(self, name: str, label: str) -> None:
        """Add a text of several lines; Tab leaves it."""
        editor = LinesEdit()
        self._read[name] = editor.toPlainText
        self._add(name, label, editor)

    def add_field(self, name: str, label: str, editor: QWidget, read: Callable[[], str]) -> None:
        """Add any other editor."""
        self._read[name] = read
        self._add(name, label, editor)

    def _add(self, name: str, label: str, editor: QWidget) -> None:
        self.fields[name] = Field(editor)
        self._form.addRow(form_label(label, self.fields[name]), self.fields[name])

    def set_text(self, name: str, text: str | None) -> None:
        """Fill a text."""
        editor = self.fields[name].editor
        if isinstance(editor, QLineEdit):
            editor.setText(text or "")
            editor.setCursorPosition(0)
            if name in self._doubts:
                self._show_doubt(name)
        elif isinstance(editor, QPlainTextEdit):
            editor.setPlainText(text or "")

    def text(self, name: str) -> str:
        """Return what a field holds."""
        return self._read[name]().strip()

    def clear_faults(self) -> None:
        """Take all faults back."""
        for field in self.fields.values():
            field.show_fault("")
