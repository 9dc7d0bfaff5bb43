"""Labels for products and shelves."""

import io
from collections.abc import Sequence

from warehouse_desk.common.messages import msg
from warehouse_desk.data.directories import lookup
from warehouse_desk.documents.errors import NothingToPrint
from warehouse_desk.documents.product_labels import ProductLabel, render_product_labels, why_not
from warehouse_desk.documents.retail import is_retail
from warehouse_desk.domain.directories.entries import Product, no_product
from warehouse_desk.domain.errors import NotFound, WrongUsage
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.services.paper.paper_file import PaperFile
from warehouse_desk.services.subject import Subject

MAX_COPIES = 1_000


class ProductLabels(Subject):
    """Barcode labels of products."""

    def make(self, skus: Sequence[str], *, copies: int = 1) -> PaperFile:
        """Return A4 sheets of product labels: each product's own EAN or UPC where it has one, else its SKU.

        Raises:
            NotAllowed: the role lacks ``view``.
            WrongUsage: copies out of 1 to 1,000, or no SKU.
            NotFound: there is no such product.
            NothingToPrint: no label could be printed.
        """
        self.context.caller.require(Ability.VIEW)
        if not 1 <= copies <= MAX_COPIES:
            raise WrongUsage(
                msg("Copies: enter a number from 1 to {limit}, not {number}.", number=copies, limit=MAX_COPIES)
            )
        if not skus:
            raise WrongUsage(msg("No product is selected. Enter the SKUs of the products."))
        with self.context.database.read() as uow:
            known = {product.sku: product for product in lookup.products(uow)}
        for sku in skus:
            if sku not in known:
                raise NotFound(no_product(sku))
        labels = [_product_label(known[sku]) for sku in skus]
        left_out = tuple(reason for reason in map(why_not, labels) if reason is not None)
        good = [label for label in labels for _ in range(copies) if why_not(label) is None]
        if left_out and not good:
            raise NothingToPrint(left_out[0])
        to = io.BytesIO()
        render_product_labels(good, to)
        return PaperFile(to.getvalue(), len(good), left_out)


def _product_label(product: Product) -> ProductLabel:
    code = next(filter(is_retail, product.barcodes), product.barcodes[0] if product.barcodes else product.sku)
    return ProductLabel(product.name, product.sku, code)
