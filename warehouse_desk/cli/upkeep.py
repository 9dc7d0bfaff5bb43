"""``db`` and ``demo``: upgrade and check a database, fill it with made-up orders."""

from warehouse_desk.cli.exits import DONE, REFUSED
from warehouse_desk.cli.station import Station
from warehouse_desk.cli.words import complain, say, say_json, tell_progress
from warehouse_desk.common.messages import tr


def upgrade(station: Station) -> int:
    """Bring the database to this program's schema, as opening it does."""
    with station.desk() as desk:
        from warehouse_desk.services.upkeep import revision

        number, place = revision(desk.context.database), desk.place
    if station.as_json:
        say_json({"database": place, "revision": number})
    else:
        say(tr("{place} has schema {revision}: up to date.", place=place, revision=number))
    return DONE


def check(station: Station) -> int:
    """Check schema, file and ledger; upgrades and repairs nothing."""
    with station.desk(migrate=False) as desk:
        from warehouse_desk.services.upkeep import faults, revision

        number, place = revision(desk.context.database), desk.place
        found = [str(fault) for fault in faults(desk.context)]
    if station.as_json:
        say_json({"ok": not found, "database": place, "revision": number, "faults": found})
    elif not found:
        say(tr("{place}: ok. Schema {revision}; the totals agree with the ledger.", place=place, revision=number))
    for fault in found:
        complain(fault)
    return REFUSED if found else DONE


def demo(station: Station) -> int:
    """Fill the database with made-up products, stock and orders."""
    given = station.arguments
    with station.desk() as desk:
        from warehouse_desk.services.demo import generate

        generate(desk.context, given.orders, given.seed, progress=lambda done: tell_progress(done, given.orders))
        place = desk.place
    if station.as_json:
        say_json({"database": place, "orders": given.orders, "seed": given.seed})
    else:
        say(tr("{place} holds {count} demo orders more.", place=place, count=given.orders))
    return DONE
