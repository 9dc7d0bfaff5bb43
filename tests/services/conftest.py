"""A furnished warehouse on each of the two databases; the schema is made once and copied."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.builders import Shop, open_shop, upgrade
from tests.support.own_server import own_server as lend_server
from tests.support.postgres import PostgresServer
from warehouse_desk.data.engine.database import Database


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


@pytest.fixture
def own_server(
    tmp_path: Path, worker_id: str
) -> Iterator[tuple[PostgresServer, Callable[[], None], Callable[[], None]]]:
    """A PostgreSQL server of this test's own, and ways to stop it at once and to start it again."""
    # Two workers may run two cases of one test at once, in folders of the same name.
    with lend_server(f"{worker_id}-{tmp_path.name}") as lent:
        yield lent.server, lent.stop, lent.start
