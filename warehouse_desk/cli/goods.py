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
    arguments = station.arguments
    with station.desk() as desk:
        confirmation = desk.goods.add_product(arguments.sku, arguments.name, arguments.barcode)
    return _say_added(
        station, confirmation.id, {"sku": arguments.sku.strip(), "name": arguments.name.strip()}, arguments.sku
    )


def edit_product(station: CommandStation) -> int:
    """Change a product's name or SKU."""
    arguments = station.arguments
    with station.desk() as desk:
        return _say_confirmation(
            station, desk.goods.edit_product(arguments.sku, name=arguments.name, sku=arguments.new_sku)
        )


def set_product_active(station: CommandStation) -> int:
    """Take a product out of use, or back into it."""
    arguments = station.arguments
    with station.desk() as desk:
        return _say_confirmation(station, desk.goods.set_product_active(arguments.sku, active=arguments.active))


def add_barcode(station: CommandStation) -> int:
    """Give a product one more barcode."""
    arguments = station.arguments
    with station.desk() as desk:
        return _say_confirmation(station, desk.goods.add_barcode(arguments.sku, arguments.code, arguments.pieces))


def remove_barcode(station: CommandStation) -> int:
    """Take a barcode from a product."""
    arguments = station.arguments
    with station.desk() as desk:
        return _say_confirmation(station, desk.goods.remove_barcode(arguments.sku, arguments.code))


def import_products(station: CommandStation) -> int:
    """Add the products of a file, all or none."""
    arguments = station.arguments
    with station.desk() as desk:
        place = None if arguments.warehouse is None else warehouse_id(desk, arguments.warehouse)
        file = desk.goods.product_import.read(Path(arguments.file))
        if not station.as_json:
            for notice in file.notices:
                say(notice)
        if arguments.dry_run or file.problems:
            return _say_file(station, file)
        done = desk.goods.product_import.store(file, place)
    if station.as_json:
        notices = [str(notice) for notice in file.notices]
        added = {"added": done.added, "known": done.known, "pieces": done.pieces}
        say_json({**added, "problems": [], "notices": notices})
    else:
        say(done.message)
    return DONE


def _say_file(station: CommandStation, file: "ProductFile") -> int:
    if station.as_json:
        problems = [{"row": number, "message": str(message)} for number, message in file.problems]
        notices = [str(notice) for notice in file.notices]
        counts = {"new": len(file.new), "known": file.known, "pieces": file.pieces}
        say_json({**counts, "problems": problems, "notices": notices})
    else:
        say(
            tr(
                "{name}: new products: {new}, pieces: {pieces}, already there: {known}.",
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
                "{n} row has an error: nothing was imported.",
                "{n} rows have errors: nothing was imported.",
                len(file.problems),
            )
        )
    return REFUSED if file.problems else DONE


_MORE = ("code", "number", "phone", "name_ar", "name_en")
"""What an entry may have besides its name."""


def add_entry(station: CommandStation) -> int:
    """Add a warehouse, company, person, city or shipment way."""
    arguments = station.arguments
    directory = Listed(arguments.what)
    more = {name: getattr(arguments, name) for name in _MORE if hasattr(arguments, name)}
    with station.desk() as desk:
        confirmation = desk.directories.add(directory, name=arguments.name, **more)
    told = {"code": more.get("code"), "number": more.get("number"), "name": arguments.name}
    body = {name: text.strip() for name, text in told.items() if text}
    return _say_added(station, confirmation.id, body, more.get("code", arguments.name))


def edit_entry(station: CommandStation) -> int:
    """Change a warehouse, company, person, city or shipment way."""
    arguments = station.arguments
    directory = Listed(arguments.what)
    changes = {name: getattr(arguments, name, None) for name in ("name", *_MORE) if name != "number"}
    with station.desk() as desk:
        number = _entry_id(desk, directory, arguments.key)
        return _say_confirmation(station, desk.directories.edit(directory, number, **changes))


def set_entry_active(station: CommandStation) -> int:
    """Take one of them out of use, or back into it."""
    arguments = station.arguments
    directory = Listed(arguments.what)
    with station.desk() as desk:
        number = _entry_id(desk, directory, arguments.key)
        return _say_confirmation(station, desk.directories.set_active(directory, number, active=arguments.active))


def _entry_id(desk: "Desk", directory: Listed, key: str) -> int:
    if directory is Listed.SHIPMENT_WAY:
        return way_id(desk, key)
    return city_id(desk, key) if directory is Listed.CITY else named_id(desk, directory, key)


def _say_confirmation(station: CommandStation, confirmation: "Confirmation") -> int:
    if station.as_json:
        say_json({"id": confirmation.id, "message": str(confirmation.message)})
    else:
        say(confirmation.message)
    return DONE


def _say_added(station: CommandStation, number: int, body: dict[str, str], key: str) -> int:
    if station.as_json:
        say_json({"id": number, **body})
    else:
        say(tr("{key} was added with the id {number}.", key=key.strip(), number=number))
    return DONE
