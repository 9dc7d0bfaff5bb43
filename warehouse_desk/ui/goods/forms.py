"""Small windows that ask for a few texts and numbers; what is refused is told in them and nothing typed is lost."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from warehouse_desk.common.messages import tr
from warehouse_desk.ui.wedge.reading_field import ReadingField
from warehouse_desk.ui.widgets.make import named, text_label

_WIDTH = 460


class FormDialog(QDialog):
    """Opened, never executed; ``save_requested`` is emitted for each try until somebody accepts the form."""

    save_requested = Signal()

    def __init__(self, title: str, save: str, parent: QWidget, *, about: str = "", danger: bool = False) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.setMinimumWidth(_WIDTH)
        self.setWindowTitle(title)
        self.fields: dict[str, QWidget] = {}
        self._read: dict[str, Callable[[], Any]] = {}
        self.fault = text_label("", "fault", wrap=True)
        self.fault.hide()
        self.save = named(QPushButton(save), "danger" if danger else "primary")
        self.save.setDefault(True)
        self.save.clicked.connect(self._on_save)
        self._leave = QPushButton(tr("Close"), autoDefault=False)
        self._leave.clicked.connect(self.reject)
        self.form = QFormLayout()
        self.form.setVerticalSpacing(10)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self._leave)
        foot.addWidget(self.save)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(12)
        box.addWidget(text_label(title, "title", wrap=True))
        if about:
            box.addWidget(text_label(about, "muted", wrap=True))
        box.addLayout(self.form)
        box.addWidget(self.fault)
        box.addLayout(foot)

    def add_line(self, name: str, label: str, limit: int, text: str = "") -> QLineEdit:
        """Ask for a text of one line."""
        editor = QLineEdit(text, maxLength=limit)
        editor.setCursorPosition(0)
        self.add_field(name, label, editor, editor.text)
        return editor

    def add_codes(self, name: str, label: str, hint: str, *, several: bool) -> ReadingField:
        """Ask for barcodes, scanned or typed."""
        editor = ReadingField(several=several)
        editor.setPlaceholderText(hint)
        self.add_field(name, label, editor, editor.codes)
        return editor

    def add_number(self, name: str, label: str, least: int, most: int, value: int) -> QSpinBox:
        """Ask for a whole number."""
        editor = QSpinBox(minimum=least, maximum=most, value=value)
        editor.setGroupSeparatorShown(True)
        self.add_field(name, label, editor, editor.value)
        return editor

    def add_choice(self, name: str, label: str, choices: Sequence[tuple[str, object]], chosen: object) -> QComboBox:
        """Ask for one of some things."""
        editor = QComboBox()
        for text, value in choices:
            editor.addItem(text, value)
        editor.setCurrentIndex(max(0, editor.findData(chosen)))
        self.add_field(name, label, editor, editor.currentData)
        return editor

    def add_field(self, name: str, label: str, editor: QWidget, read: Callable[[], Any]) -> None:
        """Ask for anything else."""
        self.fields[name] = editor
        self._read[name] = read
        self.form.addRow(label, editor)

    def values(self) -> dict[str, Any]:
        """Return what the fields hold."""
        return {name: read() for name, read in self._read.items()}

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's own name
        """Begin in the first field, and go from field to field to the buttons."""
        stops = [*self.fields.values(), self._leave, self.save]
        for before, after in pairwise(stops):
            self.setTabOrder(before, after)
        if self.focusWidget() not in self.fields.values():
            stops[0].setFocus()
        super().showEvent(event)

    @Slot()
    def _on_save(self) -> None:
        self.save.setEnabled(False)
        self.fault.hide()
        self.save_requested.emit()

    def show_fault(self, sentence: str) -> None:
        """Say why it was not saved; the way to try again is open."""
        self.save.setEnabled(True)
        self.fault.setText(sentence)
        self.fault.show()
