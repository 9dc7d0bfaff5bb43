"""Parcels scanned under the old schema, where the sheet knew nothing of them, stand on sheets afterwards."""

from datetime import UTC, date, datetime, timedelta

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import select, text

from tests.builders import rows, run_sql
from warehouse_desk.data.engine.database import Database
from warehouse_desk.data.schema import upgrade
from warehouse_desk.data.tables import hand_over, hand_over_row

NOW = datetime.now(UTC)
LONG_AGO = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
ORDER = (
    "INSERT INTO orders (id, reference, status, full_name, phone, city, address, total, name_folded, city_folded, "
    "phone_key, content_hash, origin, created_at, updated_at, shipping_company_id, delivery_person_id) VALUES "
    "({id}, 'ORD-{id:05d}', '{status}', 'A', '06', 'Fes', 'R', {id}00, 'a', 'fes', '6', 'x', 'desk', "
    "'2026-03-02 08:00:00', '2026-03-02 08:00:00', {company}, {person})"
)
HANDED = (
    "INSERT INTO handed_parcel (order_id, attempt, company_id, person_id, at, user_name, station_id) "
    "VALUES ({id}, 1, {company}, {person}, '{at}', '{user}', 1)"
)


def upgrade_to(database: Database, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(upgrade._SCRIPTS))
    with database.engine.connect() as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M:%S.%f")


@pytest.fixture
def old(database: Database) -> Database:
    upgrade_to(database, "0008")
    run_sql(
        database,
        "INSERT INTO station (id, name, last_seen_at) VALUES (1, 'Poste 1', '2026-03-02 08:00:00')",
        "INSERT INTO shipping_company (id, code, name) VALUES (1, 'AMANA', 'Amana')",
        "INSERT INTO delivery_person (id, code, name) VALUES (1, 'HAMID', 'Hamid')",
    )
    return database


def order(number: int, *, status: str = "WAITING_FOR_SHIPPING_COMPANY", person: bool = False) -> str:
    company, who = ("NULL", "1") if person else ("1", "NULL")
    return ORDER.format(id=number, status=status, company=company, person=who)


def handed(number: int, at: datetime, *, user: str = "Salma", person: bool = False) -> str:
    company, who = ("NULL", "1") if person else ("1", "NULL")
    return HANDED.format(id=number, company=company, person=who, at=stamp(at), user=user)


def test_scanned_parcels_come_to_the_sheets_of_their_day(old: Database) -> None:
    run_sql(
        old,
        *(order(number) for number in (1, 2, 3)),
        order(4, status="DELIVERED", person=True),
        handed(1, LONG_AGO),
        handed(2, LONG_AGO + timedelta(minutes=5), user="Karim"),
        handed(3, NOW),
        handed(4, NOW, person=True),
    )
    assert upgrade.upgrade(old) is True
    sheets = {row["id"]: row for row in rows(old, hand_over)}
    on = {row["order_id"]: row for row in rows(old, hand_over_row)}
    first = sheets[on[1]["hand_over_id"]]
    assert on[2]["hand_over_id"] == first["id"]
    assert (first["company_id"], first["day"], first["closed_by"]) == (1, date(2026, 3, 2), "Karim")
    assert (first["opened_at"], first["closed_at"]) == (LONG_AGO, LONG_AGO + timedelta(minutes=5))
    assert [(on[n]["user_name"], on[n]["at"], on[n]["station_id"], on[n]["cod"]) for n in (1, 2)] == [
        ("Salma", LONG_AGO, 1, 100),
        ("Karim", LONG_AGO + timedelta(minutes=5), 1, 200),
    ]
    # Today's parcel still waits for the signature; the delivered one went with the person for good.
    assert sheets[on[3]["hand_over_id"]]["closed_at"] is None
    assert sheets[on[4]["hand_over_id"]]["closed_at"] is not None
    assert len(sheets) == 3
    with old.read() as uow:
        dialect = uow.dialect
        assert not dialect.has_table(uow.connection, "handed_parcel")


def test_a_parcel_that_stands_on_a_sheet_keeps_its_place_and_gets_its_scan(old: Database) -> None:
    run_sql(
        old,
        order(1),
        order(2),
        "INSERT INTO hand_over (id, company_id, day, opened_at, opened_by) "
        "VALUES (7, 1, '2026-03-02', '2026-03-02 07:00:00', 'Omar')",
        "INSERT INTO hand_over_row (hand_over_id, order_id, attempt, cod) VALUES (7, 1, 1, 100)",
        handed(1, LONG_AGO),
        handed(2, NOW),
    )
    upgrade.upgrade(old)
    on = {row["order_id"]: row for row in rows(old, hand_over_row)}
    assert {row["hand_over_id"] for row in on.values()} == {7}
    assert (on[1]["user_name"], on[1]["at"]) == ("Salma", LONG_AGO)
    with old.read() as uow:
        assert uow.table(select(hand_over.c.id)) == [(7,)]


def test_a_row_that_nobody_scanned_tells_who_began_its_sheet(old: Database) -> None:
    run_sql(
        old,
        order(1),
        "INSERT INTO hand_over (id, company_id, day, opened_at, opened_by) "
        "VALUES (7, 1, '2026-03-02', '2026-03-02 07:00:00', 'Omar')",
        "INSERT INTO hand_over_row (hand_over_id, order_id, attempt, cod) VALUES (7, 1, 1, 100)",
    )
    upgrade.upgrade(old)
    (row,) = rows(old, hand_over_row)
    assert (row["user_name"], row["at"]) == ("Omar", datetime(2026, 3, 2, 7, tzinfo=UTC))
    with old.read() as uow:
        assert uow.connection.execute(text("SELECT count(*) FROM hand_over")).scalar_one() == 1
