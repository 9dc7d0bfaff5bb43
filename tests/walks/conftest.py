"""How many histories happen, and a warehouse for each on either database."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.postgres import PostgresServer
from tests.walks.world import World, furnish

SHORT_RUN, ON_POSTGRES = 24, 3
"""Histories of the usual run, and of how many SQLite ones there is one on PostgreSQL."""


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("walks", "random histories (with tests/walks named)")
    group.addoption("--histories", type=int, help=f"how many histories (usually {SHORT_RUN})")
    group.addoption("--first-history", type=int, help="the seed of the first; the others follow (usually 1)")
    group.addoption("--deeds", type=int, help="how many deeds a history has (usually 80)")


def option(config: pytest.Config, name: str, usual: int) -> int:
    """Return what was given for an option of ours; where this folder was not named there is none."""
    given: int | None = config.getoption(name, default=None)
    return usual if given is None else given


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Make a test of each history."""
    count = option(metafunc.config, "--histories", SHORT_RUN)
    first = option(metafunc.config, "--first-history", 1)
    for name, step in (("sqlite_seed", 1), ("postgres_seed", ON_POSTGRES)):
        if name in metafunc.fixturenames:
            metafunc.parametrize(name, range(first, first + count, step))


@pytest.fixture
def deeds(request: pytest.FixtureRequest) -> int:
    """How many deeds a history has."""
    return option(request.config, "--deeds", 80)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "desk.sqlite"
    furnish(f"sqlite:///{path.as_posix()}")
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_server: PostgresServer) -> str:
    return postgres_server.make_template(furnish, "template_walk")


OpenWorld = Callable[[], Iterator[World]]


@pytest.fixture
def sqlite_world(sqlite_template: Path, tmp_path: Path) -> OpenWorld:
    """Opens the warehouse on a SQLite file of its own, each time anew."""
    numbers = iter(range(1_000_000))

    def opened() -> Iterator[World]:
        folder = tmp_path / str(next(numbers))
        folder.mkdir()
        file = folder / "desk.sqlite"
        file.write_bytes(sqlite_template.read_bytes())
        world = World(f"sqlite:///{file.as_posix()}", folder)
        yield world
        world.close()

    return opened


@pytest.fixture
def postgres_world(postgres_server: PostgresServer, postgres_template: str, tmp_path: Path) -> OpenWorld:
    """Opens the warehouse on a PostgreSQL database of its own, each time anew."""

    def opened() -> Iterator[World]:
        name = postgres_server.create_database(postgres_template)
        world = World(postgres_server.url(name), tmp_path)
        yield world
        world.close()
        postgres_server.drop_database(name)

    return opened
