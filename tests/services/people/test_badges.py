"""Badges are random, revocable and stored as hashes; a supervisor's word needs the PIN too."""

import re
import threading
from collections import Counter
from dataclasses import replace

import pytest

from tests.builders import Shop, everything
from tests.services.people.waiting import wait
from warehouse_desk.data.engine.database import Database
from warehouse_desk.domain.errors import NotAllowed, NotFound, RuleViolation, SignInRequired, WrongUsage
from warehouse_desk.domain.people.abilities import ROLES
from warehouse_desk.domain.people.lock_out import TRIES, Tried
from warehouse_desk.services.desk import Desk
from warehouse_desk.services.people.sign_in import sign_in_by_badge


@pytest.fixture
def staffed(shop: Shop) -> Shop:
    shop.desk.people.add("Chef", "motdepasse", "Admin")
    shop.desk.people.add("Nadia", "motdepasse", "Supervisor")
    shop.desk.people.add("Karim", "motdepasse", "Packer")
    return shop


def test_a_badge_signs_its_worker_in(staffed: Shop) -> None:
    code = staffed.desk.people.issue_badge("Karim")
    caller = sign_in_by_badge(staffed.database, "Poste 1", code)
    assert (caller.user_name, caller.abilities) == ("Karim", ROLES["Packer"])
    assert staffed.desk.by_badge(code).caller.user_name == "Karim"


def test_a_badge_is_made_of_letters_that_no_layout_moves(staffed: Shop) -> None:
    code = staffed.desk.people.issue_badge("Karim")
    assert re.fullmatch("XUX[CDEFGHIJKLNOPRSTUVX]{18}", code)
    assert staffed.desk.people.issue_badge("Karim") != code


def test_the_database_holds_no_badge_that_could_be_printed(staffed: Shop) -> None:
    code = staffed.desk.people.issue_badge("Karim")
    assert code[3:] not in str(everything(staffed.database))


def test_a_revoked_badge_is_worthless(staffed: Shop) -> None:
    code = staffed.desk.people.issue_badge("Karim")
    staffed.desk.people.revoke_badge(staffed.desk.people.badges()[0].id)
    with pytest.raises(SignInRequired):
        sign_in_by_badge(staffed.database, "Poste 1", code)
    with pytest.raises(NotFound):
        staffed.desk.people.revoke_badge(1)


@pytest.mark.parametrize("code", ["", "XUX", "XUXCDEFGHIJKLNOPRSTUVXC", "ORD-00001", "XCXUNDO"])
def test_anything_else_is_no_badge(staffed: Shop, code: str) -> None:
    with pytest.raises(SignInRequired):
        sign_in_by_badge(staffed.database, "Poste 1", code)


def test_a_packer_issues_no_badge(staffed: Shop) -> None:
    with pytest.raises(NotAllowed):
        staffed.desk_of_user("Karim", "Packer").people.issue_badge("Nadia")


@pytest.mark.parametrize("pin", ["", "48291", "48291a", "٤٨٢٩١٥", "111111", "123456", "654321"])
def test_a_pin_that_is_guessed_first_is_refused(staffed: Shop, pin: str) -> None:
    with pytest.raises(WrongUsage):
        staffed.desk.people.set_pin("Nadia", pin)


def test_a_supervisors_word_needs_badge_and_pin(staffed: Shop) -> None:
    staffed.desk.people.set_pin("Nadia", "482915")
    badge = staffed.desk.people.issue_badge("Nadia")
    approval = staffed.desk.people.approve(badge, "482915")
    assert approval.user_name == "Nadia"
    with pytest.raises(SignInRequired, match="PIN is wrong"):
        staffed.desk.people.approve(badge, "482916")


def test_five_wrong_pins_lock_it_for_a_quarter_of_an_hour(staffed: Shop) -> None:
    staffed.desk.people.set_pin("Nadia", "482915")
    badge = staffed.desk.people.issue_badge("Nadia")
    for _ in range(TRIES[Tried.PIN]):
        with pytest.raises(SignInRequired, match="PIN is wrong"):
            staffed.desk.people.approve(badge, "000001")
    with pytest.raises(SignInRequired, match="Too many"):
        staffed.desk.people.approve(badge, "482915")
    wait(staffed.database, minutes=16)
    assert staffed.desk.people.approve(badge, "482915").user_name == "Nadia"


def test_however_many_stations_try_at_once_only_five_pins_are_tried(staffed: Shop, database_url: str) -> None:
    staffed.desk.people.set_pin("Nadia", "482915")
    badge = staffed.desk.people.issue_badge("Nadia")
    said: list[str] = []
    begin = threading.Barrier(8, timeout=60)

    def attempt(number: int) -> None:
        database = Database(database_url)
        begin.wait()
        try:
            Desk(replace(staffed.context, database=database)).people.approve(badge, f"00001{number}")
        except SignInRequired as refusal:
            said.append(str(refusal)[:8])
        database.close()

    threads = [threading.Thread(target=attempt, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert Counter(said) == {"The PIN ": TRIES[Tried.PIN], "Too many": 3}


def test_a_new_pin_can_be_tried_at_once(staffed: Shop) -> None:
    staffed.desk.people.set_pin("Nadia", "482915")
    badge = staffed.desk.people.issue_badge("Nadia")
    for _ in range(TRIES[Tried.PIN]):
        with pytest.raises(SignInRequired):
            staffed.desk.people.approve(badge, "000001")
    staffed.desk.people.set_pin("Nadia", "482916")
    assert staffed.desk.people.approve(badge, "482916").user_name == "Nadia"


def test_a_pin_is_ones_own_or_needs_the_ability(staffed: Shop) -> None:
    nadia = staffed.desk_of_user("Nadia", "Supervisor")
    nadia.people.set_pin("Nadia", "482915")
    with pytest.raises(NotAllowed):
        nadia.people.set_pin("Karim", "482915")
    with pytest.raises(NotAllowed):
        nadia.people.clear_pin("Karim")
    nadia.people.clear_pin("Nadia")
    with pytest.raises(SignInRequired, match="Nadia has no PIN yet"):
        staffed.desk.people.approve(staffed.desk.people.issue_badge("Nadia"), "482915")


def test_a_revoked_badge_overrides_nothing(staffed: Shop) -> None:
    staffed.desk.people.set_pin("Nadia", "482915")
    badge = staffed.desk.people.issue_badge("Nadia")
    assert staffed.desk.people.revoke_badges_of("Nadia") == 1
    with pytest.raises(SignInRequired, match="unknown here"):
        staffed.desk.people.approve(badge, "482915")


def test_a_new_badge_may_replace_the_old_one(staffed: Shop) -> None:
    first = staffed.desk.people.issue_badge("Karim")
    second = staffed.desk.people.issue_badge("Karim", replace=True)
    assert sign_in_by_badge(staffed.database, "Poste 1", second).user_name == "Karim"
    with pytest.raises(SignInRequired):
        sign_in_by_badge(staffed.database, "Poste 1", first)


def test_badges_are_issued_all_or_none(staffed: Shop) -> None:
    with pytest.raises(NotFound, match="Hind"):
        staffed.desk.paper.cards.badges(["Karim", "Hind"])
    assert staffed.desk.people.badges() == []
    staffed.desk.people.set_active("Karim", active=False)
    with pytest.raises(RuleViolation, match="Karim is inactive"):
        staffed.desk.people.issue_badge("Karim")


def test_a_disabled_users_badge_opens_nothing(staffed: Shop) -> None:
    code = staffed.desk.people.issue_badge("Karim")
    staffed.desk.people.set_active("Karim", active=False)
    with pytest.raises(SignInRequired):
        sign_in_by_badge(staffed.database, "Poste 1", code)


def test_a_packers_badge_and_pin_override_nothing(staffed: Shop) -> None:
    staffed.desk.people.set_pin("Karim", "482915")
    with pytest.raises(NotAllowed):
        staffed.desk.people.approve(staffed.desk.people.issue_badge("Karim"), "482915")
