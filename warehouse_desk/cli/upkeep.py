"""``db`` and ``demo``: upgrade, check, copy and restore a database, fill it with made-up orders."""

from contextlib import suppress
from pathlib import Path

from warehouse_desk.cli.command_station import CommandStation
from warehouse_desk.cli.exits import DONE, REFUSED
from warehouse_desk.cli.words import complain, say, say_json, tell_progress
from warehouse_desk.common.messages import tr
from warehouse_desk.domain.errors import DatabaseUnavailable
from warehouse_desk.domain.people.abilities import Ability


def upgrade(station: CommandStation) -> int:
    """Bring the database to this program's schema, as opening it does."""
    with station.desk() as desk:
        from warehouse_desk.services.maintenance import revision

        number, place = revision(desk.context.database), desk.place
    if station.as_json:
        say_json({"database": place, "revision": number})
    else:
        say(tr("{place} has schema {revision}: up to date.", place=place, revision=number))
    return DONE


def check(station: CommandStation) -> int:
    """Check schema, file and ledger; upgrades and repairs nothing."""
    with station.desk(migrate=False) as desk:
        from warehouse_desk.services.maintenance import faults, revision

        number, place = revision(desk.context.database), desk.place
        found = [str(fault) for fault in faults(desk.context)]
    if station.as_json:
        say_json({"ok": not found, "database": place, "revision": number, "faults": found})
    elif not found:
        say(
            tr("{place}: ok. Schema {revision}; the totals agree with the stock history.", place=place, revision=number)
        )
    for fault in found:
        complain(fault)
    return REFUSED if found else DONE


def backup(station: CommandStation) -> int:
    """Copy the database to a file."""
    file = Path(station.arguments.file)
    with station.desk() as desk:
        from warehouse_desk.services.maintenance import back_up

        back_up(desk.context, file)
        place = desk.place
    if station.as_json:
        say_json({"database": place, "file": str(file)})
    else:
        say(tr("{place} was copied to {file}.", place=place, file=str(file)))
    return DONE


def restore(station: CommandStation) -> int:
    """Put a copy in place of the database."""
    from warehouse_desk.services.maintenance import restore as restore_from

    # A database that cannot be opened asks nobody: it is often the reason for restoring.
    with suppress(DatabaseUnavailable), station.desk(migrate=False) as desk:
        desk.caller.require(Ability.MANAGE_SETTINGS)
    place, restored = restore_from(station.options.database_url, Path(station.arguments.file))
    kept, newest = restored.kept, restored.newest_reference
    if station.as_json:
        body = {"database": place, "file": station.arguments.file, "kept": None if kept is None else str(kept)}
        say_json({**body, "newest_reference": newest, "counters_known": restored.counters_known})
        return DONE
    say(tr("{place} was restored from {file}.", place=place, file=station.arguments.file))
    if kept is not None:
        say(tr("The database as it was is kept as {file}.", file=str(kept)))
    if restored.counters_known:
        say(tr("References continue after {reference}: none is used twice.", reference=newest))
    else:
        complain(
            tr(
                "References used after this copy are not known here: they would continue after "
                "{reference}. Enter the newest one on a printed label: warehouse-desk db counters "
                "--reference REFERENCE",
                reference=newest,
            )
        )
    return DONE


def counters(station: CommandStation) -> int:
    """Say which reference was given out last, or let the next ones go on behind one that is named."""
    from warehouse_desk.services.maintenance import newest_reference, raise_references

    named = station.arguments.reference
    with station.desk() as desk:
        newest = raise_references(desk.context, named) if named else newest_reference(desk.context)
    if station.as_json:
        say_json({"newest_reference": newest})
    else:
        say(tr("The newest reference is {reference}: the next order gets the one after it.", reference=newest))
    return DONE


def demo(station: CommandStation) -> int:
    """Fill the database with made-up products, stock and orders."""
    arguments = station.arguments
    with station.desk() as desk:
        from warehouse_desk.services.demo import generate

        generate(
            desk.context, arguments.orders, arguments.seed, progress=lambda done: tell_progress(done, arguments.orders)
        )
        place = desk.place
    if station.as_json:
        say_json({"database": place, "orders": arguments.orders, "seed": arguments.seed})
    else:
        say(tr("Demo orders added to {place}: {count}.", place=place, count=arguments.orders))
    return DONE
