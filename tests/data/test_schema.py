"""Migrations: the same schema as the tables say, once, by one station, never backwards."""

import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from tests.builders import everything, run_sql
from tests.support import schemas
from warehouse_desk.common.text import fold
from warehouse_desk.data.directories import lookup
from warehouse_desk.data.engine.database import Database
from warehouse_desk.data.people import users
from warehouse_desk.data.schema import upgrade
from warehouse_desk.data.tables import metadata
from warehouse_desk.domain.errors import DatabaseUnavailable, SchemaTooNew
from warehouse_desk.domain.people.abilities import ROLES
from warehouse_desk.services.connect import open_database

ROOT = Path(__file__).parents[2]


def test_a_migrated_database_is_what_the_tables_say(database: Database) -> None:
    assert upgrade.upgrade(database) is True
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=schemas.COMPARISON)
        assert compare_metadata(context, metadata) == []


def test_upgrading_twice_does_nothing(database: Database) -> None:
    upgrade.upgrade(database)
    before = everything(database)
    assert upgrade.upgrade(database) is False
    assert everything(database) == before
    assert upgrade.check(database) == upgrade.newest_revision()


def test_an_old_database_is_refused_with_the_command_that_upgrades_it(database: Database) -> None:
    with pytest.raises(DatabaseUnavailable, match=r"is not up to date\. Run: warehouse-desk db upgrade"):
        upgrade.check(database)


def test_a_newer_database_is_left_alone(database: Database, database_url: str) -> None:
    upgrade.upgrade(database)
    run_sql(database, "UPDATE alembic_version SET version_num = '9999'")
    for refused in (lambda: upgrade.upgrade(database), lambda: upgrade.check(database)):
        with pytest.raises(SchemaTooNew, match=r"was upgraded by a newer Warehouse Desk\. Update the program"):
            refused()
    with pytest.raises(SchemaTooNew):
        open_database(database_url, "Poste 1")


def test_a_new_database_has_its_roles_cities_and_counter(database: Database) -> None:
    upgrade.upgrade(database)
    with database.read() as uow:
        roles = users.roles(uow)
        assert {name: users.abilities_of_role(uow, number) for name, number in roles.items()} == ROLES
        cities = lookup.cities(uow)
        assert len(cities) > 80
        assert all(lookup.city_ids(uow, [fold(c.name_ar)]) == {fold(c.name_ar): c.id} for c in cities)


def test_every_constraint_has_a_name_by_the_convention(database: Database) -> None:
    upgrade.upgrade(database)
    found = inspect(database.engine)
    for table in metadata.tables:
        # SQLite keeps no name for a key that numbers its rows without ever reusing a number.
        nameless = not database.is_postgresql and metadata.tables[table].dialect_options["sqlite"]["autoincrement"]
        assert found.get_pk_constraint(table)["name"] == (None if nameless else f"pk_{table}")
        names = [key["name"] for key in found.get_foreign_keys(table)]
        assert all(name and name.startswith(f"fk_{table}_") for name in names)
        names = [key["name"] for key in found.get_unique_constraints(table)]
        assert all(name and name.startswith(f"uq_{table}_") for name in names)


@pytest.mark.parametrize("table", ["order_event", "stock_movement"])
@pytest.mark.parametrize("change", ["UPDATE {} SET user_name = 'Nobody'", "DELETE FROM {}"])
def test_audit_and_ledger_are_append_only(database: Database, table: str, change: str) -> None:
    upgrade.upgrade(database)
    run_sql(
        database,
        "INSERT INTO orders (id, reference, status, full_name, phone, city, address, total, name_folded, city_folded, "
        "phone_keys, content_hash, origin, created_at, updated_at) VALUES "
        "(1, 'ORD-00001', 'NEW', 'A', '06', 'Fes', 'R', 100, "
        "'a', 'fes', '6', 'x', 'desk', '2026-03-02 08:00:00', '2026-03-02 08:00:00')",
        "INSERT INTO product (id, sku, name) VALUES (1, 'ARGAN-50', 'Argan')",
        "INSERT INTO order_event (order_id, kind, status_after, version, at, source, before, after) "
        "VALUES (1, 'create', 'NEW', 1, '2026-03-02 08:00:00', 'desk', '{}', '{}')",
        "INSERT INTO stock_movement (product_id, kind, quantity, at) VALUES (1, 'COMMIT', 1, '2026-03-02 08:00:00')",
    )
    before = everything(database)
    with pytest.raises(Exception, match=f"{table} is append-only"):
        run_sql(database, change.format(table))
    assert everything(database) == before


@pytest.mark.slow
def test_two_programs_upgrading_at_once_upgrade_once(database_url: str, database: Database) -> None:
    program = (
        "import sys\n"
        "from warehouse_desk.data.schema import upgrade as schema\n"
        "from warehouse_desk.data.engine.database import Database\n"
        "database = Database(sys.argv[1])\n"
        "print('ready', flush=True)\n"
        "sys.stdin.readline()\n"
        "print(schema.upgrade(database))\n"
    )
    stations = [
        subprocess.Popen(
            [sys.executable, "-c", program, database_url],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        for _ in range(3)
    ]
    for station in stations:
        assert station.stdout is not None
        assert station.stdout.readline() == "ready\n"
    for station in stations:
        assert station.stdin is not None
        station.stdin.write("go\n")
        station.stdin.flush()
    said = [station.communicate(timeout=60) for station in stations]
    assert sorted(out.strip() for out, _ in said) == ["False", "False", "True"], said
    assert upgrade.check(database) == upgrade.newest_revision()


def test_an_upgrade_leaves_no_session_without_the_stations_limits(postgres_url: str) -> None:
    database = Database(postgres_url)
    upgrade.upgrade(database)
    connections = [database.engine.connect() for _ in range(3)]
    limits = {connection.execute(text("SHOW statement_timeout")).scalar_one() for connection in connections}
    for connection in connections:
        connection.close()
    database.close()
    assert limits == {"10s"}


def test_a_program_killed_in_the_middle_of_an_upgrade_leaves_an_empty_database(sqlite_url: str) -> None:
    program = (
        "import os, signal, sys\n"
        "from sqlalchemy import event\n"
        "from warehouse_desk.data.schema import upgrade as schema\n"
        "from warehouse_desk.data.engine.database import Database\n"
        "database = Database(sys.argv[1])\n"
        "@event.listens_for(database.engine, 'before_cursor_execute')\n"
        "def kill(connection, cursor, statement, *rest):\n"
        "    if 'CREATE TABLE stock_movement' in statement:\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
        "schema.upgrade(database)\n"
    )
    killed = subprocess.run([sys.executable, "-c", program, sqlite_url], check=False, cwd=ROOT, timeout=60)
    assert killed.returncode == -9
    database = Database(sqlite_url)
    assert upgrade.upgrade(database) is True
    assert upgrade.check(database) == upgrade.newest_revision()
    database.close()
