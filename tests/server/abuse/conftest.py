"""The house that the tests of this folder knock at."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import Shop
from tests.server.access.house import House, opened, staff


@pytest.fixture
def house(shop: Shop, tmp_path: Path) -> Iterator[House]:
    with opened(staff(shop), tmp_path / "data") as house:
        yield house
