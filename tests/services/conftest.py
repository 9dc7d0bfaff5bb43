"""A furnished warehouse on each of the two databases; the schema is made once and copied."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import Shop, open_shop, upgrade
from tests.support.postgres import PostgresServer
from warehouse_desk.data.database import Database


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "desk.sqlite"
    upgrade(f"sqlite:///{path.as_posix()}")
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_server: PostgresServer) -> str:
    return postgres_server.make_template(upgrade)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    yield database
    database.close()


@pytest.fixture
def shop(database: Database) -> Shop:
    return open_shop(database)
