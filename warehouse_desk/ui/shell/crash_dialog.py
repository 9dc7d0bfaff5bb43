"""Say that the program made a mistake, with a report to hand on; work goes on behind it."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from warehouse_desk.common.messages import msg, tr
from warehouse_desk.ui.widgets.make import named

_TITLE = msg("Something went wrong")


class CrashDialog(QDialog):
    """Not modal: a scan goes on."""

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setWindowTitle(str(_TITLE))
        self.resize(720, 460)
        words = QLabel(
            tr(
                "Your orders are safe: what was confirmed is saved. You can continue working. Please "
                "copy the report and send it to whoever looks after the program."
            )
        )
        words.setWordWrap(True)
        self._report = QPlainTextEdit(report, readOnly=True)
        self._report.setAccessibleName(tr("Report"))
        copy = named(QPushButton(tr("Copy the report")), "primary")
        copy.clicked.connect(self._on_copy)
        close = QPushButton(tr("Continue"))
        close.clicked.connect(self.close)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(close)
        row.addWidget(copy)
        box = QVBoxLayout(self)
        box.addWidget(named(QLabel(str(_TITLE)), "title"))
        box.addWidget(words)
        box.addWidget(self._report, 1)
        box.addLayout(row)

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._report.toPlainText())
