"""Bring the schema up to date: one station at a time, never backwards, never under a newer program's feet."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from warehouse_desk.common.messages import msg
from warehouse_desk.data.database import Database
from warehouse_desk.data.failures import DRIVER_ERRORS, as_desk_error
from warehouse_desk.domain.errors import DatabaseUnavailable, SchemaTooNew

_SCRIPTS = Path(__file__).parent / "migrations"
_MIGRATION_LOCK = 0x5744_0001
"""Advisory lock of the migrating station; any number that no other part uses."""


def newest_revision() -> str:
    """Return the schema revision that this program brings."""
    head = _scripts().get_current_head()
    if head is None:
        raise RuntimeError("the program ships without migrations")
    return head


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
    except DRIVER_ERRORS as error:
        told = as_desk_error(error, database.place)
        if told is None:
            raise
        raise told from error
    database.close()  # the sessions above lifted the time limits that a station works under
    return done


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
                return _migrate(connection, database.place)
            finally:
                keeper.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _MIGRATION_LOCK})
    return _migrate(connection.execution_options(begin_mode="IMMEDIATE"), database.place)


def _migrate(connection: Connection, place: str) -> bool:
    with connection.begin():
        if _is_current(connection, place):
            return False
        config = Config()
        config.set_main_option("script_location", str(_SCRIPTS))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return True


def _is_current(connection: Connection, place: str) -> bool:
    present = set(MigrationContext.configure(connection).get_current_heads())
    known = {script.revision for script in _scripts().walk_revisions()}
    if present - known:
        raise SchemaTooNew(
            msg("{place} was upgraded by a newer Warehouse Desk. Update the program on this station.", place=place)
        )
    return present == {newest_revision()}


def _scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    return ScriptDirectory.from_config(config)
