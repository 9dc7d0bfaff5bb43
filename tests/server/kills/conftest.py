"""At how many points the server is killed."""

import pytest

SHORT_RUN, ON_POSTGRES = 18, 3
"""Points of the usual run, and of how many SQLite ones there is one on PostgreSQL."""


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("kills", "servers killed at work (with tests/server/kills named)")
    group.addoption("--points", type=int, help=f"how many points to kill at (usually {SHORT_RUN})")
    group.addoption("--first-point", type=int, help="the seed of the first; the others follow (usually 1)")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Say how many points a test of each database has."""
    option = metafunc.config.getoption
    count, first = option("--points", default=None) or SHORT_RUN, option("--first-point", default=None) or 1
    for name, step in (("sqlite_points", 1), ("postgres_points", ON_POSTGRES)):
        if name in metafunc.fixturenames:
            points = range(first, first + count, step)
            metafunc.parametrize(name, [points], ids=[f"{len(points)}-points-from-{first}"])
