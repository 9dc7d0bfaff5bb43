"""Returned and delivered by file: choose the file and the day, then read one answer for every row."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from warehouse_desk.common.messages import Message, msg, tr
from warehouse_desk.domain.orders.transitions import Action, action_name
from warehouse_desk.domain.results import ActionResult, Outcome
from warehouse_desk.ui.icons import icon
from warehouse_desk.ui.widgets.day_edit import DayEdit
from warehouse_desk.ui.widgets.flow_layout import FlowLayout
from warehouse_desk.ui.widgets.make import named, text_label
from warehouse_desk.ui.widgets.plain_table import plain_table

if TYPE_CHECKING:
    from warehouse_desk.services.files.by_file import FileAnswer

_OUTCOMES: dict[Outcome, tuple[str, Message]] = {
    Outcome.DONE: ("verdict-done", msg("done")),
    Outcome.ALREADY: ("verdict-already", msg("unchanged")),
    Outcome.REFUSED: ("verdict-refused", msg("refused")),
    Outcome.UNKNOWN: ("verdict-refused", msg("unknown")),
    Outcome.FAILED: ("verdict-refused", msg("failed")),
}
_SHOWN = 5_000
"""Rows shown at most; the copy holds all of them."""


class ByFileDialog(QDialog):
    """Asks, then shows the answers in the file's own order or only those that need a look."""

    look_requested = Signal(object, object, object)
    """The same as ``go_requested``, only to see what would become of each row."""
    go_requested = Signal(object, object, object)
    """The path, the day for rows without one, and the statuses that count: None where nobody was asked for them."""
    order_requested = Signal(object)

    def __init__(self, action: Action, today: date, path: Path | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.action = action
        self._answer: FileAnswer | None = None
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(760, 520)
        name = tr("“{action}” by file", action=action_name(action))
        self.setWindowTitle(name)
        self._title = text_label(name, "title")
        self.path = QLineEdit("" if path is None else str(path))
        self.path.setPlaceholderText(tr("File with a column “reference”, and “date” where the day differs"))
        self.path.textChanged.connect(self._on_other_file)
        self.day = DayEdit(today)
        self.statuses: list[QCheckBox] = []
        """How the orders of the file ended, each with whether it counts; empty where the file does not say."""
        self._status_box = QWidget()
        self._status_box.setAccessibleName(tr("Statuses that count"))
        self._status_box.hide()
        self._summary = text_label("", wrap=True)
        self.filter = QComboBox()
        self.filter.addItems([tr("All rows"), tr("Rows to check")])
        self.filter.hide()
        self.table = plain_table(tr("Results"), (tr("Row"), tr("Reference"), tr("Result"), tr("Explanation")))
        self._set_up_table()
        self._make_buttons()
        self._lay_out()

    def _set_up_table(self) -> None:
        table = self.table
        table.horizontalHeader().setStretchLastSection(True)
        table.setWordWrap(False)
        for column, width in enumerate((60, 130, 120)):
            table.setColumnWidth(column, width)
        table.itemActivated.connect(self._on_item)
        self.filter.currentIndexChanged.connect(self._fill)

    def _make_buttons(self) -> None:
        self._browse = QPushButton(tr("Choose…"))
        self._browse.clicked.connect(self._on_browse)
        self.copy = QPushButton(icon("copy"), tr("Copy"))
        self.copy.clicked.connect(self.copy_answers)
        self.copy.hide()
        self._leave = QPushButton(tr("Close"))
        self._leave.clicked.connect(self.reject)
        self.go = named(QPushButton(str(action_name(self.action))), "primary")
        self.go.clicked.connect(self._on_go)
        self.look = QPushButton(tr("Preview"))
        self.look.clicked.connect(self._on_look)
        for button in (self._browse, self.copy, self._leave, self.look):
            button.setAutoDefault(False)
        self.go.setDefault(True)

    def _lay_out(self) -> None:
        file = QHBoxLayout()
        file.addWidget(self.path, 1)
        file.addWidget(self._browse)
        form = QFormLayout()
        label = QLabel(tr("&File"))
        label.setBuddy(self.path)
        form.addRow(label, file)
        form.addRow(tr("&Date"), self.day)
        self._status_lines = FlowLayout(self._status_box)
        self._status_label = QLabel(tr("Statuses that count"))
        self._status_label.hide()
        form.addRow(self._status_label, self._status_box)
        head = QHBoxLayout()
        head.addWidget(self._summary, 1)
        head.addWidget(self.filter)
        foot = QHBoxLayout()
        foot.addWidget(self.copy)
        foot.addStretch(1)
        foot.addWidget(self._leave)
        foot.addWidget(self.look)
        foot.addWidget(self.go)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(12)
        box.addWidget(self._title)
        box.addLayout(form)
        box.addLayout(head)
        box.addWidget(self.table, 1)
        box.addLayout(foot)

    @Slot()
    def _on_browse(self) -> None:
        chooser = QFileDialog(self, self.windowTitle())
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.setNameFilters(["Excel, CSV (*.xlsx *.xlsm *.csv *.txt *.tsv)", tr("All files (*)")])
        chooser.fileSelected.connect(self.path.setText)
        chooser.open()

    @Slot()
    def _on_go(self) -> None:
        if path := self._chosen():
            self.go_requested.emit(path, self.day.day(), self._counted())

    @Slot()
    def _on_look(self) -> None:
        if path := self._chosen():
            self.look_requested.emit(path, self.day.day(), self._counted())

    def _chosen(self) -> Path | None:
        text = self.path.text().strip()
        if text:
            return Path(text)
        self.show_fault(tr("Choose a file first."))
        return None

    def _counted(self) -> list[str] | None:
        if not self.statuses:
            return None
        return [str(box.property("status")) for box in self.statuses if box.isChecked()]

    @Slot()
    def _on_other_file(self) -> None:
        self.ask_for_statuses(())

    def ask_for_statuses(self, statuses: Sequence[tuple[str, int]]) -> None:
        """Let the person say which statuses of the file count; none is chosen for them."""
        for old in self.statuses:
            old.deleteLater()
        self.statuses = []
        for status, count in statuses:
            box = QCheckBox(tr("{status} (rows: {n})", status=status or "-", n=count))
            box.setProperty("status", status)
            self._status_lines.addWidget(box)
            self.statuses.append(box)
        self._status_box.setVisible(bool(statuses))
        self._status_label.setVisible(bool(statuses))

    def set_busy(self, *, busy: bool) -> None:
        """Let nothing be asked twice while the file is worked on."""
        self.go.setEnabled(not busy)
        self.look.setEnabled(not busy)
        self._leave.setEnabled(not busy)
        if busy:
            self._summary.setObjectName("muted")
            self._summary.setText(tr("Working…"))

    def show_fault(self, text: str) -> None:
        """Say why nothing was done."""
        self.set_busy(busy=False)
        self._summary.setObjectName("fault")
        self._summary.style().polish(self._summary)
        self._summary.setText(text)

    def show_answer(self, answer: "FileAnswer") -> None:
        """Show one line for each row."""
        self.set_busy(busy=False)
        self._answer = answer
        self._summary.setObjectName("")
        self._summary.style().polish(self._summary)
        result = answer.answer
        counts = [
            f"{result.count(outcome)} {name}" for outcome, (_, name) in _OUTCOMES.items() if result.count(outcome)
        ]
        told = tr("Rows: {total} ({counts})", total=len(result.results), counts=" · ".join(counts))
        self._summary.setText(" ".join((told, *map(str, result.notices))))
        self.filter.show()
        self.copy.show()
        self.filter.setCurrentIndex(0 if result.all_done else 1)
        self._fill()

    @Slot()
    def _fill(self) -> None:
        if self._answer is None:
            return
        pairs = list(zip(self._answer.rows, self._answer.answer.results, strict=True))
        if self.filter.currentIndex():
            pairs = [pair for pair in pairs if pair[1].outcome not in {Outcome.DONE, Outcome.ALREADY}]
        self.table.setRowCount(min(len(pairs), _SHOWN))
        for at, (row, result) in enumerate(pairs[:_SHOWN]):
            self._show(at, row, result)

    def _show(self, at: int, row: int, result: ActionResult) -> None:
        sign, name = _OUTCOMES[result.outcome]
        for column, text in enumerate((str(row), result.reference, str(name), str(result.message))):
            item = QTableWidgetItem(text)
            item.setData(Qt.ItemDataRole.UserRole, result.order_id)
            item.setToolTip(text)
            if column == 2:  # noqa: PLR2004 - the result
                item.setIcon(icon(sign))
            self.table.setItem(at, column, item)

    @Slot(QTableWidgetItem)
    def _on_item(self, item: QTableWidgetItem) -> None:
        if item.data(Qt.ItemDataRole.UserRole) is not None:
            self.order_requested.emit(item.data(Qt.ItemDataRole.UserRole))

    @Slot()
    def copy_answers(self) -> None:
        """Put all answers on the clipboard, cells separated by tabs."""
        if self._answer is None:
            return
        lines = ["\t".join((tr("Row"), tr("Reference"), tr("Result"), tr("Explanation")))]
        for row, result in zip(self._answer.rows, self._answer.answer.results, strict=True):
            lines.append(f"{row}\t{result.reference}\t{_OUTCOMES[result.outcome][1]}\t{result.message}")
        QGuiApplication.clipboard().setText("\n".join(lines))
