"""A database of each version before becomes what a fresh one is, with everything that was in it."""

import json
import shutil
from collections import Counter
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import text

from tests.builders import upgrade
from tests.cli.conftest import Cli, door
from tests.support import samples, schemas
from tests.support.next_version import become_next_version
from tests.support.postgres import PostgresServer
from warehouse_desk.data.engine.database import Database, sqlite_url
from warehouse_desk.data.schema import upgrade as schema

SQLITE, POSTGRES = "sqlite", pytest.param("postgres", marks=pytest.mark.postgres)


@pytest.fixture(params=schema.revisions())
def revision(request: pytest.FixtureRequest) -> str:
    revision: str = request.param
    return revision


def old_file(tmp_path: Path, revision: str) -> str:
    """Return the address of a copy of a sample."""
    file = tmp_path / "depot.sqlite"
    shutil.copyfile(samples.file_of(revision), file)
    return sqlite_url(file)


def old_server(url: str, revision: str) -> str:
    """Give an empty PostgreSQL database the schema of an older version and a sample's rows."""
    database = Database(url)
    schemas.upgrade_to(database, revision)
    schemas.copy_rows(samples.file_of(revision), database)
    database.close()
    return url


ROWS_MADE: dict[str, dict[str, int]] = {
    "0003": {"role_ability": 2},  # Supervisor and Admin change the catalogue
}
"""What a migration adds to the tables of a sample, or moves out of them, on purpose."""


@pytest.fixture(params=[SQLITE, POSTGRES])
def old(request: pytest.FixtureRequest, tmp_path: Path, revision: str) -> Iterator[Database]:
    """A database of the revision, on each engine."""
    if request.param == SQLITE:
        url = old_file(tmp_path, revision)
    else:
        url = old_server(request.getfixturevalue("postgres_url"), revision)
    database = Database(url)
    yield database
    database.close()


@pytest.fixture
def fresh(old: Database, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A new database on the same engine."""
    if not old.is_postgresql:
        url = sqlite_url(tmp_path / "fresh.sqlite")
    else:
        server: PostgresServer = request.getfixturevalue("postgres_server")
        url = server.url(server.create_database())
    upgrade(url)
    database = Database(url)
    yield database
    database.close()
    if old.is_postgresql:
        server.drop_database(str(database.url.database))


def test_there_is_a_sample_of_every_revision() -> None:
    kept = sorted(file.name for file in samples.FOLDER.iterdir())
    needed = [samples.file_of(revision).name for revision in schema.revisions()]
    assert kept == needed, "python3 dev.py migration --sample makes that of the newest revision"


def test_migrations_are_numbered_one_after_the_other() -> None:
    steps = list(ScriptDirectory.from_config(schemas.alembic_config()).walk_revisions())
    numbers = [f"{number:04d}" for number in range(1, len(steps) + 1)]
    assert [step.revision for step in reversed(steps)] == numbers == list(schema.revisions())
    assert all(Path(step.path).name.startswith(f"v{step.revision}_") for step in steps)


def test_a_sample_becomes_what_a_fresh_database_is(old: Database, fresh: Database, revision: str) -> None:
    before = schemas.counts(old)
    assert schema.upgrade(old) is (revision != schema.newest_revision())
    after = schemas.counts(old)
    expected = Counter(before)
    for migration, rows in ROWS_MADE.items():
        if migration > revision:
            expected.update(rows)
    assert {name: after.get(name, 0) for name in before} == {name: expected[name] for name in before}
    is_now, should_be = (schemas.description(database).splitlines() for database in (old, fresh))
    differences = list(unified_diff(is_now, should_be, "sample", "fresh", lineterm="", n=1))
    told = ("A migration that has its sample is never edited; write the next one.", *differences)
    assert not differences, "\n".join(told)


def test_the_next_version_finds_its_way_from_every_sample(
    old: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    become_next_version(tmp_path / "next version", monkeypatch)
    assert schema.upgrade(old) is True
    with old.read() as uow:
        assert uow.table(text("SELECT DISTINCT floor FROM warehouse")) == [("0",)]


def test_the_shift_goes_on_with_an_upgraded_sample(
    old: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in samples.SECRETS.items():
        monkeypatch.setenv(name, value)
    url = old.url.render_as_string(hide_password=False)
    cli = door(url, tmp_path / "data", capsys, monkeypatch, user=samples.WORKER)
    assert cli("db", "upgrade").status == 0
    assert cli("db", "check").status == 0
    order = new_order(cli)
    assert cli("do", "pack", order).status == 0
    assert cli("handover", "close", "2").status == 0
    assert json.loads(cli("--json", "orders", "show", order).out)["data"][0]["status"] == "PACKED"


def new_order(cli: Cli) -> str:
    answer = cli("--json", "orders", "list", "--status", "NEW", "--per-page", "100")
    reference: str = answer.body["data"][-1]["reference"]
    return reference


def test_the_newest_sample_has_rows_in_every_table(tmp_path: Path) -> None:
    database = Database(old_file(tmp_path, schema.newest_revision()))
    assert [name for name, count in schemas.counts(database).items() if count == 0] == []
    database.close()


@pytest.mark.slow
def test_a_sample_is_made_by_working_a_shift(tmp_path: Path) -> None:
    samples.make(tmp_path / "made.sqlite")
    made, kept = Database(sqlite_url(tmp_path / "made.sqlite")), Database(old_file(tmp_path, schema.newest_revision()))
    assert schemas.description(made) == schemas.description(kept)
    assert [name for name, count in schemas.counts(made).items() if count == 0] == []
    made.close()
    kept.close()
