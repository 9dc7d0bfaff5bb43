"""Goods and directories of one worker, as the window's page and the command line call them."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse_desk.common.messages import msg
from warehouse_desk.domain.directories.entries import City, Company, Listed, Person, Product, Warehouse
from warehouse_desk.domain.goods.product_sheet import MovementPage, Noted, ProductSheet, WaitingReturn
from warehouse_desk.domain.results import BulkResult
from warehouse_desk.services.context import Context
from warehouse_desk.services.directories import changes, lookup
from warehouse_desk.services.goods import products, stock

if TYPE_CHECKING:  # spreadsheets are loaded by whoever imports one
    from warehouse_desk.services.goods.product_import import ProductFile, ProductsAdded
    from warehouse_desk.sheets.limits import Cancelled

Entry = Warehouse | Company | Person | City


class GoodsDesk:
    """One method for each thing that can be asked for; each is one unit of work, safe in any thread."""

    def __init__(self, context: Context) -> None:
        self.context = context

    def product_ids(self, text: str = "", *, active: bool | None = None) -> tuple[int, ...]:
        """See :func:`goods.product_ids`."""
        return products.product_ids(self.context, text, active=active)

    def has_products(self) -> bool:
        """See :func:`goods.has_products`."""
        return products.has_products(self.context)

    def product_rows(self, ids: Sequence[int]) -> list[Product]:
        """See :func:`goods.product_rows`."""
        return products.product_rows(self.context, ids)

    def sheet(self, key: int | str) -> ProductSheet:
        """See :func:`goods.product_sheet`."""
        return products.product_sheet(self.context, key)

    def add_product(self, sku: str, name: str, barcodes: Sequence[str] = ()) -> Noted:
        """See :func:`directories.add_product`."""
        number = lookup.add_product(self.context, sku, name, barcodes)
        return Noted(number, _ADDED.with_params(name=sku.strip()))

    def edit_product(self, key: int | str, *, name: str | None = None, sku: str | None = None) -> Noted:
        """See :func:`goods.edit_product`."""
        return products.edit_product(self.context, key, name=name, sku=sku)

    def set_product_active(self, key: int | str, *, active: bool) -> Noted:
        """See :func:`goods.set_product_active`."""
        return products.set_product_active(self.context, key, active=active)

    def add_barcode(self, key: int | str, code: str, pieces: int = 1) -> Noted:
        """See :func:`goods.add_barcode`."""
        return products.add_barcode(self.context, key, code, pieces)

    def remove_barcode(self, key: int | str, code: str) -> Noted:
        """See :func:`goods.remove_barcode`."""
        return products.remove_barcode(self.context, key, code)

    def read_products(self, path: Path, *, cancelled: "Cancelled | None" = None) -> "ProductFile":
        """See :func:`product_import.read_file`."""
        from warehouse_desk.services.goods import product_import

        return product_import.read_file(self.context, path, cancelled=cancelled)

    def store_products(self, file: "ProductFile", warehouse_id: int | None = None) -> "ProductsAdded":
        """See :func:`product_import.store`."""
        from warehouse_desk.services.goods import product_import

        return product_import.store(self.context, file, warehouse_id)

    def receive(self, warehouse_id: int, sku: str, quantity: int, reason: str = "") -> Noted:
        """See :func:`stock_desk.receive`."""
        left = stock.receive(self.context, warehouse_id, sku, quantity, reason)
        return self._moved(sku, warehouse_id, left)

    def adjust(self, warehouse_id: int, sku: str, difference: int, reason: str) -> Noted:
        """See :func:`stock_desk.adjust`."""
        left = stock.adjust(self.context, warehouse_id, sku, difference, reason)
        return self._moved(sku, warehouse_id, left)

    def _moved(self, sku: str, warehouse_id: int, left: int) -> Noted:
        sheet = products.product_sheet(self.context, sku)
        place = next(place.code for place in sheet.places if place.warehouse_id == warehouse_id)
        told = msg("{sku} in {warehouse}: {on_hand} on hand now.", sku=sku, warehouse=place, on_hand=left)
        return Noted(sheet.product.id, told)

    def movements(self, key: int | str, *, before: int | None = None, limit: int = 100) -> MovementPage:
        """See :func:`stock_desk.movements`."""
        return stock.movements(self.context, key, before=before, limit=limit)

    def waiting_returns(self, *, before: int | None = None, limit: int = 200) -> list[WaitingReturn]:
        """See :func:`stock_desk.waiting_returns`."""
        return stock.waiting_returns(self.context, before=before, limit=limit)

    def settle_returns(self, keys: Sequence[int | str], *, restock: bool, reason: str = "") -> BulkResult:
        """See :func:`stock_desk.settle_returns`."""
        return stock.settle_returns(self.context, keys, restock=restock, reason=reason)

    def entries(self, what: Listed) -> Sequence[Entry]:
        """Return all warehouses, companies, persons or cities."""
        match what:
            case Listed.WAREHOUSE:
                return lookup.warehouses(self.context)
            case Listed.COMPANY:
                return lookup.companies(self.context)
            case Listed.PERSON:
                return lookup.persons(self.context)
            case Listed.CITY:
                return lookup.cities(self.context)

    def add_entry(self, what: Listed, *, name: str, code: str = "", phone: str = "", name_ar: str = "") -> Noted:
        """Add a warehouse, company, person or city; see the ``add_...`` of :mod:`directories`."""
        match what:
            case Listed.WAREHOUSE:
                number = lookup.add_warehouse(self.context, code, name)
            case Listed.COMPANY:
                number = lookup.add_company(self.context, code, name)
            case Listed.PERSON:
                number = lookup.add_person(self.context, code, name, phone)
            case Listed.CITY:
                number = lookup.add_city(self.context, name, name_ar)
        return Noted(number, _ADDED.with_params(name=(name if what is Listed.CITY else code).strip()))

    def edit_entry(self, what: Listed, number: int, **given: str | None) -> Noted:
        """See :func:`directory_changes.edit_entry`."""
        return changes.edit_entry(self.context, what, number, **given)

    def set_active(self, what: Listed, number: int, *, active: bool) -> Noted:
        """See :func:`directory_changes.set_active`."""
        return changes.set_active(self.context, what, number, active=active)


_ADDED = msg("{name} was added.")
