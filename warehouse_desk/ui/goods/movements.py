"""The ledger of one product: what happened to it, when, where, by whom and why."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout

from warehouse_desk.common.formats import count_text, moment_text
from warehouse_desk.common.messages import msg, tr
from warehouse_desk.domain.goods.product_sheet import MovementPage, MovementRow
from warehouse_desk.domain.goods.stock import movement_name
from warehouse_desk.ui.bidi import in_order
from warehouse_desk.ui.goods.tables import RowsModel, RowsView, TableColumn
from warehouse_desk.ui.widgets.make import text_label
from warehouse_desk.ui.workplace import Workplace

PAGE = 100


def _signed(pieces: int) -> str:
    return in_order(count_text(pieces, signed=True)) if pieces else ""


_COLUMNS: tuple[TableColumn[MovementRow], ...] = (
    TableColumn(msg("When"), lambda row: in_order(moment_text(row.at)), 140),
    TableColumn(msg("What"), lambda row: str(movement_name(row.kind)), 190),
    TableColumn(msg("In stock"), lambda row: _signed(row.on_hand), 84, number=True),
    TableColumn(msg("In inspection"), lambda row: _signed(row.inspection), 100, number=True),
    TableColumn(msg("Reserved"), lambda row: _signed(row.committed), 84, number=True),
    TableColumn(msg("Warehouse"), lambda row: in_order(row.warehouse), 100),
    TableColumn(msg("Order"), lambda row: in_order(row.reference), 104),
    TableColumn(msg("Worker"), lambda row: " · ".join(filter(None, (row.user_name, row.station))), 150),
    TableColumn(msg("Reason"), lambda row: row.reason, 120, grows=True),
)


class MovementsDialog(QDialog):
    """Newest first; older ones are read when the end of the table is looked at."""

    def __init__(self, workplace: Workplace, sku: str) -> None:
        super().__init__(workplace.window)
        self._workplace = workplace
        self._sku = sku
        self._before: int | None = None
        self.setModal(True)
        title = tr("Movements of {sku}", sku=sku)
        self.setWindowTitle(title)
        self.resize(min(1_120, workplace.window.width() - 40), 520)
        self.model = RowsModel(_COLUMNS, parent=self)
        self.model.more_requested.connect(self._read)
        self.view = RowsView(self.model, _COLUMNS, title)
        self.summary = text_label(tr("Reading…"), "muted", wrap=True)
        leave = QPushButton(tr("Close"), default=True)
        leave.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self.summary, 1)
        foot.addWidget(leave)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 16, 16, 12)
        box.addWidget(text_label(title, "title"))
        box.addWidget(self.view, 1)
        box.addLayout(foot)
        self._read()

    @Slot()
    def _read(self) -> None:
        sku, before = self._sku, self._before
        self._workplace.at_desk(
            lambda desk: desk.goods.movements(sku, before=before, limit=PAGE),
            owner=self,
            done=self._on_page,
            failed=lambda error: self.summary.setText(str(error)),
        )

    def _on_page(self, page: MovementPage) -> None:
        self._before = page.next
        self.model.add_rows(page.rows, has_more=page.next is not None)
        count = self.model.rowCount()
        if not count:
            self.summary.setText(tr("This product has no movements yet."))
        elif page.next is None:
            self.summary.setText(tr("All movements: {count}.", count=count))
        else:
            self.summary.setText(tr("Newest movements: {count}. Scroll down for older ones.", count=count))
