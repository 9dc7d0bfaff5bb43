"""A supervisor allows the last reading: badge, then PIN."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from warehouse_desk.common.messages import msg, tr
from warehouse_desk.ui.widgets.make import text_label

_FIRST_STEP = msg("1. Scan the supervisor's badge.")


class OverrideDialog(QDialog):
    """Takes the badge from the scanner; the PIN is typed. A label scanned meanwhile is a scan like any other."""

    entered = Signal(str, str)
    """Badge and PIN."""

    def __init__(self, what: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Allowed by a supervisor"))
        self._badge = ""
        self._step = text_label(str(_FIRST_STEP), "title")
        self._fault = text_label(role="fault", wrap=True)
        self.pin = QLineEdit()
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.pin.setPlaceholderText(tr("PIN"))
        self.pin.setAccessibleName(tr("PIN of the supervisor"))
        self.pin.setEnabled(False)
        self.pin.returnPressed.connect(self._on_enter)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.rejected.connect(self.reject)
        # Enter after the PIN must not press it: the dialog would be gone before it can say what was wrong.
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setAutoDefault(False)
        box = QVBoxLayout(self)
        box.addWidget(text_label(what, wrap=True))
        box.addWidget(self._step)
        box.addWidget(self.pin)
        box.addWidget(self._fault)
        box.addWidget(buttons)
        self.setMinimumWidth(460)

    def take_badge(self, code: str) -> None:
        """Take the badge that was scanned and ask for the PIN."""
        self._badge = code
        self._step.setText(tr("2. Type the PIN and press Enter."))
        self.pin.setEnabled(True)
        self.pin.clear()
        self.pin.setFocus()

    def show_fault(self, sentence: str) -> None:
        """Say why it was not allowed, and begin again."""
        self._fault.setText(sentence)
        self._step.setText(str(_FIRST_STEP))
        self.pin.clear()
        self.pin.setEnabled(False)
        self.setFocus()

    @Slot()
    def _on_enter(self) -> None:
        if self._badge and self.pin.text():
            self.pin.setEnabled(False)
            self.entered.emit(self._badge, self.pin.text())
