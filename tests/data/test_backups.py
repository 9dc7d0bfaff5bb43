"""A local file is copied before it is upgraded; a copy is whole or not there; it comes back only where nobody works."""

import shutil
import sqlite3
import subprocess
import sys
from collections import namedtuple
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event

from tests.builders import a_desk, an_order_body, open_shop, upgrade
from tests.support.log_guard import LogGuard
from tests.support.next_version import make_older
from warehouse_desk.data.engine.database import Database, sqlite_url
from warehouse_desk.data.schema import backups
from warehouse_desk.data.schema import upgrade as schema
from warehouse_desk.domain.errors import DatabaseBusy, DatabaseUnavailable, SchemaTooNew, WrongUsage
from warehouse_desk.services import maintenance

ROOT = Path(__file__).parents[2]
OLDER = schema.newest_revision()  # to the program that ``older`` makes of this one
MORNING = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
Usage = namedtuple("Usage", "total used free")  # noqa: PYI024 - as shutil's own answer is


@pytest.fixture
def older(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database as the version before left it, where somebody had changed a city's name."""
    file = tmp_path / "dépôt 1.db"
    make_older(file, monkeypatch)
    with closing(sqlite3.connect(file)) as plain, plain:
        plain.execute("UPDATE city SET name = 'Casa la blanche' WHERE name = 'Casablanca'")
    return file


@pytest.fixture
def working(tmp_path: Path) -> Path:
    """A database of this version with one order."""
    file = tmp_path / "desk.db"
    upgrade(sqlite_url(file))
    database = Database(sqlite_url(file))
    open_shop(database).create()
    database.close()
    return file


def copies(file: Path) -> list[Path]:
    return sorted(path for path in file.parent.glob("*.db") if path.name.startswith(f"{file.stem}.") and path != file)


def names(file: Path) -> set[str]:
    with closing(sqlite3.connect(file)) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM city")}


def test_an_older_file_is_copied_before_it_is_upgraded(older: Path) -> None:
    database = Database(sqlite_url(older))
    assert schema.upgrade(database)
    copy = database.upgrade_copy
    assert copy is not None
    assert copies(older) == [copy]
    assert copy.name.startswith(f"dépôt 1.schema-{OLDER}.20")
    assert backups.revision_of(copy) == OLDER
    assert "Casa la blanche" in names(copy)
    assert schema.check(database) == schema.newest_revision()
    assert not schema.upgrade(database)
    assert copies(older) == [copy]
    database.close()


def test_a_new_file_has_nothing_to_be_copied(tmp_path: Path) -> None:
    database = Database(sqlite_url(tmp_path / "desk.db"))
    assert schema.upgrade(database)
    assert database.upgrade_copy is None
    database.close()
    assert copies(tmp_path / "desk.db") == []


def test_what_is_written_but_not_yet_in_the_main_file_is_copied_too(older: Path) -> None:
    """The last commits of a station that was switched off lie in the write-ahead log alone."""
    writer = sqlite3.connect(older)
    with writer:
        writer.execute("UPDATE city SET name = 'Rabat la belle' WHERE name = 'Rabat'")
    assert Path(f"{older}-wal").stat().st_size > 0
    database = Database(sqlite_url(older))
    schema.upgrade(database)
    assert database.upgrade_copy is not None
    assert "Rabat la belle" in names(database.upgrade_copy)
    writer.close()
    database.close()


def test_only_the_newest_copies_are_kept(older: Path) -> None:
    for day in range(1, 8):
        backups.copy_before_upgrade(older, OLDER, MORNING + timedelta(days=day))
    other = older.with_name("dépôt 1.schema-of-mine.db")
    other.touch()
    database = Database(sqlite_url(older))
    schema.upgrade(database)
    database.close()
    kept = [path.name for path in copies(older) if path != other]
    assert len(kept) == backups.KEPT_COPIES
    assert kept[0].startswith(f"dépôt 1.schema-{OLDER}.20260306")
    assert kept[-1].startswith(f"dépôt 1.schema-{OLDER}.")
    assert other.exists()


def test_an_upgrade_that_fails_leaves_the_file_and_no_copy(older: Path) -> None:
    database = Database(sqlite_url(older))

    @event.listens_for(database.engine, "before_cursor_execute")
    def _fail(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("UPDATE alembic_version"):
            raise LookupError("the last statement of an upgrade failed")

    with pytest.raises(LookupError):
        schema.upgrade(database)
    database.close()
    assert copies(older) == []
    assert backups.revision_of(older) == OLDER


def test_without_room_for_the_copy_nothing_is_upgraded(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: Usage(2**30, 2**30 - 2**20, 2**20))
    database = Database(sqlite_url(older))
    with pytest.raises(DatabaseUnavailable, match=r"no room for a copy of .*, where 1 MB are free\. Free some room"):
        schema.upgrade(database)
    database.close()
    assert copies(older) == []
    assert backups.revision_of(older) == OLDER


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full is a thing of Linux")
def test_a_disk_that_is_full_in_the_middle_is_named(working: Path, tmp_path: Path) -> None:
    program = (
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "from warehouse_desk.data.schema import backups\n"
        "from warehouse_desk.domain.errors import DatabaseUnavailable\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536))\n"
        "try:\n"
        "    backups.copy_to(Path(sys.argv[1]), Path(sys.argv[2]))\n"
        "except DatabaseUnavailable as error:\n"
        "    print(error)\n"
    )
    target = tmp_path / "copy.db"
    run = [sys.executable, "-c", program, str(working), str(target)]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    assert "disk" in done.stdout
    assert "nothing was changed" in done.stdout
    assert [path.name for path in tmp_path.iterdir() if "copy" in path.name] == []


def test_a_damaged_file_is_not_upgraded(older: Path) -> None:
    content = bytearray(older.read_bytes())
    content[-8192:] = b"\xff" * 8192
    older.write_bytes(bytes(content))
    database = Database(sqlite_url(older))
    with pytest.raises(DatabaseUnavailable, match="Restore it from a backup"):
        schema.upgrade(database)
    database.close()
    assert copies(older) == []


def test_a_copy_is_made_while_a_station_works(working: Path, tmp_path: Path) -> None:
    database = Database(sqlite_url(working))
    desk = a_desk(database)
    with database.read() as reading:
        assert reading is not None
        maintenance.back_up(desk.context, tmp_path / "copy.db")
    desk.orders.create([an_order_body()])
    database.close()
    other = Database(sqlite_url(tmp_path / "copy.db"))
    assert sum(a_desk(other).orders.counts().values()) == 1
    other.close()
    assert not (tmp_path / "copy.db-wal").exists()


def test_a_copy_overwrites_nothing(working: Path, tmp_path: Path) -> None:
    database = Database(sqlite_url(working))
    (tmp_path / "letter.odt").write_text("Chère Madame")
    with pytest.raises(WrongUsage, match="exists already and is not overwritten"):
        maintenance.back_up(a_desk(database).context, tmp_path / "letter.odt")
    with pytest.raises(WrongUsage, match=r"The folder of .* does not exist"):
        maintenance.back_up(a_desk(database).context, tmp_path / "nowhere" / "copy.db")
    database.close()
    assert (tmp_path / "letter.odt").read_text() == "Chère Madame"


def orders_in(file: Path) -> int:
    database = Database(sqlite_url(file))
    schema.upgrade(database)
    count = sum(a_desk(database).orders.counts().values())
    database.close()
    return count


def test_a_copy_comes_back_and_what_it_replaces_is_kept(working: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    database = Database(sqlite_url(working))
    maintenance.back_up(a_desk(database).context, copy)
    a_desk(database).orders.create([an_order_body()])
    database.close()
    place, kept = maintenance.restore(sqlite_url(working), copy)
    assert place == str(working)
    assert kept is not None
    assert (orders_in(working), orders_in(kept), orders_in(copy)) == (1, 2, 1)


def test_restoring_back_and_forth_within_one_second_loses_nothing(working: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    backups.copy_to(working, copy)
    database = Database(sqlite_url(working))
    a_desk(database).orders.create([an_order_body()])
    database.close()
    first = backups.restore(working, copy, MORNING)
    assert first is not None
    second = backups.restore(working, first, MORNING)
    assert second is not None
    assert (orders_in(working), orders_in(first), orders_in(second)) == (2, 2, 1)


def test_the_copy_that_comes_back_is_never_forgotten(working: Path) -> None:
    oldest = backups.copy_before_upgrade(working, OLDER, MORNING)
    for day in range(1, 6):
        backups.copy_before_upgrade(working, OLDER, MORNING + timedelta(days=day))
    backups.restore(working, oldest, MORNING + timedelta(days=9))
    assert oldest.exists()
    assert len(copies(working)) == backups.KEPT_COPIES + 1


def test_a_copy_of_an_older_version_comes_back_and_is_upgraded(older: Path, working: Path) -> None:
    maintenance.restore(sqlite_url(working), older)
    assert backups.revision_of(working) == OLDER
    assert orders_in(working) == 0
    assert "Casa la blanche" in names(working)


def test_a_copy_comes_back_where_there_is_no_database(working: Path, tmp_path: Path) -> None:
    _, kept = maintenance.restore(sqlite_url(tmp_path / "new.db"), working)
    assert kept is None
    assert orders_in(tmp_path / "new.db") == 1


@pytest.mark.parametrize("at_work", ["idle", "reading", "writing"])
def test_nothing_comes_back_while_somebody_has_the_database_open(working: Path, tmp_path: Path, at_work: str) -> None:
    copy = tmp_path / "copy.db"
    backups.copy_to(working, copy)
    before = copies(working)
    database = Database(sqlite_url(working))
    a_desk(database).orders.create([an_order_body()])
    with database.engine.connect().execution_options(begin_mode="IMMEDIATE") as other:
        if at_work == "writing":
            other.begin()
        elif at_work == "reading":
            other.exec_driver_sql("SELECT count(*) FROM orders")
        with pytest.raises(DatabaseBusy, match=r"is open in another program\. Close Warehouse Desk everywhere"):
            maintenance.restore(sqlite_url(working), copy)
    a_desk(database).orders.create([an_order_body()])
    database.close()
    assert orders_in(working) == 3
    assert copies(working) == before


@pytest.mark.parametrize("how", ["garbage", "torn"])
def test_a_damaged_database_is_put_aside_for_its_copy(working: Path, tmp_path: Path, how: str) -> None:
    copy = tmp_path / "copy.db"
    backups.copy_to(working, copy)
    content = bytearray(working.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    broken = b"no database at all " * 500 if how == "garbage" else bytes(content)
    working.write_bytes(broken)
    _, kept = maintenance.restore(sqlite_url(working), copy)
    assert kept is not None
    assert kept.read_bytes() == broken
    assert orders_in(working) == 1


def test_only_a_whole_copy_of_a_known_version_comes_back(working: Path, tmp_path: Path) -> None:
    def refused(file: Path) -> str:
        with pytest.raises((DatabaseUnavailable, WrongUsage)) as told:
            maintenance.restore(sqlite_url(working), file)
        return str(told.value).replace(str(tmp_path), "")

    copy = tmp_path / "copy.db"
    assert refused(copy) == "There is no file /copy.db. Name a copy that was made before."
    copy.write_text("Chère Madame" * 100)
    assert refused(copy) == "/copy.db is not a Warehouse Desk database. Choose another file."
    copy.unlink()
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("CREATE TABLE note (n INTEGER)")
    assert refused(copy) == "/copy.db is not a Warehouse Desk database. Choose another file."
    copy.unlink()
    backups.copy_to(working, copy)
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(SchemaTooNew, match=r"copy\.db was upgraded by a newer Warehouse Desk"):
        maintenance.restore(sqlite_url(working), copy)
    content = bytearray(working.read_bytes())
    content[-8192:] = b"\xff" * 8192
    copy.write_bytes(bytes(content))
    assert "is damaged" in refused(copy)
    assert refused(working) == "/desk.db is the database itself. Name a copy of it."
    assert orders_in(working) == 1


def test_a_restore_killed_in_the_middle_leaves_the_database_as_it_was(working: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    backups.copy_to(working, copy)
    database = Database(sqlite_url(working))
    for _ in range(300):
        a_desk(database).orders.create([an_order_body()])
    database.close()
    program = (
        "import os, signal, sqlite3, sys\n"
        "from pathlib import Path\n"
        "from datetime import datetime, UTC\n"
        "from warehouse_desk.data.schema import backups\n"
        "real = backups._open\n"
        "class Source:\n"
        "    def __init__(self, connection): self._connection = connection\n"
        "    def close(self): self._connection.close()\n"
        "    def backup(self, target):\n"
        "        kill = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "        self._connection.backup(target, pages=20, progress=kill)\n"
        "backups._open = lambda file, mode: Source(real(file, mode))\n"
        "backups.restore(Path(sys.argv[1]), Path(sys.argv[2]), datetime.now(UTC))\n"
    )
    run = [sys.executable, "-c", program, str(working), str(copy)]
    assert subprocess.run(run, cwd=ROOT, check=False, timeout=60).returncode == -9
    assert orders_in(working) == 301


def test_a_server_is_copied_by_its_own_tools(postgres_url: str, tmp_path: Path) -> None:
    database = Database(postgres_url)
    schema.upgrade(database)
    with pytest.raises(WrongUsage, match=r"its own tools copy it\. Copy: pg_dump -Fc -h 127\.0\.0\.1 -p \d+ -U desk"):
        maintenance.back_up(a_desk(database).context, tmp_path / "copy.dump")
    with pytest.raises(WrongUsage, match="pg_restore --clean --if-exists") as told:
        maintenance.restore(postgres_url, tmp_path / "copy.dump")
    assert str(database.url.password) not in str(told.value)
    database.close()


def test_the_log_says_where_the_copy_lies(older: Path, log_guard: LogGuard, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "warehouse_desk")
    database = Database(sqlite_url(older))
    schema.upgrade(database)
    database.close()
    assert f"as it was before: {database.upgrade_copy}" in caplog.text
