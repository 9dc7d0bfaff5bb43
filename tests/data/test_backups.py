"""A local file is copied before it is upgraded; a copy is whole or not there; it comes back only where nobody works."""

import shutil
import sqlite3
import subprocess
import sys
from collections import namedtuple
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event

from tests.builders import a_desk, an_order_body
from tests.data.local_files import copies, names
from tests.support.log_guard import LogGuard
from warehouse_desk.data.engine.database import Database, sqlite_url
from warehouse_desk.data.schema import backups
from warehouse_desk.data.schema import upgrade as schema
from warehouse_desk.domain.errors import DatabaseUnavailable, WrongUsage
from warehouse_desk.services import maintenance

ROOT = Path(__file__).parents[2]
OLDER = schema.newest_revision()  # to the program that ``older`` makes of this one
MORNING = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
Usage = namedtuple("Usage", "total used free")  # noqa: PYI024 - as shutil's own answer is


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
