"""Schemas of either database: brought to a revision, described as text, compared with what the tables say."""

import os
import re
import sqlite3
import subprocess
from argparse import Namespace
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, MetaData, Table, create_engine, insert, select, text

from tests.support.programs import find_postgres_folder
from warehouse_desk.data.engine.database import Database
from warehouse_desk.data.schema import backups
from warehouse_desk.data.schema import upgrade as schema

NOT_OURS = re.compile(r"alembic_version|order_search.*|sqlite_.*")
"""Tables in which no fact of the warehouse stands."""

COMPARISON: dict[str, Any] = {
    "compare_type": True,
    "compare_server_default": False,
    "include_name": lambda name, kind, _parents: not _is_search_index(name or "", kind),
}
"""How Alembic is to compare a database with ``data/tables``."""


def _is_search_index(name: str, kind: str) -> bool:
    """The trigram indexes are each database's own affair: no table of ours describes them."""
    return (kind == "table" and name.startswith("order_search")) or name.endswith("_trgm")


def alembic_config() -> Config:
    """Return Alembic's configuration for the program's migrations, whose files are named by number."""
    config = Config(cmd_opts=Namespace(quiet=True))
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    config.set_main_option("file_template", "v%%(rev)s_%%(slug)s")
    return config


def upgrade_to(database: Database, revision: str) -> None:
    """Give an empty database the schema of an older version."""
    config = alembic_config()
    with database.engine.connect() as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def description(database: Database) -> str:
    """Return the statements that make a database's schema, in an order of its own."""
    if database.is_postgresql:
        return _dump(database)
    with closing(sqlite3.connect(backups.file_of(database.url))) as connection:
        query = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name"
        return "\n".join(str(row) for row in connection.execute(query))


def _dump(database: Database) -> str:
    url = database.url
    place = ["-h", str(url.host), "-p", str(url.port), "-U", str(url.username), str(url.database)]
    command = [str(find_postgres_folder() / "pg_dump"), "--schema-only", "--no-owner", *place]
    environment = {**os.environ, "PGPASSWORD": str(url.password)}
    dump = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
    return re.sub(r"^\\(un)?restrict .*$", "", dump, flags=re.MULTILINE)  # a new secret in each dump


def counts(database: Database) -> dict[str, int]:
    """Return how many rows each table has."""
    with database.engine.connect() as connection:
        return {table.name: _count(connection, table) for table in _tables(connection)}


def _count(connection: Connection, table: Table) -> int:
    return int(connection.execute(text(f'SELECT count(*) FROM "{table.name}"')).scalar_one())


def _tables(connection: Connection) -> list[Table]:
    metadata = MetaData()
    metadata.reflect(connection, only=lambda name, _: NOT_OURS.fullmatch(name) is None)
    return metadata.sorted_tables


def copy_rows(file: Path, database: Database) -> None:
    """Fill a PostgreSQL database with the rows of a SQLite file of the same revision."""
    source = create_engine(f"sqlite:///file:{file.as_posix()}?mode=ro&uri=true")
    with source.connect() as old, database.engine.begin() as new:
        there = {table.name: table for table in _tables(old)}
        tables = _tables(new)
        new.execute(text(f"TRUNCATE {', '.join(table.name for table in tables)}"))
        for table in tables:
            rows = [_in_utc(dict(row)) for row in old.execute(select(there[table.name])).mappings()]
            if rows:
                new.execute(insert(table), rows)
            for column in table.primary_key.columns:
                _continue_numbers(new, table.name, column.name)
    source.dispose()


def _in_utc(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value.replace(tzinfo=UTC) if isinstance(value, datetime) else value for name, value in row.items()}


def _continue_numbers(connection: Connection, table: str, column: str) -> None:
    sequence = connection.execute(text("SELECT pg_get_serial_sequence(:t, :c)"), {"t": table, "c": column}).scalar()
    if sequence is not None:
        connection.execute(text(f"SELECT setval('{sequence}', coalesce(max({column}), 0) + 1, false) FROM {table}"))
