"""What orders name, besides products: warehouses, companies, delivery persons, cities, shipment ways."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from warehouse_desk.common.messages import Message, msg, nmsg
from warehouse_desk.data.directories import changes as data
from warehouse_desk.data.directories import lookup
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.domain.directories.entries import (
    MAX_CODE,
    MAX_WAY,
    STOCK_CODE,
    STOCK_NAME,
    City,
    Company,
    Listed,
    Person,
    ShipmentWay,
    Warehouse,
    changing,
    no_such,
)
from warehouse_desk.domain.errors import NotFound, RuleViolation, WrongUsage
from warehouse_desk.domain.goods.product_sheet import Confirmation
from warehouse_desk.domain.numbers import whole_number
from warehouse_desk.domain.orders.drafts import MAX_NAME, MAX_PHONE
from warehouse_desk.services.directories.validation import (
    ARABIC_NAME,
    CODE,
    ENGLISH_NAME,
    NAME,
    NOTHING_GIVEN,
    PHONE,
    already,
    entered,
    in_use,
    written,
)
from warehouse_desk.services.subject import Subject

Entry = Warehouse | Company | Person | City | ShipmentWay


class Directories(Subject):
    """The lists from which the fields of an order are chosen; reading them wants the right to see orders."""

    def warehouses(self) -> list[Warehouse]:
        """Return all warehouses; those of a company are virtual: the stock which that company keeps for us."""
        self.context.caller.require_view()
        with self.context.database.read() as uow:
            return lookup.warehouses(uow)

    def companies(self) -> list[Company]:
        """Return all shipping companies."""
        self.context.caller.require_view()
        with self.context.database.read() as uow:
            return lookup.companies(uow)

    def persons(self) -> list[Person]:
        """Return all delivery persons."""
        self.context.caller.require_view()
        with self.context.database.read() as uow:
            return lookup.persons(uow)

    def cities(self) -> list[City]:
        """Return all cities."""
        self.context.caller.require_view()
        with self.context.database.read() as uow:
            return lookup.cities(uow)

    def shipment_ways(self) -> list[ShipmentWay]:
        """Return all shipment ways, by number."""
        self.context.caller.require_view()
        with self.context.database.read() as uow:
            return lookup.shipment_ways(uow)

    def entries(self, directory: Listed) -> Sequence[Entry]:
        """Return one of the lists."""
        match directory:
            case Listed.WAREHOUSE:
                return self.warehouses()
            case Listed.COMPANY:
                return self.companies()
            case Listed.PERSON:
                return self.persons()
            case Listed.CITY:
                return self.cities()
            case Listed.SHIPMENT_WAY:
                return self.shipment_ways()

    def add(self, directory: Listed, **values: str) -> Confirmation:
        """Add an entry by its ``code`` and ``name``.

        A person may have a ``phone``. A city has no code but, where it is known, ``name_ar``; a shipment way has a
        ``number`` in its place, and its name in French, ``name_ar`` and ``name_en``.

        With a company comes the virtual warehouse of what it keeps for us.

        Raises:
            WrongUsage: a code or name that is empty, too long or in use.
            NotAllowed: the role lacks ``manageCatalogue``, for warehouses ``manageSettings``.
        """
        self.context.caller.require(changing(directory))
        new = _entered(directory, {key: values.get(key, "") for key in _FIELDS[directory]})
        taken = in_use(str(new.get("code", new.get("number", new["name"]))))
        number = written(self.context, taken, partial(_ADD[directory], **new))
        return Confirmation(number, msg("{name} was added.", name=_called(new)))

    def edit(self, directory: Listed, number: int, **changes: str | None) -> Confirmation:
        """Change an entry: the fields of :meth:`add` but a shipment way's number; None leaves as it is.

        Orders name entries by their number: a new code or name shows on old orders too. The virtual warehouse of a
        company follows the company.

        Raises:
            WrongUsage: a text that is empty, too long or in use; or nothing to change.
            RuleViolation: a company's virtual warehouse, which is named after the company.
            NotFound: no such entry.
            NotAllowed: the role lacks ``manageCatalogue``, for warehouses ``manageSettings``.
        """
        self.context.caller.require(changing(directory))
        values = _entered(directory, {key: text for key, text in changes.items() if text is not None})

        def work(uow: UnitOfWork) -> Confirmation:
            old = _locked(uow, directory, number)
            new = {**old, **values}
            if directory is Listed.CITY:
                _check_city_free(uow, (new["name"], new["name_ar"]), own_id=number)
                data.change_entry(uow, directory, number, data.city_columns(new["name"], new["name_ar"]))
            else:
                _check_code_free(uow, directory, number, values.get("code"))
                data.change_entry(uow, directory, number, values)
            if directory is Listed.COMPANY:
                data.rename_stock_of(uow, number, STOCK_CODE.format(new["code"]), STOCK_NAME.format(new["name"]))
            return Confirmation(number, msg("{name} was changed.", name=_called(new)))

        return written(self.context, in_use(values.get("code") or values.get("name", "")), work)

    def set_active(self, directory: Listed, number: int, *, active: bool) -> Confirmation:
        """Take an entry out of use, or back into it; orders that name it already go on, and the answer counts them.

        Raises:
            RuleViolation: a warehouse in which goods lie, or the virtual warehouse of a company.
            NotFound: no such entry.
            NotAllowed: the role lacks ``manageCatalogue``, for warehouses ``manageSettings``.
        """
        self.context.caller.require(changing(directory))

        def work(uow: UnitOfWork) -> Confirmation:
            old = _locked(uow, directory, number)
            name = _called(old)
            if bool(old["active"]) is active:
                return Confirmation(number, already(name, active=active))
            if not active and directory is Listed.WAREHOUSE:
                _check_empty(uow, number, name)
            data.change_entry(uow, directory, number, {"active": active})
            if active:
                return Confirmation(number, msg("{name} is active again.", name=name))
            orders = data.orders_under_way(uow, directory, number) if directory in data.UNDER_WAY else 0
            return Confirmation(number, _out_of_use(name, orders))

        return self.context.database.transact(work)


def _add_city(uow: UnitOfWork, name: str, name_ar: str) -> int:
    _check_city_free(uow, (name, name_ar))
    return data.add_city(uow, name, name_ar)


_ADD: Mapping[Listed, Callable[..., int]] = {
    Listed.WAREHOUSE: lookup.add_warehouse,
    Listed.COMPANY: lookup.add_company,
    Listed.PERSON: lookup.add_person,
    Listed.CITY: _add_city,
    Listed.SHIPMENT_WAY: lookup.add_shipment_way,
}
_FIELDS: Mapping[Listed, tuple[str, ...]] = {
    Listed.WAREHOUSE: ("code", "name"),
    Listed.COMPANY: ("code", "name"),
    Listed.PERSON: ("code", "name", "phone"),
    Listed.CITY: ("name", "name_ar"),
    Listed.SHIPMENT_WAY: ("number", "name", "name_ar", "name_en"),
}


def _check_city_free(uow: UnitOfWork, names: Sequence[str], own_id: int | None = None) -> None:
    """Refuse names by which an order could mean two cities.

    Raises:
        WrongUsage: one of them is another city's.
    """
    taken = data.same_city(uow, names, but=own_id)
    if taken is not None:
        raise WrongUsage(msg("The city “{name}” already exists. Choose another name.", name=taken))


def _entered(directory: Listed, texts: Mapping[str, str]) -> dict[str, Any]:
    if not texts:
        raise WrongUsage(NOTHING_GIVEN)
    room = _ROOM_OF_STOCK if directory is Listed.COMPANY else (0, 0)
    rules = {"code": (CODE, MAX_CODE - room[0]), "name": (NAME, MAX_NAME - room[1])}
    values: dict[str, Any] = {k: entered(name, texts[k], limit) for k, (name, limit) in rules.items() if k in texts}
    optional = (("phone", PHONE, MAX_PHONE), ("name_ar", ARABIC_NAME, MAX_NAME), ("name_en", ENGLISH_NAME, MAX_NAME))
    for key, name, limit in optional:
        if key in texts:
            values[key] = entered(name, texts[key], limit) if texts[key].strip() else ""
    if "number" in texts:
        values["number"] = _way_number(texts["number"])
    return values


def _way_number(text: str) -> int:
    number = whole_number(text, 0, MAX_WAY)
    if number is None:
        raise WrongUsage(
            msg("The number “{text}” is not a whole number from 0 to {limit}.", text=text.strip()[:40], limit=MAX_WAY)
        )
    return number


_ROOM_OF_STOCK = (len(STOCK_CODE.format("")), len(STOCK_NAME.format("")))
"""Characters that the code and the name of a company's own warehouse have more than the company's."""


def _check_code_free(uow: UnitOfWork, directory: Listed, number: int, code: str | None) -> None:
    taken = None if code is None else data.same_code(uow, directory, code)
    if taken is not None and taken != number:
        raise WrongUsage(in_use(str(code)))


def _out_of_use(name: str, orders: int) -> Message:
    if not orders:
        return msg("{name} is inactive and no longer offered.", name=name)
    return nmsg(
        "{name} is inactive and no longer offered. {n} order on its way continues with it.",
        "{name} is inactive and no longer offered. {n} orders on their way continue with it.",
        orders,
        name=name,
    )


def _check_empty(uow: UnitOfWork, number: int, name: str) -> None:
    on_hand, inspection, products = data.goods_in(uow, number)
    if products:
        raise RuleViolation(
            msg(
                "{name} is not empty. Products: {products}, pieces in stock: {on_hand}, in "
                "inspection: {inspection}. Correct the stock and sort the returns first.",
                name=name,
                on_hand=on_hand,
                inspection=inspection,
                products=products,
            )
        )


def _locked(uow: UnitOfWork, directory: Listed, number: int) -> dict[str, Any]:
    found = data.lock_entry(uow, directory, number)
    if found is None:
        raise NotFound(no_such(directory, number))
    if directory is Listed.WAREHOUSE and found["shipping_company_id"] is not None:
        raise RuleViolation(
            msg(
                "{code} is the stock that a shipping company keeps for us. Change the company instead.",
                code=found["code"],
            )
        )
    return found


def _called(columns: Mapping[str, Any]) -> str:
    return str(columns.get("code") or columns["name"])
