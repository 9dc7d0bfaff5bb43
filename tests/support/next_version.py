"""The program with one more migration than it has: what a station meets that upgrades an older database."""

import shutil
from pathlib import Path

import pytest

from tests.builders import upgrade
from warehouse_desk.data.engine.database import sqlite_url
from warehouse_desk.data.schema import upgrade as schema

MIGRATION = """
import sqlalchemy as sa
from alembic import op

revision = "{new}"
down_revision = "{old}"


def upgrade():
    op.add_column("warehouse", sa.Column("floor", sa.String(20)))
    op.execute("UPDATE warehouse SET floor = '0'")
"""


def make_older(file: Path, patch: pytest.MonkeyPatch) -> str:
    """Make a database of this version, let the program become the next version, and return the older revision."""
    upgrade(sqlite_url(file))
    return become_next_version(file.parent / "next version", patch)


def become_next_version(folder: Path, patch: pytest.MonkeyPatch) -> str:
    """Let the program bring one more migration, from ``folder``; return the revision that is now the last but one."""
    old = schema.newest_revision()
    new = f"{int(old) + 1:04d}"
    shutil.copytree(schema.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / f"v{new}_floor.py").write_text(MIGRATION.format(new=new, old=old))
    patch.setattr(schema, "MIGRATIONS", folder)
    return old
