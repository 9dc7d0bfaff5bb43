"""An empty database on each of the two engines."""

from collections.abc import Iterator

import pytest

from warehouse_desk.data.engine.database import Database


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    yield database
    database.close()
