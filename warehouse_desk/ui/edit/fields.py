"""Fields with their fault beside them."""

from collections.abc import Callable

from PySide6.QtWidgets import (
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from warehouse_desk.ui.widgets.make import named

_LINES_HEIGHT = 62
"""Two lines of text (logical pixels); more are scrolled."""


class Field(QWidget):
    """An editor with room for the sentence that says what is wrong with it."""

    def __init__(self, editor: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = editor
        self._fault = named(QLabel(), "fault")
        self._fault.setWordWrap(True)
        self._fault.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        box.addWidget(editor)
        box.addWidget(self._fault)
        self.setFocusProxy(editor)

    def show_fault(self, sentence: str) -> None:
        """Say what is wrong; an empty sentence takes it back."""
        self._fault.setText(sentence)
        self._fault.setVisible(bool(sentence))
        self.editor.setProperty("wrong", bool(sentence))
        self.editor.style().unpolish(self.editor)
        self.editor.style().polish(self.editor)

    @property
    def fault(self) -> str:
        """What is wrong, as it is shown."""
        return "" if self._fault.isHidden() else self._fault.text()


class TextFields:
    """The texts of an order by their wire names, in a form."""

    def __init__(self, form: QFormLayout) -> None:
        self._form = form
        self.fields: dict[str, Field] = {}
        self._read: dict[str, Callable[[], str]] = {}

    def add_line(self, name: str, label: str, limit: int) -> None:
        """Add a text of one line."""
        editor = QLineEdit(maxLength=limit)
        self._read[name] = editor.text
        self._add(name, label, editor)

    def add_lines(self, name: str, label: str) -> None:
        """Add a text of several lines; Tab leaves it."""
        editor = QPlainTextEdit()
        editor.setTabChangesFocus(True)
        editor.setFixedHeight(_LINES_HEIGHT)
        self._read[name] = editor.toPlainText
        self._add(name, label, editor)

    def add_field(self, name: str, label: str, editor: QWidget, read: Callable[[], str]) -> None:
        """Add any other editor."""
        self._read[name] = read
        self._add(name, label, editor)

    def _add(self, name: str, label: str, editor: QWidget) -> None:
        self.fields[name] = Field(editor)
        self._form.addRow(label, self.fields[name])

    def set_text(self, name: str, text: str | None) -> None:
        """Fill a text."""
        editor = self.fields[name].editor
        if isinstance(editor, QLineEdit):
            editor.setText(text or "")
            editor.setCursorPosition(0)
        elif isinstance(editor, QPlainTextEdit):
            editor.setPlainText(text or "")

    def text(self, name: str) -> str:
        """Return what a field holds."""
        return self._read[name]().strip()

    def clear_faults(self) -> None:
        """Take all faults back."""
        for field in self.fields.values():
            field.show_fault("")
