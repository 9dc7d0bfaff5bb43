"""``products``, ``warehouses``, ``persons``, ``companies``, ``cities``: what orders name."""

from collections.abc import Sequence
from dataclasses import asdict

from warehouse_desk.cli.exits import DONE
from warehouse_desk.cli.station import Station
from warehouse_desk.cli.words import say, say_json, say_list, say_table
from warehouse_desk.common.messages import tr
from warehouse_desk.domain.directory import City, Company, Person, Product, Warehouse
from warehouse_desk.domain.phone import readable_phone


def _say(
    station: Station,
    entries: Sequence[Product | Warehouse | Person | Company | City],
    headers: Sequence[str],
    rows: Sequence[Sequence[object]],
    right: Sequence[int] = (0,),
) -> int:
    if station.as_json:
        say_list([asdict(entry) for entry in entries])
    else:
        say_table(headers, rows, right)
    return DONE


def list_products(station: Station) -> int:
    """List products with what lies in our own warehouses."""
    with station.desk() as desk:
        found = desk.products()
    headers = [tr("Id"), tr("SKU"), tr("Name"), tr("Active"), tr("On hand"), tr("Promised"), tr("Barcodes")]
    rows = [(p.id, p.sku, p.name, p.active, p.on_hand, p.committed, ", ".join(p.barcodes)) for p in found]
    return _say(station, found, headers, rows, (0, 4, 5))


def list_warehouses(station: Station) -> int:
    """List warehouses; one with a company is what that company keeps for us."""
    with station.desk() as desk:
        found = desk.warehouses()
    headers = [tr("Id"), tr("Code"), tr("Name"), tr("Active"), tr("Of company")]
    return _say(
        station, found, headers, [(w.id, w.code, w.name, w.active, w.shipping_company_id) for w in found], (0, 4)
    )


def list_companies(station: Station) -> int:
    """List shipping companies."""
    with station.desk() as desk:
        found = desk.companies()
    headers = [tr("Id"), tr("Code"), tr("Name"), tr("Active")]
    return _say(station, found, headers, [(c.id, c.code, c.name, c.active) for c in found])


def list_persons(station: Station) -> int:
    """List delivery persons."""
    with station.desk() as desk:
        found = desk.persons()
    headers = [tr("Id"), tr("Code"), tr("Name"), tr("Active"), tr("Phone")]
    return _say(station, found, headers, [(p.id, p.code, p.name, p.active, readable_phone(p.phone)) for p in found])


def list_cities(station: Station) -> int:
    """List cities."""
    with station.desk() as desk:
        found = desk.cities()
    return _say(station, found, [tr("Id"), tr("Name"), tr("Arabic name")], [(c.id, c.name, c.name_ar) for c in found])


def add_product(station: Station) -> int:
    """Add a product."""
    given = station.arguments
    with station.desk() as desk:
        from warehouse_desk.services.directories import add_product as add

        number = add(desk.context, given.sku, given.name, given.barcode)
    return _say_added(station, number, given.sku, "sku")


def add_warehouse(station: Station) -> int:
    """Add a warehouse of our own."""
    given = station.arguments
    with station.desk() as desk:
        from warehouse_desk.services.directories import add_warehouse as add

        number = add(desk.context, given.code, given.name)
    return _say_added(station, number, given.code)


def add_company(station: Station) -> int:
    """Add a shipping company and the warehouse of what it keeps for us."""
    given = station.arguments
    with station.desk() as desk:
        from warehouse_desk.services.directories import add_company as add

        number = add(desk.context, given.code, given.name)
    return _say_added(station, number, given.code)


def add_person(station: Station) -> int:
    """Add a delivery person."""
    given = station.arguments
    with station.desk() as desk:
        from warehouse_desk.services.directories import add_person as add

        number = add(desk.context, given.code, given.name, given.phone)
    return _say_added(station, number, given.code)


def _say_added(station: Station, number: int, key: str, key_name: str = "code") -> int:
    if station.as_json:
        say_json({"id": number, key_name: key.strip(), "name": station.arguments.name.strip()})
    else:
        say(tr("{key} was added with the id {number}.", key=key.strip(), number=number))
    return DONE
