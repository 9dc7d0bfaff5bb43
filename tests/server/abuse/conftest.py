"""The house that the tests of this folder knock at, and what must be so after every abuse."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import Shop
from tests.server.access.house import House, opened, staff
from warehouse_desk.services.maintenance import faults


@pytest.fixture
def house(shop: Shop, tmp_path: Path) -> Iterator[House]:
    with opened(staff(shop), tmp_path / "data") as house:
        yield house
        assert house.client.get("/up").status == 200
        assert [str(fault) for fault in faults(shop.context)] == []
        assert list((house.folder / "server").glob("upload-*")) == []
        assert [secret for secret in house.secrets if secret in house.log] == []
