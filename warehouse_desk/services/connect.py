"""Open a station's database: reach it, bring its schema up to date, say who works there."""

from pathlib import Path

from warehouse_desk.common.clock import now_utc
from warehouse_desk.common.messages import msg
from warehouse_desk.data.engine.database import Database
from warehouse_desk.data.people import tokens, users
from warehouse_desk.data.schema import upgrade
from warehouse_desk.domain.errors import DatabaseUnavailable
from warehouse_desk.domain.people.caller import Source
from warehouse_desk.services.context import Context
from warehouse_desk.services.desk import Desk
from warehouse_desk.services.people.sign_in import needs_sign_in, server_caller, sign_in, sign_in_by_badge
from warehouse_desk.wedge.grammar import BADGE_PREFIX


def open_database(url: str, station: str, *, migrate: bool = True) -> Database:
    """Reach a database and bring its schema to this program's.

    Raises:
        WrongUsage: the URL names no database.
        DatabaseUnavailable: it cannot be reached or written.
        SchemaTooNew: a newer program has upgraded it.
    """
    database = Database(url, application_name=f"warehouse-desk {station}")
    if not migrate and not database.is_postgresql and not Path(database.place).exists():
        # SQLite would make an empty file.
        raise DatabaseUnavailable(
            msg("There is no database {place}. Run: warehouse-desk db upgrade", place=database.place)
        )
    try:
        if migrate:
            upgrade.upgrade(database)
        else:
            upgrade.check(database)
    except BaseException:
        database.close()
        raise
    return database


def connect(
    database: Database, station: str, user: str, password: str | None, source: Source, *, journal: Path | None = None
) -> Context:
    """Return the context of a worker at a station; a badge's code in place of the name needs no password.

    ``journal`` is the file that keeps the station's readings while a shared database is away.

    Raises:
        SignInRequired: the database has users and this is not one of them with their password.
    """
    if not password and user.strip().upper().startswith(BADGE_PREFIX) and needs_sign_in(database):
        return Context(database, sign_in_by_badge(database, station, user, source), journal=journal)
    return Context(database, sign_in(database, station, user, password, source), journal=journal)


def server_desk(database: Database, station: str) -> Desk:
    """Return the desk of a server itself, in whose name it does what nobody asks for: jobs, readiness, counts.

    Whoever asks over HTTP has a desk of their own, with their own rights.
    """
    return Desk(Context(database, server_caller(database, station)))


def may_anybody_ask(database: Database) -> bool:
    """Tell whether there is a user or a token, so that a server has somebody to answer."""
    with database.read() as uow:
        return users.has_users(uow) or any(token.is_valid(now_utc()) for token in tokens.tokens(uow))


def sign_in_at(
    database: Database, station: str, user: str, password: str | None, source: Source, *, journal: Path | None = None
) -> Desk:
    """Return the desk of a worker at a station; ``journal`` as for :func:`connect`.

    Raises:
        SignInRequired: the database has users and this is not one of them with their password.
    """
    return Desk(connect(database, station, user, password, source, journal=journal))
