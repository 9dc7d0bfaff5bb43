"""The lamp beside the field: whether a scan would be taken now."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from warehouse_desk.common.messages import tr
from warehouse_desk.ui.theme import VERDICTS


class Lamp(QLabel):
    """READY TO SCAN while the program has the keyboard; CLICK HERE while another program has it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setMinimumWidth(124)
        self.setAccessibleName(tr("Scanner"))
        self._blocked = False
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.applicationStateChanged.connect(self.show_state)
        self.show_state()

    def set_blocked(self, blocked: bool) -> None:
        """Say that an error must be acknowledged first."""
        self._blocked = blocked
        self.show_state()

    @property
    def ready(self) -> bool:
        """Whether a scan would be taken and answered now."""
        active = QApplication.applicationState() is Qt.ApplicationState.ApplicationActive
        return active and not self._blocked

    @Slot()
    def show_state(self) -> None:
        """Show whether a scan would be taken."""
        active = QApplication.applicationState() is Qt.ApplicationState.ApplicationActive
        if self._blocked:
            level, words = "refused", tr("✕ CONFIRM FIRST")
        elif active:
            level, words = "done", tr("● READY TO SCAN")
        else:
            level, words = "already", tr("○ CLICK HERE")
        ground, ink = VERDICTS[level]
        self.setText(words)
        self.setStyleSheet(f"background: {ground}; color: {ink}; border-radius: 6px; padding: 8px; font-weight: 700;")
