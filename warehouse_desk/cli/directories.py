"""``products``, ``warehouses``, ``persons``, ``companies``, ``cities``, ``shipment-ways``: what orders name."""

from collections.abc import Sequence
from dataclasses import asdict

from warehouse_desk.cli.command_station import CommandStation
from warehouse_desk.cli.exits import DONE
from warehouse_desk.cli.words import say_list, say_table
from warehouse_desk.common.messages import tr
from warehouse_desk.domain.directories.entries import City, Company, Person, Product, ShipmentWay, Warehouse
from warehouse_desk.domain.phone import readable_phone


def _say(
    station: CommandStation,
    entries: Sequence[Product | Warehouse | Person | Company | City | ShipmentWay],
    headers: Sequence[str],
    rows: Sequence[Sequence[object]],
    right: Sequence[int] = (0,),
) -> int:
    if station.as_json:
        say_list([asdict(entry) for entry in entries])
    else:
        say_table(headers, rows, right)
    return DONE


def list_products(station: CommandStation) -> int:
    """List products with what lies in our own warehouses."""
    with station.desk() as desk:
        found = desk.goods.products()
    headers = [tr("Id"), tr("SKU"), tr("Name"), tr("Active"), tr("In stock"), tr("Reserved"), tr("In inspection")]
    rows = [(p.id, p.sku, p.name, p.active, p.on_hand, p.committed, p.inspection, ", ".join(p.barcodes)) for p in found]
    return _say(station, found, [*headers, tr("Barcodes")], rows, (0, 4, 5, 6))


def list_warehouses(station: CommandStation) -> int:
    """List warehouses; one with a company is what that company keeps for us."""
    with station.desk() as desk:
        found = desk.directories.warehouses()
    headers = [tr("Id"), tr("Code"), tr("Name"), tr("Active"), tr("Of company")]
    return _say(
        station, found, headers, [(w.id, w.code, w.name, w.active, w.shipping_company_id) for w in found], (0, 4)
    )


def list_companies(station: CommandStation) -> int:
    """List shipping companies."""
    with station.desk() as desk:
        found = desk.directories.companies()
    headers = [tr("Id"), tr("Code"), tr("Name"), tr("Active")]
    return _say(station, found, headers, [(c.id, c.code, c.name, c.active) for c in found])


def list_persons(station: CommandStation) -> int:
    """List delivery persons."""
    with station.desk() as desk:
        found = desk.directories.persons()
    headers = [tr("Id"), tr("Code"), tr("Name"), tr("Active"), tr("Phone")]
    return _say(station, found, headers, [(p.id, p.code, p.name, p.active, readable_phone(p.phone)) for p in found])


def list_cities(station: CommandStation) -> int:
    """List cities."""
    with station.desk() as desk:
        found = desk.directories.cities()
    headers = [tr("Id"), tr("Name"), tr("Arabic name"), tr("Active")]
    return _say(station, found, headers, [(c.id, c.name, c.name_ar, c.active) for c in found])


def list_shipment_ways(station: CommandStation) -> int:
    """List shipment ways."""
    with station.desk() as desk:
        found = desk.directories.shipment_ways()
    headers = [tr("Number"), tr("Name"), tr("Arabic name"), tr("English name"), tr("Active")]
    return _say(station, found, headers, [(w.number, w.name, w.name_ar, w.name_en, w.active) for w in found])
