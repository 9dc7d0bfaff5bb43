"""Ask a database whether it is whole."""

from sqlalchemy import text

from warehouse_desk.data.engine.database import UnitOfWork

_REPORTED = 20
"""Damages told at most: after the first few, a backup is the answer anyway."""


def damages(uow: UnitOfWork) -> list[str]:
    """Return what SQLite finds damaged in its file, in its own words; PostgreSQL watches over its files itself."""
    if uow.is_postgresql:
        return []
    pages = [str(row[0]) for row in uow.connection.execute(text(f"PRAGMA integrity_check({_REPORTED})"))]
    keys = [
        f"{row[0]} {row[1]} names a missing row of {row[2]}"
        for row in uow.connection.execute(text("PRAGMA foreign_key_check"))
    ]
    return [line for line in pages if line != "ok"] + keys[:_REPORTED]
