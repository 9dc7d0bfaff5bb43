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

from warehouse_desk.common.messages import Message, tr
from warehouse_desk.domain.drafts import MAX_ADDRESS, MAX_AREA, MAX_EMAIL, MAX_NAME, MAX_PHONE
from warehouse_desk.domain.errors import DeskError, InvalidInput
from warehouse_desk.domain.orders import OrderDetail
from warehouse_desk.ui.edit.fields import CityBox, TextFields
from warehouse_desk.ui.edit.lines import LinesEditor
from warehouse_desk.ui.edit.money_edit import MoneyEdit
from warehouse_desk.ui.edit.source import EditSource
from warehouse_desk.ui.widgets.make import named


class OrderDialog(QDialog):
    """Fields of the API's PATCH, or of its create; saving is asked for by ``save_wanted``."""

    save_wanted = Signal(object)
    """The body to send."""

    def __init__(self, source: EditSource, parent: QWidget) -> None:
        super().__init__(parent)
        self.detail: OrderDetail | None = source.detail
        self._is_new = source.detail is None
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(680, 640)
        reference = source.detail.facts.reference if source.detail else ""
        self.setWindowTitle(tr("New order") if self._is_new else tr("Edit {reference}", reference=reference))
        self.city = CityBox(source.cities)
        self.lines = LinesEditor(source.products, by_price=self._is_new)
        self._total = MoneyEdit()
        self._fees = QCheckBox(tr("The customer pays the delivery &fees"))
        self._fault = named(QLabel(), "fault")
        self._fault.setWordWrap(True)
        form = QFormLayout()
        form.setVerticalSpacing(9)
        self.texts = TextFields(form)
        self._add_fields(form)
        self._lay_out(form)
        if source.detail is not None:
            self._fill(source.detail)
        else:
            self.lines.add_line()
            self.lines.changed.connect(self._follow_total)
        self.texts.fields["full_name"].setFocus()

    def _add_fields(self, form: QFormLayout) -> None:
        self.texts.add_line("full_name", tr("Full &name"), MAX_NAME)
        self.texts.add_line("phone", tr("&Phone"), MAX_PHONE)
        self.texts.add_line("second_phone", tr("&Second phone"), MAX_PHONE)
        if self._is_new:
            self.texts.add_line("email", tr("&Email"), MAX_EMAIL)
        self.texts.add_field("city" if self._is_new else "city_to_id", tr("&City"), self.city, self.city.city_name)
        self.texts.add_line("area" if self._is_new else "area_text", tr("A&rea"), MAX_AREA)
        self.texts.add_line("address", tr("&Address"), MAX_ADDRESS)
        self.texts.add_lines("notes", tr("N&otes"))
        form.addRow(tr("Products"), self.lines)
        if self._is_new:
            self.texts.add_field("total", tr("To collec&t"), self._total, self._total.text)
            form.addRow("", self._fees)

    def _lay_out(self, form: QFormLayout) -> None:
        page = QWidget()
        inner = QVBoxLayout(page)
        inner.setContentsMargins(20, 16, 20, 8)
        inner.addWidget(named(QLabel(self.windowTitle()), "title"))
        inner.addLayout(form)
        inner.addStretch(1)
        area = QScrollArea(widgetResizable=True)
        area.setWidget(page)
        leave = QPushButton(tr("Leave without saving"), autoDefault=False)
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

    def _fill(self, detail: OrderDetail) -> None:
        for name, text in (
            ("full_name", detail.full_name),
            ("phone", detail.phone),
            ("second_phone", detail.second_phone),
            ("area_text", detail.area),
            ("address", detail.address),
            ("notes", detail.notes),
        ):
            self.texts.set_text(name, text)
        self.city.choose(detail.city_id, detail.city)
        self.lines.show_lines(detail.lines)

    @Slot()
    def _follow_total(self) -> None:
        self._total.set_amount(self.lines.total())

    @Slot()
    def _on_save(self) -> None:
        self._save.setEnabled(False)
        self.save_wanted.emit(self.body())

    def body(self) -> dict[str, Any]:
        """Return the fields in the words of the API."""
        names = ("full_name", "phone", "second_phone", "address", "notes")
        body: dict[str, Any] = {name: self.texts.text(name) for name in names}
        if not self._is_new:
            body["area_text"] = self.texts.text("area_text")
            body["city_to_id"] = self.city.city_id()
            body["products"] = [
                {"id": line.product_id, "quantity": line.quantity, "total": line.amount_on_wire}
                for line in self.lines.lines()
            ]
            return body
        body |= {"area": self.texts.text("area"), "city": self.texts.text("city"), "email": self.texts.text("email")}
        body["total"] = self._total.on_wire()
        body["is_fees_paid_by_customer"] = self._fees.isChecked()
        body["products"] = [
            {"sku": line.sku, "quantity": line.quantity, "price": line.amount_on_wire} for line in self.lines.lines()
        ]
        return body

    def show_failure(self, error: DeskError) -> None:
        """Say beside each field what is wrong with it, and below what else is."""
        self._save.setEnabled(True)
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
        self._fault.setText(tr("Correct what is marked, then save again.") if beside else str(error))
