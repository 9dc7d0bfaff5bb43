"""Users, roles and signing in; the directories and settings beside them."""

import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace

import pytest
from argon2 import extract_parameters, profiles
from sqlalchemy import text

from tests.builders import Shop, open_shop, rows
from warehouse_desk.data import shared_settings
from warehouse_desk.data.engine.database import Database, UnitOfWork
from warehouse_desk.data.tables import app_user, station
from warehouse_desk.domain.directories.entries import Listed
from warehouse_desk.domain.errors import InvalidInput, NotAllowed, NotFound, SignInRequired, WrongUsage
from warehouse_desk.domain.goods.stock import ReturnPolicy
from warehouse_desk.domain.people.abilities import ALL_ABILITIES, ROLES, Ability
from warehouse_desk.domain.people.caller import Source
from warehouse_desk.services import connect
from warehouse_desk.services.directories import lookup
from warehouse_desk.services.people.sign_in import needs_sign_in, sign_in
from warehouse_desk.services.shared_settings import Settings

PASSWORD = "argan-2026"  # noqa: S105 - of a database that lives as long as the test


def signed_in(shop: Shop, name: str, password: str | None = PASSWORD) -> frozenset[Ability]:
    return sign_in(shop.database, "Poste 1", name, password, Source.DESK).abilities


def test_a_fresh_database_needs_no_sign_in(shop: Shop) -> None:
    assert not needs_sign_in(shop.database)
    assert signed_in(shop, "Salma", None) == ALL_ABILITIES


def test_with_the_first_user_everybody_signs_in(shop: Shop) -> None:
    shop.desk.people.add("Salma", PASSWORD, "Admin")
    assert needs_sign_in(shop.database)
    with pytest.raises(SignInRequired, match="sign in with a user name"):
        signed_in(shop, "Salma", None)
    assert signed_in(shop, "Salma") == ALL_ABILITIES


@pytest.mark.parametrize("role", ROLES)
def test_a_worker_has_the_abilities_of_the_role(shop: Shop, role: str) -> None:
    shop.desk.people.add("Salma", PASSWORD, "Admin")
    shop.desk.people.add("Karim", PASSWORD, role)
    assert signed_in(shop, "Karim") == ROLES[role]
    assert ("Karim", role, True) in [(user.name, user.role, user.active) for user in shop.desk.people.users()]


@pytest.mark.parametrize("name", ["Élodie", "ÉLODIE", "élodie "])
def test_a_name_with_accents_signs_in_in_any_case(shop: Shop, name: str) -> None:
    shop.desk.people.add("Élodie", PASSWORD, "Admin")
    assert signed_in(shop, name) == ALL_ABILITIES
    with pytest.raises(WrongUsage, match=r"already exists. Choose another name."):
        shop.desk.people.add(name, PASSWORD, "Packer")


def test_a_wrong_name_and_a_wrong_password_are_told_alike(shop: Shop) -> None:
    shop.desk.people.add("Salma", PASSWORD, "Admin")
    said = []
    for name, password in (("Salma", "wrong-one"), ("Nobody", PASSWORD)):
        with pytest.raises(SignInRequired) as refusal:
            signed_in(shop, name, password)
        said.append(str(refusal.value).replace(name, "?"))
    assert said[0] == said[1]


def test_a_user_no_longer_active_cannot_sign_in(shop: Shop) -> None:
    from tests.builders import run_sql

    shop.desk.people.add("Salma", PASSWORD, "Admin")
    run_sql(shop.database, "UPDATE app_user SET active = false")
    with pytest.raises(SignInRequired, match="name “Salma” or its password is wrong"):
        signed_in(shop, "Salma")


def test_passwords_are_kept_as_argon2id_and_never_twice_the_same(shop: Shop) -> None:
    shop.desk.people.add("Salma", PASSWORD, "Admin")
    shop.desk.people.add("Karim", PASSWORD, "Packer")
    kept = [row["password_hash"] for row in rows(shop.database, app_user)]
    assert all(text.startswith("$argon2id$") for text in kept)
    assert len(set(kept)) == 2


def test_the_first_user_must_be_able_to_add_others(shop: Shop) -> None:
    with pytest.raises(WrongUsage, match="role “Admin” first"):
        shop.desk.people.add("Karim", PASSWORD, "Packer")


@pytest.mark.parametrize(
    ("name", "password", "said"),
    [("  ", PASSWORD, "needs a name"), ("x" * 101, PASSWORD, "1 to 100"), ("Karim", "12345", "at least 6")],
)
def test_a_user_needs_a_name_and_a_password(shop: Shop, name: str, password: str, said: str) -> None:
    with pytest.raises(WrongUsage, match=said):
        shop.desk.people.add(name, password, "Admin")


def test_an_unknown_role_is_named_with_the_known_ones(shop: Shop) -> None:
    with pytest.raises(NotFound, match=r"no role “Chef”\. Known: Packer, Dispatcher, Returns, Supervisor, Admin"):
        shop.desk.people.add("Karim", PASSWORD, "Chef")


def test_roles_are_editable_and_count_at_the_next_sign_in(shop: Shop) -> None:
    shop.desk.people.add("Salma", PASSWORD, "Admin")
    shop.desk.people.set_role("Night shift", frozenset({Ability.VIEW, Ability.PACK}))
    shop.desk.people.add("Karim", PASSWORD, "Night shift")
    assert signed_in(shop, "Karim") == {Ability.VIEW, Ability.PACK}
    shop.desk.people.set_role("Night shift", frozenset({Ability.VIEW}))
    assert signed_in(shop, "Karim") == {Ability.VIEW}


def test_a_station_is_known_once_and_seen_again(shop: Shop) -> None:
    signed_in(shop, "Salma", None)
    signed_in(shop, "Karim", None)
    assert [row["name"] for row in rows(shop.database, station)] == ["Poste 1"]


@pytest.mark.parametrize(("station_name", "user"), [("x" * 101, "Salma"), ("Poste", "x" * 101), ("Poste", "a\0b")])
def test_a_name_that_no_database_can_keep_is_refused_in_words(shop: Shop, station_name: str, user: str) -> None:
    with pytest.raises(WrongUsage, match="at most 100 characters"):
        connect.connect(shop.database, station_name, user, None, Source.CLI)


def test_managing_wants_its_ability(shop: Shop) -> None:
    bare = shop.desk_of(abilities=frozenset({Ability.VIEW}))
    works: list[tuple[Callable[[], object], Ability]] = [
        (lambda: bare.people.add("Karim", PASSWORD, "Admin"), Ability.MANAGE_USERS),
        (bare.people.users, Ability.MANAGE_USERS),
        (lambda: bare.people.set_role("Packer", frozenset()), Ability.MANAGE_USERS),
        (lambda: bare.settings.change({"undo_minutes": "5"}), Ability.MANAGE_SETTINGS),
        (lambda: bare.directories.add(Listed.WAREHOUSE, code="X", name="X"), Ability.MANAGE_SETTINGS),
        (lambda: bare.directories.add(Listed.COMPANY, code="X", name="X"), Ability.MANAGE_CATALOGUE),
        (lambda: bare.directories.add(Listed.PERSON, code="X", name="X"), Ability.MANAGE_CATALOGUE),
        (lambda: bare.goods.add_product("X", "X"), Ability.MANAGE_CATALOGUE),
    ]
    for work, ability in works:
        with pytest.raises(NotAllowed, match=ability.value):
            work()


def test_a_code_in_use_is_refused_in_words(shop: Shop) -> None:
    desk = shop.desk
    works: list[tuple[Callable[[], object], str]] = [
        (lambda: desk.directories.add(Listed.WAREHOUSE, code="CASA", name="Casa 2"), "CASA"),
        (lambda: desk.directories.add(Listed.COMPANY, code="AMANA", name="Amana 2"), "AMANA"),
        (lambda: desk.directories.add(Listed.PERSON, code="HAMID", name="Hamid 2"), "HAMID"),
        (lambda: desk.goods.add_product("ARGAN-50", "Argan 2"), "ARGAN-50"),
    ]
    for work, code in works:
        with pytest.raises(WrongUsage, match=f"“{code}” already exists"):
            work()


def test_a_company_comes_with_the_warehouse_of_what_it_keeps_for_us(shop: Shop) -> None:
    virtual = [w for w in shop.desk.directories.warehouses() if w.shipping_company_id == shop.company]
    assert [warehouse.code for warehouse in virtual] == ["AMANA-STOCK"]
    assert shop.desk.settings.read().virtual_warehouses == {shop.company: virtual[0].id}


def test_a_place_is_named_by_id_or_code(shop: Shop) -> None:
    known = shop.desk.directories.warehouses()
    for named in ("casa", " CASA ", str(shop.warehouse)):
        assert lookup.by_id_or_code(known, named, lookup.NO_WAREHOUSE).id == shop.warehouse
    with pytest.raises(NotFound, match=r"There is no warehouse “Fes”. Known: CASA, AMANA-STOCK."):
        lookup.by_id_or_code(known, "Fes", lookup.NO_WAREHOUSE)


def test_products_show_their_stock_and_barcodes(shop: Shop) -> None:
    argan = next(product for product in shop.desk.goods.products() if product.sku == "ARGAN-50")
    assert (argan.on_hand, argan.committed, argan.available) == (1_000, 0, 1_000)
    assert argan.barcodes == ("6111000000017",)


def test_settings_are_shared_and_checked(shop: Shop) -> None:
    shop.desk.settings.change({"push_requires_packed": "off", "return_stock": "Restock", "undo_minutes": "0"})
    found = shop.desk_of("Karim", "Poste 2").settings.read()
    assert (found.push_requires_packed, found.return_stock, found.undo_minutes) == (False, ReturnPolicy.RESTOCK, 0)


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("undo_minutes", "61", "Write a whole number from 0 to 60."),
        ("undo_minutes", "-1", "Write a whole number from 0 to 60."),
        ("undo_minutes", "١٠", "Write a whole number from 0 to 60."),
        ("return_stock", "burn", "Write one of inspect, restock, none."),
        ("verify_before_pack", "1", "Write on or off; in a settings file, true or false."),
        ("sender_city", "Fès\0", "Write a text of at most 100 characters."),
        ("colour", "blue", "There is no setting colour. Known: cors_origins, import_fees_paid_by_customer, "),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused(shop: Shop, key: str, value: str, sentence: str) -> None:
    before = shop.desk.settings.values()
    with pytest.raises(InvalidInput) as told:
        shop.desk.settings.change({key: value})
    assert str(told.value.fields[key]).startswith(sentence)
    assert shop.desk.settings.values() == before


@pytest.mark.parametrize("stored", [61, -1, True, "5", None, [5]])
def test_a_stored_value_that_makes_no_sense_counts_as_the_default(shop: Shop, stored: object) -> None:
    shop.database.transact(lambda uow: shared_settings.write(uow, "undo_minutes", stored))
    assert shop.desk.settings.read().undo_minutes == 5


def test_several_settings_are_changed_together_or_not_at_all(shop: Shop) -> None:
    shop.desk.settings.change({"undo_minutes": "10", "lock_minutes": "15", "sender_name": " Maison  Argan "})
    values = shop.desk.settings.values()
    assert (values["undo_minutes"], values["lock_minutes"], values["sender_name"]) == (10, 15, "Maison Argan")
    with pytest.raises(InvalidInput) as told:
        shop.desk.settings.change({"undo_minutes": "5", "lock_minutes": "481", "sender_name": "x" * 101})
    assert {key: str(fault) for key, fault in told.value.fields.items()} == {
        "lock_minutes": "Write a whole number from 0 to 480.",
        "sender_name": "Write a text of at most 100 characters.",
    }
    assert shop.desk.settings.values() == values


def test_two_stations_that_set_one_setting_at_once_both_succeed(shop: Shop, database_url: str) -> None:
    """The second waits for the first and then overwrites it, instead of meeting its row."""
    begin, done = threading.Barrier(2, timeout=60), []

    def station(value: str) -> None:
        database = Database(database_url)
        begin.wait()
        for _ in range(20):
            Settings(replace(shop.context, database=database)).change({"undo_minutes": value})
        database.close()
        done.append(value)

    threads = [threading.Thread(target=station, args=(value,)) for value in ("7", "9")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(done) == ["7", "9"]
    assert shop.desk.settings.read().undo_minutes in {7, 9}


def test_a_setting_first_written_by_two_open_transactions_is_written_twice(postgres_url: str) -> None:
    shop = open_shop(Database(postgres_url))
    other, first_wrote, go_on = Database(postgres_url), threading.Event(), threading.Event()

    def first(uow: UnitOfWork) -> None:
        shared_settings.write(uow, "undo_minutes", 7)
        first_wrote.set()
        assert go_on.wait(30)

    def second(uow: UnitOfWork) -> None:
        shared_settings.write(uow, "undo_minutes", 9)

    slow = threading.Thread(target=shop.database.transact, args=(first,))
    slow.start()
    assert first_wrote.wait(30)
    quick = threading.Thread(target=other.transact, args=(second,))
    quick.start()
    waiting = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
    with other.engine.connect() as looking:
        while looking.execute(waiting).scalar_one() == 0:
            looking.rollback()
    go_on.set()
    for thread in (slow, quick):
        thread.join(30)
    assert shop.desk.settings.read().undo_minutes == 9
    other.close()
    shop.database.close()


def test_the_program_hashes_as_strongly_as_is_advised() -> None:
    program = "from warehouse_desk.services.people.hashing import hasher; print(hasher().hash('motdepasse'))"
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert extract_parameters(said.strip()) == profiles.RFC_9106_LOW_MEMORY
