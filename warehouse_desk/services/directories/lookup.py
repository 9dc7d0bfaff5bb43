"""The things that orders name, found by id or code."""

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.data.directories import changes, lookup
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.domain.directories.entries import (
    MAX_CODE,
    MAX_PRODUCT_NAME,
    STOCK_CODE,
    STOCK_NAME,
    City,
    Company,
    Person,
    Product,
    Warehouse,
)
from warehouse_desk.domain.errors import NotFound, WrongUsage
from warehouse_desk.domain.orders.drafts import MAX_NAME, MAX_PHONE
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.services.context import Context
from warehouse_desk.services.directories.validation import (
    ARABIC_NAME,
    CODE,
    NAME,
    PHONE,
    check_barcodes_free,
    check_sku_free,
    entered,
    entered_barcode,
    entered_sku,
    in_use,
    written,
)


class _Coded(Protocol):
    @property
    def id(self) -> int: ...

    @property
    def code(self) -> str: ...


Named = TypeVar("Named", bound=_Coded)


def warehouses(ctx: Context) -> list[Warehouse]:
    """Return all warehouses; those of a company are virtual: the stock which that company keeps for us."""
    with ctx.database.read() as uow:
        return lookup.warehouses(uow)


def companies(ctx: Context) -> list[Company]:
    """Return all shipping companies."""
    with ctx.database.read() as uow:
        return lookup.companies(uow)


def persons(ctx: Context) -> list[Person]:
    """Return all delivery persons."""
    with ctx.database.read() as uow:
        return lookup.persons(uow)


def cities(ctx: Context) -> list[City]:
    """Return all cities."""
    with ctx.database.read() as uow:
        return lookup.cities(uow)


def products(ctx: Context) -> list[Product]:
    """Return all products with their stock in our own warehouses."""
    with ctx.database.read() as uow:
        return lookup.products(uow)


def by_id_or_code(found: Iterable[Named], text: str, missing: Message) -> Named:
    """Choose the entry that a text names, by id or by code in any case.

    Raises:
        NotFound: none; the sentence is ``missing`` with the text and the known codes.
    """
    entries: Sequence[Named] = list(found)
    wanted = text.strip().lower()
    for entry in entries:
        if entry.code.lower() == wanted:
            return entry
    for entry in entries:
        if str(entry.id) == wanted:
            return entry
    raise NotFound(missing.with_params(text=text, known=[entry.code for entry in entries]))


NO_WAREHOUSE = msg("There is no warehouse “{text}”. Known: {known}.")
NO_COMPANY = msg("There is no shipping company “{text}”. Known: {known}.")
NO_PERSON = msg("There is no delivery person “{text}”. Known: {known}.")


def add_warehouse(ctx: Context, code: str, name: str) -> int:
    """Add a warehouse of our own and return its id.

    Raises:
        WrongUsage: a code or name that is empty, too long or in use.
        NotAllowed: the role lacks ``manageSettings``.
    """
    ctx.caller.require(Ability.MANAGE_SETTINGS)
    code, name = entered(CODE, code, MAX_CODE), entered(NAME, name, MAX_NAME)
    return written(ctx, in_use(code), lambda uow: lookup.add_warehouse(uow, code, name))


def add_company(ctx: Context, code: str, name: str) -> int:
    """Add a shipping company, with the virtual warehouse of what it keeps for us, and return its id.

    Raises:
        WrongUsage: a code or name that is empty, too long or in use.
        NotAllowed: the role lacks ``manageSettings``.
    """
    ctx.caller.require(Ability.MANAGE_SETTINGS)
    # The code and name of the company's own warehouse are made from these and must fit too.
    code = entered(CODE, code, MAX_CODE - len(STOCK_CODE.format("")))
    name = entered(NAME, name, MAX_NAME - len(STOCK_NAME.format("")))
    return written(ctx, in_use(code), lambda uow: lookup.add_company(uow, code, name))


def add_person(ctx: Context, code: str, name: str, phone: str = "") -> int:
    """Add a delivery person and return the id.

    Raises:
        WrongUsage: a code or name that is empty, too long or in use.
        NotAllowed: the role lacks ``manageSettings``.
    """
    ctx.caller.require(Ability.MANAGE_SETTINGS)
    code, name = entered(CODE, code, MAX_CODE), entered(NAME, name, MAX_NAME)
    number = entered(PHONE, phone, MAX_PHONE) if phone.strip() else ""
    return written(ctx, in_use(code), lambda uow: lookup.add_person(uow, code, name, number))


def add_product(ctx: Context, sku: str, name: str, barcodes: Sequence[str] = ()) -> int:
    """Add an active product and return its id.

    Raises:
        WrongUsage: a SKU, name or barcode that is empty, too long, in use, or begins like a barcode of the desk.
        NotAllowed: the role lacks ``manageStock``.
    """
    ctx.caller.require(Ability.MANAGE_STOCK)
    sku, name = entered_sku(sku), entered(NAME, name, MAX_PRODUCT_NAME)
    codes = list(dict.fromkeys(map(entered_barcode, barcodes)))

    def work(uow: UnitOfWork) -> int:
        check_sku_free(uow, sku)
        check_barcodes_free(uow, codes, sku)
        return lookup.add_product(uow, sku, name, codes)

    return written(ctx, in_use(", ".join([sku, *codes])), work)


def add_city(ctx: Context, name: str, name_ar: str = "") -> int:
    """Add a city with its French and, where it has one, its Arabic name; return its id.

    Raises:
        WrongUsage: a name that is empty, too long or that of another city, accents and case aside.
        NotAllowed: the role lacks ``manageSettings``.
    """
    ctx.caller.require(Ability.MANAGE_SETTINGS)
    name, name_ar = entered(NAME, name, MAX_NAME), entered(ARABIC_NAME, name_ar, MAX_NAME) if name_ar.strip() else ""

    def work(uow: UnitOfWork) -> int:
        check_city_free(uow, (name, name_ar))
        return changes.add_city(uow, name, name_ar)

    return written(ctx, in_use(name), work)


def check_city_free(uow: UnitOfWork, names: Sequence[str], own_id: int | None = None) -> None:
    """Refuse names by which an order could mean two cities.

    Raises:
        WrongUsage: one of them is another city's.
    """
    taken = changes.same_city(uow, names, but=own_id)
    if taken is not None:
        raise WrongUsage(msg("There is a city “{name}” already. Choose another name.", name=taken))
