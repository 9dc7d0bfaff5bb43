"""The things that orders name, found by id or code."""

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, TypeVar

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.data import directory
from warehouse_desk.data.database import UnitOfWork
from warehouse_desk.data.failures import driver_errors, is_unique_violation
from warehouse_desk.domain.abilities import Ability
from warehouse_desk.domain.directory import City, Company, Person, Product, Warehouse
from warehouse_desk.domain.drafts import MAX_NAME, MAX_PHONE
from warehouse_desk.domain.errors import NotFound, WrongUsage
from warehouse_desk.services.context import Context
from warehouse_desk.wedge.grammar import BADGE_PREFIX, COMMAND_PREFIX, STATION_PREFIX, is_reserved


class _Coded(Protocol):
    @property
    def id(self) -> int: ...

    @property
    def code(self) -> str: ...


Named = TypeVar("Named", bound=_Coded)


def warehouses(ctx: Context) -> list[Warehouse]:
    """Return all warehouses; those of a company are virtual: the stock which that company keeps for us."""
    with ctx.database.read() as uow:
        return directory.warehouses(uow)


def companies(ctx: Context) -> list[Company]:
    """Return all shipping companies."""
    with ctx.database.read() as uow:
        return directory.companies(uow)


def persons(ctx: Context) -> list[Person]:
    """Return all delivery persons."""
    with ctx.database.read() as uow:
        return directory.persons(uow)


def cities(ctx: Context) -> list[City]:
    """Return all cities."""
    with ctx.database.read() as uow:
        return directory.cities(uow)


def products(ctx: Context) -> list[Product]:
    """Return all products with their stock in our own warehouses."""
    with ctx.database.read() as uow:
        return directory.products(uow)


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


MAX_CODE = 40
MAX_PRODUCT_NAME = 255
MAX_BARCODE = 64
"""Characters that the columns hold."""


def add_warehouse(ctx: Context, code: str, name: str) -> int:
    """Add a warehouse of our own and return its id.

    Raises:
        WrongUsage: a code or name that is empty, too long or in use.
        NotAllowed: the role lacks ``manageSettings``.
    """
    ctx.caller.require(Ability.MANAGE_SETTINGS)
    code, name = _text("code", code, MAX_CODE), _text("name", name, MAX_NAME)
    return _add(ctx, code, lambda uow: directory.add_warehouse(uow, code, name))


def add_company(ctx: Context, code: str, name: str) -> int:
    """Add a shipping company, with the virtual warehouse of what it keeps for us, and return its id.

    Raises:
        WrongUsage: a code or name that is empty, too long or in use.
        NotAllowed: the role lacks ``manageSettings``.
    """
    ctx.caller.require(Ability.MANAGE_SETTINGS)
    # The code and name of the company's own warehouse are made from these and must fit too.
    code, name = _text("code", code, MAX_CODE - len("-STOCK")), _text("name", name, MAX_NAME - len("Stock "))
    return _add(ctx, code, lambda uow: directory.add_company(uow, code, name))


def add_person(ctx: Context, code: str, name: str, phone: str = "") -> int:
    """Add a delivery person and return the id.

    Raises:
        WrongUsage: a code or name that is empty, too long or in use.
        NotAllowed: the role lacks ``manageSettings``.
    """
    ctx.caller.require(Ability.MANAGE_SETTINGS)
    code, name = _text("code", code, MAX_CODE), _text("name", name, MAX_NAME)
    number = _text("phone", phone, MAX_PHONE) if phone.strip() else ""
    return _add(ctx, code, lambda uow: directory.add_person(uow, code, name, number))


def add_product(ctx: Context, sku: str, name: str, barcodes: Sequence[str] = ()) -> int:
    """Add an active product and return its id.

    Raises:
        WrongUsage: a SKU, name or barcode that is empty, too long, in use, or begins like a barcode of the desk.
        NotAllowed: the role lacks ``manageStock``.
    """
    ctx.caller.require(Ability.MANAGE_STOCK)
    sku, name = _text("SKU", sku, MAX_NAME), _text("name", name, MAX_PRODUCT_NAME)
    codes = list(dict.fromkeys(_text("barcode", code, MAX_BARCODE) for code in barcodes))
    for code in (sku, *codes):
        _check_not_of_the_desk(code)
    return _add(ctx, ", ".join([sku, *codes]), lambda uow: directory.add_product(uow, sku, name, codes))


def _check_not_of_the_desk(code: str) -> None:
    """Refuse a code that the scanner would take for a command, a badge or a station, and never for a product."""
    if is_reserved(code):
        raise WrongUsage(
            msg(
                "“{code}” begins like the barcodes that work this program ({reserved}): scanned, it would be taken for "
                "a command. Choose another code.",
                code=code,
                reserved=[COMMAND_PREFIX, BADGE_PREFIX, STATION_PREFIX],
            )
        )


def _text(what: str, text: str, limit: int) -> str:
    clean = text.strip()
    if not 1 <= len(clean) <= limit or not clean.isprintable():
        raise WrongUsage(
            msg("The {what} “{text}” is no text of 1 to {limit} characters.", what=what, text=clean[:40], limit=limit)
        )
    return clean


def _add(ctx: Context, key: str, work: Callable[[UnitOfWork], int]) -> int:
    try:
        return ctx.database.transact(work)
    except driver_errors() as error:
        if is_unique_violation(error):
            raise WrongUsage(msg("“{key}” is in use already. Choose another one.", key=key)) from error
        raise
