"""What became of an action on many orders: one line for each, refused ones first."""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from warehouse_desk.common.messages import Message, msg, nmsg, tr
from warehouse_desk.domain.results import ActionResult, BulkResult, Outcome
from warehouse_desk.ui.icons import icon, icon_pixmap
from warehouse_desk.ui.theme import tokens
from warehouse_desk.ui.widgets.make import named

_ORDER = (Outcome.FAILED, Outcome.REFUSED, Outcome.UNKNOWN, Outcome.ALREADY, Outcome.DONE)
_ICONS = {
    Outcome.DONE: "verdict-done",
    Outcome.ALREADY: "verdict-already",
    Outcome.REFUSED: "verdict-refused",
    Outcome.UNKNOWN: "verdict-refused",
    Outcome.FAILED: "verdict-refused",
}
_NAMES: dict[Outcome, Message] = {
    Outcome.DONE: msg("done"),
    Outcome.ALREADY: msg("unchanged"),
    Outcome.REFUSED: msg("refused"),
    Outcome.UNKNOWN: msg("unknown"),
    Outcome.FAILED: msg("failed"),
}
_SHOWN = 2_000
"""Lines shown at most; the copy holds all of them."""


def summary(result: BulkResult) -> str:
    """Return how many orders ended in which way, those that need attention first."""
    parts = [f"{result.count(outcome)} {_NAMES[outcome]}" for outcome in _ORDER if result.count(outcome)]
    return " · ".join(parts) or tr("Nothing was done.")


class ResultsPanel(QFrame):
    """Stands below the table until it is closed."""

    closed = Signal()
    order_requested = Signal(object)
    """The order id of a line that was chosen."""
    export_requested = Signal()
    """The lines are to be written to a file."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._result = BulkResult(())
        self._title = named(QLabel(), "big")
        self._summary = named(QLabel(), "muted")
        self._list = named(QListWidget(), "plain")
        self._list.setAccessibleName(tr("Results"))
        self._list.setUniformItemSizes(True)
        self._list.setIconSize(QSize(20, 20))
        self._list.itemActivated.connect(self._on_item)
        self._list.itemClicked.connect(self._on_item)
        copy = QPushButton(icon("copy"), tr("Copy"))
        copy.clicked.connect(self.copy)
        export = QPushButton(icon("export"), tr("Export"))
        export.setToolTip(tr("Export all lines to an Excel or CSV file"))
        export.clicked.connect(self.export_requested)
        close = named(QToolButton(), "flat")
        close.setIcon(icon("close"))
        close.setAccessibleName(tr("Close the results"))
        close.setToolTip(tr("Close the results"))
        close.clicked.connect(self._on_close)
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addWidget(self._summary, 1)
        head.addWidget(copy)
        head.addWidget(export)
        head.addWidget(close)
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 8, 8, 8)
        box.addLayout(head)
        box.addWidget(self._list)
        self.hide()

    def show_result(self, title: str, result: BulkResult) -> None:
        """Show one line for each order."""
        self._result = result
        self._title.setText(title)
        self._summary.setText(summary(result))
        self._list.clear()
        answers = self._sorted()
        for answer in answers[:_SHOWN]:
            self._list.addItem(self._item(answer))
        if len(answers) > _SHOWN:
            left = len(answers) - _SHOWN
            more = nmsg(
                "{n} more line: copy or export includes it.", "{n} more lines: copy or export includes them.", left
            )
            self._list.addItem(QListWidgetItem(str(more)))
        self.show()

    def rows(self) -> list[tuple[str, str, str]]:
        """Return reference, outcome and explanation of every line, those that need attention first."""
        return [(each.reference, str(_NAMES[each.outcome]), str(each.message)) for each in self._sorted()]

    def _sorted(self) -> list[ActionResult]:
        return sorted(self._result.results, key=lambda answer: _ORDER.index(answer.outcome))

    def _item(self, answer: ActionResult) -> QListWidgetItem:
        pixmap = icon_pixmap(_ICONS[answer.outcome], self._colour(answer.outcome), 20, self.devicePixelRatioF())
        item = QListWidgetItem(QIcon(pixmap), f"{_NAMES[answer.outcome]} — {answer.message}")
        item.setData(Qt.ItemDataRole.UserRole, answer.order_id)
        item.setToolTip(str(answer.message))
        return item

    @staticmethod
    def _colour(outcome: Outcome) -> str:
        scheme = tokens()
        return {Outcome.DONE: scheme.accent, Outcome.ALREADY: scheme.muted}.get(outcome, scheme.error)

    @Slot()
    def copy(self) -> None:
        """Put all lines on the clipboard, cells separated by tabs."""
        head = "\t".join((tr("Reference"), tr("Result"), tr("Explanation")))
        lines = ["\t".join(row) for row in self.rows()]
        QGuiApplication.clipboard().setText("\n".join([head, *lines]))

    @Slot(QListWidgetItem)
    def _on_item(self, item: QListWidgetItem) -> None:
        if item.data(Qt.ItemDataRole.UserRole) is not None:
            self.order_requested.emit(item.data(Qt.ItemDataRole.UserRole))

    @Slot()
    def _on_close(self) -> None:
        self.hide()
        self.closed.emit()
