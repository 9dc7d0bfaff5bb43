"""Find the warehouse, person or company that an option names."""

from typing import TYPE_CHECKING

from warehouse_desk.common.messages import msg
from warehouse_desk.common.text import fold, western_digits
from warehouse_desk.domain.directories.entries import Company, Listed, Person, Warehouse
from warehouse_desk.domain.errors import NotFound, WrongUsage

if TYPE_CHECKING:
    from warehouse_desk.services.desk import Desk


def named_id(desk: "Desk", directory: Listed, text: str) -> int:
    """Return the id of the warehouse, company or person that a text names by id or code, in use or not.

    Raises:
        WrongUsage: there is none.
    """
    from warehouse_desk.services.directories.lookup import NO_COMPANY, NO_PERSON, NO_WAREHOUSE, by_id_or_code

    try:
        match directory:
            case Listed.WAREHOUSE:
                return by_id_or_code(desk.directories.warehouses(), text, NO_WAREHOUSE).id
            case Listed.COMPANY:
                return by_id_or_code(desk.directories.companies(), text, NO_COMPANY).id
            case _:
                return by_id_or_code(desk.directories.persons(), text, NO_PERSON).id
    except NotFound as error:
        raise WrongUsage(error.message) from error


def warehouse_id(desk: "Desk", text: str) -> int:
    """Return the id of the warehouse that ``--warehouse`` names by id or code.

    Raises:
        WrongUsage: there is none, or it is no longer in use.
    """
    from warehouse_desk.services.directories.lookup import NO_WAREHOUSE, by_id_or_code

    try:
        return _in_use(by_id_or_code(desk.directories.warehouses(), text, NO_WAREHOUSE))
    except NotFound as error:
        raise WrongUsage(error.message) from error


def person_id(desk: "Desk", text: str) -> int:
    """Return the id of the delivery person that ``--person`` names.

    Raises:
        WrongUsage: there is none, or they are no longer in use.
    """
    from warehouse_desk.services.directories.lookup import NO_PERSON, by_id_or_code

    try:
        return _in_use(by_id_or_code(desk.directories.persons(), text, NO_PERSON))
    except NotFound as error:
        raise WrongUsage(error.message) from error


def company_id(desk: "Desk", text: str) -> int:
    """Return the id of the shipping company that ``--company`` names.

    Raises:
        WrongUsage: there is none, or it is no longer in use.
    """
    from warehouse_desk.services.directories.lookup import NO_COMPANY, by_id_or_code

    try:
        return _in_use(by_id_or_code(desk.directories.companies(), text, NO_COMPANY))
    except NotFound as error:
        raise WrongUsage(error.message) from error


def city_id(desk: "Desk", text: str) -> int:
    """Return the id of the city that ``--city`` names by id or by its French or Arabic name.

    Raises:
        WrongUsage: there is none.
    """
    wanted = fold(text)
    for city in desk.directories.cities():
        if text.strip() == str(city.id) or wanted in {fold(city.name), fold(city.name_ar)}:
            return city.id
    raise WrongUsage(msg("There is no city “{text}”. Write its name as in the list of cities.", text=text[:40]))


def way_id(desk: "Desk", text: str) -> int:
    """Return the id of the shipment way of a number.

    Raises:
        WrongUsage: nobody has said what the number means.
    """
    for way in desk.directories.shipment_ways():
        if str(way.number) == western_digits(text.strip()):
            return way.id
    known = [way.number for way in desk.directories.shipment_ways()]
    raise WrongUsage(msg("There is no shipment way “{text}”. Known: {known}.", text=text[:40], known=known or "-"))


def _in_use(entry: Warehouse | Person | Company) -> int:
    if not entry.active:
        raise WrongUsage(msg("“{code}” is no longer active. Choose another one.", code=entry.code))
    return entry.id
