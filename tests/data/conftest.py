"""An empty database on each of the two engines; local files of this version and of the one before."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.builders import open_shop, upgrade
from tests.support.next_version import make_older
from warehouse_desk.data.engine.database import Database, sqlite_url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    yield database
    database.close()


@pytest.fixture
def older(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database as the version before left it, where somebody had changed a city's name."""
    file = tmp_path / "dépôt 1.db"
    make_older(file, monkeypatch)
    with closing(sqlite3.connect(file)) as plain, plain:
        plain.execute("UPDATE city SET name = 'Casa la blanche' WHERE name = 'Casablanca'")
    return file


@pytest.fixture
def working(tmp_path: Path) -> Path:
    """A database of this version with one order."""
    file = tmp_path / "desk.db"
    upgrade(sqlite_url(file))
    database = Database(sqlite_url(file))
    open_shop(database).create()
    database.close()
    return file
