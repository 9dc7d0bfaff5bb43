"""A furnished warehouse on each of the two databases, as the services' tests have it, and a server before it."""

from collections.abc import Iterator

import pytest

from tests.builders import Shop
from tests.server.running import Client, served
from tests.services.conftest import database, postgres_template, shop, sqlite_template

__all__ = ["database", "postgres_template", "shop", "sqlite_template"]


@pytest.fixture
def client(shop: Shop) -> Iterator[Client]:
    """A program with a token that may do everything over the REST API."""
    with served(shop) as client:
        yield client
