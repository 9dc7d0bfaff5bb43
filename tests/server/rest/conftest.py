"""Most of what the REST API answers depends on no database: where it does, a test asks for both."""

import pytest


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url
