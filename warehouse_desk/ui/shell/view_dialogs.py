"""The name of a view, and the question before one is deleted."""

from collections.abc import Collection
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget

from warehouse_desk.common.messages import tr
from warehouse_desk.common.text import fold
from warehouse_desk.ui.widgets.make import leave_or_go, named, text_label

_NAME_LENGTH = 60


@dataclass(frozen=True, slots=True)
class NameQuestion:
    """What a name is asked for."""

    title: str
    sentence: str
    go: str
    name: str = ""
    """The name to begin with."""
    taken: Collection[str] = ()
    """Names of views that would be written over."""


class NameDialog(QDialog):
    """Asks for a name. It closes when its asker has done what was wanted; a refusal is shown in it."""

    entered = Signal(str, bool)
    """The name, and whether the view of that name is to be written over."""

    def __init__(self, question: NameQuestion, parent: QWidget) -> None:
        super().__init__(parent)
        self._question = question
        self._taken = {fold(name) for name in question.taken}
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(question.title)
        self.setMinimumWidth(430)
        self.name = QLineEdit(question.name)
        self.name.setMaxLength(_NAME_LENGTH)
        self.name.setAccessibleName(tr("Name of the saved list"))
        self.name.setPlaceholderText(tr("Name of the saved list"))
        self.name.selectAll()
        self.name.textChanged.connect(self._on_text)
        self._fault = named(text_label("", wrap=True), "fault")
        self._fault.hide()
        self.go = named(QPushButton(question.go), "primary")
        self.go.clicked.connect(self._on_go)
        foot = leave_or_go(self, tr("Close"), self.go)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(12)
        box.addWidget(text_label(question.title, "title"))
        box.addWidget(text_label(question.sentence, "muted", wrap=True))
        box.addWidget(self.name)
        box.addWidget(self._fault)
        box.addLayout(foot)

    def _overwrites(self) -> bool:
        return fold(self.name.text()) in self._taken

    @Slot(str)
    def _on_text(self, text: str) -> None:
        self._fault.hide()
        name = " ".join(text.split())
        self.go.setText(tr("Replace “{name}”", name=name) if self._overwrites() else self._question.go)

    @Slot()
    def _on_go(self) -> None:
        self.go.setEnabled(False)
        self.entered.emit(self.name.text(), self._overwrites())

    def refuse(self, sentence: str) -> None:
        """Say why it was not done and let the name be changed."""
        self._fault.setText(sentence)
        self._fault.show()
        self.go.setEnabled(True)
        self.name.setFocus()


class DeleteDialog(QDialog):
    """Asks before a view is forgotten."""

    confirmed = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Delete a saved list"))
        self.setMinimumWidth(400)
        self.go = named(QPushButton(tr("Delete “{name}”", name=name)), "danger")
        self.go.clicked.connect(self.confirmed)
        self.go.clicked.connect(self.accept)
        foot = leave_or_go(self, tr("Close"), self.go)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(12)
        box.addWidget(text_label(tr("Delete the saved list “{name}”?", name=name), "title", wrap=True))
        box.addWidget(
            text_label(tr("Only the saved list is deleted; its orders stay as they are."), "muted", wrap=True)
        )
        box.addLayout(foot)
