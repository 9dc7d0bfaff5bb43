"""The label window: preview at the left, choices at the right, progress below."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from warehouse_desk.common.messages import nmsg, tr
from warehouse_desk.domain.paper.printing import ROLL_FOR_ZEBRA
from warehouse_desk.ui.printing.memory import Destination, PrintMemory, Way
from warehouse_desk.ui.printing.options import LabelOptions
from warehouse_desk.ui.printing.preview import PagePreview
from warehouse_desk.ui.tasks import Tasks
from warehouse_desk.ui.widgets.make import named

if TYPE_CHECKING:
    from warehouse_desk.documents.stock import LabelStock

_PREVIEW_MS = 150
"""The preview follows the fields once they rest for so long (ms)."""


class PrintDialog(QDialog):
    """Asks how and where; its owner does the work and tells it how far that is. It is opened, never executed."""

    go_requested = Signal()
    preview_requested = Signal()
    test_requested = Signal()
    stop_requested = Signal()

    def __init__(
        self,
        tasks: Tasks,
        memory: PrintMemory,
        stocks: "list[LabelStock]",
        destinations: list[Destination],
        count: int,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._count = count
        self._running = False
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Labels"))
        self.resize(860, 620)
        self.preview = PagePreview(tasks)
        self.options = LabelOptions(memory, stocks, destinations)
        self._fault = named(QLabel(), "fault")
        self._fault.setWordWrap(True)
        self._fault.hide()
        self._bar = QProgressBar()
        self._bar.hide()
        self.leave = QPushButton(tr("Close"), autoDefault=False)
        self.go = named(QPushButton(), "primary")
        self.go.setDefault(True)
        self._lay_out()
        self._rest = QTimer(self, singleShot=True, interval=_PREVIEW_MS)
        self._rest.timeout.connect(self.preview_requested)
        self.options.changed.connect(self._rest.start)
        self.options.printer.currentIndexChanged.connect(self._name_go)
        self.options.test_requested.connect(self._on_test)
        self.leave.clicked.connect(self._on_leave)
        self.go.clicked.connect(self._on_go)
        self._name_go()
        self.go.setFocus()

    def _lay_out(self) -> None:
        title = named(QLabel(str(nmsg("Labels for {n} order", "Labels for {n} orders", self._count))), "title")
        middle = QHBoxLayout()
        middle.setSpacing(20)
        middle.addWidget(self.preview, 5)
        middle.addWidget(self.options, 4)
        foot = QHBoxLayout()
        foot.addWidget(self._fault, 1)
        foot.addWidget(self._bar, 1)
        foot.addStretch(0)
        foot.addWidget(self.leave)
        foot.addWidget(self.go)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(12)
        box.addWidget(title)
        box.addLayout(middle, 1)
        box.addLayout(foot)

    @Slot()
    def _name_go(self) -> None:
        way = self.options.destination.way
        save = nmsg("Save {n} label", "Save {n} labels", self._count)
        self.go.setText(str(save if way is Way.FILE else nmsg("Print {n} label", "Print {n} labels", self._count)))

    @Slot()
    def _on_test(self) -> None:
        fault = self._first_fault()
        if fault:
            self.show_fault(fault)
            return
        self.options.test.setEnabled(False)
        self._fault.hide()
        self.test_requested.emit()

    def show_test_done(self, sentence: str, fault: str = "") -> None:
        """Say what became of the test page."""
        self.options.show_tested(sentence)
        self._fault.setText(fault)
        self._fault.setVisible(bool(fault))

    @Slot()
    def _on_go(self) -> None:
        fault = self._first_fault()
        if fault:
            self.show_fault(fault)
            return
        self.show_running()
        self.go_requested.emit()

    def _first_fault(self) -> str:
        destination = self.options.destination
        if destination.way is Way.FILE and not destination.name:
            return tr("Choose the file first.")
        if destination.way is Way.ZEBRA and not destination.name:
            self.options.address.setFocus()
            return tr("Enter the address of the Zebra printer.")
        is_zpl = destination.way is Way.ZEBRA or destination.name.lower().endswith(".zpl")
        if is_zpl and self.options.chosen_stock.per_page > 1:
            self.options.stock.setFocus()
            return str(ROLL_FOR_ZEBRA)
        return ""

    def show_running(self) -> None:
        """Show that labels are being made, and let it be stopped."""
        self._running = True
        self._fault.hide()
        self._bar.setRange(0, 0)
        self._bar.show()
        self.go.setEnabled(False)
        self.options.setEnabled(False)
        self.leave.setText(tr("Stop"))
        self.leave.setEnabled(True)

    @Slot(int, int)
    def show_progress(self, done: int, total: int) -> None:
        """Show how many labels of how many are drawn."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._bar.setFormat(tr("{done} of {total}", done=done, total=total))

    def show_fault(self, sentence: str, again: str = "") -> None:
        """Show why it went no further; ``again`` names what the button tries now."""
        self._running = False
        self._bar.hide()
        self._fault.setText(sentence)
        self._fault.show()
        self.options.setEnabled(True)
        self.go.setEnabled(True)
        self.leave.setEnabled(True)
        self.leave.setText(tr("Close"))
        if again:
            self.go.setText(again)

    def done_with(self) -> None:
        """Close: everything was printed."""
        self._running = False
        self.accept()

    @Slot()
    def _on_leave(self) -> None:
        if self._running:
            self.leave.setEnabled(False)
            self.leave.setText(tr("Stopping…"))
            self.stop_requested.emit()
        else:
            self.reject()

    def reject(self) -> None:
        """Leave, or while labels are made ask to stop first."""
        if self._running:
            if self.leave.isEnabled():
                self._on_leave()
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's own name
        """Stop before closing."""
        if self._running:
            event.ignore()
            self.reject()
        else:
            super().closeEvent(event)
