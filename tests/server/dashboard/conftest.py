"""A server with people before it, each with a session of their own."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from tests.builders import Shop
from tests.server.dashboard.people import Person, principal_of_people
from tests.server.running import served
from warehouse_desk.domain.people.abilities import ALL_ABILITIES, Ability
from warehouse_desk.server.exchange import ServerState
from warehouse_desk.services.jobs.runner import ServedJobs

Front = Callable[..., AbstractContextManager[Person]]


@pytest.fixture
def front(shop: Shop, tmp_path: Path) -> Front:
    """Serve the shop to somebody who may do everything, or only what is named."""

    @contextmanager
    def open_front(*, may: frozenset[Ability] = ALL_ABILITIES) -> Iterator[Person]:
        folder = tmp_path / "server"
        folder.mkdir(exist_ok=True)
        runner = ServedJobs(shop.context, folder / "files")
        runner.start()
        state = ServerState(folder=folder, public_url="http://desk.test", wake_jobs=runner.wake)
        try:
            with served(shop, principal_of_people(shop, may), state=state) as client:
                yield Person(client.port, {"X-User": "Salma"})
        finally:
            runner.close()
        assert [each.name for each in folder.iterdir() if each.name != "files"] == [], "an upload was left behind"

    return open_front


@pytest.fixture
def salma(front: Front) -> Iterator[Person]:
    """Salma, who may do everything."""
    with front() as person:
        yield person
