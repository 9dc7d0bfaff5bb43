"""Look after a database: is it whole, is it ours, do its totals agree with its ledger; copy it and bring it back."""

import logging
from pathlib import Path

from warehouse_desk.common.clock import now_utc
from warehouse_desk.common.messages import Message, msg
from warehouse_desk.data.engine.database import Database
from warehouse_desk.data.engine.failures import NO_DATABASE_OF_OURS
from warehouse_desk.data.schema import backups, upgrade
from warehouse_desk.domain.errors import DatabaseUnavailable, WrongUsage
from warehouse_desk.domain.files import no_folder
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.services.context import Context
from warehouse_desk.services.goods.stock import Stock

_log = logging.getLogger(__name__)


def revision(database: Database) -> str:
    """Return the schema revision of a database that is up to date.

    Raises:
        DatabaseUnavailable: it is older, or cannot be reached.
        SchemaTooNew: it is newer than this program.
    """
    return upgrade.check(database)


def faults(ctx: Context) -> list[Message]:
    """Return a sentence for each fault: pages or keys that the database itself finds damaged, totals that differ.

    Raises:
        DatabaseUnavailable: it cannot be reached.
    """
    with ctx.database.read() as uow:
        damages = backups.damages(uow)
    place = ctx.database.place
    damaged = [
        msg("{place} is damaged: {damage}. Restore it from a backup.", place=place, damage=damage) for damage in damages
    ]
    return damaged or Stock(ctx).ledger_faults()


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


def restore(url: str, file: Path) -> tuple[str, Path | None]:
    """Put a copy in place of a local database that nobody has open; return its place and where the old one is kept.

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
        raise WrongUsage(msg("{file} is the database itself. Name a copy of it.", file=str(file)))
    found = backups.revision_of(file)
    if not found:
        raise DatabaseUnavailable(NO_DATABASE_OF_OURS.with_params(place=str(file)))
    if not upgrade.is_known(found):
        raise upgrade.too_new(str(file))
    kept = backups.restore(target, file, now_utc())
    _log.info("restored %s from %s; as it was before: %s", target, file, kept or "-")
    return str(target), kept


def _need_local(database: Database, file: Path) -> None:
    if not database.is_postgresql:
        return
    url = database.url
    where = f"-h {url.host or 'localhost'} -p {url.port or 5432} -U {url.username or 'postgres'}"
    raise WrongUsage(
        msg(
            "{place} is a PostgreSQL database; its own tools copy it. Copy: {dump}  Bring back: {restore}",
            place=database.place,
            dump=f"pg_dump -Fc {where} -f {file} {url.database}",
            restore=f"pg_restore --clean --if-exists {where} -d {url.database} {file}",
        )
    )
