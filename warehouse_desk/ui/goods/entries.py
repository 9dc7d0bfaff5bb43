"""Warehouses, companies, delivery persons, cities, shipment ways: one table each, added, changed, taken out of use."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from warehouse_desk.common.messages import Message, msg, tr
from warehouse_desk.common.text import fold
from warehouse_desk.domain.directories.entries import (
    MAX_CODE,
    MAX_WAY,
    STOCK_CODE,
    City,
    Company,
    Listed,
    Person,
    ShipmentWay,
    Warehouse,
    changing,
)
from warehouse_desk.domain.errors import DeskError
from warehouse_desk.domain.orders.drafts import MAX_NAME, MAX_PHONE
from warehouse_desk.domain.phone import readable_phone
from warehouse_desk.ui.bidi import in_order
from warehouse_desk.ui.goods.forms import FormDialog
from warehouse_desk.ui.goods.goods_dialog_controller import GoodsDialogController
from warehouse_desk.ui.goods.tables import RowsModel, RowsView, TableColumn, framed
from warehouse_desk.ui.icons import icon
from warehouse_desk.ui.theme import tokens
from warehouse_desk.ui.widgets.make import named, text_label
from warehouse_desk.ui.widgets.notice import Notice
from warehouse_desk.ui.workplace import Workplace


@dataclass(frozen=True, slots=True)
class EntryKind:
    """What differs from one list to the next."""

    what: Listed
    add: Message
    empty: Message
    about: Message
    columns: tuple[TableColumn[Any], ...]
    fields: tuple[tuple[str, Message, int], ...]
    """Names of fields, their labels, their limits (characters)."""
    words: Callable[[Any], Sequence[str]] = field(default=lambda entry: (entry.code, entry.name))
    """What a search looks at."""
    fixed: frozenset[str] = frozenset()
    """Fields that are given when an entry is added, and never changed."""


def _state(entry: Warehouse | Company | Person | City | ShipmentWay) -> str:
    return tr("active") if entry.active else tr("inactive")


def _column(title: Message, text: Callable[[Any], str], width: int, *, grows: bool = False) -> TableColumn[Any]:
    return TableColumn(title, text, width, grows=grows)


_CODE = _column(msg("Code"), lambda entry: in_order(entry.code), 150)
_NAME = _column(msg("Name"), lambda entry: entry.name, 240, grows=True)
_STATE = _column(msg("State"), _state, 120)
_DIGITS = len(str(MAX_WAY))
_CODE_FIELD, _NAME_FIELD = ("code", msg("&Code"), MAX_CODE), ("name", msg("&Name"), MAX_NAME)


def _of_whom(warehouse: Warehouse) -> str:
    return "" if warehouse.shipping_company_id is None else tr("at the shipping company")


def _stock_of(company: Company) -> str:
    return in_order(STOCK_CODE.format(company.code))


KINDS: dict[Listed, EntryKind] = {
    Listed.WAREHOUSE: EntryKind(
        Listed.WAREHOUSE,
        msg("Add warehouse…"),
        msg("No warehouses yet"),
        msg("Goods are received in a warehouse and leave from one. Add the first one here."),
        (_CODE, _NAME, _column(msg("Belongs to"), _of_whom, 270), _STATE),
        (_CODE_FIELD, _NAME_FIELD),
    ),
    Listed.COMPANY: EntryKind(
        Listed.COMPANY,
        msg("Add shipping company…"),
        msg("No shipping companies yet"),
        msg("Parcels are pushed to a shipping company. Each company gets a warehouse for the stock it keeps for you."),
        (_CODE, _NAME, _column(msg("Our goods there"), _stock_of, 220), _STATE),
        (_CODE_FIELD, _NAME_FIELD),
    ),
    Listed.PERSON: EntryKind(
        Listed.PERSON,
        msg("Add delivery person…"),
        msg("No delivery persons yet"),
        msg("A delivery person delivers parcels and brings back the money."),
        (_CODE, _NAME, _column(msg("Phone"), lambda person: in_order(readable_phone(person.phone)), 200), _STATE),
        (_CODE_FIELD, _NAME_FIELD, ("phone", msg("&Phone"), MAX_PHONE)),
        lambda person: (person.code, person.name, person.phone, readable_phone(person.phone)),
    ),
    Listed.CITY: EntryKind(
        Listed.CITY,
        msg("Add city…"),
        msg("No cities yet"),
        msg("Cities are offered when an order is created."),
        (_NAME, _column(msg("Arabic name"), lambda city: city.name_ar, 240), _STATE),
        (("name", msg("&Name"), MAX_NAME), ("name_ar", msg("&Arabic name"), MAX_NAME)),
        lambda city: (city.name, city.name_ar),
    ),
    Listed.SHIPMENT_WAY: EntryKind(
        Listed.SHIPMENT_WAY,
        msg("Add shipment way…"),
        msg("No shipment ways yet"),
        msg("Orders may have the number of a shipment way. Enter here what your numbers mean; then it can be chosen."),
        (
            _column(msg("Number"), lambda way: in_order(str(way.number)), 110),
            _NAME,
            _column(msg("Arabic name"), lambda way: way.name_ar, 200),
            _column(msg("English name"), lambda way: way.name_en, 200),
            _STATE,
        ),
        (
            ("number", msg("N&umber"), _DIGITS),
            ("name", msg("&Name in French"), MAX_NAME),
            ("name_ar", msg("&Arabic name"), MAX_NAME),
            ("name_en", msg("&English name"), MAX_NAME),
        ),
        lambda way: (str(way.number), way.name, way.name_ar, way.name_en),
        frozenset({"number"}),
    ),
}


class EntriesTab(QWidget):
    """One of the lists."""

    def __init__(
        self, workplace: Workplace, kind: EntryKind, dialogs: GoodsDialogController, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self.kind = kind
        self._dialogs = dialogs
        self._all: Sequence[Any] = ()
        self._chosen: int | None = None
        self.model = RowsModel(kind.columns, lambda entry: not entry.active, self)
        self.view = RowsView(self.model, kind.columns, str(kind.add))
        self.search = QLineEdit(placeholderText=tr("Find in this list"), clearButtonEnabled=True)
        self.search.setAccessibleName(tr("Find in this list"))
        self.summary = text_label("", "muted")
        self.add = named(QPushButton(str(kind.add)), "primary")
        self.edit = QPushButton(tr("Edit…"))
        self.active = QPushButton(tr("Deactivate"))
        self.notice = Notice()
        self.stack = QStackedWidget()
        self._lay_out()
        self.search.textChanged.connect(self._filter)
        self.add.clicked.connect(self._on_add)
        self.edit.clicked.connect(self._on_edit)
        self.active.clicked.connect(self._on_active)
        self.view.opened.connect(self._on_edit)
        self.view.selectionModel().selectionChanged.connect(self._on_selected)
        self.notice.acted.connect(self._on_add)
        workplace.station.changed.connect(self._show_allowed)
        self.retint()
        self._show_allowed()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.search, 1)
        head.addWidget(self.summary)
        for button in (self.active, self.edit, self.add):
            head.addWidget(button)
        self.stack.addWidget(framed(self.view))
        self.stack.addWidget(self.notice)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(head)
        box.addWidget(self.stack, 1)

    def retint(self) -> None:
        """Draw the icons anew for another scheme."""
        self.add.setIcon(icon("plus", tokens().accent_text))
        self.edit.setIcon(icon("update"))

    @Slot()
    def _show_allowed(self) -> None:
        """Enable what the worker may do."""
        why_not = self._workplace.station.why_not(changing(self.kind.what))
        self.add.setEnabled(not why_not)
        self.add.setToolTip(why_not)
        self._on_selected()

    def refresh(self) -> None:
        """Read the list anew."""
        what = self.kind.what
        self._workplace.at_desk(
            lambda desk: desk.directories.entries(what),
            owner=self,
            done=self._show,
            failed=self._on_failed,
            key=f"goods.{what}",
        )

    def _show(self, entries: Sequence[Any]) -> None:
        self._all = entries
        self._filter()

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            raise error
        self.notice.show_text("verdict-refused", tr("This list cannot be read now"), str(error), "")
        self.stack.setCurrentIndex(1)

    @Slot()
    def _filter(self) -> None:
        wanted = fold(self.search.text())
        rows = [entry for entry in self._all if any(wanted in fold(word) for word in self.kind.words(entry))]
        self.model.show_rows(rows)
        place = next((row for row, entry in enumerate(rows) if entry.id == self._chosen), None)
        if place is not None:
            self.view.selectRow(place)
        if not self._all:
            may_add = not self._workplace.station.why_not(changing(self.kind.what))
            button = str(self.kind.add) if may_add else ""
            self.notice.show_text("place", str(self.kind.empty), str(self.kind.about), button)
        self.stack.setCurrentIndex(0 if self._all else 1)
        self._on_selected()

    def _entry(self) -> Any:  # noqa: ANN401 - one of five kinds of entry
        rows = self.view.chosen_rows()
        return self.model.rows[rows[0]] if rows else None

    @Slot()
    def _on_selected(self) -> None:
        entry = self._entry()
        if entry is not None:
            self._chosen = entry.id
        of_company = isinstance(entry, Warehouse) and entry.shipping_company_id is not None
        why_not = self._workplace.station.why_not(changing(self.kind.what))
        if of_company:
            why_not = why_not or tr(
                "This is the stock that a shipping company keeps for us. Change the company instead."
            )
        for button in (self.edit, self.active):
            button.setEnabled(entry is not None and not why_not)
            button.setToolTip(why_not)
        self.active.setText(tr("Reactivate") if entry is not None and not entry.active else tr("Deactivate"))

    def _form(self, title: str, save: str, entry: object = None) -> FormDialog:
        form = FormDialog(title, save, self._workplace.window)
        for name, label, limit in self.kind.fields:
            if entry is None or name not in self.kind.fixed:
                form.add_line(name, str(label), limit, "" if entry is None else getattr(entry, name))
        return form

    @Slot()
    def _on_add(self) -> None:
        what, title = self.kind.what, str(self.kind.add).rstrip("…")
        self._dialogs.ask(self._form(title, title), lambda desk, values: desk.directories.add(what, **values))

    @Slot()
    def _on_edit(self) -> None:
        entry, what = self._entry(), self.kind.what
        if entry is not None and self.edit.isEnabled():
            form = self._form(tr("Edit {reference}", reference=self._called(entry)), tr("Save"), entry)
            self._dialogs.ask(form, lambda desk, values: desk.directories.edit(what, entry.id, **values))

    @Slot()
    def _on_active(self) -> None:
        entry, what = self._entry(), self.kind.what
        if entry is None:
            return
        if not entry.active:
            self._dialogs.do(lambda desk: desk.directories.set_active(what, entry.id, active=True))
            return
        form = FormDialog(
            tr("Deactivate {name}?", name=self._called(entry)),
            tr("Deactivate"),
            self._workplace.window,
            about=tr("It will no longer be offered. Orders that already use it continue, and the history stays."),
        )
        self._dialogs.ask(form, lambda desk, _values: desk.directories.set_active(what, entry.id, active=False))

    def _called(self, entry: Any) -> str:  # noqa: ANN401 - one of five kinds of entry
        return str(getattr(entry, "code", entry.name))

    def choose(self, number: int) -> None:
        """Select an entry once the list is read again."""
        self._chosen = number
        self.search.clear()
