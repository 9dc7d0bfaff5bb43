"""An editor with its fault, or a doubt, beside it."""

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from warehouse_desk.ui.widgets.make import named, text_label


class Field(QWidget):
    """An editor with room for the sentence that says what is wrong with it."""

    def __init__(self, editor: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = editor
        self._fault = named(QLabel(), "fault")
        self._fault.setWordWrap(True)
        self._fault.hide()
        self._doubt = text_label(role="muted", wrap=True)
        self._doubt.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        box.addWidget(editor)
        box.addWidget(self._fault)
        box.addWidget(self._doubt)
        self.setFocusProxy(editor)

    def show_fault(self, sentence: str) -> None:
        """Say what is wrong; an empty sentence takes it back."""
        self._fault.setText(sentence)
        self._fault.setVisible(bool(sentence))
        self.editor.setProperty("wrong", bool(sentence))
        self.editor.style().unpolish(self.editor)
        self.editor.style().polish(self.editor)

    def show_doubt(self, sentence: str) -> None:
        """Say what is unlikely but may stand; an empty sentence takes it back."""
        self._doubt.setText(sentence)
        self._doubt.setVisible(bool(sentence))

    @property
    def doubt(self) -> str:
        """What is unlikely, as it is shown."""
        return "" if self._doubt.isHidden() else self._doubt.text()

    @property
    def fault(self) -> str:
        """What is wrong, as it is shown."""
        return "" if self._fault.isHidden() else self._fault.text()
