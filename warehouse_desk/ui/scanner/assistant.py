"""The set-up assistant: three barcodes are scanned from the screen or from paper, and the station knows its scanner."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from warehouse_desk.common.messages import tr
from warehouse_desk.ui.scanner.bars import ScreenBarcode
from warehouse_desk.ui.wedge.wedge_filter import WedgeFilter
from warehouse_desk.ui.widgets.make import named, text_label
from warehouse_desk.wedge.keys import Key
from warehouse_desk.wedge.learning import KNOWN_TEXTS, KnownRead, Learned, learn


class ScannerAssistant(QDialog):
    """Shows one barcode after the other and the raw keys of what arrived."""

    profile_learned = Signal(object)
    """The ``StationProfile`` to use from now on."""

    def __init__(self, wedge: WedgeFilter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wedge = wedge
        self._reads: list[KnownRead] = []
        self.outcome: Learned | None = None
        self.setWindowTitle(tr("Set up the scanner"))
        self._title = text_label(role="title", wrap=True)
        self._bars = ScreenBarcode()
        self._findings = text_label(wrap=True)
        self.raw = QPlainTextEdit()
        self.raw.setReadOnly(True)
        self.raw.setAccessibleName(tr("Raw keys"))
        self.raw.setPlaceholderText(tr("The keys of each reading appear here."))
        self._again = QPushButton(tr("Start again"))
        self._again.clicked.connect(self.begin)
        self._again.setAutoDefault(False)
        self.keep = named(QPushButton(tr("Use these settings")), "primary")
        self.keep.setAutoDefault(False)
        self.keep.clicked.connect(self._on_keep)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.addButton(self._again, QDialogButtonBox.ButtonRole.ResetRole)
        buttons.addButton(self.keep, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        for part in (self._title, self._bars, self._findings, self.raw, buttons):
            box.addWidget(part)
        self.setMinimumSize(640, 520)
        self._wedge.recorded.connect(self._on_read)
        self.finished.connect(self._on_finished)
        self.begin()

    @Slot()
    def begin(self) -> None:
        """Ask for the first barcode."""
        self._reads.clear()
        self.outcome = None
        self.raw.clear()
        self._wedge.record(True)
        self._ask()

    def _ask(self) -> None:
        number = len(self._reads)
        self.keep.setEnabled(False)
        self._title.setText(tr("Scan barcode {n} of {of}", n=number + 1, of=len(KNOWN_TEXTS)))
        self._bars.show_text(KNOWN_TEXTS[number])
        self._findings.setText(
            tr("From the screen or from the printed sheet. Do not touch the keyboard meanwhile.") if not number else ""
        )

    @Slot(object)
    def _on_read(self, keys: tuple[Key, ...]) -> None:
        if len(self._reads) >= len(KNOWN_TEXTS):
            return
        self._reads.append(KnownRead(KNOWN_TEXTS[len(self._reads)], keys))
        self.raw.appendPlainText(_raw_line(self._reads[-1]))
        if len(self._reads) < len(KNOWN_TEXTS):
            self._ask()
            return
        self._wedge.record(False)
        self.outcome = learn(self._reads, self._wedge.recogniser.profile)
        self._title.setText(
            tr("The scanner is recognised.") if self.outcome.complete else tr("Not everything was read.")
        )
        self._findings.setText("\n".join(f"• {finding}" for finding in self.outcome.findings))
        self.keep.setEnabled(self.outcome.complete)
        (self.keep if self.outcome.complete else self._again).setFocus()

    @Slot()
    def _on_keep(self) -> None:
        if self.outcome is not None:
            self.profile_learned.emit(self.outcome.profile)
            self.accept()

    @Slot()
    def _on_finished(self) -> None:
        self._wedge.record(False)
        self._wedge.recorded.disconnect(self._on_read)


def _raw_line(read: KnownRead) -> str:
    began = read.keys[0].t_ms if read.keys else 0
    keys = "  ".join(f"{key.t_ms - began}ms:{key.phys}{key.text!r}" for key in read.keys)
    return f"{read.expected}\n  {keys}"
