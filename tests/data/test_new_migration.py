"""``dev.py migration`` writes the next migration from what the tables say."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Column, Table, text

from tests.support import new_migration
from warehouse_desk.data.engine.database import Database
from warehouse_desk.data.engine.types import BigId, UtcDateTime
from warehouse_desk.data.schema import upgrade as schema
from warehouse_desk.data.tables import metadata


@pytest.fixture
def scripts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the program's migrations, to which one may be added."""
    folder = tmp_path / "migrations"
    shutil.copytree(schema.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(schema, "MIGRATIONS", folder)
    return folder / "versions"


@pytest.fixture
def shelf() -> Iterator[Table]:
    """A table that somebody has added to ``data/tables``."""
    table = Table("shelf", metadata, Column("id", BigId, primary_key=True), Column("counted_at", UtcDateTime))
    yield table
    metadata.remove(table)


def test_a_new_table_stands_in_the_next_migration(scripts: Path, shelf: Table, database: Database) -> None:
    older = schema.newest_revision()
    file = new_migration.write("shelves", new_migration.missing_statements())
    number = f"{int(older) + 1:04d}"
    assert file == scripts / f"v{number}_shelves.py"
    written = file.read_text(encoding="utf-8")
    assert written.startswith('"""Shelves."""\n\nimport sqlalchemy as sa\nfrom alembic import op\n')
    assert 'sa.Column("counted_at", sa.DateTime(timezone=True), nullable=True)' in written
    assert "warehouse_desk" not in written
    schema._revisions_in.cache_clear()
    assert schema.upgrade(database)
    assert schema.check(database) == number
    with database.read() as uow:
        assert uow.table(text("SELECT count(*) FROM shelf")) == [(0,)]


def test_tables_that_say_nothing_new_give_an_empty_migration(scripts: Path) -> None:
    assert new_migration.missing_statements() == ""
    assert (
        new_migration.write("fill_cities", "")
        .read_text(encoding="utf-8")
        .endswith("def upgrade() -> None:\n    pass\n")
    )


@pytest.mark.parametrize("name", ["Shelves", "a shelf", "../shelf", "x"])
def test_a_name_that_makes_no_file_name_is_refused(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        new_migration.main([name])
    assert "is no file name: use small letters" in capsys.readouterr().err
