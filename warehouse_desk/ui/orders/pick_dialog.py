"""Choose one thing from a long list by typing a part of its name, in French or Arabic."""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from warehouse_desk.common.messages import tr
from warehouse_desk.ui.orders.lookup_controller import LookupChoice, LookupChoices
from warehouse_desk.ui.widgets.fuzzy import best
from warehouse_desk.ui.widgets.make import named, text_label
from warehouse_desk.ui.widgets.type_ahead import TypeAhead

_ROW = 34
_MOST = 500


class PickDialog(QDialog):
    """Answers with the number of what was chosen."""

    picked = Signal(int)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices: LookupChoices = ()
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.resize(420, 460)
        self.search = TypeAhead(tr("Type a part of the name"), title)
        self.search.typed.connect(self._show)
        self.search.chosen.connect(self._on_taken)
        self._note = text_label(tr("Reading…"), "muted", wrap=True)
        leave = QPushButton(tr("Close"))
        leave.setAutoDefault(False)
        leave.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self._note, 1)
        foot.addWidget(leave)
        box = QVBoxLayout(self)
        box.setContentsMargins(18, 16, 18, 14)
        box.setSpacing(10)
        box.addWidget(named(text_label(title), "title"))
        box.addWidget(self.search, 1)
        box.addLayout(foot)
        self.search.setFocus()

    def show_choices(self, choices: LookupChoices) -> None:
        """Offer what was read."""
        self._choices = choices
        self._show(self.search.field.text())

    @Slot(str)
    def _show(self, typed: str) -> None:
        named_choices = ((choice, (choice.name, *choice.also)) for choice in self._choices)
        found = best(typed, named_choices, _MOST) if typed.strip() else list(self._choices[:_MOST])
        self.search.show_items([self._item(choice) for choice in found])
        if not self._choices:
            self._note.setText(tr("There is nothing to choose yet."))
        elif not found:
            self._note.setText(tr("Nothing found for “{text}”. Type another part of the name.", text=typed.strip()))
        else:
            self._note.setText(tr("Enter chooses the selected line."))

    @staticmethod
    def _item(choice: LookupChoice) -> QListWidgetItem:
        item = QListWidgetItem(choice.line)
        item.setData(Qt.ItemDataRole.UserRole, choice.number)
        item.setSizeHint(QSize(0, _ROW))
        return item

    @Slot(object)
    def _on_taken(self, item: QListWidgetItem) -> None:
        self.picked.emit(int(item.data(Qt.ItemDataRole.UserRole)))
        self.accept()
