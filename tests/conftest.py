"""Fixtures and guards for every test: databases, a display, an isolated profile, nothing left behind."""

from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from argon2 import profiles
from hypothesis import HealthCheck, settings

from tests.support import run
from tests.support.display import Display, running_display
from tests.support.leak_guard import LeakGuard
from tests.support.log_guard import LogGuard, WatchedLogger
from tests.support.postgres import PostgresServer, shared_server
from tests.support.printing import CupsServer, LoopbackPrinter, a_printer, running_cups
from warehouse_desk.services.people import hashing

pytest_plugins = ("pytester",)

POSTGRES_FIXTURES = {"postgres_server", "postgres_url", "postgres_template"}
DISPLAY_FIXTURES = {"x_display", "large_x_display"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--postgres-fsync",
        choices=("on", "off"),
        default="on",
        help="whether the test run's PostgreSQL waits for the disk, as a real one does (default: on)",
    )


def pytest_configure(config: pytest.Config) -> None:
    hashing.strength = profiles.CHEAPEST  # hundreds of tests sign somebody in; the real strength has a test of its own
    _choose_examples(explore="not slow" not in config.getoption("markexpr"))
    if not run.is_worker(config):
        run.begin()


def _choose_examples(*, explore: bool) -> None:
    """Set how all property tests run: the fast run tries the same examples each time, the whole run seeks new ones.

    Nothing is judged by the clock, on which a busy machine would fail; a property holds for any number of orders in one
    shop, so that a test may keep its fixtures from one example to the next.
    """
    unheeded = (HealthCheck.too_slow, HealthCheck.function_scoped_fixture)
    settings.register_profile("desk", deadline=None, suppress_health_check=unheeded, derandomize=not explore)
    settings.load_profile("desk")


def pytest_unconfigure(config: pytest.Config) -> None:
    if not run.is_worker(config):
        run.end()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests by the servers that they use, so that ``-m "not postgres"`` misses none."""
    for item in items:
        names = set(getattr(item, "fixturenames", ()))
        if names & POSTGRES_FIXTURES:
            item.add_marker("postgres")
        if names & DISPLAY_FIXTURES:
            item.add_marker("x11")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember whether the test itself failed: its leftovers are then no news."""
    report = yield
    item.stash[_failed] = item.stash.get(_failed, False) or report.failed
    return report


_failed = pytest.StashKey[bool]()


@pytest.fixture(autouse=True)
def leak_guard(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a passing test that leaves windows, running timers or threads behind."""
    with pytest.MonkeyPatch.context() as patch:
        guard = LeakGuard(patch.setattr)
        yield
    if not request.node.stash.get(_failed, False):
        _fail_with(guard.complaints())


@pytest.fixture(autouse=True)
def log_guard(request: pytest.FixtureRequest) -> Iterator[LogGuard]:
    """Fail a test during which the program logs an unannounced warning; see ``expect`` and ``allow``."""
    with WatchedLogger() as guard:
        yield guard
    if not request.node.stash.get(_failed, False):
        _fail_with(guard.complaints())


def _fail_with(complaints: list[str]) -> None:
    if complaints:
        pytest.fail("\n".join(complaints), pytrace=False)


@pytest.fixture
def profile(tmp_path: Path) -> Iterator[Path]:
    """A home folder of this test's own, named by HOME and its kin; other tests share one per run."""
    home = tmp_path / "home"
    with pytest.MonkeyPatch.context() as patch:
        run.point_home_at(home, patch.setenv)
        yield home


@pytest.fixture(scope="session")
def postgres_server(pytestconfig: pytest.Config) -> PostgresServer:
    """The PostgreSQL server of this test run, started when the first test asks for it."""
    return shared_server(run.folder(), fsync=pytestconfig.getoption("--postgres-fsync") == "on")


@pytest.fixture(scope="session")
def postgres_template(postgres_server: PostgresServer) -> str:
    """The database that fresh ones are copied from; a folder overrides it to give its tests a schema."""
    return "template1"


@pytest.fixture
def postgres_url(postgres_server: PostgresServer, postgres_template: str) -> Iterator[str]:
    """The address of a fresh PostgreSQL database, dropped after the test."""
    name = postgres_server.create_database(postgres_template)
    yield postgres_server.url(name)
    postgres_server.drop_database(name)


@pytest.fixture(scope="session")
def sqlite_template() -> Path | None:
    """The SQLite file that fresh ones are copied from; a folder overrides it to give its tests a schema."""
    return None


@pytest.fixture
def sqlite_url(tmp_path: Path, sqlite_template: Path | None) -> str:
    """The address of a fresh SQLite file."""
    path = tmp_path / "desk.sqlite"
    if sqlite_template is not None:
        path.write_bytes(sqlite_template.read_bytes())
    return f"sqlite:///{path.as_posix()}"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a fresh database, once per engine that a station may use."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(scope="session")
def x_display() -> Iterator[Display]:
    """A virtual display of 1280 x 800 pixels, the smallest screen of a station."""
    with running_display(run.folder()) as display:
        yield display


@pytest.fixture(scope="session")
def large_x_display() -> Iterator[Display]:
    """A virtual display of 1920 x 1080 pixels, as a supervisor has."""
    with running_display(run.folder(), 1920, 1080) as display:
        yield display


@pytest.fixture(scope="session")
def cups_server(worker_id: str) -> Iterator[CupsServer]:
    """The CUPS server of this process of the test run, without printers."""
    with running_cups(run.folder(), worker_id) as server:
        yield server


@pytest.fixture
def cups(cups_server: CupsServer, monkeypatch: pytest.MonkeyPatch) -> CupsServer:
    """The CUPS server that the program under test prints to."""
    monkeypatch.setenv("CUPS_SERVER", cups_server.address)
    return cups_server


@pytest.fixture
def printer() -> Iterator[LoopbackPrinter]:
    """A printer in the network that keeps its jobs."""
    with a_printer() as listening:
        yield listening
