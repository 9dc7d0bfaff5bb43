"""Reaching a database, its durability, and every way in which it cannot be reached, in words."""

import sqlite3
import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, Integer, MetaData, Table, bindparam, insert, select, text

from tests.builders import facts_in, open_shop, run_sql, upgrade
from tests.support.postgres import PostgresServer
from warehouse_desk.data.engine import database as database_module
from warehouse_desk.data.engine.database import Database, UnitOfWork
from warehouse_desk.data.engine.database import sqlite_url as url_of
from warehouse_desk.data.engine.prepared import Prepared
from warehouse_desk.data.engine.types import Among, UtcDateTime
from warehouse_desk.data.goods import stock
from warehouse_desk.data.orders import facts
from warehouse_desk.data.tables import orders
from warehouse_desk.domain.errors import DatabaseBusy, DatabaseUnavailable, WrongUsage
from warehouse_desk.domain.status import Status
from warehouse_desk.services.connect import open_database

diary = Table("diary", MetaData(), Column("at", UtcDateTime))


def keep(database: Database, moment: datetime | None) -> datetime | None:
    """Write a moment and read it back."""
    database.transact(lambda uow: uow.execute(insert(diary).values(at=moment)))
    with database.read() as uow:
        found: datetime | None = uow.table(select(diary.c.at))[-1][0]
    return found


def test_a_moment_comes_back_in_utc(database: Database) -> None:
    run_sql(database, f"CREATE TABLE diary (at {'timestamptz' if database.is_postgresql else 'DATETIME'})")
    casablanca = datetime(2026, 3, 2, 9, 30, 15, 123456, timezone(timedelta(hours=1)))
    found = keep(database, casablanca)
    assert found == casablanca
    assert found is not None
    assert found.tzinfo is UTC or found.utcoffset() == timedelta(0)
    assert keep(database, None) is None


def test_a_moment_without_zone_is_refused(database: Database) -> None:
    run_sql(database, f"CREATE TABLE diary (at {'timestamptz' if database.is_postgresql else 'DATETIME'})")
    with pytest.raises(Exception, match="a moment without time zone cannot be stored"):
        keep(database, datetime(2026, 3, 2))  # noqa: DTZ001 - the fault that is to be noticed


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("fullfsync", 1), ("busy_timeout", 5_000)],
)
def test_a_local_file_keeps_what_it_has_confirmed(sqlite_url: str, pragma: str, value: object) -> None:
    database = Database(sqlite_url)
    with database.read() as uow:
        assert uow.connection.execute(text(f"PRAGMA {pragma}")).scalar_one() == value
    database.close()


def test_a_reading_is_consistent_while_another_writes(database: Database, database_url: str) -> None:
    run_sql(database, "CREATE TABLE note (n INTEGER)", "INSERT INTO note VALUES (1)")
    other = Database(database_url)
    other.transact(lambda uow: uow.execute(text("INSERT INTO note VALUES (2)")))
    other.close()
    with database.read() as uow:
        assert uow.table(text("SELECT count(*) FROM note")) == [(2,)]


def test_a_failed_piece_of_work_leaves_nothing_and_the_database_stays_usable(database: Database) -> None:
    run_sql(database, "CREATE TABLE note (n INTEGER)")

    def broken(uow: UnitOfWork) -> None:
        uow.execute(text("INSERT INTO note VALUES (1)"))
        raise LookupError("changed my mind")

    for _ in range(10):  # more often than there are connections in the pool
        with pytest.raises(LookupError):
            database.transact(broken)
    run_sql(database, "INSERT INTO note VALUES (2)")
    with database.read() as uow:
        assert uow.table(text("SELECT n FROM note")) == [(2,)]


def test_another_station_that_writes_too_long_is_named(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database_module, "BUSY_TIMEOUT_MS", 50)
    database = Database(sqlite_url)
    run_sql(database, "CREATE TABLE note (n INTEGER)")
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    for _ in range(10):
        with pytest.raises(DatabaseBusy, match="Another station is using the database"):
            run_sql(database, "INSERT INTO note VALUES (1)")
    other.execute("ROLLBACK")
    other.close()
    run_sql(database, "INSERT INTO note VALUES (1)")
    database.close()


def test_on_a_local_file_a_unit_of_work_that_only_looked_so_far_lets_nobody_write(sqlite_url: str) -> None:
    """What it read is still so when it writes: a lock on the rows, which PostgreSQL needs for that, is none here."""
    database = Database(sqlite_url)
    run_sql(database, "CREATE TABLE note (n INTEGER)")
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None, timeout=0)

    def look_and_write(uow: UnitOfWork) -> None:
        assert uow.table(text("SELECT count(*) FROM note")) == [(0,)]
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("INSERT INTO note VALUES (2)")
        uow.execute(text("INSERT INTO note VALUES (1)"))

    database.transact(look_and_write)
    other.execute("INSERT INTO note VALUES (2)")
    other.close()
    database.close()


def test_a_row_that_another_station_holds_too_long_is_named(postgres_url: str) -> None:
    database, other = Database(postgres_url), Database(postgres_url)
    run_sql(database, "CREATE TABLE note (n INTEGER)", "INSERT INTO note VALUES (1)")
    with other.engine.begin() as holding:
        holding.execute(text("UPDATE note SET n = 2"))
        with pytest.raises(DatabaseBusy, match="try again"):
            run_sql(database, "SET LOCAL lock_timeout = 50", "UPDATE note SET n = 3")
    database.close()
    other.close()


def test_a_deadlock_is_done_again_until_it_succeeds(postgres_url: str) -> None:
    database = Database(postgres_url)
    run_sql(database, "CREATE TABLE note (n INTEGER, v INTEGER)", "INSERT INTO note VALUES (1, 0), (2, 0)")
    both_hold_one = threading.Barrier(2, timeout=20)
    tries: list[int] = []

    def cross(first: int, second: int) -> None:
        def work(uow: UnitOfWork) -> None:
            tries.append(first)
            uow.execute(text(f"UPDATE note SET v = v + 1 WHERE n = {first}"))
            if len(tries) <= 2:
                both_hold_one.wait()
            uow.execute(text(f"UPDATE note SET v = v + 1 WHERE n = {second}"))

        database.transact(work)

    threads = [threading.Thread(target=cross, args=pair) for pair in ((1, 2), (2, 1))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    with database.read() as uow:
        assert uow.table(text("SELECT v FROM note")) == [(2,), (2,)]
    assert len(tries) >= 3  # on a busy machine the two may meet once more
    database.close()


def unreachable(url: str) -> str:
    """Return what a worker is told when the database of this address is opened."""
    with pytest.raises(DatabaseUnavailable) as told:
        open_database(url, "Poste 1")
    return str(told.value)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "desk.sqlite"
    assert unreachable(url_of(path)) == f"{path} cannot be opened. Check that the folder exists and is not read-only."


def test_a_folder_in_place_of_a_file_is_named(tmp_path: Path) -> None:
    assert "cannot be opened" in unreachable(url_of(tmp_path))


def test_a_file_that_is_no_database_is_named_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "orders.xlsx"
    path.write_bytes(b"PK\x03\x04 a spreadsheet" * 100)
    assert unreachable(url_of(path)) == f"{path} is not a Warehouse Desk database. Choose another file."
    assert path.read_bytes() == b"PK\x03\x04 a spreadsheet" * 100


def test_a_damaged_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "desk.sqlite"
    upgrade(url_of(path))
    content = bytearray(path.read_bytes())
    content[4096:12288] = b"\xff" * 8192
    path.write_bytes(bytes(content))
    assert "Restore it from a backup" in unreachable(url_of(path))


def test_a_file_that_may_only_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "desk.sqlite"
    path.touch()
    url = f"sqlite:///file:{path.as_posix()}?mode=ro&uri=true"
    assert "is read-only. Allow this user to change it." in unreachable(url)


def test_a_wrong_password_is_named_without_showing_it(postgres_server: PostgresServer, postgres_url: str) -> None:
    wrong = postgres_url.replace(postgres_server.password, "secret-guess")
    said = unreachable(wrong)
    assert "the user or password was refused. Correct --database" in said
    assert "secret-guess" not in said


def test_an_absent_database_is_named(postgres_server: PostgresServer) -> None:
    said = unreachable(postgres_server.url("entrepot"))
    assert said == "127.0.0.1/entrepot: there is no such database. Create it, or correct --database."


def test_an_absent_server_is_named() -> None:
    said = unreachable("postgresql://desk:secret@127.0.0.1:1/entrepot")
    assert said == "127.0.0.1/entrepot cannot be reached. Check that the server runs and the network is up."


@pytest.mark.parametrize(
    "url", ["", "desk.sqlite", "mysql://u:secret@h/d", "sqlite://", "sqlite:///:memory:", "postgresql://u:secret@h:x/d"]
)
def test_an_address_that_names_no_database_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(
        WrongUsage, match=r"is not a database address. Write sqlite:///file.db or postgresql://user:password@host/name."
    ) as told:
        Database(url)
    assert "secret" not in str(told.value)


@pytest.mark.parametrize(
    "name", ["Entrepôt n° 1.sqlite", "a b.sqlite", "100%.sqlite", "50%20.sqlite", "why?.sqlite", "#1.sqlite"]
)
def test_a_file_may_have_any_name(tmp_path: Path, name: str) -> None:
    upgrade(url_of(tmp_path / name))
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_prepared_query_gives_the_rows_that_core_gives(database_url: str) -> None:
    upgrade(database_url)
    database = Database(database_url)
    shop = open_shop(database)
    for status in Status:
        shop.order_in(status)
    query = select(orders).order_by(orders.c.id)
    with database.read() as uow:
        assert uow.rows(Prepared(query), {}) == uow.table(query)
        by_id = facts.facts_of(uow, list(range(1, 10)), lock=False)
        assert stock.lines_of(uow, []) == []
    assert [by_id[n] for n in range(1, 10)] == [facts_in(database, f"ORD-{n:05d}") for n in range(1, 10)]
    database.close()


@given(st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=20))
def test_any_path_survives_its_address(name: str) -> None:
    database = Database(url_of(Path("/srv") / name))
    assert database.place == str(Path("/srv") / name)


diary_page = Table("diary_page", MetaData(), Column("n", Integer))
_WRITE = Prepared(insert(diary_page).values(n=bindparam("number")))
_PAGES = Prepared(select(diary_page.c.n).where(Among(diary_page.c.n, "numbers")).order_by(diary_page.c.n))


@pytest.fixture
def with_pages(database: Database) -> Database:
    run_sql(database, "CREATE TABLE diary_page (n INTEGER PRIMARY KEY)")
    return database


def test_what_is_sent_later_is_there_for_the_next_question(with_pages: Database) -> None:
    def work(uow: UnitOfWork) -> tuple[object, object]:
        for number in (3, 1, 2):
            uow.later(_WRITE, {"number": number})
        prepared = uow.rows(_PAGES, {"numbers": [1, 2, 3, 4]})
        uow.later(_WRITE, {"number": 4})
        return prepared, uow.table(text("SELECT count(*) FROM diary_page"))

    assert with_pages.transact(work) == ([(1,), (2,), (3,)], [(4,)])


def test_what_is_sent_last_is_kept(with_pages: Database) -> None:
    with_pages.transact(lambda uow: uow.later(_WRITE, {"number": 7}))
    with with_pages.read() as uow:
        assert uow.rows(_PAGES, {"numbers": [7]}) == [(7,)]


def test_a_fault_in_what_is_sent_later_undoes_everything_and_the_database_stays_usable(with_pages: Database) -> None:
    def twice(uow: UnitOfWork) -> None:
        for number in (1, 1, 2):
            uow.later(_WRITE, {"number": number})

    for _ in range(10):  # more often than there are connections in the pool
        with pytest.raises(Exception, match=r"(?i)unique"):
            with_pages.transact(twice)
    with_pages.transact(lambda uow: uow.later(_WRITE, {"number": 3}))
    with with_pages.read() as uow:
        assert uow.rows(_PAGES, {"numbers": [1, 2, 3]}) == [(3,)]


@pytest.mark.parametrize("numbers", [[], [2], [2, 3], [2, 2], [9]])
def test_a_list_of_any_length_finds_its_rows(with_pages: Database, numbers: list[int]) -> None:
    with_pages.transact(lambda uow: uow.run_many(_WRITE, [{"number": number} for number in range(5)]))
    with with_pages.read() as uow:
        found = [number for (number,) in uow.rows(_PAGES, {"numbers": numbers})]
    assert found == sorted(set(numbers) & set(range(5)))
