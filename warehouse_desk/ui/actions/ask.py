"""Ask what an action needs, and nothing else; the fields follow from the transition table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QSettings, Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from warehouse_desk.common.messages import nmsg, tr
from warehouse_desk.domain.orders.leaving import LEAVING
from warehouse_desk.domain.orders.order import OrderLine
from warehouse_desk.domain.orders.step_options import MAX_REASON, StepOptions
from warehouse_desk.domain.orders.transitions import Action, Need, action_name
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.ui.station import Station
from warehouse_desk.ui.widgets.day_edit import DayEdit
from warehouse_desk.ui.widgets.make import leave_or_go, named

_RECENT = 8
_LAST_KEYS = {Need.WAREHOUSE: "last/warehouse", Need.COMPANY: "last/company", Need.PERSON: "last/person"}


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be asked, for whom."""

    action: Action
    needs: tuple[Need, ...]
    count: int
    first_reference: str
    lines: tuple[OrderLine, ...] = ()
    """The lines of the one order concerned, to choose the short SKUs from."""
    since: date | None = None
    """The day on which the oldest of the orders was made, where it is known: no step can be older."""
    outdated: int = 0
    """How many of the orders, where they are known, have an outdated label."""
    changed: int = 0
    """How many of them were given other products after they were packed."""


class AskDialog(QDialog):
    """A small window over the table; ``answered`` carries the ``StepOptions``. It is opened, never executed."""

    answered = Signal(object)

    def __init__(self, question: Question, station: Station, today: date, settings: QSettings, parent: QWidget) -> None:
        super().__init__(parent)
        self._question = question
        self._settings = settings
        self._today = today
        self._choices: dict[Need, QComboBox] = {}
        self._date: DayEdit | None = None
        self._reason: QComboBox | None = None
        self._from_stock: QCheckBox | None = None
        self._skus: QListWidget | None = None
        self._negative: QCheckBox | None = None
        self._to_new: QCheckBox | None = None
        self._outdated: QCheckBox | None = None
        self._uncounted: QCheckBox | None = None
        self._fault = named(QLabel(), "fault")
        self._fault.setWordWrap(True)
        self._fault.hide()
        self.setModal(True)
        self.setMinimumWidth(430)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(str(action_name(question.action)))
        self._build(station)

    def _build(self, station: Station) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(12)
        title = named(QLabel(str(action_name(self._question.action))), "title")
        whom = named(QLabel(self._whom()), "muted")
        whom.setWordWrap(True)
        box.addWidget(title)
        box.addWidget(whom)
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeading)
        form.setVerticalSpacing(10)
        for need in self._question.needs:
            self._add(form, need, station)
        self._add_allowances(form, station)
        box.addLayout(form)
        box.addWidget(self._fault)
        box.addLayout(self._buttons())

    def _whom(self) -> str:
        if self._question.count == 1:
            return tr("For {reference}", reference=self._question.first_reference)
        return str(nmsg("For {n} order", "For {n} orders", self._question.count))

    def _what_exactly(self) -> str:
        """Say on the button itself what it does to what: “Cancel” alone could mean to leave."""
        name, count = action_name(self._question.action), self._question.count
        if count == 1:
            return tr("{action} · {reference}", action=name, reference=self._question.first_reference)
        return tr("{action} · {orders}", action=name, orders=nmsg("{n} order", "{n} orders", count))

    def _buttons(self) -> QHBoxLayout:
        role = "danger" if self._question.action is Action.DELETE else "primary"
        self._go = named(QPushButton(self._what_exactly()), role)
        self._go.clicked.connect(self._on_go)
        return leave_or_go(self, tr("Close"), self._go)

    def _add(self, form: QFormLayout, need: Need, station: Station) -> None:
        match need:
            case Need.DATE:
                self._date = DayEdit(self._today, self._question.since)
                form.addRow(tr("&Date"), self._date)
            case Need.WAREHOUSE:
                self._add_choice(form, need, tr("&Warehouse"), [(w.id, w.name) for w in station.own_warehouses])
            case Need.COMPANY:
                self._add_choice(form, need, tr("&Company"), [(c.id, c.name) for c in station.companies if c.active])
            case Need.PERSON:
                self._add_choice(
                    form, need, tr("Delivery &person"), [(p.id, p.name) for p in station.persons if p.active]
                )
            case Need.FROM_STOCK:
                self._from_stock = QCheckBox(tr("The company ships from the stock it &keeps for us"))
                form.addRow("", self._from_stock)
            case Need.REASON:
                self._add_reason(form)
            case Need.SHORT_SKUS:
                self._add_skus(form)

    def _add_allowances(self, form: QFormLayout, station: Station) -> None:
        """Offer what goes beyond the usual step, to who may do it."""
        if Need.WAREHOUSE in self._question.needs and station.caller.may(Ability.NEGATIVE_STOCK):
            self._negative = QCheckBox(tr("Even if the stock is too &low: it falls below zero"))
            form.addRow("", self._negative)
        if self._question.action in LEAVING and station.caller.may(Ability.OVERRIDE_VERIFICATION):
            self._add_letting_go(form, counted=station.shared.verify_before_pack)
        if self._question.action is Action.RESUME:
            self._to_new = QCheckBox(tr("Start again at “&New” instead of the previous status"))
            form.addRow("", self._to_new)

    def _add_letting_go(self, form: QFormLayout, *, counted: bool) -> None:
        """Offer to let parcels go whose label, or where that is wanted whose count, is older than the order."""
        n = self._question.outdated
        if n:
            text = nmsg("Even with the outdated &label of {n} order", "Even with the outdated &labels of {n} orders", n)
            self._outdated = QCheckBox(str(text))
            form.addRow("", self._outdated)
        n = self._question.changed if counted else 0
        if n:
            text = nmsg("Even if {n} order is not &counted again", "Even if {n} orders are not &counted again", n)
            self._uncounted = QCheckBox(str(text))
            form.addRow("", self._uncounted)

    def _add_choice(self, form: QFormLayout, need: Need, label: str, choices: Sequence[tuple[int, str]]) -> None:
        box = QComboBox()
        for number, name in choices:
            box.addItem(name, number)
        last = box.findData(self._settings.value(_LAST_KEYS[need], -1, int))
        box.setCurrentIndex(last if last >= 0 else (0 if len(choices) == 1 or need is Need.WAREHOUSE else -1))
        box.setPlaceholderText(tr("Choose…"))
        form.addRow(label, box)
        self._choices[need] = box

    def _add_reason(self, form: QFormLayout) -> None:
        box = QComboBox(editable=True)
        box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        recent = self._settings.value(self._reason_key(), [], list)
        box.addItems([str(text) for text in recent] if isinstance(recent, list) else [])
        box.setCurrentIndex(-1)
        editor = box.lineEdit()
        if editor is not None:
            editor.setMaxLength(MAX_REASON)
            editor.setPlaceholderText(tr("Why? Customer service will read it."))
        form.addRow(tr("&Reason"), box)
        self._reason = box

    def _add_skus(self, form: QFormLayout) -> None:
        if not self._question.lines:
            note = named(QLabel(tr("For each order, the SKUs that are short are noted.")), "muted")
            note.setWordWrap(True)
            form.addRow(note)
            return
        self._skus = QListWidget()
        self._skus.setMaximumHeight(180)
        for line in self._question.lines:
            item = QListWidgetItem(f"{line.sku}  ·  {line.product_name}  × {line.quantity}")
            item.setData(Qt.ItemDataRole.UserRole, line.sku)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            self._skus.addItem(item)
        form.addRow(tr("Short &SKUs"), self._skus)

    def _reason_key(self) -> str:
        return f"reasons/{self._question.action.value}"

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's own name
        """Put the hand on the first thing that must be given."""
        super().showEvent(event)
        if self._reason is not None:
            self._reason.setFocus()
        elif self._choices:
            next(iter(self._choices.values())).setFocus()
        else:
            self._go.setFocus()

    @Slot()
    def _on_go(self) -> None:
        fault = self._first_fault()
        if fault:
            self._fault.setText(fault)
            self._fault.show()
            return
        self._remember()
        self.answered.emit(self.options())
        self.accept()

    def _first_fault(self) -> str:
        for box in self._choices.values():
            if box.currentIndex() < 0:
                box.setFocus()
                return tr("Choose from the list first.")
        if self._reason is not None and not self._reason.currentText().strip():
            self._reason.setFocus()
            return tr("A reason is needed. Write it, or choose one used before.")
        return ""

    def options(self) -> StepOptions:
        """Return what the fields hold."""
        return StepOptions(
            date=self._today if self._date is None else self._date.day(),
            warehouse_id=self._chosen(Need.WAREHOUSE),
            company_id=self._chosen(Need.COMPANY),
            person_id=self._chosen(Need.PERSON),
            reason=self._reason.currentText().strip() if self._reason is not None else "",
            from_stock=self._from_stock.isChecked() if self._from_stock is not None else None,
            short_skus=self._short_skus(),
            to_new=self._to_new is not None and self._to_new.isChecked(),
            allow_negative=self._negative is not None and self._negative.isChecked(),
            outdated_label=self._outdated is not None and self._outdated.isChecked(),
            uncounted=self._uncounted is not None and self._uncounted.isChecked(),
        )

    def _chosen(self, need: Need) -> int | None:
        box = self._choices.get(need)
        return None if box is None or box.currentIndex() < 0 else int(box.currentData())

    def _short_skus(self) -> tuple[str, ...] | None:
        if Need.SHORT_SKUS not in self._question.needs:
            return None
        if self._skus is None:
            return ()
        items = [self._skus.item(row) for row in range(self._skus.count())]
        ticked = [item for item in items if item.checkState() is Qt.CheckState.Checked]
        return tuple(str(item.data(Qt.ItemDataRole.UserRole)) for item in ticked)

    def _remember(self) -> None:
        for need, box in self._choices.items():
            self._settings.setValue(_LAST_KEYS[need], box.currentData())
        if self._reason is not None:
            text = self._reason.currentText().strip()
            older = [self._reason.itemText(row) for row in range(self._reason.count())]
            self._settings.setValue(self._reason_key(), list(dict.fromkeys([text, *older]))[:_RECENT])
