"""Bring the schema up to date: one station at a time, never backwards, never under a newer program's feet."""

import logging
from functools import cache
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from warehouse_desk.common.clock import now_utc
from warehouse_desk.common.messages import msg
from warehouse_desk.data.engine.database import BUSY_TIMEOUT_MS, Database, driver_of
from warehouse_desk.data.engine.failures import as_desk_error, driver_errors
from warehouse_desk.data.schema.backups import copy_before_upgrade, file_of, forget_old_copies
from warehouse_desk.domain.errors import DatabaseUnavailable, SchemaTooNew

_log = logging.getLogger(__name__)
MIGRATIONS = Path(__file__).parent / "migrations"
_VERSION_TABLE = "alembic_version"
_MIGRATION_LOCK = 0x5744_0001
"""Advisory lock of the migrating station; any number that no other part uses."""

_PATIENCE_MS = 600_000
"""How long a station waits for another one that upgrades a local file: a million orders take minutes."""


def newest_revision() -> str:
    """Return the schema revision that this program brings."""
    return revisions()[-1]


def revisions() -> tuple[str, ...]:
    """Return the revisions that this program knows, oldest first."""
    return _revisions_in(MIGRATIONS)


@cache
def _revisions_in(folder: Path) -> tuple[str, ...]:
    """Read the revisions from the names of their files.

    Every start asks whether the schema is current; loading Alembic for it costs more than the rest of the start.
    """
    numbers = sorted(path.name[1:5] for path in (folder / "versions").glob("v[0-9][0-9][0-9][0-9]_*.py"))
    if not numbers:
        raise RuntimeError("the program ships without migrations")
    return tuple(numbers)


def upgrade(database: Database) -> bool:
    """Bring a database to this program's schema and tell whether anything was done.

    Raises:
        SchemaTooNew: a newer program has upgraded it already.
        DatabaseUnavailable: it cannot be reached or written.
    """
    try:
        with database.engine.connect() as connection:
            if _is_current(connection, database.place):
                return False
            connection.rollback()
            done = _upgrade_alone(connection, database)
    except driver_errors() as error:
        told = as_desk_error(error, database.place)
        if told is None:
            raise
        raise told from error
    database.close()  # the sessions above lifted the time limits that a station works under
    return done


def is_known(revision: str) -> bool:
    """Tell whether this program can use or upgrade a database of a schema revision."""
    return revision in revisions()


def check(database: Database) -> str:
    """Return the schema revision of a database that this program may use as it is.

    Raises:
        DatabaseUnavailable: it is older and must be upgraded first, or cannot be reached.
        SchemaTooNew: it is newer.
    """
    with database.read() as uow:
        if not _is_current(uow.connection, database.place):
            raise DatabaseUnavailable(
                msg("{place} is not up to date. Run: warehouse-desk db upgrade", place=database.place)
            )
    return newest_revision()


def _upgrade_alone(connection: Connection, database: Database) -> bool:
    if database.is_postgresql:
        # The lock lives on its own connection, so that the migration's commits do not let it go.
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as keeper:
            keeper.execute(text("SET statement_timeout = 0; SET lock_timeout = 0; SET idle_session_timeout = 0"))
            keeper.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _MIGRATION_LOCK})
            try:
                connection.execute(text("SET statement_timeout = 0"))
                connection.commit()
                return _migrate(connection, database)
            finally:
                keeper.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _MIGRATION_LOCK})
    raw = driver_of(connection)
    raw.execute(f"PRAGMA busy_timeout={_PATIENCE_MS}")
    # A table that is made anew is gone for a moment. This can only be said outside a transaction.
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        return _migrate(connection.execution_options(begin_mode="IMMEDIATE"), database)
    finally:
        raw.execute("PRAGMA foreign_keys=ON")
        raw.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")


def _migrate(connection: Connection, database: Database) -> bool:
    copy: Path | None = None
    try:
        with connection.begin():
            if _is_current(connection, database.place):
                return False
            old = _present(connection)
            if old and not database.is_postgresql:
                copy = copy_before_upgrade(file_of(database.url), min(old), now_utc())
            _run_migrations(connection)
            if not database.is_postgresql:
                _check_foreign_keys(connection)
    except BaseException:
        if copy is not None:
            copy.unlink(missing_ok=True)  # the database is as it was: no copy is needed, and none may push out others
        raise
    if copy is not None:
        forget_old_copies(file_of(database.url))
        database.upgrade_copy = copy
        _log.info("upgraded %s; as it was before: %s", database.place, copy)
    return True


def _check_foreign_keys(connection: Connection) -> None:
    """See that every row still finds what it names: while the schema changed, SQLite did not look.

    Raises:
        RuntimeError: one does not; a fault of a migration, of which nothing is kept.
    """
    lost = connection.execute(text("PRAGMA foreign_key_check")).first()
    if lost is not None:
        raise RuntimeError(f"a row of {lost[0]} names one of {lost[2]} that is gone")


def _run_migrations(connection: Connection) -> None:
    from alembic import command  # late: only a migration needs it
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _is_current(connection: Connection, place: str) -> bool:
    present = _present(connection)
    if present - set(revisions()):
        raise too_new(place)
    return present == {newest_revision()}


def too_new(place: str) -> SchemaTooNew:
    """Return the refusal of a database, or a copy, that a newer program has upgraded."""
    return SchemaTooNew(
        msg("{place} was upgraded by a newer Warehouse Desk. Update the program on this station.", place=place)
    )


def _present(connection: Connection) -> set[str]:
    """Return the revision that a database is at; none where it is new."""
    if not inspect(connection).has_table(_VERSION_TABLE):
        return set()
    return {str(number) for (number,) in connection.execute(text(f"SELECT version_num FROM {_VERSION_TABLE}"))}  # noqa: S608
