"""Everything about goods in one place: the products, their stock, and products from a file."""

from functools import cached_property
from typing import TYPE_CHECKING

from warehouse_desk.services.goods.products import Products
from warehouse_desk.services.goods.returns import Returns
from warehouse_desk.services.goods.stock import Stock

if TYPE_CHECKING:
    from warehouse_desk.services.goods.product_import import ProductImport


class Goods(Products, Stock, Returns):
    """Products, what lies of them where, and goods that came back."""

    @cached_property
    def product_import(self) -> "ProductImport":
        """Products from a file; the spreadsheet libraries are loaded by whoever imports one."""
        from warehouse_desk.services.goods.product_import import ProductImport

        return ProductImport(self.context)
