"""A copy put back: counted on, or not at all."""

import sqlite3
import subprocess
import sys
from collections import namedtuple
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text, update

from tests.builders import TODAY, a_desk, an_order_body, run_sql
from tests.data.local_files import copies, names
from warehouse_desk.data.engine.database import Database, sqlite_url
from warehouse_desk.data.schema import backups, restoring
from warehouse_desk.data.schema import upgrade as schema
from warehouse_desk.data.tables import counter
from warehouse_desk.domain.errors import DatabaseBusy, DatabaseUnavailable, SchemaTooNew, SignInRequired, WrongUsage
from warehouse_desk.domain.orders.step_options import StepOptions
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.services import maintenance
from warehouse_desk.services.paper.labels import LabelSettings
from warehouse_desk.services.people.admission import open_door
from warehouse_desk.services.people.api_tokens import TokenWish
from warehouse_desk.services.people.sign_in import sign_in_by_badge

ROOT = Path(__file__).parents[2]
OLDER = schema.newest_revision()  # to the program that ``older`` makes of this one
MORNING = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
Usage = namedtuple("Usage", "total used free")  # noqa: PYI024 - as shutil's own answer is


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
    place, restored = maintenance.restore(sqlite_url(working), copy)
    assert place == str(working)
    assert restored.kept is not None
    assert (orders_in(working), orders_in(restored.kept), orders_in(copy)) == (1, 2, 1)


def test_who_was_shut_out_since_the_copy_was_made_stays_out(working: Path, tmp_path: Path) -> None:
    copy, database = tmp_path / "copy.db", Database(sqlite_url(working))
    people = a_desk(database).people
    for name in ("Salma", "Karim"):
        people.add(name, "motdepasse", "Admin")
    badges = [people.issue_badge("Karim") for _ in range(2)]
    wish = TokenWish(name="Boutique", abilities=frozenset({Ability.REST_VIEW}))
    tokens = [people.add_token(replace(wish, name=name)).text for name in ("Boutique", "Comptes")]
    cookie, _ = open_door(database, "S", lambda: MORNING).sign_in("Salma", "motdepasse", address="", agent="")
    maintenance.back_up(people.context, copy)
    people.revoke_badge(people.badges()[0].id)
    people.revoke_token("Boutique")
    database.close()
    maintenance.restore(sqlite_url(working), copy)
    again = open_door(database, "S", lambda: MORNING)
    assert [again.by_token(text, "") is None for text in tokens] == [True, False]
    assert again.by_session(cookie) is None
    with pytest.raises(SignInRequired):
        sign_in_by_badge(database, "S", badges[1])
    assert sign_in_by_badge(database, "S", badges[0]).user_name == "Karim"
    database.close()


def test_restoring_back_and_forth_within_one_second_loses_nothing(working: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    backups.copy_to(working, copy)
    database = Database(sqlite_url(working))
    a_desk(database).orders.create([an_order_body()])
    database.close()
    first = restoring.restore(working, copy, MORNING).kept
    assert first is not None
    second = restoring.restore(working, first, MORNING).kept
    assert second is not None
    assert (orders_in(working), orders_in(first), orders_in(second)) == (2, 2, 1)


def test_the_copy_that_comes_back_is_never_forgotten(working: Path) -> None:
    oldest = backups.copy_before_upgrade(working, OLDER, MORNING)
    for day in range(1, 6):
        backups.copy_before_upgrade(working, OLDER, MORNING + timedelta(days=day))
    restoring.restore(working, oldest, MORNING + timedelta(days=9))
    assert oldest.exists()
    assert len(copies(working)) == backups.KEPT_COPIES + 1


def test_a_copy_of_an_older_version_comes_back_and_is_upgraded(older: Path, working: Path) -> None:
    maintenance.restore(sqlite_url(working), older)
    assert backups.revision_of(working) == OLDER
    assert orders_in(working) == 0
    assert "Casa la blanche" in names(working)


def test_a_copy_comes_back_where_there_is_no_database(working: Path, tmp_path: Path) -> None:
    _, restored = maintenance.restore(sqlite_url(tmp_path / "new.db"), working)
    assert restored.kept is None
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
    _, restored = maintenance.restore(sqlite_url(working), copy)
    assert restored.kept is not None
    assert restored.kept.read_bytes() == broken
    assert not restored.counters_known
    assert orders_in(working) == 1


def test_a_reference_a_run_and_a_hand_over_are_never_given_out_again_after_a_restore(
    working: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    backups.copy_to(working, copy)
    database = Database(sqlite_url(working))
    desk = a_desk(database)
    given_out = desk.orders.create({"orders": [an_order_body() for _ in range(3)]}).references
    desk.paper.labels.make(given_out, LabelSettings())
    company = desk.directories.companies()[0].id
    desk.orders.act(Action.PUSH, given_out, StepOptions(date=TODAY, company_id=company, from_stock=False))
    desk.paper.hand_overs.collect(company_id=company)
    numbers = [numbers_in(database)]
    database.close()
    _, restored = maintenance.restore(sqlite_url(working), copy)
    assert restored.counters_known
    database = Database(sqlite_url(working))
    numbers.append(numbers_in(database))
    assert numbers[1] == numbers[0]
    (again,) = a_desk(database).orders.create([an_order_body()]).references
    assert again not in given_out
    assert restored.newest_reference == given_out[-1]
    assert maintenance.faults(a_desk(database).context) == []
    database.close()


@pytest.mark.parametrize(
    ("column", "value"),
    [("status", "NEx"), ("resume_status", ""), ("packed_on", "2026-13-45"), ("created_at", "2O26"), ("total", "39g")],
)
def test_a_value_that_nobody_can_read_is_told_with_its_order(working: Path, column: str, value: str) -> None:
    database = Database(sqlite_url(working))
    run_sql(database, f"UPDATE orders SET {column} = '{value}' WHERE reference = 'ORD-00001'")
    told = [str(fault) for fault in maintenance.faults(a_desk(database).context)]
    assert told[0] == f"ORD-00001 cannot be read: its {column} is “{value}”. Restore the database from a backup."
    database.close()


def test_a_counter_behind_its_orders_is_told_and_raised(working: Path) -> None:
    database = Database(sqlite_url(working))
    context = a_desk(database).context
    database.transact(lambda uow: uow.execute(update(counter).values(value=0)))
    (fault,) = maintenance.faults(context)
    assert str(fault).startswith("The next order would get the reference ORD-00001, but ORD-00001 exists already.")
    assert maintenance.raise_references(context, " ord-00041 ") == "ORD-00041"
    assert maintenance.raise_references(context, "ORD-00007") == "ORD-00041"  # never lowered
    assert a_desk(database).orders.create([an_order_body()]).references == ("ORD-00042",)
    with pytest.raises(WrongUsage, match=r"is not a reference of this database. Write it as on a label: ORD-00042."):
        maintenance.raise_references(context, "S3-000001")
    database.close()


def numbers_in(database: Database) -> list[tuple[str, int]]:
    """What the database gave out last, by name."""
    with database.read() as uow:
        sequences = uow.table(text("SELECT name, seq FROM sqlite_sequence ORDER BY name"))
        return [(str(name), int(value)) for name, value in [*sequences, *uow.table(select(counter))]]


def test_only_a_whole_copy_of_a_known_version_comes_back(working: Path, tmp_path: Path) -> None:
    def refused(file: Path) -> str:
        with pytest.raises((DatabaseUnavailable, WrongUsage)) as told:
            maintenance.restore(sqlite_url(working), file)
        return str(told.value).replace(str(tmp_path), "")

    copy = tmp_path / "copy.db"
    assert refused(copy) == "There is no file /copy.db. Choose an existing copy."
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
    assert refused(working) == "/desk.db is the database itself. Choose a copy of it."
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
        "from warehouse_desk.data.schema import restoring\n"
        "real = restoring.open_file\n"
        "class Source:\n"
        "    def __init__(self, connection): self._connection = connection\n"
        "    def close(self): self._connection.close()\n"
        "    def backup(self, target):\n"
        "        kill = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "        self._connection.backup(target, pages=20, progress=kill)\n"
        "restoring.open_file = lambda file, mode: Source(real(file, mode)) if mode == 'ro' else real(file, mode)\n"
        "restoring.restore(Path(sys.argv[1]), Path(sys.argv[2]), datetime.now(UTC))\n"
    )
    run = [sys.executable, "-c", program, str(working), str(copy)]
    assert subprocess.run(run, cwd=ROOT, check=False, timeout=60).returncode == -9
    assert orders_in(working) == 301
