"""The things that orders name: warehouses, companies, delivery persons, cities, products."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Table, bindparam, func, insert, or_, select

from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.engine.prepared import Prepared
from warehouse_desk.data.engine.types import Among, IdList, TextList, is_row_number
from warehouse_desk.data.tables import (
    city,
    delivery_person,
    product,
    product_barcode,
    shipment_way,
    shipping_company,
    stock,
    warehouse,
)
from warehouse_desk.domain.directories.entries import (
    STOCK_CODE,
    STOCK_NAME,
    City,
    Company,
    Person,
    Product,
    ShipmentWay,
    StockRow,
    Warehouse,
)
from warehouse_desk.domain.orders.transitions import Need


def warehouses(uow: UnitOfWork) -> list[Warehouse]:
    """Return all warehouses, our own and the companies' virtual ones."""
    c = warehouse.c
    query = select(c.id, c.code, c.name, c.active, c.shipping_company_id).order_by(c.id)
    return [Warehouse(*row) for row in uow.table(query)]


def warehouse_by_id(uow: UnitOfWork, number: int, *, lock: bool = False) -> Warehouse | None:
    """Return a warehouse; ``lock``: nobody takes it out of use until the unit of work ends."""
    c = warehouse.c
    if not is_row_number(number):
        return None
    query = select(c.id, c.code, c.name, c.active, c.shipping_company_id).where(c.id == number)
    found = uow.table(query.with_for_update(read=True) if lock else query)
    return Warehouse(*found[0]) if found else None


def codes_out_of_use(uow: UnitOfWork, numbers: Collection[int]) -> dict[int, str]:
    """Return those of some warehouses that are out of use, with their codes; the others stay in use meanwhile."""
    c = warehouse.c
    query = select(c.id, c.code, c.active).where(c.id.in_(sorted(numbers))).order_by(c.id)
    found = uow.table(query.with_for_update(read=True)) if numbers else ()
    return {number: code for number, code, active in found if not active}


def companies(uow: UnitOfWork) -> list[Company]:
    """Return all shipping companies."""
    c = shipping_company.c
    return [Company(*row) for row in uow.table(select(c.id, c.code, c.name, c.active).order_by(c.id))]


def persons(uow: UnitOfWork) -> list[Person]:
    """Return all delivery persons."""
    c = delivery_person.c
    return [Person(*row) for row in uow.table(select(c.id, c.code, c.name, c.active, c.phone).order_by(c.id))]


def cities(uow: UnitOfWork) -> list[City]:
    """Return all cities, in the order of the alphabet."""
    c = city.c
    return [City(*row) for row in uow.table(select(c.id, c.name, c.name_ar, c.active).order_by(c.folded))]


def shipment_ways(uow: UnitOfWork) -> list[ShipmentWay]:
    """Return all shipment ways by number."""
    c = shipment_way.c
    query = select(c.id, c.number, c.name, c.name_ar, c.name_en, c.active).order_by(c.number)
    return [ShipmentWay(*row) for row in uow.table(query)]


def add_shipment_way(uow: UnitOfWork, number: int, name: str, name_ar: str, name_en: str) -> int:
    """Say what a number of a shipment way means."""
    return add_row(uow, shipment_way, {"number": number, "name": name, "name_ar": name_ar, "name_en": name_en})


def city_ids(uow: UnitOfWork, names: Sequence[str]) -> dict[str, int]:
    """Return the city ids of folded names, French or Arabic; unknown ones are missing."""
    wanted = list(set(names))
    query = select(city.c.folded, city.c.folded_ar, city.c.id).where(
        or_(city.c.folded.in_(wanted), city.c.folded_ar.in_(wanted))
    )
    found: dict[str, int] = {}
    for folded, folded_ar, number in uow.table(query):
        found[folded] = found[folded_ar] = number
    return {name: found[name] for name in wanted if name in found}


def city_by_id(uow: UnitOfWork, city_id: int) -> City | None:
    """Return a city."""
    found = uow.table(select(city.c.id, city.c.name, city.c.name_ar, city.c.active).where(city.c.id == city_id))
    return City(*found[0]) if found else None


_PRODUCT_COLUMNS = (product.c.id, product.c.sku, product.c.name, product.c.active, product.c.committed)
_BY_SKU = Prepared(select(*_PRODUCT_COLUMNS).where(Among(product.c.sku, "skus", TextList)))
_BY_ID = Prepared(select(*_PRODUCT_COLUMNS).where(Among(product.c.id, "ids", IdList)))


def products_by_sku(uow: UnitOfWork, skus: Sequence[str]) -> dict[str, Product]:
    """Return the products of some SKUs; unknown ones are missing."""
    rows = uow.rows(_BY_SKU, {"skus": list(set(skus))})
    return {row[1]: _product(row) for row in rows}


def active_by_sku(uow: UnitOfWork) -> dict[str, bool]:
    """Return every SKU and whether its product is active."""
    return {sku: bool(active) for sku, active in uow.table(select(product.c.sku, product.c.active))}


def products_by_id(uow: UnitOfWork, ids: Sequence[int]) -> dict[int, Product]:
    """Return the products of some ids; unknown ones are missing."""
    return {row[0]: _product(row) for row in uow.rows(_BY_ID, {"ids": list(set(ids))})}


def products(uow: UnitOfWork) -> list[Product]:
    """Return all products with what lies in our own warehouses."""
    rows = uow.table(select(*_PRODUCT_COLUMNS).order_by(product.c.sku))
    return _with_stock(rows, uow.rows(_ALL_LYING, {}), uow.rows(_ALL_BARCODES, {}))


def products_with_stock(uow: UnitOfWork, ids: Sequence[int]) -> list[Product]:
    """Return some products with what lies in our own warehouses, by SKU."""
    wanted = {"ids": list(set(ids))}
    rows = sorted(uow.rows(_BY_ID, wanted), key=lambda row: row[1])
    return _with_stock(rows, uow.rows(_LYING, wanted), uow.rows(_BARCODES, wanted))


def product_names(uow: UnitOfWork) -> list[tuple[int, str, str, bool]]:
    """Return id, SKU, name and whether active of every product, by SKU."""
    return [(number, sku, name, bool(active)) for number, sku, name, active in uow.rows(_NAMES, {})]


def has_products(uow: UnitOfWork) -> bool:
    """Tell whether there is any product."""
    return bool(uow.table(select(product.c.id).limit(1)))


def products_by_barcode_part(uow: UnitOfWork, part: str) -> set[int]:
    """Return the ids of the products with a barcode that holds these characters, case aside."""
    holds = func.lower(product_barcode.c.barcode).contains(part.lower(), autoescape=True)
    return {row[0] for row in uow.table(select(product_barcode.c.product_id).where(holds))}


_NAMES = Prepared(select(product.c.id, product.c.sku, product.c.name, product.c.active).order_by(product.c.sku))
_LIES = (
    select(stock.c.product_id, func.sum(stock.c.on_hand), func.sum(stock.c.inspection))
    .join(warehouse, warehouse.c.id == stock.c.warehouse_id)
    .where(warehouse.c.shipping_company_id.is_(None))
    .group_by(stock.c.product_id)
)
_ALL_LYING = Prepared(_LIES)
_LYING = Prepared(_LIES.where(Among(stock.c.product_id, "ids", IdList)))
_CODES = select(product_barcode.c.product_id, product_barcode.c.barcode).order_by(product_barcode.c.barcode)
_ALL_BARCODES = Prepared(_CODES)
_BARCODES = Prepared(_CODES.where(Among(product_barcode.c.product_id, "ids", IdList)))


def _with_stock(
    rows: Sequence[tuple[Any, ...]], pieces: Sequence[tuple[Any, ...]], codes: Sequence[tuple[Any, ...]]
) -> list[Product]:
    lies = {number: (int(on_hand), int(inspection)) for number, on_hand, inspection in pieces}
    nothing = (0, 0)
    barcodes: dict[int, list[str]] = {}
    for number, code in codes:
        barcodes.setdefault(number, []).append(code)
    return [
        Product(
            number,
            sku,
            name,
            bool(active),
            committed,
            lies.get(number, nothing)[0],
            tuple(barcodes.get(number, ())),
            lies.get(number, nothing)[1],
        )
        for number, sku, name, active, committed in rows
    ]


def _product(row: Sequence[Any]) -> Product:
    return Product(row[0], row[1], row[2], bool(row[3]), row[4])


def stock_rows(uow: UnitOfWork) -> list[StockRow]:
    """Return what lies where, product by product."""
    query = (
        select(
            product.c.sku, product.c.name, warehouse.c.code, stock.c.on_hand, stock.c.inspection, product.c.committed
        )
        .join(product, product.c.id == stock.c.product_id)
        .join(warehouse, warehouse.c.id == stock.c.warehouse_id)
        .order_by(product.c.sku, warehouse.c.id)
    )
    return [StockRow(*row) for row in uow.table(query)]


def add_row(uow: UnitOfWork, table: Table, values: dict[str, Any]) -> int:
    """Write one row of a directory table and return its id."""
    key: Any = uow.execute(insert(table).values(**values)).inserted_primary_key
    return int(key[0])


def add_warehouse(uow: UnitOfWork, code: str, name: str, company_id: int | None = None) -> int:
    """Add a warehouse, or with a company the virtual one of the stock it keeps for us."""
    return add_row(uow, warehouse, {"code": code, "name": name, "shipping_company_id": company_id})


def add_company(uow: UnitOfWork, code: str, name: str) -> int:
    """Add a shipping company with its virtual warehouse."""
    number = add_row(uow, shipping_company, {"code": code, "name": name})
    add_warehouse(uow, STOCK_CODE.format(code), STOCK_NAME.format(name), number)
    return number


def add_person(uow: UnitOfWork, code: str, name: str, phone: str) -> int:
    """Add a delivery person."""
    return add_row(uow, delivery_person, {"code": code, "name": name, "phone": phone})


def add_product(uow: UnitOfWork, sku: str, name: str, barcodes: Sequence[str] = ()) -> int:
    """Add a product with its barcodes."""
    number = add_row(uow, product, {"sku": sku, "name": name})
    for code in barcodes:
        uow.execute(insert(product_barcode).values(barcode=code, product_id=number))
    return number


_ACTIVE = {
    "warehouse_id": Prepared(select(warehouse.c.active).where(warehouse.c.id == bindparam("id"))),
    "company_id": Prepared(select(shipping_company.c.active).where(shipping_company.c.id == bindparam("id"))),
    "person_id": Prepared(select(delivery_person.c.active).where(delivery_person.c.id == bindparam("id"))),
}


_NAMED: dict[Need, Table] = {
    Need.WAREHOUSE: warehouse,
    Need.COMPANY: shipping_company,
    Need.PERSON: delivery_person,
}


def name_of(uow: UnitOfWork, need: Need, number: int | None) -> str | None:
    """Return the name of a warehouse, company or person; None where there is none."""
    table = _NAMED[need]
    found = uow.table(select(table.c.name).where(table.c.id == number)) if number else []
    return found[0][0] if found else None


def is_active(uow: UnitOfWork, field: str, number: int) -> bool | None:
    """Tell whether a warehouse, company or person (``warehouse_id``...) is in use; None where there is none."""
    found = uow.rows(_ACTIVE[field], {"id": number}) if is_row_number(number) else []
    return bool(found[0][0]) if found else None
