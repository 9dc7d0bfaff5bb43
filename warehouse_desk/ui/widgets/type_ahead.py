"""A field above a list: typing narrows the list, the arrows move in it, Enter takes what is marked."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_LENGTH = 100


class TypeAhead(QWidget):
    """The keyboard stays in the field all the time."""

    typed = Signal(str)
    chosen = Signal(object)
    """The ``QListWidgetItem`` that was chosen."""

    def __init__(self, placeholder: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = QLineEdit()
        self.field.setPlaceholderText(placeholder)
        self.field.setAccessibleName(placeholder)
        self.field.setMaxLength(_LENGTH)
        self.field.setClearButtonEnabled(True)
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self.typed)
        self.field.returnPressed.connect(self._on_return)
        self.list = QListWidget()
        self.list.setAccessibleName(name)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(self._on_clicked)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self.field)
        box.addWidget(self.list, 1)
        self.setFocusProxy(self.field)

    def show_items(self, items: list[QListWidgetItem]) -> None:
        """Show other items and mark the first."""
        self.list.clear()
        for item in items:
            self.list.addItem(item)
        if items:
            self.list.setCurrentRow(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        """Move in the list while the keyboard is in the field."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and event.key() in _MOVES:
            self._move(Qt.Key(event.key()))
            return True
        return super().eventFilter(watched, event)

    def _move(self, key: Qt.Key) -> None:
        page = max(1, self.list.height() // max(1, self.list.sizeHintForRow(0)) - 1)
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -page, Qt.Key.Key_PageDown: page}[key]
        last = self.list.count() - 1
        self.list.setCurrentRow(min(last, max(0, self.list.currentRow() + step)))
        marked = self.list.currentItem()
        if self.list.currentRow() >= 0:
            self.field.setAccessibleDescription(marked.text())

    @Slot(QListWidgetItem)
    def _on_clicked(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item)

    @Slot()
    def _on_return(self) -> None:
        if self.list.currentRow() >= 0:
            self.chosen.emit(self.list.currentItem())
