"""Products from a file: read and judged first, then added all or none."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from warehouse_desk.common.codes import gtin_forms
from warehouse_desk.common.messages import Message, msg, nmsg
from warehouse_desk.data.directories import lookup
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.goods import products, stock
from warehouse_desk.domain.directories.entries import MAX_PRODUCT_NAME
from warehouse_desk.domain.errors import WrongUsage
from warehouse_desk.domain.goods.stock import Movement
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.results import ChangeSet
from warehouse_desk.services.directories.validation import NAME, entered, in_use, written
from warehouse_desk.services.goods.places import warehouse_of
from warehouse_desk.services.goods.validation import BARCODE_TAKEN, IS_A_SKU, entered_barcode, entered_sku
from warehouse_desk.services.subject import Subject
from warehouse_desk.sheets.limits import Cancelled
from warehouse_desk.sheets.product_list import ProductRow, read_product_list


@dataclass(frozen=True, slots=True)
class ProductFile:
    """What a file of products would do."""

    name: str
    new: tuple[ProductRow, ...]
    known: int
    """Rows whose SKU there is already: they stay as they are."""
    problems: tuple[tuple[int, Message], ...]
    """Row numbers in Excel and what is wrong; while there is one, nothing is imported."""
    notices: tuple[Message, ...] = ()
    """What to know about the file as a whole: what of it is not read."""

    @property
    def pieces(self) -> int:
        """How many pieces the new products bring."""
        return sum(row.stock for row in self.new)


@dataclass(frozen=True, slots=True)
class ProductsAdded:
    """What came of an import."""

    added: int
    known: int
    pieces: int
    message: Message
    changes: ChangeSet = field(default_factory=lambda: ChangeSet(products=True))


class ProductImport(Subject):
    """Reads files of products and adds what is new in them."""

    def read(self, path: Path, *, cancelled: Cancelled | None = None) -> ProductFile:
        """Read and judge a file of products (.xlsx, .csv); nothing is written.

        Raises:
            SheetError: the file as a whole cannot be read.
            NotAllowed: the role lacks ``manageCatalogue``.
        """
        self.context.caller.require(Ability.MANAGE_CATALOGUE)
        file = read_product_list(path, cancelled=cancelled)
        with self.context.database.read() as uow:
            return replace(_judged(uow, path.name, file.rows), notices=file.notices)

    def store(self, file: ProductFile, warehouse_id: int | None = None) -> ProductsAdded:
        """Add the new products of a file, all or none, and receive what they bring in a warehouse.

        Raises:
            WrongUsage: a row with a problem, stock without a warehouse, or another station added a product meanwhile.
            RuleViolation: the warehouse is no longer in use.
            NotFound: no such warehouse.
            NotAllowed: the role lacks ``manageCatalogue``, or ``manageStock`` where goods are received.
        """
        self.context.caller.require(Ability.MANAGE_CATALOGUE)
        if warehouse_id is not None:
            self.context.caller.require(Ability.MANAGE_STOCK)
        if file.problems:
            raise WrongUsage(
                nmsg(
                    "{n} row of {name} has an error: nothing was imported. Correct it and import again.",
                    "{n} rows of {name} have errors: nothing was imported. Correct them and import again.",
                    len(file.problems),
                    name=file.name,
                )
            )
        if file.pieces and warehouse_id is None:
            raise WrongUsage(msg("{name} contains stock: choose the warehouse that receives it.", name=file.name))

        def work(uow: UnitOfWork) -> None:
            if warehouse_id is not None:
                warehouse_of(uow, warehouse_id, in_use=True)
            products.add_products(uow, [(row.sku, row.name, row.barcodes) for row in file.new])
            if file.pieces and warehouse_id is not None:
                ids = {sku: number for number, sku, _name, _active in lookup.product_names(uow)}
                pieces = {ids[row.sku]: row.stock for row in file.new if row.stock}
                stock.move_goods(uow, Movement.RECEIVE, warehouse_id, pieces, self.context.signature(file.name))

        meanwhile = msg(
            "Products of {name} were added by somebody else meanwhile. Read the file again.", name=file.name
        )
        written(self.context, meanwhile, work)
        told = nmsg("{n} product was added.", "{n} products were added.", len(file.new))
        if file.known:
            told = nmsg(
                "{n} product was added (existing, unchanged: {known}).",
                "{n} products were added (existing, unchanged: {known}).",
                len(file.new),
                known=file.known,
            )
        return ProductsAdded(len(file.new), file.known, file.pieces, told)


class _Judge:
    """Knows which SKUs and barcodes are taken, in the database and further up in the file."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._skus = {sku.lower(): sku for _id, sku, _name, _active in lookup.product_names(uow)}
        self._known = set(self._skus.values())
        self._barcodes = products.barcode_owners(uow)
        self._rows: dict[str, int] = {}

    def is_known(self, row: ProductRow) -> bool:
        """Tell whether the database has the product already."""
        return row.sku in self._known

    def judged(self, row: ProductRow) -> ProductRow:
        """Return the row as it would be stored.

        Raises:
            WrongUsage: it cannot be.
        """
        if row.problem is not None:
            raise WrongUsage(row.problem)
        sku = entered_sku(row.sku)
        name = entered(NAME, row.name, MAX_PRODUCT_NAME)
        codes = tuple(dict.fromkeys(map(entered_barcode, row.barcodes)))
        self._take_sku(sku, row.number)
        for code in codes:
            self._take_barcode(code, sku)
        return row._replace(sku=sku, name=name, barcodes=codes)

    def _take_sku(self, sku: str, number: int) -> None:
        earlier = self._rows.get(sku.lower())
        if earlier is not None:
            raise WrongUsage(msg("{sku} is already in row {row}.", sku=sku, row=earlier))
        taken = self._skus.get(sku.lower())
        if taken is not None:
            raise WrongUsage(in_use(taken))
        self._check_owner((sku, *gtin_forms(sku)), sku)
        self._rows[sku.lower()] = number
        self._skus[sku.lower()] = sku

    def _take_barcode(self, code: str, sku: str) -> None:
        self._check_owner((code, *gtin_forms(code)), sku)
        named = self._skus.get(code.lower())
        if named is not None and named != sku:
            raise WrongUsage(IS_A_SKU.with_params(code=named))
        self._barcodes[code] = sku

    def _check_owner(self, forms: Sequence[str], sku: str) -> None:
        for form in forms:
            owner = self._barcodes.get(form)
            if owner is not None and owner != sku:
                raise WrongUsage(BARCODE_TAKEN.with_params(code=form, sku=owner))


def _judged(uow: UnitOfWork, name: str, rows: Sequence[ProductRow]) -> ProductFile:
    judge = _Judge(uow)
    new: list[ProductRow] = []
    problems: list[tuple[int, Message]] = []
    known = 0
    for row in rows:
        if row.problem is None and judge.is_known(row):
            known += 1
            continue
        try:
            new.append(judge.judged(row))
        except WrongUsage as refusal:
            problems.append((row.number, refusal.message))
    return ProductFile(name, tuple(new), known, tuple(problems))
