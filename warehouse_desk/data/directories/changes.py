"""Changes of warehouses, companies, delivery persons and cities, and who still uses them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Table, func, or_, select, update

from warehouse_desk.common.text import fold
from warehouse_desk.data.directories.lookup import add_row
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.tables import city, delivery_person, orders, shipment_way, shipping_company, stock, warehouse
from warehouse_desk.domain.directories.entries import Listed
from warehouse_desk.domain.status import Status

_TABLES: dict[Listed, Table] = {
    Listed.WAREHOUSE: warehouse,
    Listed.COMPANY: shipping_company,
    Listed.PERSON: delivery_person,
    Listed.CITY: city,
    Listed.SHIPMENT_WAY: shipment_way,
}
_OF_ORDERS = {
    Listed.WAREHOUSE: orders.c.warehouse_id,
    Listed.COMPANY: orders.c.shipping_company_id,
    Listed.PERSON: orders.c.delivery_person_id,
}
UNDER_WAY = frozenset(_OF_ORDERS)
"""The lists whose entries take part in the way of a parcel."""


def lock_entry(uow: UnitOfWork, directory: Listed, number: int) -> dict[str, Any] | None:
    """Return the columns of an entry and keep it from changing until the unit of work ends."""
    table = _TABLES[directory]
    found = uow.execute(select(table).where(table.c.id == number).with_for_update()).mappings().first()
    return None if found is None else dict(found)


def change_entry(uow: UnitOfWork, directory: Listed, number: int, values: dict[str, Any]) -> None:
    """Write columns of an entry."""
    table = _TABLES[directory]
    uow.execute(update(table).where(table.c.id == number).values(**values))


def same_code(uow: UnitOfWork, directory: Listed, code: str) -> int | None:
    """Return the id of the entry that has this code, case aside."""
    table = _TABLES[directory]
    found = uow.table(select(table.c.id).where(func.lower(table.c.code) == code.lower()).limit(1))
    return found[0][0] if found else None


def same_city(uow: UnitOfWork, names: Sequence[str], *, but: int | None = None) -> str | None:
    """Return the name of a city (``but`` one) called one of these names, French or Arabic, as people read them."""
    wanted = [folded for folded in map(fold, names) if folded]
    query = select(city.c.name).where(or_(city.c.folded.in_(wanted), city.c.folded_ar.in_(wanted)))
    found = uow.table(query if but is None else query.where(city.c.id != but))
    return found[0][0] if found else None


def city_columns(name: str, name_ar: str) -> dict[str, str]:
    """Return the columns that a city's names fill."""
    return {"name": name, "name_ar": name_ar, "folded": fold(name), "folded_ar": fold(name_ar)}


def add_city(uow: UnitOfWork, name: str, name_ar: str) -> int:
    """Add a city."""
    return add_row(uow, city, city_columns(name, name_ar))


def rename_stock_of(uow: UnitOfWork, company_id: int, code: str, name: str) -> None:
    """Let the virtual warehouse of a company follow the company's code and name."""
    uow.execute(update(warehouse).where(warehouse.c.shipping_company_id == company_id).values(code=code, name=name))


def goods_in(uow: UnitOfWork, warehouse_id: int) -> tuple[int, int, int]:
    """Return the pieces on hand and in inspection in a warehouse, and how many products have a total other than 0."""
    query = select(
        func.coalesce(func.sum(stock.c.on_hand), 0), func.coalesce(func.sum(stock.c.inspection), 0), func.count()
    ).where(stock.c.warehouse_id == warehouse_id, or_(stock.c.on_hand != 0, stock.c.inspection != 0))
    on_hand, inspection, products = uow.table(query)[0]
    return int(on_hand), int(inspection), int(products)


def orders_under_way(uow: UnitOfWork, directory: Listed, number: int) -> int:
    """Return how many orders on their way name a warehouse, company or person."""
    under_way = [Status.WAITING.value, Status.SHIPPED.value]
    query = (
        select(func.count())
        .select_from(orders)
        .where(orders.c.deleted_at.is_(None), orders.c.status.in_(under_way), _OF_ORDERS[directory] == number)
    )
    return int(uow.table(query)[0][0])
