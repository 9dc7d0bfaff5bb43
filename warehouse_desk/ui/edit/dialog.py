"""The window in which an order's details are changed, or a new order is written."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from warehouse_desk.common.ids import new_id
from warehouse_desk.common.messages import Message, tr
from warehouse_desk.common.text import fold
from warehouse_desk.domain.errors import DeskError, InvalidInput
from warehouse_desk.domain.orders.drafts import MAX_AREA, MAX_EMAIL, MAX_NAME, MAX_PHONE
from warehouse_desk.domain.orders.merging import (
    TEXT_FIELDS,
    Beyond,
    CityValue,
    Details,
    LineValue,
    details_of,
    plain_text,
)
from warehouse_desk.domain.orders.order import OrderDetail
from warehouse_desk.domain.phone import why_unlikely
from warehouse_desk.domain.status import Holding
from warehouse_desk.ui.edit.choosing import CityBox, WayBox
from warehouse_desk.ui.edit.fields import TextFields, form_label
from warehouse_desk.ui.edit.lines import LinesEditor
from warehouse_desk.ui.edit.source import EditSource
from warehouse_desk.ui.edit.total_edit import TotalEdit
from warehouse_desk.ui.widgets.make import named, text_label
from warehouse_desk.ui.widgets.stay_question import StayQuestion


class OrderDialog(QDialog):
    """Fields of the API's PATCH, or of its create; saving is asked for by ``save_requested``."""

    save_requested = Signal(object)
    """The body to send."""

    def __init__(self, source: EditSource, parent: QWidget) -> None:
        super().__init__(parent)
        self.detail: OrderDetail | None = source.detail
        self.twin: dict[str, Any] | None = None
        """The new order of which was said that it is possibly a twin: saved once more, it is meant."""
        self.request_id = new_id()
        """The request that saving a new order is: pressed again after a lost answer, it makes no second one."""
        self._is_new = source.detail is None
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(680, 640)
        reference = source.detail.facts.reference if source.detail else ""
        self.setWindowTitle(tr("New order") if self._is_new else tr("Edit {reference}", reference=reference))
        self.city = CityBox(source.cities)
        self.lines = LinesEditor(source.products, by_price=self._is_new)
        self.total = TotalEdit(self.lines)
        self.way = WayBox(source.ways)
        self.fees = QCheckBox(tr("The customer pays the delivery &fees"))
        self._fault = text_label(role="fault", wrap=True)
        self._is_saving = False
        form = QFormLayout()
        form.setVerticalSpacing(9)
        self.texts = TextFields(form)
        self._add_fields(form)
        self._lay_out(form)
        if source.detail is not None:
            self._fill(details_of(source.detail))
            self._say_limits(source.detail)
        else:
            self.lines.add_line()
        self.texts.fields["full_name"].setFocus()
        self._untouched = self.body()

    def _add_fields(self, form: QFormLayout) -> None:
        self.texts.add_line("full_name", tr("Full &name"), MAX_NAME)
        self.texts.add_line("phone", tr("&Phone"), MAX_PHONE, why_unlikely)
        self.texts.add_line("second_phone", tr("&Second phone"), MAX_PHONE, why_unlikely)
        self.texts.add_line("email", tr("&Email"), MAX_EMAIL)
        self.texts.add_field("city" if self._is_new else "city_to_id", tr("&City"), self.city, self.city.city_name)
        self.texts.add_line("area" if self._is_new else "area_text", tr("A&rea"), MAX_AREA)
        self.texts.add_lines("address", tr("&Address"))
        self.texts.add_lines("notes", tr("N&otes"))
        form.addRow(form_label(tr("Products"), self.lines), self.lines)
        self.texts.add_field("total", tr("To collec&t"), self.total, self.total.amount.text)
        self.texts.add_field("shipment_way", tr("Shipment &way"), self.way, self.way.currentText)
        form.addRow("", self.fees)

    def _lay_out(self, form: QFormLayout) -> None:
        page = self._page = QWidget()
        self._limits = text_label(role="muted", wrap=True)
        self._limits.hide()
        inner = QVBoxLayout(page)
        inner.setContentsMargins(20, 16, 20, 8)
        inner.addWidget(named(QLabel(self.windowTitle()), "title"))
        inner.addWidget(self._limits)
        inner.addLayout(form)
        inner.addStretch(1)
        area = QScrollArea(widgetResizable=True)
        area.setWidget(page)
        leave = self._leave = QPushButton(tr("Close without saving"), autoDefault=False)
        leave.clicked.connect(self.reject)
        self._save = named(QPushButton(tr("Create the order") if self._is_new else tr("Save")), "primary")
        self._save.setDefault(True)
        self._save.clicked.connect(self._on_save)
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 8, 20, 16)
        foot.addWidget(self._fault, 1)
        foot.addWidget(leave)
        foot.addWidget(self._save)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(area, 1)
        box.addLayout(foot)

    def _fill(self, details: Details) -> None:
        for name, text in details.texts.items():
            self.texts.set_text(name, text)
        self.city.choose(details.city.id, details.city.name)
        self.lines.show_lines(details.lines)
        self.total.keep_beyond(details.beyond.centimes)
        self.way.choose(details.way)
        self.fees.setChecked(details.fees_paid)

    def _say_limits(self, detail: OrderDetail) -> None:
        """Say before anything is typed what will not be accepted, and that a held order may be corrected."""
        said = []
        if detail.facts.held:
            said.append(
                tr(
                    "On hold: {reason}. You may correct it here; it stays on hold until a supervisor releases it.",
                    reason=detail.facts.hold_reason or "-",
                )
            )
        on_shelf = detail.facts.holds in {Holding.COMMITTED, Holding.NOTHING}
        if not on_shelf:
            said.append(tr("Its products have left the warehouse: only the customer's details can be changed."))
        self.lines.setEnabled(on_shelf)
        self._limits.setText("\n".join(said))
        self._limits.setVisible(bool(said))

    @Slot()
    def _on_save(self) -> None:
        self._set_saving(saving=True)
        self.save_requested.emit(self.body())

    def _set_saving(self, *, saving: bool) -> None:
        """While the answer is awaited nothing can be typed that it would not hold."""
        if saving:
            self._typed_in = self._page.focusWidget()
        self._is_saving = saving
        self._page.setEnabled(not saving)
        self._save.setEnabled(not saving)
        self._leave.setEnabled(not saving)
        if not saving and self._typed_in is not None and isValid(self._typed_in):
            self._typed_in.setFocus()

    _typed_in: QWidget | None = None

    @property
    def is_changed(self) -> bool:
        """Whether leaving would lose something that was typed."""
        return self.body() != self._untouched

    def reject(self) -> None:
        """Leave; what was typed is not thrown away without asking, nor while its saving is under way."""
        if self._is_saving:
            return
        if not self.is_changed:
            super().reject()
            return
        question = StayQuestion(
            tr("Not saved yet"),
            tr("Your changes are not saved yet. Closing discards them."),
            stay=tr("Continue editing"),
            leave=tr("Close without saving"),
            parent=self,
        )
        question.accepted.connect(self._leave_now)
        question.open()

    @Slot()
    def _leave_now(self) -> None:
        super().reject()

    def details(self) -> Details:
        """Return what the fields of an order hold that exists; its products must be ones of the table."""
        city = CityValue(self.city.city_id(), self.city.city_name())
        before = None if self.detail is None else details_of(self.detail).city
        if before is not None and before.id is None and fold(before.name) == fold(city.name):
            city = before
        lines = tuple(
            LineValue(line.product_id or 0, line.quantity, line.amount, line.label) for line in self.lines.lines()
        )
        texts = {name: plain_text(self.texts.text(name)) for name in TEXT_FIELDS}
        beyond = Beyond(self.total.beyond)
        return Details(texts, city, lines, self.way.value(), self.fees.isChecked(), beyond)

    def save_merged(self, now: OrderDetail, details: Details) -> None:
        """Go on from what the order is now, with merged details, and ask for their saving."""
        self.detail = now
        self._fill(details)
        self._say_limits(now)
        self._on_save()

    def body(self) -> dict[str, Any]:
        """Return the fields in the words of the API."""
        names = ("full_name", "phone", "second_phone", "email", "address", "notes")
        body: dict[str, Any] = {name: self.texts.text(name) for name in names}
        body["total"] = self.total.on_wire()
        body["shipment_way"] = self.way.value().number
        body["is_fees_paid_by_customer"] = self.fees.isChecked()
        if not self._is_new:
            body["area_text"] = self.texts.text("area_text")
            body["city_to_id"] = self.city.city_id()
            body["products"] = [
                {"id": line.product_id, "quantity": line.quantity, "total": line.amount_on_wire}
                for line in self.lines.lines()
            ]
            return body
        body |= {"area": self.texts.text("area"), "city": self.texts.text("city")}
        body["products"] = [
            {"sku": line.sku, "quantity": line.quantity, "price": line.amount_on_wire} for line in self.lines.lines()
        ]
        return body

    def go_on(self) -> None:
        """Let the fields be edited again: nothing was saved."""
        self._set_saving(saving=False)

    def show_failure(self, error: DeskError) -> None:
        """Say beside each field what is wrong with it, and below what else is."""
        self.go_on()
        self.texts.clear_faults()
        faults: Mapping[str, Message] = error.fields if isinstance(error, InvalidInput) else {}
        prefix = "orders.0." if self._is_new else ""
        beside = self.lines.show_faults(faults, prefix)
        for name, field in self.texts.fields.items():
            message = faults.get(f"{prefix}{name}")
            if message is not None:
                if not beside:
                    field.setFocus()
                beside = True
                field.show_fault(str(message))
        self._fault.setText(
            tr("Correct what is marked, then save again.") if beside else self._whole_fault(error, faults)
        )

    def _whole_fault(self, error: DeskError, faults: Mapping[str, Message]) -> str:
        """Say what belongs to no single field: that there is no product at all, or one too many."""
        about_lines = faults.get("orders.0.products" if self._is_new else "products")
        return str(error if about_lines is None else about_lines)
