"""Beside the answer: the pieces of the open order, or the parcels handed over against those expected."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHeaderView,
    QProgressBar,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from warehouse_desk.common.messages import tr
from warehouse_desk.domain.scanning.scans import HandOverCount, LineCount, Verification
from warehouse_desk.ui.theme import VERDICTS
from warehouse_desk.ui.widgets.make import text_label


class TallyPanel(QWidget):
    """One headline that is read from afar, a bar, and the lines: open ones first."""

    sheet_requested = Signal()
    """The hand-over sheet, to be printed, signed and closed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.headline = text_label(role="big")
        self.headline.setAccessibleName(tr("Count"))
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self.table = QTableWidget(0, 2)
        self.table.setAccessibleName(tr("Pieces of the order"))
        self.table.horizontalHeader().setVisible(False)
        self.table.verticalHeader().setVisible(False)
        self.table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.table.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
        self.table.setShowGrid(False)
        self.sheet = QPushButton(tr("Print and close the sheet…"))
        self.sheet.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.sheet.clicked.connect(self.sheet_requested)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(self.headline)
        box.addWidget(self._bar)
        box.addWidget(self.table, 1)
        box.addWidget(self.sheet)
        self.hide()

    def set_large(self, *, large: bool) -> None:
        """Write the lines in letters for an arm's length and more, or as the rest of the window."""
        self.setObjectName("large" if large else "")
        self.table.style().unpolish(self.table)
        self.table.style().polish(self.table)
        self.table.verticalHeader().setDefaultSectionSize(self.table.fontMetrics().height() + 8)

    def show_verification(self, progress: Verification | None) -> None:
        """Show the pieces of the order that is open here."""
        self.show()
        self.sheet.hide()
        if progress is None:
            self._show(tr("No order is open"), 0, 1, [])
            return
        words = tr(
            "{reference}: {counted} of {wanted}",
            reference=progress.reference,
            counted=progress.counted,
            wanted=progress.ordered,
        )
        lines = sorted(progress.lines, key=lambda line: not line.missing)
        self._show(words, progress.counted, progress.ordered, [(_count(line), line.name) for line in lines])

    def show_hand_over(self, count: HandOverCount) -> None:
        """Show the parcels of a hand-over."""
        self.show()
        words = tr("Parcels: {handed} of {expected}", handed=count.handed, expected=count.expected)
        missing = [(tr("missing"), reference) for reference in count.missing]
        if count.left > len(count.missing):
            missing.append(("", tr("and {n} more", n=count.left - len(count.missing))))
        self._show(words, count.handed, count.expected, missing)
        self.sheet.setVisible(count.number is not None)

    def _show(self, words: str, value: int, maximum: int, rows: list[tuple[str, str]]) -> None:
        self.headline.setText(words)
        self._bar.setMaximum(max(1, maximum))
        self._bar.setValue(min(value, max(1, maximum)))
        colour = VERDICTS["done" if value >= maximum > 0 else "pending"][0]
        self._bar.setStyleSheet(f"QProgressBar::chunk {{ background: {colour}; }}")
        self.table.setRowCount(len(rows))
        for row, texts in enumerate(rows):
            for column, text in enumerate(texts):
                self.table.setItem(row, column, QTableWidgetItem(text))


def _count(line: LineCount) -> str:
    said = f"{line.counted} / {line.ordered}"
    return said if line.missing else f"✓ {said}"
