"""The text field in focus: its state before a scan, and the way back to it."""

from abc import ABC, abstractmethod

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDateTimeEdit,
    QDoubleSpinBox,
    QKeySequenceEdit,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QTextEdit,
    QWidget,
)

_SECRET_HINTS = Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhSensitiveData


def records_shortcuts(widget: QWidget | None) -> bool:
    """Tell whether a field wants the keys themselves: the recogniser must not look."""
    return isinstance(widget, QKeySequenceEdit)


def is_secret(widget: QWidget | None) -> bool:
    """Tell whether what is typed here may be kept and told nowhere: a password or a PIN."""
    if isinstance(widget, QLineEdit) and widget.echoMode() is not QLineEdit.EchoMode.Normal:
        return True
    return widget is not None and bool(widget.inputMethodHints() & _SECRET_HINTS)


class Snapshot(ABC):
    """The state of one editor at the first key of a candidate."""

    many_lines = False

    def __init__(self, widget: QWidget) -> None:
        self.widget = widget
        self.secret = is_secret(widget)

    def restore(self) -> None:
        """Take back what was typed since; nothing when the editor is gone."""
        if shiboken6.isValid(self.widget):
            self._restore()

    @abstractmethod
    def _restore(self) -> None: ...


class LineSnapshot(Snapshot):
    """A one-line editor, alone or within a spin box or combo box."""

    def __init__(self, widget: QWidget, line: QLineEdit) -> None:
        super().__init__(widget)
        self._line = line
        self._text = line.text()
        self._cursor = line.cursorPosition()
        self._selected = (line.selectionStart(), line.selectionLength())
        self._modified = line.isModified()

    def _restore(self) -> None:
        line = self._line
        popup = QApplication.activePopupWidget()
        if popup is not None and popup.focusProxy() in (line, self.widget):
            popup.hide()  # the completer's list for what the scanner typed
        if line.text() != self._text:
            # Inserting tells those who listen to edits, which setText does not.
            line.setSelection(0, len(line.text()))
            line.insert(self._text)
        if line.text() != self._text:
            line.setText(self._text)
        start, length = self._selected
        if length <= 0:
            line.setCursorPosition(self._cursor)
        elif self._cursor == start:
            line.setSelection(start + length, -length)
        else:
            line.setSelection(start, length)
        line.setModified(self._modified)


class SpinSnapshot(LineSnapshot):
    """A spin box or date editor: value and text. Its value may change for a moment while a scan comes in."""

    def __init__(self, spin: QAbstractSpinBox, line: QLineEdit) -> None:
        super().__init__(spin, line)
        self._spin = spin
        self._value: object = None
        if isinstance(spin, QSpinBox | QDoubleSpinBox):
            self._value = spin.value()
        elif isinstance(spin, QDateTimeEdit):
            self._value = spin.dateTime()

    def _restore(self) -> None:
        spin = self._spin
        if isinstance(spin, QSpinBox | QDoubleSpinBox):
            spin.setValue(self._value)  # type: ignore[arg-type]  # int for one, float for the other
        elif isinstance(spin, QDateTimeEdit):
            spin.setDateTime(self._value)  # type: ignore[arg-type]  # read from the same widget
        super()._restore()


class TextSnapshot(Snapshot):
    """An editor of many lines; formats and the undo history stay."""

    many_lines = True

    def __init__(self, edit: QTextEdit | QPlainTextEdit) -> None:
        super().__init__(edit)
        self._edit = edit
        cursor = edit.textCursor()
        self._anchor, self._position = cursor.anchor(), cursor.position()
        self._start, self._length = cursor.selectionStart(), cursor.selectionEnd() - cursor.selectionStart()
        self._replaced = cursor.selection()
        self._characters = edit.document().characterCount()
        self._text = edit.toPlainText()

    def _restore(self) -> None:
        edit = self._edit
        if edit.toPlainText() != self._text:
            self._remove_typed()
        if edit.toPlainText() != self._text and isinstance(edit, QPlainTextEdit):
            edit.setPlainText(self._text)
        cursor = edit.textCursor()
        cursor.setPosition(self._anchor)
        cursor.setPosition(self._position, QTextCursor.MoveMode.KeepAnchor)
        edit.setTextCursor(cursor)

    def _remove_typed(self) -> None:
        document = self._edit.document()
        typed = document.characterCount() - (self._characters - self._length)
        cursor = QTextCursor(document)
        cursor.setPosition(self._start)
        cursor.setPosition(
            min(self._start + max(typed, 0), document.characterCount() - 1), QTextCursor.MoveMode.KeepAnchor
        )
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        if self._length:
            cursor.insertFragment(self._replaced)
        cursor.endEditBlock()


def snapshot_of(widget: QWidget | None) -> Snapshot | None:
    """Return the state of an editor that takes typing now; None for any other widget."""
    if widget is None or not widget.isEnabled():
        return None
    if isinstance(widget, QLineEdit):
        return None if widget.isReadOnly() else LineSnapshot(widget, widget)
    if isinstance(widget, QComboBox):
        line = widget.lineEdit()
        return None if line is None or line.isReadOnly() else LineSnapshot(widget, line)
    if isinstance(widget, QAbstractSpinBox):
        inner = widget.findChild(QLineEdit)
        return None if widget.isReadOnly() or inner is None else SpinSnapshot(widget, inner)
    if isinstance(widget, QTextEdit | QPlainTextEdit):
        return None if widget.isReadOnly() else TextSnapshot(widget)
    return None


def takes_typing(widget: QWidget | None) -> bool:
    """Tell whether a widget is an editor that takes typing now."""
    if widget is None or not widget.isEnabled():
        return False
    if isinstance(widget, QLineEdit | QTextEdit | QPlainTextEdit | QAbstractSpinBox):
        return not widget.isReadOnly()
    line = widget.lineEdit() if isinstance(widget, QComboBox) else None
    return line is not None and not line.isReadOnly()
