"""What is asked before a product is added, changed, received or corrected."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot

from warehouse_desk.common.ids import new_id
from warehouse_desk.common.messages import nmsg, tr
from warehouse_desk.domain.directories.entries import MAX_PRODUCT_NAME, Warehouse
from warehouse_desk.domain.fields import MAX_AMOUNT
from warehouse_desk.domain.goods.product_sheet import ProductSheet
from warehouse_desk.domain.orders.drafts import MAX_NAME
from warehouse_desk.domain.orders.step_options import MAX_REASON
from warehouse_desk.ui.controller import Controller
from warehouse_desk.ui.goods.forms import FormDialog
from warehouse_desk.ui.goods.goods_dialog_controller import GoodsDialogController
from warehouse_desk.ui.workplace import Workplace

if TYPE_CHECKING:
    from warehouse_desk.services.desk import Desk


class ProductFormController(Controller):
    """Opens one form at a time."""

    def __init__(self, workplace: Workplace, dialogs: GoodsDialogController) -> None:
        super().__init__(workplace, dialogs)
        self._dialogs = dialogs
        self._warehouse: object = None

    @Slot()
    def add(self) -> None:
        """Ask for a new product."""
        form = FormDialog(tr("Add product"), tr("Add product"), self._window)
        form.add_line("sku", tr("&SKU"), MAX_NAME)
        form.add_line("name", tr("&Name"), MAX_PRODUCT_NAME)
        form.add_codes("barcodes", tr("&Barcodes"), tr("Scan or type them"), several=True)
        self._dialogs.ask(
            form, lambda desk, values: desk.goods.add_product(values["sku"], values["name"], values["barcodes"])
        )

    def edit(self, sheet: ProductSheet) -> None:
        """Ask for another name or SKU."""
        product = sheet.product
        form = FormDialog(
            tr("Edit {reference}", reference=product.sku),
            tr("Save"),
            self._window,
            about=tr("The SKU can only be changed while no order and no movement uses it."),
        )
        form.add_line("sku", tr("&SKU"), MAX_NAME, product.sku)
        form.add_line("name", tr("&Name"), MAX_PRODUCT_NAME, product.name).selectAll()
        form.fields["name"].setFocus()
        self._dialogs.ask(
            form, lambda desk, values: desk.goods.edit_product(product.id, name=values["name"], sku=values["sku"])
        )

    def set_active(self, sheet: ProductSheet) -> None:
        """Take a product back into use at once, out of it after a question."""
        product = sheet.product
        if not product.active:
            self._dialogs.do(lambda desk: desk.goods.set_product_active(product.id, active=True))
            return
        about = tr("It can no longer be added to new orders. Orders, stock and history stay.")
        if product.committed:
            promised = nmsg(
                "{n} piece reserved for open orders is still shipped.",
                "{n} pieces reserved for open orders are still shipped.",
                product.committed,
            )
            about = f"{about} {promised}"
        form = FormDialog(tr("Deactivate {name}?", name=product.sku), tr("Deactivate"), self._window, about=about)
        self._dialogs.ask(form, lambda desk, _values: desk.goods.set_product_active(product.id, active=False))

    def add_barcode(self, sheet: ProductSheet) -> None:
        """Ask for one more barcode."""
        product = sheet.product
        form = FormDialog(
            tr("One more barcode for {sku}", sku=product.sku),
            tr("Add barcode"),
            self._window,
            about=tr("Scan it, or type what is under its bars. A carton may count as several pieces."),
        )
        form.add_codes("code", tr("&Barcode"), tr("Scan or type it"), several=False)
        form.add_number("pieces", tr("&Pieces"), 1, MAX_AMOUNT, 1)
        self._dialogs.ask(
            form,
            lambda desk, values: desk.goods.add_barcode(product.id, "".join(values["code"]), values["pieces"]),
        )

    def remove_barcode(self, sheet: ProductSheet, code: str) -> None:
        """Ask before a barcode is taken away."""
        product = sheet.product
        form = FormDialog(
            tr("Remove the barcode {code}?", code=code),
            tr("Remove"),
            self._window,
            about=tr("Scanning it will no longer find {sku}.", sku=product.sku),
            danger=True,
        )
        self._dialogs.ask(form, lambda desk, _values: desk.goods.remove_barcode(product.id, code))

    def receive(self, sheet: ProductSheet) -> None:
        """Ask how many pieces have arrived, and where."""
        product = sheet.product
        form = FormDialog(tr("Receive {sku}", sku=product.sku), tr("Receive"), self._window, about=product.name)
        number = form.add_number("quantity", tr("&Pieces"), 1, MAX_AMOUNT, 1)
        form.add_choice("warehouse", tr("&Warehouse"), self._places(own=True), self._warehouse)
        form.add_line("reason", tr("&Note"), MAX_REASON)
        self._need_a_warehouse(form)
        number.selectAll()

        request = new_id()  # one for the form: sent again after a lost answer, nothing is added twice

        def save(desk: "Desk", values: dict[str, Any]) -> object:
            self._warehouse = values["warehouse"]
            return desk.goods.receive(
                values["warehouse"], product.sku, values["quantity"], values["reason"], request_id=request
            )

        self._dialogs.ask(form, save)

    def adjust(self, sheet: ProductSheet) -> None:
        """Ask by how much what lies there differs from what is kept, and why."""
        product = sheet.product
        form = FormDialog(
            tr("Correct the stock of {sku}", sku=product.sku),
            tr("Correct"),
            self._window,
            about=tr("How many pieces more (+) or fewer (−) there are than recorded, and why."),
        )
        number = form.add_number("difference", tr("&Difference"), -MAX_AMOUNT, MAX_AMOUNT, 0)
        held = {place.warehouse_id: place.on_hand for place in sheet.places}
        choices = [
            (tr("{warehouse}: {on_hand} in stock", warehouse=name, on_hand=held.get(number, 0)), number)
            for name, number in self._places(own=False)
        ]
        form.add_choice("warehouse", tr("&Warehouse"), choices, self._warehouse)
        form.add_line("reason", tr("&Reason"), MAX_REASON)
        self._need_a_warehouse(form)
        number.selectAll()
        request = new_id()
        self._dialogs.ask(
            form,
            lambda desk, values: desk.goods.adjust(
                values["warehouse"], product.sku, values["difference"], values["reason"], request_id=request
            ),
        )

    def _places(self, *, own: bool) -> list[tuple[str, int]]:
        station = self._station.current
        found: Sequence[Warehouse] = () if station is None else station.warehouses
        return [
            (f"{w.code} — {w.name}", w.id) for w in found if w.active and (not own or w.shipping_company_id is None)
        ]

    def _need_a_warehouse(self, form: FormDialog) -> None:
        if not self._places(own=True):
            form.show_fault(tr("There is no active warehouse yet. Add one under Warehouses first."))
            form.save.setEnabled(False)
