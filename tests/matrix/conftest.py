"""An empty warehouse on each of the two databases, and the doors by which steps come in."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.builders import open_shop, upgrade
from tests.cli.conftest import door
from tests.matrix.roads import House
from tests.support.postgres import PostgresServer
from warehouse_desk.data.engine.database import Database
from warehouse_desk.domain.people.caller import Source
from warehouse_desk.services import connect
from warehouse_desk.services.context import Context


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "desk.sqlite"
    upgrade(f"sqlite:///{path.as_posix()}")
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_server: PostgresServer) -> str:
    return postgres_server.make_template(upgrade)


@pytest.fixture
def house(
    database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[House]:
    """A warehouse whose clock all doors go by."""
    database = Database(database_url)
    shop = open_shop(database)
    monkeypatch.setattr(connect, "Context", partial(Context, now=shop.clock))
    rest = shop.desk_of("Boutique", "API", source=Source.REST)
    yield House(shop, rest, door(database_url, tmp_path / "data", capsys, monkeypatch, user="Salma"), tmp_path)
    database.close()
