"""Who may work here: roles, passwords, accounts; and that somebody can always manage them."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.builders import MORNING, Shop, run_sql
from warehouse_desk.data.engine.database import Database
from warehouse_desk.domain.errors import DeskError, NotAllowed, NotFound, RuleViolation, SignInRequired, WrongUsage
from warehouse_desk.domain.people.abilities import ALL_ABILITIES, ROLES, Ability
from warehouse_desk.domain.people.caller import Source
from warehouse_desk.services.desk import Desk
from warehouse_desk.services.people.roles import abilities_named
from warehouse_desk.services.people.sign_in import sign_in

PASSWORD = "motdepasse"  # noqa: S105 - of a database that lives as long as the test


@pytest.fixture
def staffed(shop: Shop) -> Shop:
    for name, role in (("Salma", "Admin"), ("Nadia", "Supervisor"), ("Karim", "Packer")):
        shop.desk.people.add(name, PASSWORD, role)
    return shop


def desk_of(shop: Shop, user: str) -> Desk:
    return shop.desk_of_user(user, "Admin")


def role_of(shop: Shop, user: str) -> str:
    return {info.name: info.role for info in shop.desk.people.users()}[user]


def test_a_new_role_counts_at_the_next_sign_in(staffed: Shop) -> None:
    staffed.desk.people.change_role("karim", "dispatcher")
    assert role_of(staffed, "Karim") == "Dispatcher"
    assert desk_of(staffed, "Karim").caller.abilities == ROLES["Dispatcher"]


def test_a_disabled_user_signs_in_no_more_until_enabled(staffed: Shop) -> None:
    people = staffed.desk.people
    assert people.set_active("Karim", active=False)
    assert not people.set_active("Karim", active=False)
    with pytest.raises(SignInRequired):
        desk_of(staffed, "Karim")
    people.set_active("Karim", active=True)
    assert desk_of(staffed, "Karim").caller.user_name == "Karim"


def test_a_password_is_reset_by_who_manages_and_changed_by_its_owner(staffed: Shop) -> None:
    karim = desk_of(staffed, "Karim")
    karim.people.set_password("Karim", "un-autre-mot")
    with pytest.raises(SignInRequired):
        desk_of(staffed, "Karim")
    with pytest.raises(NotAllowed):
        karim.people.set_password("Nadia", "un-autre-mot")
    staffed.desk.people.set_password("Karim", PASSWORD)
    assert desk_of(staffed, "Karim").caller.user_name == "Karim"


def test_the_list_says_who_was_seen_when_with_which_badge(staffed: Shop) -> None:
    staffed.desk.people.issue_badge("Karim")
    staffed.desk.people.set_pin("Nadia", "482915")
    desk_of(staffed, "Karim")
    listed = {info.name: info for info in staffed.desk.people.users()}
    assert list(listed) == ["Karim", "Nadia", "Salma"]
    karim, nadia = listed["Karim"], listed["Nadia"]
    assert (karim.badges, karim.badge_issued_at, karim.has_pin) == (1, MORNING, False)
    assert karim.last_seen_at is not None
    assert (nadia.badges, nadia.badge_issued_at, nadia.has_pin, nadia.last_seen_at) == (0, None, True, None)


def test_leaving_is_being_seen(staffed: Shop) -> None:
    karim = desk_of(staffed, "Karim")
    staffed.clock.advance(hours=8)
    karim.people.leave()
    seen = next(info for info in staffed.desk.people.users() if info.name == "Karim").last_seen_at
    assert seen == MORNING + timedelta(hours=8)
    staffed.desk.people.leave()  # nobody signed in: nothing to note


@pytest.mark.parametrize(
    ("what", "said"),
    [
        (lambda people: people.change_role("Hind", "Packer"), "no user “Hind”"),
        (lambda people: people.change_role("Karim", "Chef"), "no role “Chef”. Known: Packer, Dispatcher"),
        (lambda people: people.set_active("Hind", active=False), "no user “Hind”"),
        (lambda people: people.set_password("Hind", PASSWORD), "no user “Hind”"),
        (lambda people: people.delete_role("Chef"), "no role “Chef”"),
        (lambda people: people.role("Chef"), "no role “Chef”"),
        (lambda people: people.clear_pin("Karim"), "Karim has no PIN"),
        (lambda people: people.revoke_badges_of("Karim"), "Karim has no valid badge"),
        (lambda people: people.revoke_badge(2**70), "no valid badge"),
    ],
)
def test_what_is_not_there_is_named(staffed: Shop, what: Callable[..., object], said: str) -> None:
    with pytest.raises(NotFound, match=said):
        what(staffed.desk.people)


def test_roles_are_sets_of_abilities_to_edit(staffed: Shop) -> None:
    people = staffed.desk.people
    people.set_role("Night  shift", {Ability.VIEW, Ability.PACK})
    people.set_role("night shift", {Ability.VIEW})
    assert people.role("NIGHT SHIFT").abilities == {Ability.VIEW}
    assert [(role.name, role.users) for role in people.roles()][-2:] == [("Admin", 1), ("Night shift", 0)]
    people.delete_role("Night shift")
    assert "Night shift" not in [role.name for role in people.roles()]
    with pytest.raises(RuleViolation, match=r"Karim. Choose another role for them first."):
        people.delete_role("packer")
    with pytest.raises(WrongUsage, match="1 to 100 characters"):
        people.set_role("x" * 101, set())


def test_abilities_are_named_as_the_api_does() -> None:
    assert abilities_named(["view", "create orders", "markaspackedbyscanner"]) == {
        Ability.VIEW,
        Ability.REST_CREATE,
        Ability.PACK,
    }
    with pytest.raises(WrongUsage, match=r"“fly” is not a right\. Known: CREATE ORDERS"):
        abilities_named(["fly"])


LAST_MANAGER: list[tuple[str, Callable[[Desk], object]]] = [
    ("another role", lambda desk: desk.people.change_role("Salma", "Supervisor")),
    ("disabled", lambda desk: desk.people.set_active("Salma", active=False)),
    ("a poorer role", lambda desk: desk.people.set_role("Admin", ALL_ABILITIES - {Ability.MANAGE_USERS})),
]


@pytest.mark.parametrize("change", [change for _, change in LAST_MANAGER], ids=[name for name, _ in LAST_MANAGER])
def test_the_last_who_can_manage_users_stays_able_to(staffed: Shop, change: Callable[[Desk], object]) -> None:
    with pytest.raises(RuleViolation, match="Nobody could manage users any more"):
        change(desk_of(staffed, "Salma"))
    assert desk_of(staffed, "Salma").caller.abilities == ALL_ABILITIES
    staffed.desk.people.add("Hind", PASSWORD, "Admin")
    if "set_role" not in change.__code__.co_names:
        change(staffed.desk)


def test_a_right_that_was_taken_away_meanwhile_is_gone_at_once(staffed: Shop) -> None:
    staffed.desk.people.add("Hind", PASSWORD, "Admin")
    hind = desk_of(staffed, "Hind")
    desk_of(staffed, "Salma").people.change_role("Hind", "Packer")
    with pytest.raises(NotAllowed, match="manageUsers"):
        hind.people.change_role("Salma", "Packer")
    staffed.desk.people.change_role("Hind", "Admin")
    desk_of(staffed, "Salma").people.set_active("Hind", active=False)
    with pytest.raises(
        SignInRequired, match=r"Hind can no longer work here. Sign in as somebody else, or ask a supervisor."
    ):
        hind.people.issue_badge("Karim")


def at_once(url: str, shop: Shop, works: list[Callable[[Desk], object]], user: list[str]) -> list[str]:
    """Let signed-in users do something at the same moment, each over connections of their own; return refusals."""
    begin = threading.Barrier(len(works), timeout=60)
    refused: list[str] = []
    faults: list[BaseException] = []

    def run(work: Callable[[Desk], object], name: str) -> None:
        database = Database(url)
        try:
            caller = sign_in(database, f"Poste {name}", name, PASSWORD, Source.DESK)
            desk = Desk(shop.context.__class__(database, caller, shop.clock))
            begin.wait()
            work(desk)
        except DeskError as error:
            refused.append(str(error))
        except BaseException as fault:  # noqa: BLE001 - told to the test
            faults.append(fault)
        finally:
            database.close()

    threads = [threading.Thread(target=run, args=pair) for pair in zip(works, user, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert faults == []
    return refused


@pytest.mark.parametrize("turn", range(3))
def test_two_admins_who_disable_each_other_at_once_leave_one(
    staffed: Shop, database_url: str, turn: int, request: pytest.FixtureRequest
) -> None:
    staffed.desk.people.add("Hind", PASSWORD, "Admin")
    works: list[Callable[[Desk], object]] = [
        lambda desk: desk.people.set_active("Hind", active=False),
        lambda desk: desk.people.change_role("Salma", "Packer"),
    ]
    refused = at_once(database_url, staffed, works, ["Salma", "Hind"])
    managing = [u.name for u in staffed.desk.people.users() if u.active and u.role == "Admin"]
    assert (len(refused), len(managing)) == (1, 1)


def test_two_admins_who_both_step_down_at_once_leave_one(staffed: Shop, database_url: str) -> None:
    staffed.desk.people.add("Hind", PASSWORD, "Admin")
    works: list[Callable[[Desk], object]] = [
        lambda desk: desk.people.change_role("Salma", "Packer"),
        lambda desk: desk.people.set_active("Hind", active=False),
    ]
    refused = at_once(database_url, staffed, works, ["Salma", "Hind"])
    assert refused == [
        "Nobody could manage users any more. First choose a role with this right for another active user."
    ]


def test_one_name_is_given_once_however_many_add_it_at_once(staffed: Shop, database_url: str) -> None:
    works: list[Callable[[Desk], object]] = [
        lambda desk: desk.people.add("Élodie", PASSWORD, "Packer"),
        lambda desk: desk.people.add("ÉLODIE", PASSWORD, "Packer"),
    ]
    refused = at_once(database_url, staffed, works, ["Salma", "Salma"])
    assert len(refused) == 1
    assert sum(user.name.casefold() == "élodie" for user in staffed.desk.people.users()) == 1


def test_an_open_window_learns_what_its_worker_may_do_by_now(staffed: Shop) -> None:
    karim = desk_of(staffed, "Karim")
    assert karim.renewed() is karim
    staffed.desk.people.change_role("Karim", "Returns")
    assert karim.renewed().caller.abilities == ROLES["Returns"]
    staffed.desk.people.set_active("Karim", active=False)
    with pytest.raises(
        SignInRequired, match=r"Karim can no longer work here. Sign in as somebody else, or ask a supervisor."
    ):
        karim.renewed()
    with pytest.raises(SignInRequired, match="everybody signs in here"):
        staffed.desk.renewed()


def test_without_users_an_open_window_goes_on(shop: Shop) -> None:
    assert shop.desk.renewed() is shop.desk


@pytest.mark.parametrize("name", ["Ali\0", "\ud800"])
def test_a_name_that_no_database_can_keep_is_refused(shop: Shop, name: str) -> None:
    with pytest.raises(WrongUsage, match="characters that cannot be used in a name"):
        shop.desk.people.add(name, PASSWORD, "Admin")


def test_a_password_may_hold_any_character(shop: Shop) -> None:
    shop.desk.people.add("Salma", "mot\udce9\ud800 سر", "Admin")
    caller = sign_in(shop.database, "Poste 1", "Salma", "mot\udce9\ud800 سر", Source.DESK)
    assert caller.user_name == "Salma"


def test_an_ability_of_a_newer_program_is_left_out_of_a_role(staffed: Shop) -> None:
    run_sql(staffed.database, "INSERT INTO role_ability (role_id, ability) VALUES (1, 'flyDrones')")
    assert staffed.desk.people.role("Packer").abilities == ROLES["Packer"]
