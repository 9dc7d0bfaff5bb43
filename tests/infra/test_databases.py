"""The databases that tests get are fresh, separate and gone afterwards."""

from contextlib import closing

import psycopg
import pytest
from sqlalchemy import create_engine, text

from tests.support.postgres import PostgresServer


def _dsn(url: str) -> str:
    return url.replace("postgresql+psycopg", "postgresql")


@pytest.mark.parametrize("attempt", [1, 2])
def test_every_test_starts_with_an_empty_database(database_url: str, attempt: int) -> None:
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE orders (reference TEXT)"))
    engine.dispose()


def test_two_fresh_databases_are_separate(postgres_server: PostgresServer) -> None:
    first, second = postgres_server.create_database(), postgres_server.create_database()
    with closing(postgres_server.connect(first)) as connection:
        connection.execute("CREATE TABLE orders (reference TEXT)")
    with closing(postgres_server.connect(second)) as connection, pytest.raises(psycopg.errors.UndefinedTable):
        connection.execute("SELECT * FROM orders")
    postgres_server.drop_database(first)
    postgres_server.drop_database(second)


def test_a_template_is_built_once_and_copied(postgres_server: PostgresServer) -> None:
    calls = []

    def upgrade(url: str) -> None:
        calls.append(url)
        with closing(psycopg.connect(_dsn(url), autocommit=True)) as connection:
            connection.execute("CREATE TABLE orders (reference TEXT)")
            connection.execute("INSERT INTO orders VALUES ('WD-1')")

    for _ in range(2):
        template = postgres_server.make_template(upgrade, f"template_{id(calls)}")
    name = postgres_server.create_database(template)
    with closing(postgres_server.connect(name)) as connection:
        assert connection.execute("SELECT reference FROM orders").fetchall() == [("WD-1",)]
    postgres_server.drop_database(name)
    assert len(calls) == 1


def test_a_database_with_open_connections_is_dropped_all_the_same(postgres_server: PostgresServer) -> None:
    name = postgres_server.create_database()
    with closing(postgres_server.connect(name)):
        postgres_server.drop_database(name)
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        postgres_server.connect(name)


def test_the_server_waits_for_the_disk_as_a_real_one_does(
    postgres_server: PostgresServer, pytestconfig: pytest.Config
) -> None:
    with closing(postgres_server.connect()) as connection:
        setting = connection.execute("SHOW fsync").fetchone()
    assert setting == (pytestconfig.getoption("--postgres-fsync"),)
