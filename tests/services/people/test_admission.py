"""Programs are let in by token, people by session; both end when they should."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.builders import Shop, everything, rows, run_sql
from warehouse_desk.data.tables import api_token, http_session
from warehouse_desk.domain.errors import (
    NotAllowed,
    NotFound,
    RuleViolation,
    SignInRequired,
    TooManyTries,
    WrongUsage,
)
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.people.access import IDLE, LONGEST, new_token, public_id_of
from warehouse_desk.domain.people.caller import Source
from warehouse_desk.services.desk import Desk
from warehouse_desk.services.people.admission import RENEWED, Admission, Admitted, open_door
from warehouse_desk.services.people.api_tokens import TokenWish
from warehouse_desk.services.people.sign_in import sign_in as sign_in_at_desk

PASSWORD = "motdepasse"  # noqa: S105 - of a database that lives as long as the test
HERE = "203.0.113.7"
VIEW = frozenset({Ability.REST_VIEW})


@pytest.fixture
def staffed(shop: Shop) -> Shop:
    for name, role in (("Salma", "Admin"), ("Nadia", "Supervisor"), ("Karim", "Packer")):
        shop.desk.people.add(name, PASSWORD, role)
    return shop


@pytest.fixture
def door(staffed: Shop) -> Admission:
    return open_door(staffed.database, "Serveur", staffed.clock)


def a_token(shop: Shop, **wish: Any) -> str:
    return shop.desk.people.add_token(TokenWish(**{"name": "Boutique", "abilities": VIEW, **wish})).text


def test_a_token_asks_in_its_own_name_with_its_own_abilities(staffed: Shop, door: Admission) -> None:
    admitted = door.by_token(a_token(staffed, warehouse_id=staffed.warehouse), HERE)
    assert admitted is not None
    caller = admitted.caller
    assert (caller.user_name, caller.user_id, caller.abilities) == ("token Boutique", None, VIEW)
    assert (caller.source, caller.station_name, admitted.warehouse_id) == (Source.REST, "Serveur", staffed.warehouse)


def test_a_token_has_a_form_that_is_recognised_and_no_other_is_looked_up() -> None:
    text, public_id = new_token()
    assert text.startswith(f"wdesk_{public_id}_")
    assert (len(text), public_id_of(text)) == (53, public_id)
    wrong = [text[:-1], text + "A", text[:-1] + ("A" if text[-1] != "A" else "B"), text.lower(), "", "é" * 53]
    assert [public_id_of(each) for each in wrong] == [None] * 6


def test_the_database_holds_no_token_that_could_be_used(staffed: Shop) -> None:
    text = a_token(staffed)
    assert text[15:47] not in str(everything(staffed.database))


def test_another_token_with_a_known_id_opens_nothing(staffed: Shop, door: Admission) -> None:
    text, (other, public_id) = a_token(staffed), new_token()
    run_sql(staffed.database, f"UPDATE api_token SET public_id = '{public_id}'")
    assert door.by_token(other, HERE) is None
    assert door.by_token(text, HERE) is None


def test_a_revoked_token_opens_nothing_from_now_on_and_is_kept(staffed: Shop, door: Admission) -> None:
    text = a_token(staffed)
    assert door.by_token(text, HERE)
    assert staffed.desk.people.revoke_token("boutique") == 1
    assert door.by_token(text, HERE) is None
    (info,) = staffed.desk.people.tokens()
    assert info.revoked_at == staffed.clock()
    assert rows(staffed.database, api_token)[0]["revoked_by"] == "Salma"
    with pytest.raises(NotFound):
        staffed.desk.people.revoke_token("boutique")


def test_a_token_expires(staffed: Shop, door: Admission) -> None:
    text, default = a_token(staffed, days=30), a_token(staffed, name="Autre")
    staffed.clock.advance(days=30, seconds=-1)
    assert door.by_token(text, HERE)
    staffed.clock.advance(seconds=1)
    assert door.by_token(text, HERE) is None
    staffed.clock.advance(days=334)
    assert door.by_token(default, HERE)
    staffed.clock.advance(days=1)
    assert door.by_token(default, HERE) is None


def test_a_rotated_token_lives_a_day_beside_the_new_one(staffed: Shop, door: Admission) -> None:
    old = a_token(staffed, days=90, networks=("203.0.113.0/24",), user="Nadia", warehouse_id=staffed.warehouse)
    staffed.clock.advance(days=80)
    made = staffed.desk.people.rotate_token("Boutique")
    first, second = door.by_token(old, HERE), door.by_token(made.text, HERE)
    assert first is not None
    assert second is not None
    assert (first.caller, first.warehouse_id) == (second.caller, second.warehouse_id)
    assert made.info.networks == ("203.0.113.0/24",)
    staffed.clock.advance(hours=24)
    assert door.by_token(old, HERE) is None
    assert door.by_token(made.text, HERE)
    assert made.info.expires_at - made.info.created_at == timedelta(days=90)


def test_an_old_token_that_ends_sooner_lives_no_longer_by_rotation(staffed: Shop, door: Admission) -> None:
    old = a_token(staffed, days=1)
    staffed.clock.advance(hours=23)
    staffed.desk.people.rotate_token("Boutique")
    staffed.clock.advance(hours=1)
    assert door.by_token(old, HERE) is None


def test_the_token_of_a_user_does_what_both_may_and_dies_with_the_user(staffed: Shop, door: Admission) -> None:
    both = frozenset({Ability.REST_VIEW, Ability.REST_DELETE, Ability.RENEW})
    text = a_token(staffed, abilities=both, user="nadia")
    assert _abilities(door.by_token(text, HERE)) == {Ability.REST_VIEW, Ability.RENEW}
    staffed.desk.people.set_role("Supervisor", {Ability.REST_VIEW})
    staffed.clock.advance(seconds=RENEWED.total_seconds())
    assert _abilities(door.by_token(text, HERE)) == {Ability.REST_VIEW}
    staffed.desk.people.change_role("Nadia", "Packer")
    assert _abilities(door.by_token(text, HERE)) == set()
    staffed.desk.people.set_active("Nadia", active=False)
    assert door.by_token(text, HERE) is None


def _abilities(admitted: Admitted | None) -> frozenset[Ability]:
    assert admitted is not None
    return admitted.caller.abilities


@pytest.mark.parametrize("address", [HERE, "::ffff:203.0.113.7", "2001:db8::5%eth0"])
def test_a_token_of_a_network_is_good_there(staffed: Shop, door: Admission, address: str) -> None:
    assert door.by_token(a_token(staffed, networks=("203.0.113.0/24", "2001:db8::/32")), address)


@pytest.mark.parametrize("address", ["203.0.114.1", "2001:db9::1", "", "somewhere"])
def test_a_token_of_a_network_is_good_nowhere_else(staffed: Shop, door: Admission, address: str) -> None:
    text = a_token(staffed, networks=("203.0.113.0/24", "2001:db8::/32"))
    with pytest.raises(NotAllowed, match="may not be used from"):
        door.by_token(text, address)


def test_the_use_of_a_token_is_written_once_a_minute(staffed: Shop, door: Admission) -> None:
    text = a_token(staffed)
    began, seen = staffed.clock(), []
    for _ in range(4):
        door.by_token(text, HERE)
        seen.append(staffed.desk.people.tokens()[0].last_used_at)
        staffed.clock.advance(seconds=25)
    assert seen == [began, began, began, began + timedelta(seconds=75)]


@pytest.mark.parametrize(
    ("wish", "error", "sentence"),
    [
        ({"name": "  "}, WrongUsage, "needs a name"),
        ({"name": "x" * 61}, WrongUsage, "needs a name"),
        ({"name": "a\0b"}, WrongUsage, "cannot be used in a name"),
        ({"abilities": frozenset()}, WrongUsage, "CREATE ORDERS, VIEW ORDERS"),
        ({"abilities": frozenset({Ability.MANAGE_USERS})}, NotAllowed, "manageUsers"),
        ({"abilities": frozenset({Ability.MANAGE_SETTINGS})}, NotAllowed, "manageSettings"),
        ({"networks": ("203.0.113.7/24",)}, WrongUsage, "is not a network"),
        ({"networks": ("ici",)}, WrongUsage, "192.168.1.0/24"),
        ({"days": 0}, WrongUsage, "1 to 3650 days"),
        ({"days": 3_651}, WrongUsage, "1 to 3650 days"),
        ({"user": "Fatima"}, NotFound, "Fatima"),
        ({"warehouse_id": 99}, NotFound, "no such active warehouse"),
    ],
)
def test_a_token_that_makes_no_sense_is_refused(
    staffed: Shop, wish: dict[str, Any], error: type[Exception], sentence: str
) -> None:
    with pytest.raises(error, match=sentence):
        a_token(staffed, **wish)
    assert staffed.desk.people.tokens() == []


def test_two_valid_tokens_have_two_names(staffed: Shop) -> None:
    a_token(staffed)
    with pytest.raises(WrongUsage, match="already"):
        a_token(staffed, name="boutique")
    staffed.desk.people.revoke_token("Boutique")
    assert a_token(staffed)


def test_a_disabled_user_gets_no_token(staffed: Shop) -> None:
    staffed.desk.people.set_active("Karim", active=False)
    with pytest.raises(RuleViolation, match="Karim is inactive"):
        a_token(staffed, user="Karim")


def test_a_token_makes_no_tokens_and_a_packer_neither(staffed: Shop, door: Admission) -> None:
    admitted = door.by_token(a_token(staffed), HERE)
    assert admitted is not None
    mighty = replace(admitted.caller, abilities=frozenset(Ability))
    of_token = Desk(replace(staffed.context, caller=mighty)).people
    of_packer = staffed.desk_of_user("Karim", "Packer").people
    for people in (of_token, of_packer):
        wish = TokenWish(name="Autre", abilities=VIEW)
        for ask in (people.tokens, lambda p=people, w=wish: p.add_token(w)):
            with pytest.raises(NotAllowed):
                ask()
        for change in (people.rotate_token, people.revoke_token):
            with pytest.raises(NotAllowed):
                change("Boutique")
    assert len(staffed.desk.people.tokens()) == 1


def sign_in(door: Admission, name: str = "Karim", password: str = PASSWORD) -> str:
    return door.sign_in(name, password, address=HERE, agent="Firefox")[0]


def test_a_session_is_the_users_and_each_sign_in_makes_a_new_one(staffed: Shop, door: Admission) -> None:
    first, second = sign_in(door), sign_in(door)
    assert first != second
    admitted = door.by_session(first)
    assert admitted is not None
    assert (admitted.caller.user_name, admitted.caller.source) == ("Karim", Source.WEB)
    assert admitted.caller.may(Ability.PACK)
    assert first not in str(everything(staffed.database))


@pytest.mark.parametrize("cookie", ["", "x", "A" * 43, "é" * 43, "A" * 44])
def test_an_invented_session_is_none(door: Admission, cookie: str) -> None:
    assert door.by_session(cookie) is None
    door.leave(cookie)


def test_a_session_ends_after_two_hours_of_rest_and_after_half_a_day_of_work(staffed: Shop, door: Admission) -> None:
    cookie = sign_in(door)
    staffed.clock.advance(seconds=IDLE.total_seconds() - 1)
    assert door.by_session(cookie)
    staffed.clock.advance(seconds=IDLE.total_seconds())
    assert door.by_session(cookie) is None
    cookie, began = sign_in(door), staffed.clock()
    while staffed.clock() - began < LONGEST:
        assert door.by_session(cookie)
        staffed.clock.advance(minutes=30)
    assert door.by_session(cookie) is None


def test_a_session_ends_when_its_user_leaves(door: Admission) -> None:
    kept, left = sign_in(door), sign_in(door)
    door.leave(left)
    assert door.by_session(left) is None
    assert door.by_session(kept)


def test_a_supervisor_sees_and_ends_sessions(staffed: Shop, door: Admission) -> None:
    first, second = sign_in(door), sign_in(door)
    nadia = sign_in(door, "Nadia")
    people = staffed.desk.people
    found = people.web_sessions()
    assert {(each.user_name, each.address, each.agent) for each in found} == {
        ("Karim", HERE, "Firefox"),
        ("Nadia", HERE, "Firefox"),
    }
    people.end_web_session(min(each.id for each in found))
    assert door.by_session(first) is None
    assert people.end_web_sessions_of("karim") == 1
    assert door.by_session(second) is None
    assert door.by_session(nadia)
    with pytest.raises(NotFound):
        people.end_web_session(found[0].id + 99)
    with pytest.raises(NotAllowed):
        staffed.desk_of_user("Karim", "Packer").people.web_sessions()


def test_a_disabled_user_is_out_and_stays_out(staffed: Shop, door: Admission) -> None:
    cookie = sign_in(door)
    staffed.desk.people.set_active("Karim", active=False)
    assert door.by_session(cookie) is None
    staffed.desk.people.set_active("Karim", active=True)
    assert door.by_session(cookie) is None


def test_a_new_password_ends_the_sessions(staffed: Shop, door: Admission) -> None:
    cookie = sign_in(door)
    staffed.desk.people.set_password("Karim", "un-autre-mot")
    assert door.by_session(cookie) is None
    assert sign_in(door, password="un-autre-mot")  # noqa: S106 - of a database that lives as long as the test


def test_a_role_that_was_taken_away_counts_within_half_a_minute(staffed: Shop, door: Admission) -> None:
    cookie = sign_in(door)
    assert Ability.PACK in _abilities(door.by_session(cookie))
    staffed.desk.people.set_role("Packer", {Ability.VIEW})
    staffed.clock.advance(seconds=RENEWED.total_seconds())
    assert _abilities(door.by_session(cookie)) == {Ability.VIEW}


def test_wrong_passwords_over_http_lock_the_desk_too(staffed: Shop, door: Admission) -> None:
    for _ in range(5):
        with pytest.raises(SignInRequired):
            sign_in(door, password="faux")  # noqa: S106 - a wrong one
    with pytest.raises(TooManyTries):
        sign_in(door)
    with pytest.raises(TooManyTries):
        sign_in_at_desk(staffed.database, "Poste 1", "Karim", PASSWORD, Source.DESK, clock=staffed.clock)
    assert rows(staffed.database, http_session) == []


def test_a_badge_is_no_password(staffed: Shop, door: Admission) -> None:
    badge = staffed.desk.people.issue_badge("Karim")
    with pytest.raises(SignInRequired):
        sign_in(door, badge, "")


def test_nobody_signs_in_where_there_are_no_users(shop: Shop) -> None:
    with pytest.raises(NotAllowed, match="Add a user first"):
        sign_in(open_door(shop.database, "Serveur", shop.clock))
