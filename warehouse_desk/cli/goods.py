"""``products`` and what else orders name: added, changed, taken out of use."""

from pathlib import Path
from typing import TYPE_CHECKING

from warehouse_desk.cli.command_station import CommandStation
from warehouse_desk.cli.exits import DONE, REFUSED
from warehouse_desk.cli.named import city_id, named_id, warehouse_id, way_id
from warehouse_desk.cli.words import complain, say, say_json
from warehouse_desk.common.messages import nmsg, tr
from warehouse_desk.domain.directories.entries import Listed

if TYPE_CHECKING:
    from warehouse_desk.domain.goods.product_sheet import Confirmation
    from warehouse_desk.services.desk import Desk
    from warehouse_desk.services.goods.product_import import ProductFile


def add_product(station: CommandStation) -> int:
    """Add a product."""
    given = station.arguments
    with station.desk() as desk:
        noted = desk.goods.add_product(given.sku, given.name, given.barcode)
    return _say_added(station, noted.id, {"sku": given.sku.strip(), "name": given.name.strip()}, given.sku)


def edit_product(station: CommandStation) -> int:
    """Change a product's name or SKU."""
    given = station.arguments
    with station.desk() as desk:
        return _say_noted(station, desk.goods.edit_product(given.sku, name=given.name, sku=given.new_sku))


def set_product_active(station: CommandStation) -> int:
    """Take a product out of use, or back into it."""
    given = station.arguments
    with station.desk() as desk:
        return _say_noted(station, desk.goods.set_product_active(given.sku, active=given.active))


def add_barcode(station: CommandStation) -> int:
    """Give a product one more barcode."""
    given = station.arguments
    with station.desk() as desk:
        return _say_noted(station, desk.goods.add_barcode(given.sku, given.code, given.pieces))


def remove_barcode(station: CommandStation) -> int:
    """Take a barcode from a product."""
    given = station.arguments
    with station.desk() as desk:
        return _say_noted(station, desk.goods.remove_barcode(given.sku, given.code))


def import_products(station: CommandStation) -> int:
    """Add the products of a file, all or none."""
    given = station.arguments
    with station.desk() as desk:
        place = None if given.warehouse is None else warehouse_id(desk, given.warehouse)
        file = desk.goods.product_import.read(Path(given.file))
        if given.dry_run or file.problems:
            return _say_file(station, file)
        done = desk.goods.product_import.store(file, place)
    if station.as_json:
        say_json({"added": done.added, "known": done.known, "pieces": done.pieces, "problems": []})
    else:
        say(done.message)
    return DONE


def _say_file(station: CommandStation, file: "ProductFile") -> int:
    if station.as_json:
        problems = [{"row": number, "message": str(message)} for number, message in file.problems]
        say_json({"new": len(file.new), "known": file.known, "pieces": file.pieces, "problems": problems})
    else:
        say(
            tr(
                "{name}: {new} new products with {pieces} pieces, {known} there already.",
                name=file.name,
                new=len(file.new),
                pieces=file.pieces,
                known=file.known,
            )
        )
        for number, message in file.problems:
            say(tr("Row {row}: {problem}", row=number, problem=message))
    if file.problems and not station.arguments.dry_run:
        complain(
            nmsg(
                "{n} row has something wrong: nothing was imported.",
                "{n} rows have something wrong: nothing was imported.",
                len(file.problems),
            )
        )
    return REFUSED if file.problems else DONE


_MORE = ("code", "number", "phone", "name_ar", "name_en")
"""What an entry may have besides its name."""


def add_entry(station: CommandStation) -> int:
    """Add a warehouse, company, person, city or shipment way."""
    given = station.arguments
    what = Listed(given.what)
    more = {name: getattr(given, name) for name in _MORE if hasattr(given, name)}
    with station.desk() as desk:
        noted = desk.directories.add(what, name=given.name, **more)
    told = {"code": more.get("code"), "number": more.get("number"), "name": given.name}
    body = {name: text.strip() for name, text in told.items() if text}
    return _say_added(station, noted.id, body, more.get("code", given.name))


def edit_entry(station: CommandStation) -> int:
    """Change a warehouse, company, person, city or shipment way."""
    given = station.arguments
    what = Listed(given.what)
    changes = {name: getattr(given, name, None) for name in ("name", *_MORE) if name != "number"}
    with station.desk() as desk:
        number = _entry_id(desk, what, given.key)
        return _say_noted(station, desk.directories.edit(what, number, **changes))


def set_entry_active(station: CommandStation) -> int:
    """Take one of them out of use, or back into it."""
    given = station.arguments
    what = Listed(given.what)
    with station.desk() as desk:
        number = _entry_id(desk, what, given.key)
        return _say_noted(station, desk.directories.set_active(what, number, active=given.active))


def _entry_id(desk: "Desk", what: Listed, key: str) -> int:
    if what is Listed.SHIPMENT_WAY:
        return way_id(desk, key)
    return city_id(desk, key) if what is Listed.CITY else named_id(desk, what, key)


def _say_noted(station: CommandStation, noted: "Confirmation") -> int:
    if station.as_json:
        say_json({"id": noted.id, "message": str(noted.message)})
    else:
        say(noted.message)
    return DONE


def _say_added(station: CommandStation, number: int, body: dict[str, str], key: str) -> int:
    if station.as_json:
        say_json({"id": number, **body})
    else:
        say(tr("{key} was added with the id {number}.", key=key.strip(), number=number))
    return DONE
