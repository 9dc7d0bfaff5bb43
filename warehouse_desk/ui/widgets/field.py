"""An editor with its fault beside it."""

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from warehouse_desk.ui.widgets.make import named


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
