"""A window that shows one PDF after another and prints or saves the one shown."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from warehouse_desk.common.messages import tr
from warehouse_desk.ui.printing.memory import Destination, PrintMemory, Way
from warehouse_desk.ui.printing.preview import PagePreview
from warehouse_desk.ui.tasks import Tasks
from warehouse_desk.ui.widgets.make import named


class PaperDialog(QDialog):
    """Preview at the left, what there is to choose at the right, the printer below. It is opened, never executed."""

    bring_requested = Signal(object)
    """The ``Destination`` of what is shown."""

    def __init__(
        self, title: str, tasks: Tasks, memory: PrintMemory, printers: list[Destination], side: QWidget, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._memory = memory
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.resize(900, 640)
        self.preview = PagePreview(tasks)
        self.preview.show_words(tr("Nothing is selected."))
        self.printer = QComboBox()
        for destination in [*printers, Destination(Way.FILE)]:
            self.printer.addItem(destination.name or tr("Save to a file"), destination)
        self.printer.setCurrentIndex(max(0, self.printer.findText(memory.destination.name)))
        self.printer.setAccessibleName(tr("Printer"))
        self.fault = named(QLabel(), "fault")
        self.fault.setWordWrap(True)
        leave = QPushButton(tr("Close"), autoDefault=False)
        leave.clicked.connect(self.reject)
        self.go = named(QPushButton(tr("Print or save")), "primary")
        self.go.setEnabled(False)
        self.go.clicked.connect(self._on_go)
        middle = QHBoxLayout()
        middle.setSpacing(20)
        middle.addWidget(self.preview, 5)
        middle.addWidget(side, 4)
        foot = QHBoxLayout()
        foot.addWidget(self.fault, 1)
        for part in (self.printer, leave, self.go):
            foot.addWidget(part)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(12)
        box.addWidget(named(QLabel(title), "title"))
        box.addLayout(middle, 1)
        box.addLayout(foot)

    def show_pdf(self, pdf: bytes) -> None:
        """Show a PDF that may be printed."""
        self.fault.clear()
        self.preview.show_pdf(pdf)
        self.go.setEnabled(True)

    def show_words(self, sentence: str) -> None:
        """Show why there is nothing to print."""
        self.preview.show_words(sentence)
        self.go.setEnabled(False)

    @Slot()
    def _on_go(self) -> None:
        to: Destination = self.printer.currentData()
        if to.way is Way.FILE:
            name, _ = QFileDialog.getSaveFileName(self, tr("Save"), self._memory.folder, tr("PDF (*.pdf)"))
            if not name:
                return
            to = Destination(Way.FILE, name)
            self._memory.remember_folder(name.replace("\\", "/").rpartition("/")[0])
        self.bring_requested.emit(to)
