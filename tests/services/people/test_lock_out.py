"""Too many wrong passwords lock a name or an address, for all stations, until time passes or a supervisor helps."""

import threading
from collections import Counter
from datetime import timedelta

import pytest

from tests.builders import Clock, Shop, everything, rows
from tests.services.people.waiting import wait
from warehouse_desk.data.engine.database import Database
from warehouse_desk.data.tables import login_attempt
from warehouse_desk.domain.errors import NotAllowed, SignInRequired, TooManyTries
from warehouse_desk.domain.people.caller import Caller, Source
from warehouse_desk.domain.people.lock_out import FIRST_LOCK, FORGOTTEN, LONGEST_LOCK, TRIES, Failures, Tried
from warehouse_desk.services.people.sign_in import sign_in

PASSWORD = "motdepasse"  # noqa: S105 - of a database that lives as long as the test


@pytest.fixture
def staffed(shop: Shop) -> Shop:
    for name, role in (("Salma", "Admin"), ("Karim", "Packer")):
        shop.desk.people.add(name, PASSWORD, role)
    return shop


def enter(shop: Shop, name: str, password: str = PASSWORD, *, address: str = "") -> Caller:
    return sign_in(shop.database, "Poste 2", name, password, Source.DESK, address=address, clock=shop.clock)


def miss(shop: Shop, name: str, times: int = 1, *, address: str = "") -> None:
    for _ in range(times):
        with pytest.raises(SignInRequired, match="or its password is wrong") as refusal:
            enter(shop, name, "faux", address=address)
        assert not isinstance(refusal.value, TooManyTries)


def locked_for(shop: Shop, name: str, *, address: str = "") -> int:
    """Return for how many seconds a name is refused even with its password."""
    with pytest.raises(TooManyTries) as refusal:
        enter(shop, name, address=address)
    return refusal.value.retry_after


def test_five_wrong_passwords_lock_the_name_and_time_opens_it(staffed: Shop) -> None:
    miss(staffed, "Karim", 5)
    assert 14 * 60 < locked_for(staffed, "karim ") <= 15 * 60
    assert enter(staffed, "Salma").user_name == "Salma"
    wait(staffed.database, minutes=16)
    assert enter(staffed, "Karim").user_name == "Karim"


def test_wrong_passwords_of_a_quarter_of_an_hour_ago_count_no_more(staffed: Shop) -> None:
    miss(staffed, "Karim", 4)
    wait(staffed.database, minutes=16)
    miss(staffed, "Karim", 4)
    assert enter(staffed, "Karim").user_name == "Karim"


def test_four_and_four_with_less_than_a_quarter_of_an_hour_between_lock(staffed: Shop) -> None:
    miss(staffed, "Karim", 4)
    wait(staffed.database, minutes=14)
    miss(staffed, "Karim", 1)
    assert locked_for(staffed, "Karim")


def test_the_right_password_forgets_the_wrong_ones(staffed: Shop) -> None:
    miss(staffed, "Karim", 4)
    enter(staffed, "Karim")
    miss(staffed, "Karim", 4)
    enter(staffed, "Karim")
    assert rows(staffed.database, login_attempt) == []


def test_each_lock_is_twice_as_long_up_to_four_hours(staffed: Shop) -> None:
    waits = []
    for _ in range(6):
        miss(staffed, "Karim", 5)
        waits.append(round(locked_for(staffed, "Karim") / 60))
        wait(staffed.database, seconds=waits[-1] * 60)
    assert waits == [15, 30, 60, 120, 240, 240]
    wait(staffed.database, hours=25)
    miss(staffed, "Salma")  # whoever errs next clears away what is old
    miss(staffed, "Karim", 5)
    assert round(locked_for(staffed, "Karim") / 60) == 15


def test_a_locked_name_is_not_locked_longer_by_more_tries(staffed: Shop) -> None:
    miss(staffed, "Karim", 5)
    for _ in range(10):
        with pytest.raises(TooManyTries):
            enter(staffed, "Karim", "faux")
    assert locked_for(staffed, "Karim") <= 15 * 60


def test_unknown_names_are_told_and_locked_as_known_ones(staffed: Shop) -> None:
    said = []
    for name in ("Karim", "Fatima"):
        miss(staffed, name, 5)
        with pytest.raises(TooManyTries) as refusal:
            enter(staffed, name)
        said.append(str(refusal.value).replace(name, "..."))
    assert said[0] == said[1]


def test_many_names_from_one_address_lock_the_address(staffed: Shop) -> None:
    for number in range(20):
        miss(staffed, f"nom {number}", address="203.0.113.7")
    assert locked_for(staffed, "Karim", address="203.0.113.7")
    assert enter(staffed, "Karim", address="203.0.113.8").user_name == "Karim"
    assert enter(staffed, "Karim").user_name == "Karim"


def test_who_has_a_whole_ipv6_network_has_one_address(staffed: Shop) -> None:
    for number in range(20):
        miss(staffed, f"nom {number}", address=f"2001:db8:0:7::{number:x}")
    assert locked_for(staffed, "Karim", address="2001:db8:0:7:ffff::1")
    assert enter(staffed, "Karim", address="2001:db8:0:8::1").user_name == "Karim"
    assert staffed.desk.people.unlock_address("2001:db8:0:7::9")
    assert enter(staffed, "Karim", address="2001:db8:0:7::1").user_name == "Karim"


def test_a_right_password_does_not_wash_an_address(staffed: Shop) -> None:
    for number in range(19):
        miss(staffed, f"nom {number}", address="203.0.113.7")
        enter(staffed, "Karim", address="203.0.113.7")
    miss(staffed, "un autre nom", address="203.0.113.7")
    assert locked_for(staffed, "Karim", address="203.0.113.7")


def test_however_many_try_at_once_five_are_answered(staffed: Shop, database_url: str) -> None:
    said: list[str] = []
    begin = threading.Barrier(10, timeout=60)

    def attempt(number: int) -> None:
        database = Database(database_url)
        begin.wait()
        try:
            sign_in(database, "Poste 2", "Karim", f"faux {number}", Source.DESK, clock=staffed.clock)
        except SignInRequired as refusal:
            said.append(type(refusal).__name__)
        database.close()

    threads = [threading.Thread(target=attempt, args=(number,)) for number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert Counter(said) == {"SignInRequired": 5, "TooManyTries": 5}


def test_the_right_password_tried_too_late_opens_nothing(staffed: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever guesses with many hands at once learns nothing from the hands beyond the fifth."""
    from warehouse_desk.services.people import lock_out

    miss(staffed, "Karim", 5)
    monkeypatch.setattr(lock_out, "check", lambda *_: None)  # it was asked before the others failed
    with pytest.raises(TooManyTries):
        enter(staffed, "Karim")
    with pytest.raises(TooManyTries):
        enter(staffed, "Karim", "faux")


def test_who_manages_users_unlocks_a_name_and_an_address(staffed: Shop) -> None:
    miss(staffed, "Karim", 5, address="203.0.113.7")
    locked = {user.name: user.locked_until is not None for user in staffed.desk.people.users()}
    assert locked == {"Karim": True, "Salma": False}
    with pytest.raises(NotAllowed):
        staffed.desk_of_user("Amine", "Packer").people.unlock("Karim")
    assert staffed.desk.people.unlock("karim")
    assert not staffed.desk.people.unlock("karim")
    assert enter(staffed, "Karim").user_name == "Karim"
    for number in range(15):
        miss(staffed, f"nom {number}", address="203.0.113.7")
    assert locked_for(staffed, "Karim", address="203.0.113.7")
    assert staffed.desk.people.unlock_address(" 203.0.113.7")
    assert enter(staffed, "Karim", address="203.0.113.7").user_name == "Karim"


def test_unlocking_a_name_frees_its_pin(staffed: Shop) -> None:
    staffed.desk.people.set_pin("Salma", "482915")
    badge = staffed.desk.people.issue_badge("Salma")
    for _ in range(TRIES[Tried.PIN]):
        with pytest.raises(SignInRequired):
            staffed.desk.people.approve(badge, "000001")
    assert staffed.desk.people.unlock("Salma")
    assert staffed.desk.people.approve(badge, "482915").user_name == "Salma"


def test_a_password_typed_into_the_wrong_field_is_not_kept(staffed: Shop) -> None:
    miss(staffed, "monMotDePasse2026")
    assert "monmotdepasse2026" not in str(everything(staffed.database)).casefold()


def test_a_flood_of_names_leaves_nothing_for_good(staffed: Shop) -> None:
    for number in range(30):
        miss(staffed, f"nom {number}")
    wait(staffed.database, hours=25)
    miss(staffed, "Karim")
    assert len(rows(staffed.database, login_attempt)) == 1


def test_a_database_without_users_counts_nothing(shop: Shop) -> None:
    for _ in range(10):
        enter(shop, "Karim", "faux")
    assert rows(shop.database, login_attempt) == []


def test_the_locks_are_as_long_as_the_rules_say() -> None:
    now, failures = Clock()(), Failures()
    locks = []
    for _ in range(7 * 5):
        failures = failures.with_another(Tried.NAME, now)
        wait_for = failures.wait(now)
        if wait_for is not None:
            locks.append(wait_for)
            now += wait_for
    assert locks == [min(FIRST_LOCK * 2**number, LONGEST_LOCK) for number in range(7)]
    assert timedelta(hours=4) == LONGEST_LOCK < FORGOTTEN
