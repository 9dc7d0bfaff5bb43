"""Products: found, seen closely, changed, given barcodes."""

from collections.abc import Sequence

from warehouse_desk.common.codes import plain_code
from warehouse_desk.common.messages import Message, msg, nmsg
from warehouse_desk.common.text import fold
from warehouse_desk.data.directories import lookup
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.goods import products
from warehouse_desk.domain.directories.entries import MAX_PRODUCT_NAME, Product, no_product
from warehouse_desk.domain.errors import NotFound, RuleViolation, WrongUsage
from warehouse_desk.domain.goods.product_sheet import Confirmation, ProductSheet
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.services.directories.validation import NAME, NOTHING_GIVEN, already, entered, in_use, written
from warehouse_desk.services.goods.validation import (
    check_barcodes_free,
    check_sku_free,
    entered_barcode,
    entered_pieces,
    entered_sku,
)
from warehouse_desk.services.subject import Subject

MOST_AT_ONCE = 1_000
"""Products that :meth:`Products.product_rows` reads in one go."""


class Products(Subject):
    """The goods themselves: which there are, how they are named and scanned."""

    def product_ids(self, text: str = "", *, active: bool | None = None) -> tuple[int, ...]:
        """Return the ids of the products whose SKU, name or barcode holds a text (accents and case aside), by SKU.

        Raises:
            NotAllowed: the role lacks ``view``.
        """
        self.context.caller.require_view()
        wanted = fold(text)
        with self.context.database.read() as uow:
            names = lookup.product_names(uow)
            by_code = lookup.products_by_barcode_part(uow, plain_code(text)) if wanted else set()
        if active is not None:
            names = [row for row in names if row[3] is active]
        if not wanted:
            return tuple(row[0] for row in names)
        return tuple(
            number
            for number, sku, name, _active in names
            if number in by_code or wanted in fold(sku) or wanted in fold(name)
        )

    def products(self) -> list[Product]:
        """Return all products with their stock in our own warehouses."""
        self.context.caller.require_view()
        with self.context.database.read() as uow:
            return lookup.products(uow)

    def has_products(self) -> bool:
        """Tell whether there is any product, in use or not."""
        self.context.caller.require_view()
        with self.context.database.read() as uow:
            return lookup.has_products(uow)

    def product_rows(self, ids: Sequence[int]) -> list[Product]:
        """Return some products (at most 1,000) with what lies in our own warehouses, by SKU; those gone are missing.

        Raises:
            NotAllowed: the role lacks ``view``.
        """
        self.context.caller.require_view()
        with self.context.database.read() as uow:
            return lookup.products_with_stock(uow, ids[:MOST_AT_ONCE])

    def sheet(self, key: int | str) -> ProductSheet:
        """Return a product (by id or SKU) with its barcodes and the places where it lies.

        Raises:
            NotFound: there is none.
            NotAllowed: the role lacks ``view``.
        """
        self.context.caller.require_view()
        with self.context.database.read() as uow:
            found = products.sheet_of(uow, product_id_of(uow, key))
        if found is None:
            raise NotFound(no_product(key))
        return found

    def add_product(self, sku: str, name: str, barcodes: Sequence[str] = ()) -> Confirmation:
        """Add an active product.

        Raises:
            WrongUsage: a SKU, name or barcode that is empty, too long, in use, or begins like a barcode of the desk.
            NotAllowed: the role lacks ``manageCatalogue``.
        """
        self.context.caller.require(Ability.MANAGE_CATALOGUE)
        sku, name = entered_sku(sku), entered(NAME, name, MAX_PRODUCT_NAME)
        codes = list(dict.fromkeys(map(entered_barcode, barcodes)))

        def work(uow: UnitOfWork) -> int:
            check_sku_free(uow, sku)
            check_barcodes_free(uow, codes, sku)
            return lookup.add_product(uow, sku, name, codes)

        number = written(self.context, in_use(", ".join([sku, *codes])), work)
        return Confirmation(number, msg("{name} was added.", name=sku))

    def edit_product(self, key: int | str, *, name: str | None = None, sku: str | None = None) -> Confirmation:
        """Change a product's name, or its SKU while no order and no movement of stock names it.

        Raises:
            WrongUsage: a SKU or name that is empty, too long or in use; or nothing to change.
            RuleViolation: another SKU for a product that is in use.
            NotFound: no such product.
            NotAllowed: the role lacks ``manageCatalogue``.
        """
        self.context.caller.require(Ability.MANAGE_CATALOGUE)
        if name is None and sku is None:
            raise WrongUsage(NOTHING_GIVEN)
        values = {} if name is None else {"name": entered(NAME, name, MAX_PRODUCT_NAME)}

        def work(uow: UnitOfWork) -> Confirmation:
            number, old_sku, *_rest = _locked(uow, key)
            new_sku = old_sku if sku is None or sku.strip() == old_sku else entered_sku(sku)
            if new_sku != old_sku:
                check_sku_free(uow, new_sku, old_sku)
                if products.is_used(uow, number):
                    raise RuleViolation(
                        msg(
                            "{sku} is used by orders or movements, so its SKU cannot change. Add another product "
                            "and deactivate this one.",
                            sku=old_sku,
                        )
                    )
                values["sku"] = new_sku
            if values:
                products.change_product(uow, number, **values)
            return Confirmation(number, msg("{name} was changed.", name=new_sku))

        return written(self.context, in_use((sku or "").strip()), work)

    def set_product_active(self, key: int | str, *, active: bool) -> Confirmation:
        """Take a product out of use, or back into it. Open orders keep it, and the answer counts what they hold.

        Raises:
            NotFound: no such product.
            NotAllowed: the role lacks ``manageCatalogue``.
        """
        self.context.caller.require(Ability.MANAGE_CATALOGUE)

        def work(uow: UnitOfWork) -> Confirmation:
            number, sku, _name, was, committed = _locked(uow, key)
            if was is active:
                return Confirmation(number, already(sku, active=active))
            products.change_product(uow, number, active=active)
            if active:
                return Confirmation(number, msg("{name} is active again.", name=sku))
            return Confirmation(number, _out_of_use(sku, committed))

        return self.context.database.transact(work)

    def add_barcode(self, key: int | str, code: str, pieces: int = 1) -> Confirmation:
        """Give a product one more barcode, which may stand for several pieces (a carton).

        Raises:
            WrongUsage: a barcode that is empty, too long, a command of the desk, an order's reference, or in use.
            NotFound: no such product.
            NotAllowed: the role lacks ``manageCatalogue``.
        """
        self.context.caller.require(Ability.MANAGE_CATALOGUE)
        wanted, count = entered_barcode(code), entered_pieces(pieces)

        def work(uow: UnitOfWork) -> Confirmation:
            number, sku, *_rest = _locked(uow, key)
            check_barcodes_free(uow, [wanted], sku)
            products.add_barcode(uow, number, wanted, count)
            return Confirmation(number, msg("{sku} now has the barcode {code}.", sku=sku, code=wanted))

        return written(self.context, in_use(wanted), work)

    def remove_barcode(self, key: int | str, code: str) -> Confirmation:
        """Take a barcode from a product.

        Raises:
            NotFound: no such product, or it has no such barcode.
            NotAllowed: the role lacks ``manageCatalogue``.
        """
        self.context.caller.require(Ability.MANAGE_CATALOGUE)
        wanted = plain_code(code)

        def work(uow: UnitOfWork) -> Confirmation:
            number, sku, *_rest = _locked(uow, key)
            if not any(products.remove_barcode(uow, number, form) for form in (wanted, wanted.upper())):
                raise NotFound(msg("{sku} has no barcode “{code}”. Look at its list.", sku=sku, code=wanted[:64]))
            return Confirmation(number, msg("{sku} no longer has the barcode {code}.", sku=sku, code=wanted))

        return self.context.database.transact(work)


def product_id_of(uow: UnitOfWork, key: int | str) -> int:
    """Return the id of a product named by id or SKU.

    Raises:
        NotFound: no product carries the SKU.
    """
    if isinstance(key, int):
        return key
    found = lookup.products_by_sku(uow, [key]).get(key)
    if found is None:
        raise NotFound(no_product(key))
    return found.id


def _out_of_use(sku: str, committed: int) -> Message:
    if committed <= 0:
        return msg("{sku} is inactive: it cannot be added to new orders.", sku=sku)
    return nmsg(
        "{sku} is inactive: it cannot be added to new orders. {n} piece reserved for open orders is still shipped.",
        "{sku} is inactive: it cannot be added to new orders. {n} pieces reserved for open orders are still shipped.",
        committed,
        sku=sku,
    )


def _locked(uow: UnitOfWork, key: int | str) -> tuple[int, str, str, bool, int]:
    found = products.lock_product(uow, key)
    if found is None:
        raise NotFound(no_product(key))
    return found
