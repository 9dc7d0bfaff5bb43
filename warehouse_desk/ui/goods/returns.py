"""Returned goods that wait in inspection: back on the shelf, or written off."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from warehouse_desk.common.formats import day_text
from warehouse_desk.common.messages import listed, msg, nmsg, tr
from warehouse_desk.domain.errors import DeskError, WrongUsage
from warehouse_desk.domain.goods.returns import Decision, WaitingReturn, goods_texts
from warehouse_desk.domain.orders.step_options import MAX_REASON
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.results import BulkResult, Outcome
from warehouse_desk.ui.bidi import in_order
from warehouse_desk.ui.goods.forms import FormDialog
from warehouse_desk.ui.goods.goods_dialog_controller import GoodsDialogController
from warehouse_desk.ui.goods.tables import RowsModel, RowsView, TableColumn, framed
from warehouse_desk.ui.icons import icon
from warehouse_desk.ui.messages import Level
from warehouse_desk.ui.theme import tokens
from warehouse_desk.ui.widgets.make import named, text_label
from warehouse_desk.ui.widgets.notice import Notice
from warehouse_desk.ui.workplace import Workplace

PAGE = 200
_TOLD = 3
_PIECES = "pieces/"


def _decision(values: Mapping[str, Any], waiting: Mapping[str, int], *, restock: bool) -> Decision:
    """Return what a form asks for; ``waiting`` are the pieces of the only order, of which some may be left out.

    Raises:
        WrongUsage: none of them is left.
    """
    pieces = {sku: values[f"{_PIECES}{sku}"] for sku in waiting if values[f"{_PIECES}{sku}"]}
    if waiting and not pieces:
        raise WrongUsage(msg("Choose at least one piece."))
    return Decision(restock=restock, reason=values["reason"], pieces=pieces, spare_id=values.get("spare"))


def _goods(row: WaitingReturn) -> str:
    return listed(in_order(words) for words in goods_texts(row.goods))


_COLUMNS: tuple[TableColumn[WaitingReturn], ...] = (
    TableColumn(msg("Order"), lambda row: in_order(row.reference), 130),
    TableColumn(msg("Status"), lambda row: str(row.standing), 120),
    TableColumn(msg("Customer"), lambda row: row.customer, 180),
    TableColumn(msg("Goods"), _goods, 220, grows=True),
    TableColumn(msg("Warehouse"), lambda row: listed(map(in_order, row.warehouses)), 120),
    TableColumn(msg("Returned on"), lambda row: in_order(day_text(row.returned_on)), 120),
)


class ReturnsTab(QWidget):
    """The orders whose goods wait, whatever became of them since; what is decided applies to those selected."""

    order_requested = Signal(object)
    """The id of an order to look at."""

    def __init__(self, workplace: Workplace, dialogs: GoodsDialogController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._dialogs = dialogs
        self.model = RowsModel(_COLUMNS, parent=self)
        self.view = RowsView(self.model, _COLUMNS, tr("Returned goods in inspection"))
        self.view.setSelectionMode(RowsView.SelectionMode.ExtendedSelection)
        self.summary = text_label("", "muted")
        self.restock = named(QPushButton(tr("Restock…")), "primary")
        self.write_off = QPushButton(tr("Write off…"))
        self.notice = Notice()
        self.stack = QStackedWidget()
        self.stack.addWidget(framed(self.view))
        self.stack.addWidget(self.notice)
        head = QHBoxLayout()
        head.addWidget(self.summary, 1)
        head.addWidget(self.write_off)
        head.addWidget(self.restock)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(head)
        box.addWidget(self.stack, 1)
        self.restock.clicked.connect(lambda: self._ask(restock=True))
        self.write_off.clicked.connect(lambda: self._ask(restock=False))
        self.view.selectionModel().selectionChanged.connect(self._on_selected)
        self.view.opened.connect(self._on_opened)
        self.model.more_requested.connect(self._read_more)
        self.model.modelReset.connect(self._on_selected)
        self._workplace.station.changed.connect(self._show_allowed)
        self.retint()
        self._show_allowed()

    def retint(self) -> None:
        """Draw the icons anew for another scheme."""
        self.restock.setIcon(icon("back-in-stock", tokens().accent_text))
        self.write_off.setIcon(icon("delete"))

    @Slot()
    def _show_allowed(self) -> None:
        """Enable what the worker may do."""
        why_not = self._workplace.station.why_not(Ability.MANAGE_STOCK)
        for button in (self.restock, self.write_off):
            button.setToolTip(why_not)
        self._on_selected()

    def refresh(self) -> None:
        """Read the list anew."""
        self._workplace.at_desk(
            lambda desk: desk.goods.waiting_returns(limit=PAGE),
            owner=self,
            done=self._show,
            failed=self._on_failed,
            key="goods.returns",
        )

    def _show(self, rows: Sequence[WaitingReturn]) -> None:
        kept = {self.model.rows[row].order_id for row in self.view.chosen_rows()}
        self.model.show_rows(rows, has_more=len(rows) == PAGE)
        for place, row in enumerate(rows):
            if row.order_id in kept:
                self.view.selectionModel().select(
                    self.model.index(place, 0),
                    self.view.selectionModel().SelectionFlag.Select | self.view.selectionModel().SelectionFlag.Rows,
                )
        if not rows:
            text = tr("Goods of returned orders appear here until they are restocked or written off.")
            self.notice.show_text("status-returned", tr("Nothing waits in inspection"), text, "")
        self.stack.setCurrentIndex(0 if rows else 1)

    @Slot()
    def _read_more(self) -> None:
        if self.model.rows:
            before = self.model.rows[-1].order_id
            self._workplace.at_desk(
                lambda desk: desk.goods.waiting_returns(before=before, limit=PAGE),
                owner=self,
                done=lambda rows: self.model.add_rows(rows, has_more=len(rows) == PAGE),
                failed=self._on_failed,
                key="goods.returns",
            )

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            raise error
        self.notice.show_text("verdict-refused", tr("The returns cannot be read now"), str(error), "")
        self.stack.setCurrentIndex(1)

    @Slot()
    def _on_selected(self) -> None:
        count = len(self.view.chosen_rows())
        may = bool(count) and not self._workplace.station.why_not(Ability.MANAGE_STOCK)
        self.restock.setEnabled(may)
        self.write_off.setEnabled(may)
        chosen = nmsg("{n} order selected", "{n} orders selected", count)
        self.summary.setText(str(chosen) if count else tr("Select the orders whose goods you have checked."))

    @Slot()
    def _on_opened(self) -> None:
        chosen = self.view.chosen_rows()
        if chosen:
            self.order_requested.emit(self.model.rows[chosen[0]].order_id)

    def _ask(self, *, restock: bool) -> None:
        chosen = [self.model.rows[row] for row in self.view.chosen_rows()]
        if not chosen:
            return
        form = self._form(chosen, restock=restock)
        keys = [row.order_id for row in chosen]
        alone = chosen[0].goods if len(chosen) == 1 else {}
        self._dialogs.ask(
            form, lambda desk, values: desk.goods.settle_returns(keys, _decision(values, alone, restock=restock))
        )

    def _form(self, chosen: Sequence[WaitingReturn], *, restock: bool) -> FormDialog:
        pieces = sum(sum(row.goods.values()) for row in chosen)
        about = [f"{nmsg('{n} order', '{n} orders', len(chosen))} · {nmsg('{n} piece', '{n} pieces', pieces)}"]
        closed = list(dict.fromkeys(code for row in chosen for code in row.out_of_use)) if restock else []
        if closed:
            about.append(tr("Inactive: {warehouses}. Choose another warehouse for their goods.", warehouses=closed))
        form = FormDialog(
            tr("Restock?") if restock else tr("Write off?"),
            tr("Restock") if restock else tr("Write off"),
            self._workplace.window,
            about="\n".join(about),
            danger=not restock,
        )
        if len(chosen) == 1:
            for sku, waiting in chosen[0].goods.items():
                form.add_number(f"{_PIECES}{sku}", tr("{sku}, pieces", sku=in_order(sku)), 0, waiting, waiting)
        station = self._workplace.station.current
        if closed and station is not None:
            choices = [("", None), *((place.name, place.id) for place in station.own_warehouses)]
            form.add_choice("spare", tr("&Warehouse"), choices, None)
        form.add_line("reason", tr("&Note") if restock else tr("&Reason"), MAX_REASON)
        return form

    def tell(self, answer: BulkResult) -> None:
        """Say what became of a decision."""
        bad = [result for result in answer.results if result.outcome not in {Outcome.DONE, Outcome.ALREADY}]
        done = len(answer.results) - len(bad)
        settled = [result for result in answer.results if result.outcome is Outcome.DONE]
        if settled:
            ids = [result.order_id for result in settled if result.order_id is not None]
            self._workplace.last_deed.note(msg("Sort returned goods"), [result.reference for result in settled], ids)
        if done:
            told = nmsg("The goods of {n} order are done.", "The goods of {n} orders are done.", done)
            self._workplace.messages.tell(str(told), Level.DONE)
        for result in bad[:_TOLD]:
            self._workplace.messages.tell(str(result.message), Level.ERROR)
