"""Look after a database: is it whole, is it ours, do its totals agree with its ledger; copy it and bring it back."""

import logging
from pathlib import Path

from warehouse_desk.common.clock import now_utc
from warehouse_desk.common.messages import Message, msg
from warehouse_desk.data import counters
from warehouse_desk.data.counters import reference_of
from warehouse_desk.data.engine.database import Database
from warehouse_desk.data.engine.failures import NO_DATABASE_OF_OURS
from warehouse_desk.data.reports import waiting
from warehouse_desk.data.schema import backups, restoring, upgrade, values
from warehouse_desk.data.schema.restoring import Restored
from warehouse_desk.data.schema.values import UnreadableValue
from warehouse_desk.domain.errors import DatabaseUnavailable, WrongUsage
from warehouse_desk.domain.files import no_folder
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.services.context import Context
from warehouse_desk.services.goods.stock import Stock

_FARTHEST = 10**12
"""Numbers that a counter holds with room to spare."""

_log = logging.getLogger(__name__)


def revision(database: Database) -> str:
    """Return the schema revision of a database that is up to date.

    Raises:
        DatabaseUnavailable: it is older, or cannot be reached.
        SchemaTooNew: it is newer than this program.
    """
    return upgrade.check(database)


def gauges(ctx: Context) -> dict[str, float]:
    """Return how much waits in the database, by the names that whoever watches a server knows.

    Raises:
        DatabaseUnavailable: it cannot be reached.
    """
    with ctx.database.read() as uow:
        return {
            "jobs": float(waiting.unfinished_jobs(uow)),
            "outbox": float(waiting.unsent_changes(uow)),
            "sign_in_failures": float(waiting.wrong_tries(uow)),
        }


def faults(ctx: Context) -> list[Message]:
    """Return a sentence for each fault: pages or keys that the database itself finds damaged, totals that differ.

    Raises:
        DatabaseUnavailable: it cannot be reached.
    """
    with ctx.database.read() as uow:
        damages = backups.damages(uow)
        unreadable = [] if damages else list(values.unreadable(uow))
    place = ctx.database.place
    damaged = [
        msg("{place} is damaged: {damage}. Restore it from a backup.", place=place, damage=damage) for damage in damages
    ]
    return damaged or [*map(_told, unreadable), *_counter_faults(ctx), *Stock(ctx).ledger_faults()]


def _told(value: UnreadableValue) -> Message:
    return msg(
        "{reference} cannot be read: its {column} is “{value}”. Restore the database from a backup.",
        reference=value.reference,
        column=value.column,
        value=value.text[:40],
    )


def _counter_faults(ctx: Context) -> list[Message]:
    with ctx.database.read() as uow:
        newest, in_use = counters.newest(uow), counters.newest_in_use(uow)
    if newest >= in_use:
        return []
    return [
        msg(
            "The next order would get the reference {next}, but {reference} exists already. Run: "
            "warehouse-desk db counters --reference {reference}",
            next=reference_of(newest + 1),
            reference=reference_of(in_use),
        )
    ]


def newest_reference(ctx: Context) -> str:
    """Return the newest reference that was given out."""
    with ctx.database.read() as uow:
        return reference_of(counters.newest(uow))


def raise_references(ctx: Context, reference: str) -> str:
    """Let the references go on behind one that was given out before a copy came back; return the newest now.

    Raises:
        WrongUsage: it is no reference of this desk.
        NotAllowed: the role lacks ``manageSettings``.
    """
    ctx.caller.require(Ability.MANAGE_SETTINGS)
    number = counters.number_of(reference.strip().upper())
    if number is None or number > _FARTHEST:
        raise WrongUsage(
            msg("“{text}” is not a reference of this database. Write it as on a label: ORD-00042.", text=reference)
        )
    ctx.database.transact(lambda uow: counters.raise_to(uow, number))
    return newest_reference(ctx)


def back_up(ctx: Context, file: Path) -> None:
    """Copy a local database to a new file while stations work on.

    Raises:
        WrongUsage: the file exists, or the database is PostgreSQL's to copy.
        NotAllowed: the role lacks ``manageSettings``.
        DatabaseUnavailable: there is no room, or the file cannot be written.
    """
    ctx.caller.require(Ability.MANAGE_SETTINGS)
    _need_local(ctx.database, file)
    if file.exists():
        raise WrongUsage(msg("{file} exists already and is not overwritten. Choose another name.", file=str(file)))
    if not file.absolute().parent.is_dir():
        raise WrongUsage(no_folder(str(file)))
    backups.copy_to(backups.file_of(ctx.database.url), file)
    _log.info("copied %s to %s", ctx.database.place, file)


def restore(url: str, file: Path) -> tuple[str, Restored]:
    """Put a copy in place of a local database that nobody has open; return its place and what became of the old one.

    Whoever may do that is asked before: the database itself may be damaged, or too new for this program.

    Raises:
        WrongUsage: the database is PostgreSQL's to restore, or the copy is the database itself.
        DatabaseUnavailable: the copy is not there, damaged, or no database of ours; there is no room for it.
        SchemaTooNew: the copy is a newer program's.
        DatabaseBusy: somebody has the database open.
    """
    database = Database(url)
    database.close()
    _need_local(database, file)
    target = backups.file_of(database.url)
    if file.exists() and target.exists() and file.samefile(target):
        raise WrongUsage(msg("{file} is the database itself. Choose a copy of it.", file=str(file)))
    found = backups.revision_of(file)
    if not found:
        raise DatabaseUnavailable(NO_DATABASE_OF_OURS.with_params(place=str(file)))
    if not upgrade.is_known(found):
        raise upgrade.too_new(str(file))
    restored = restoring.restore(target, file, now_utc())
    _log.info("restored %s from %s; as it was before: %s", target, file, restored.kept or "-")
    return str(target), restored


def _need_local(database: Database, file: Path) -> None:
    if not database.is_postgresql:
        return
    url = database.url
    where = f"-h {url.host or 'localhost'} -p {url.port or 5432} -U {url.username or 'postgres'}"
    raise WrongUsage(
        msg(
            "{place} is a PostgreSQL database; its own tools copy it. Copy: {dump}  Restore: "
            "{restore}  Then enter the newest reference on a printed label: {counters}",
            place=database.place,
            dump=f"pg_dump -Fc {where} -f {file} {url.database}",
            restore=f"pg_restore --clean --if-exists {where} -d {url.database} {file}",
            counters=f"warehouse-desk db counters --reference {reference_of(1)}",
        )
    )
