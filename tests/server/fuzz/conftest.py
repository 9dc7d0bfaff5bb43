"""How many requests are made up."""

from dataclasses import dataclass

import pytest

SHORT_RUN = 8
"""Requests made up for each endpoint in the usual run."""
ALL_PHASES = "examples,coverage,fuzzing,stateful"
PHASES = {"sqlite": "examples,coverage,stateful", "postgres": "examples,fuzzing,stateful"}
"""Of the usual run: at every limit on one database, at random on the other."""


@dataclass(frozen=True)
class Amount:
    """How much is asked."""

    examples: int
    seed: int
    phases: str


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("fuzz", "requests made up from /openapi.json (with tests/server/fuzz named)")
    group.addoption("--examples", type=int, help=f"how many for each endpoint, of all kinds (usually {SHORT_RUN})")
    group.addoption("--fuzz-seed", type=int, help="what they are made up from (usually 1)")


@pytest.fixture
def amount(request: pytest.FixtureRequest) -> Amount:
    """How much is asked of the database of this test."""
    option = request.config.getoption
    examples, seed = option("--examples", default=None), option("--fuzz-seed", default=None) or 1
    if examples is not None:
        return Amount(examples, seed, ALL_PHASES)
    return Amount(SHORT_RUN, seed, PHASES[request.node.callspec.params["database_url"]])
