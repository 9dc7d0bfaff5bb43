"""A long import keeps no other station of a shared database from creating orders, and its numbers leave no gap."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.builders import Shop, a_desk, open_shop, rows
from tests.services.files.test_imports import a_file, a_row
from warehouse_desk.data import bulk
from warehouse_desk.data.engine.database import Database, UnitOfWork
from warehouse_desk.data.tables import orders, reference_block
from warehouse_desk.domain.errors import StaleOrder
from warehouse_desk.services.files import import_writing
from warehouse_desk.services.files.file_import import FileImport
from warehouse_desk.sheets.errors import Stopped

pytestmark = pytest.mark.postgres


@pytest.fixture
def shop(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shop]:
    monkeypatch.setattr(import_writing, "_BATCH", 5)
    database = Database(postgres_url)
    yield open_shop(database)
    database.close()


@pytest.fixture
def neighbour(postgres_url: str, shop: Shop) -> Iterator[Shop]:
    """Another station, on connections of its own."""
    database = Database(postgres_url)
    yield replace(shop, desk=a_desk(database, now=shop.clock, user="Hamid", station="Poste 2"))
    database.close()


def twenty_rows(folder: Path) -> Path:
    return a_file(folder, *[a_row(number) for number in range(20)])


def numbers(shop: Shop) -> list[int]:
    return sorted(int(row["reference"].removeprefix("ORD-")) for row in rows(shop.database, orders))


def at_row(number: int, work: Callable[[], object]) -> Callable[[int, int], None]:
    """Return a report of progress that does some work when so many rows are written."""
    return lambda done, _: None if done != number else (work(), None)[1]


def test_orders_are_created_while_an_import_is_half_way(shop: Shop, neighbour: Shop, tmp_path: Path) -> None:
    created: list[str] = []
    read = shop.desk.files.imports.read(twenty_rows(tmp_path))
    done = shop.desk.files.imports.store(read, progress=at_row(10, lambda: created.extend(neighbour.create())))
    assert created == ["ORD-00021"]
    assert list(done.references) == [f"ORD-{n:05d}" for n in range(1, 21)]
    assert numbers(shop) == list(range(1, 22))
    assert rows(shop.database, reference_block) == []


def test_the_numbers_of_an_import_that_was_stopped_go_to_the_next_orders(
    shop: Shop, neighbour: Shop, tmp_path: Path
) -> None:
    created: list[str] = []
    read = shop.desk.files.imports.read(twenty_rows(tmp_path))
    with pytest.raises(Stopped):
        shop.desk.files.imports.store(
            read,
            progress=at_row(10, lambda: created.extend(neighbour.create())),
            cancelled=lambda: bool(created),
        )
    assert created == ["ORD-00021"]
    assert (shop.create(), neighbour.create()) == (("ORD-00001",), ("ORD-00002",))
    assert len(shop.desk.files.imports.store(read).references) == 20
    assert numbers(shop) == list(range(1, 24))
    assert rows(shop.database, reference_block) == []


def test_two_imports_and_a_station_that_creates_never_share_a_number(
    shop: Shop, neighbour: Shop, tmp_path: Path
) -> None:
    paths = [a_file(tmp_path, *[a_row(100 * at + n) for n in range(60)], name=f"{at}.csv") for at in (1, 2)]
    files = [each.desk.files.imports.read(path) for each, path in zip((shop, neighbour), paths, strict=True)]
    begun = threading.Event()
    faults: list[BaseException] = []

    def bring(each: Shop, file: FileImport) -> None:
        try:
            each.desk.files.imports.store(file, progress=at_row(5, begun.set))
        except BaseException as fault:  # noqa: BLE001 - told by the test below
            faults.append(fault)

    threads = [threading.Thread(target=bring, args=pair) for pair in zip((shop, neighbour), files, strict=True)]
    for thread in threads:
        thread.start()
    assert begun.wait(60)
    for _ in range(20):
        neighbour.create()
    for thread in threads:
        thread.join(60)
    assert faults == []
    assert numbers(shop) == list(range(1, 141))


def test_the_same_file_at_two_stations_at_once_is_imported_by_one(shop: Shop, neighbour: Shop, tmp_path: Path) -> None:
    path = twenty_rows(tmp_path)
    mine, theirs = shop.desk.files.imports.read(path), neighbour.desk.files.imports.read(path)
    refusals: list[str] = []

    def meanwhile() -> None:
        with pytest.raises(StaleOrder) as refusal:
            neighbour.desk.files.imports.store(theirs)
        refusals.append(str(refusal.value))

    shop.desk.files.imports.store(mine, progress=at_row(5, meanwhile))
    assert refusals == ["commandes.csv is being imported by another station. Nothing was imported here."]
    assert numbers(shop) == list(range(1, 21))


def test_only_the_import_itself_may_take_longer_than_a_scan(shop: Shop) -> None:
    def limit(uow: UnitOfWork) -> object:
        return uow.table(text("SHOW statement_timeout"))[0][0]

    def patiently(uow: UnitOfWork) -> object:
        bulk.allow_long_statements(uow)
        return limit(uow)

    assert [shop.database.transact(work) for work in (limit, patiently, limit)] == ["10s", "5min", "10s"]
