"""The fields of the label window: stock, printer, place on the sheet, correction, reason of a reprint."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from warehouse_desk.common.messages import tr
from warehouse_desk.domain.orders.step_options import MAX_REASON
from warehouse_desk.ui.printing.memory import Destination, PrintMemory, Way
from warehouse_desk.ui.printing.start_picker import StartPicker
from warehouse_desk.ui.widgets.make import text_label

if TYPE_CHECKING:
    from warehouse_desk.documents.stock import LabelStock

_NUDGE_MM = 20.0
_STEP_MM = 0.1
_DPI = (203, 300, 600)
"""Two kinds of thermal heads, and office lasers."""


class LabelOptions(QWidget):
    """How labels are wanted and where they go."""

    test_requested = Signal()
    """A page of rulers is wanted, on the printer and the stock that are chosen."""
    changed = Signal()
    """What is drawn changes; the printer alone does not count."""

    def __init__(self, memory: PrintMemory, stocks: "list[LabelStock]", destinations: list[Destination]) -> None:
        super().__init__()
        self._memory = memory
        self._stocks = {stock.key: stock for stock in stocks}
        self.stock = QComboBox()
        self.printer = QComboBox()
        self.start = StartPicker()
        self.dpi = QComboBox()
        self.right, self.down = _millimetres(), _millimetres()
        self.address = QLineEdit(memory.zebra, placeholderText=tr("192.168.1.50:9100"))
        self.file = QLineEdit(readOnly=True, placeholderText=tr("Choose where to save…"))
        self.resume = QSpinBox(minimum=1)
        self.reason = QLineEdit(maxLength=MAX_REASON, placeholderText=tr("Torn, printer jammed…"))
        self._sender_note = text_label(
            tr("The labels have no sender yet. Enter it once: warehouse-desk settings set sender_name NAME"),
            "muted",
            wrap=True,
        )
        self._test_note = text_label("", "muted", wrap=True)
        self._reason_note = text_label("", "muted", wrap=True)
        self._lay_out()
        for stock in stocks:
            self.stock.addItem(stock.name, stock.key)
        for destination in destinations:
            self.printer.addItem(_destination_text(destination), destination)
        self._choose_last(destinations)
        self._connect()
        self._on_stock()
        self._on_printer()

    def _lay_out(self) -> None:
        self.form = QFormLayout()
        self.form.setVerticalSpacing(10)
        self.form.addRow(tr("Label &format"), self.stock)
        self.form.addRow(tr("First free label"), self.start)
        self.form.addRow(tr("&Printer"), self.printer)
        self.form.addRow(tr("A&ddress"), self.address)
        choose = QPushButton(tr("&File…"), autoDefault=False)
        choose.clicked.connect(self._on_choose_file)
        file = QWidget()
        line = QHBoxLayout(file)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.file, 1)
        line.addWidget(choose)
        self._file_row = file
        self.form.addRow(tr("Save as"), file)
        self.dpi.setToolTip(tr("Bars are drawn in the printer's own dots: choose what its data sheet says."))
        self.form.addRow(tr("Printer's &dots"), self.dpi)
        nudge = QHBoxLayout()
        nudge.setSpacing(6)
        nudge.addWidget(self.right, 1)
        nudge.addWidget(self.down, 1)
        self.right.setPrefix("→ ")
        self.down.setPrefix("↓ ")
        self.right.setAccessibleName(tr("Shift to the right in millimetres"))
        self.down.setAccessibleName(tr("Shift downwards in millimetres"))
        self.test = QPushButton(tr("&Test page"), autoDefault=False)
        self.test.setToolTip(
            tr("Rulers and bars in this format: shows whether 100 mm are 100 mm, and how far to shift.")
        )
        self.test.clicked.connect(self.test_requested)
        nudge.addWidget(self.test)
        self.form.addRow(tr("Shift"), nudge)
        self.form.addRow(tr("Be&gin at label"), self.resume)
        self.form.setRowVisible(self.resume, False)
        self.form.addRow(tr("&Reason"), self.reason)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(self.form)
        box.addWidget(self._sender_note)
        box.addWidget(self._test_note)
        box.addWidget(self._reason_note)
        box.addStretch(1)
        self.ask_reason(0)
        self.miss_sender(False)

    def _choose_last(self, destinations: list[Destination]) -> None:
        self.stock.setCurrentIndex(max(0, self.stock.findData(self._memory.stock)))
        last = self._memory.destination
        wanted = [d for d in destinations if d.way is last.way and (d.way is Way.ZEBRA or d.name == last.name)]
        self.printer.setCurrentIndex(destinations.index(wanted[0]) if wanted else 0)

    def _connect(self) -> None:
        self.stock.currentIndexChanged.connect(self._on_stock)
        self.stock.currentIndexChanged.connect(self.changed)
        self.printer.currentIndexChanged.connect(self._on_printer)
        self.dpi.currentIndexChanged.connect(self.changed)
        self.start.chosen.connect(self.changed)
        self.right.valueChanged.connect(self.changed)
        self.down.valueChanged.connect(self.changed)

    def ask_reason(self, reprints: int) -> None:
        """Ask why labels are made again where some of the orders have theirs."""
        self.form.setRowVisible(self.reason, reprints > 0)
        self._reason_note.setVisible(reprints > 0)
        self._reason_note.setText(
            tr(
                "Orders that already have a label: {count}. Enter a reason to print it again; "
                "without one they are ignored.",
                count=reprints,
            )
        )

    def ask_resume(self, first: int, last: int) -> None:
        """Ask with which label of the run the printer goes on."""
        self.resume.setMaximum(last)
        self.resume.setValue(first)
        self.form.setRowVisible(self.resume, True)

    def miss_sender(self, is_missing: bool) -> None:
        """Say that the labels do not tell who sends the parcels."""
        self._sender_note.setVisible(is_missing)

    def show_tested(self, sentence: str) -> None:
        """Say that the test page is out, or nothing where it is not; another may be asked for."""
        self.test.setEnabled(True)
        self._test_note.setText(sentence)

    @property
    def chosen_stock(self) -> "LabelStock":
        """The stock chosen."""
        return self._stocks[str(self.stock.currentData())]

    @property
    def destination(self) -> Destination:
        """Where the labels go; a Zebra by its address, a file by its path."""
        chosen: Destination = self.printer.currentData()
        if chosen.way is Way.ZEBRA:
            return Destination(Way.ZEBRA, self.address.text().strip())
        if chosen.way is Way.FILE:
            return Destination(Way.FILE, self.file.text())
        return chosen

    @property
    def resolution(self) -> int | None:
        """The printer's dots per inch, or None where they are those of the stock."""
        return int(self.dpi.currentData() or 0) or None

    @property
    def nudge(self) -> tuple[float, float]:
        """How far the printer must be corrected, in millimetres."""
        return self.right.value(), self.down.value()

    @Slot()
    def _on_stock(self) -> None:
        stock = self.chosen_stock
        self.start.show_stock(stock, self._memory.start(stock.key))
        self.form.setRowVisible(self.start, stock.per_page > 1)
        self._offer_dots(int(self.dpi.currentData() or 0))

    def _offer_dots(self, dpi: int) -> None:
        """Offer the resolutions, one of them chosen (0: the stock's); nothing is drawn anew for that."""
        with QSignalBlocker(self.dpi):
            self.dpi.clear()
            self.dpi.addItem(tr("Default of this format ({dpi} dpi)", dpi=self.chosen_stock.dpi), 0)
            for each in _DPI:
                self.dpi.addItem(tr("{dpi} dpi", dpi=each), each)
            self.dpi.setCurrentIndex(max(0, self.dpi.findData(dpi)))

    @Slot()
    def _on_printer(self) -> None:
        before = self.resolution
        self._offer_dots(self._memory.dpi(_remembered(self.destination)))
        if self.resolution != before:
            self.changed.emit()
        chosen: Destination = self.printer.currentData()
        self.form.setRowVisible(self.address, chosen.way is Way.ZEBRA)
        self.form.setRowVisible(self._file_row, chosen.way is Way.FILE)
        self.form.setRowVisible(self.resume, chosen.way is Way.ZEBRA and self.resume.value() > 1)
        for box, shift in zip((self.right, self.down), self._memory.nudge(_remembered(self.destination)), strict=True):
            box.setValue(shift)

    @Slot()
    def _on_choose_file(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, tr("Save the labels"), self._memory.folder, tr("PDF (*.pdf);;Zebra (*.zpl)")
        )
        if name:
            self.set_file(name)

    def set_file(self, name: str) -> None:
        """Save to a file; ``.pdf`` where the name has no ending."""
        last = name.replace("\\", "/").rpartition("/")[2]
        self.file.setText(name if "." in last else f"{name}.pdf")

    def remember(self, labels: int) -> None:
        """Keep the choices, and where the sheet goes on after so many labels."""
        stock = self.chosen_stock
        self._memory.remember(stock.key, _remembered(self.destination), self.nudge, self.resolution or 0)
        self._memory.remember_start(stock.key, (self.start.start - 1 + labels) % stock.per_page + 1)
        if self.destination.way is Way.FILE:
            self._memory.remember_folder(self.destination.name.replace("\\", "/").rpartition("/")[0])


def _remembered(destination: Destination) -> Destination:
    """Return a destination as it is remembered: all files are one."""
    return Destination(Way.FILE) if destination.way is Way.FILE else destination


def _destination_text(destination: Destination) -> str:
    match destination.way:
        case Way.FILE:
            return tr("Save to a file")
        case Way.ZEBRA:
            return tr("Zebra printer in the network (ZPL)")
        case _:
            return destination.name


def _millimetres() -> QDoubleSpinBox:
    box = QDoubleSpinBox(decimals=1, minimum=-_NUDGE_MM, maximum=_NUDGE_MM, singleStep=_STEP_MM)
    box.setSuffix(" mm")
    return box
