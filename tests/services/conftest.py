"""A furnished warehouse on each of the two databases; the schema is made once and copied."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.builders import Shop, open_shop, upgrade
from tests.support import run
from tests.support.postgres import PostgresServer, _run, _start, start_server
from tests.support.programs import find_postgres_folder
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
def own_server(tmp_path: Path) -> Iterator[tuple[PostgresServer, Callable[[], None], Callable[[], None]]]:
    """A PostgreSQL server of this test's own, and ways to stop it at once and to start it again."""
    folder = Path(run.folder()) / f"own-{tmp_path.name}"
    server = start_server(folder, run.folder(), fsync=True)
    programs = find_postgres_folder()

    def stop() -> None:
        _run([str(programs / "pg_ctl"), "stop", "-w", "-s", "-m", "immediate", "-D", str(folder / "data")], folder)

    def start() -> None:
        assert _start(programs, folder, server.port, fsync=True)

    yield server, stop, start
    if (folder / "data" / "postmaster.pid").exists():
        stop()
    shutil.rmtree(folder, ignore_errors=True)
