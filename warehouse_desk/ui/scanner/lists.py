"""Dialogs beside the scanner: the diagnosis page with raw bursts, and the list of scans that went wrong."""

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QPlainTextEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from warehouse_desk.common.formats import time_text
from warehouse_desk.common.messages import msg, tr
from warehouse_desk.domain.scanning.modes import mode_named
from warehouse_desk.domain.scanning.scans import PastScan
from warehouse_desk.ui.bidi import in_order
from warehouse_desk.ui.wedge.wedge_filter import WedgeFilter
from warehouse_desk.ui.widgets.make import text_label

_TITLE = msg("Today's failed scans")


class DiagnosisDialog(QDialog):
    """The last 50 bursts with their raw keys, to be copied into a support request. Typing is never kept."""

    def __init__(self, wedge: WedgeFilter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Scanner diagnosis"))
        self._wedge = wedge
        self._about = text_label(wrap=True)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(tr("Last raw input"))
        self.copy = QPushButton(tr("Copy all"))
        self.copy.clicked.connect(self._on_copy)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.addButton(self.copy, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        for part in (self._about, self.text, buttons):
            box.addWidget(part)
        self.resize(720, 560)
        wedge.raw_burst.connect(self.refresh)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show the bursts so far, newest last."""
        log = self._wedge.recogniser.log
        profile = "  ".join(f"{name}={value}" for name, value in self._wedge.recogniser.profile.to_json().items())
        self._about.setText(
            tr("Readings: {count}. Settings of this station: {profile}", count=len(log), profile=profile)
        )
        self.text.setPlainText(log.to_text())
        self.text.verticalScrollBar().setValue(self.text.verticalScrollBar().maximum())

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(f"{self._about.text()}\n\n{self.text.toPlainText()}")


class ExceptionsDialog(QDialog):
    """Today's scans of all stations that were refused, unknown or failed, with their reasons."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(str(_TITLE))
        self._about = text_label(role="big")
        headings = [tr("Time"), tr("Code"), tr("Mode"), tr("Reason"), tr("Worker"), tr("Station")]
        self.table = QTableWidget(0, len(headings))
        self.table.setHorizontalHeaderLabels(headings)
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.verticalHeader().setVisible(False)
        self.table.horizontalHeader().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        self.table.setAccessibleName(str(_TITLE))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        for part in (self._about, self.table, buttons):
            box.addWidget(part)
        self.resize(980, 520)

    def show_scans(self, scans: Sequence[PastScan]) -> None:
        """Fill the list."""
        self._about.setText(tr("Scans to check: {count}", count=len(scans)))
        self.table.setRowCount(len(scans))
        for row, scan in enumerate(scans):
            mode = mode_named(scan.mode)
            texts = (
                time_text(scan.at, seconds=True),
                in_order(scan.reference),
                scan.mode if mode is None else str(mode.label),
                "" if scan.message is None else str(scan.message),
                scan.user_name,
                scan.station_name,
            )
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.table.setItem(row, column, item)
        self.table.resizeColumnsToContents()
