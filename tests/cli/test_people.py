"""Users, roles, badges and PINs from the command line; and copies of the database."""

import re
from pathlib import Path

import pytest

from tests.cli.conftest import Answer, Cli, door
from tests.documents.paper import pages, scanned
from tests.support.next_version import make_older
from warehouse_desk.domain.people.abilities import ROLES, Ability

SECRET = "secret-1"  # noqa: S105 - of a database that lives as long as the test


@pytest.fixture
def staffed(cli_everywhere: Cli, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """The command line of Amal, who manages users."""
    for variable in ("WAREHOUSE_DESK_NEW_PASSWORD", "WAREHOUSE_DESK_PASSWORD"):
        monkeypatch.setenv(variable, SECRET)
    for name, role in (("amal", "Admin"), ("Nadia", "Supervisor"), ("Karim", "Packer")):
        assert cli_everywhere("users", "add", name, "--role", role).status == 0
    return cli_everywhere


def codes_on(pdf: bytes) -> list[str]:
    return [code for page in pages(pdf, 300) for code in scanned(page)]


def body(answer: Answer) -> object:
    assert (answer.status, answer.err) == (0, ""), answer.err
    return answer.body


def test_users_are_listed_with_all_that_counts(staffed: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAREHOUSE_DESK_NEW_PIN", "482915")
    staffed("badges", "issue", "karim")
    assert staffed("pin", "set", "Nadia").out == "Nadia has a new PIN.\n"
    listed = {user["name"]: user for user in staffed("--json", "users", "list").body["data"]}
    assert listed["Karim"] | {"last_seen": None} == {
        "name": "Karim",
        "role": "Packer",
        "active": True,
        "badges": 1,
        "pin": False,
        "last_seen": None,
        "locked_until": None,
    }
    assert (listed["Nadia"]["pin"], listed["amal"]["last_seen"] is not None) == (True, True)
    table = staffed("users", "list").out
    assert re.search(r"^Karim +Packer +yes +1 +- +- +-$", table, re.MULTILINE)
    assert staffed("pin", "clear", "Nadia").out == "Nadia no longer has a PIN.\n"


def test_a_user_gets_another_role_another_password_and_may_be_disabled(
    staffed: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert body(staffed("--json", "users", "role", "Karim", "Dispatcher")) == {"name": "Karim", "role": "Dispatcher"}
    assert staffed("users", "role", "Karim", "Returns").out == "Karim is Returns from the next sign-in on.\n"
    monkeypatch.setenv("WAREHOUSE_DESK_NEW_PASSWORD", "secret-2")
    assert staffed("users", "password", "Karim").out == "Karim has a new password.\n"
    assert "its password is wrong" in staffed("--user", "Karim", "orders", "list").err
    monkeypatch.setenv("WAREHOUSE_DESK_PASSWORD", "secret-2")
    assert staffed("--user", "Karim", "orders", "list").status == 0
    monkeypatch.setenv("WAREHOUSE_DESK_NEW_PASSWORD", "secret-3")
    assert staffed("--user", "Karim", "users", "password", "Karim").status == 0
    monkeypatch.setenv("WAREHOUSE_DESK_PASSWORD", SECRET)
    assert body(staffed("--json", "users", "disable", "Karim")) == {"name": "Karim", "active": False}
    monkeypatch.setenv("WAREHOUSE_DESK_PASSWORD", "secret-3")
    assert staffed("--user", "Karim", "orders", "list").status == 1
    monkeypatch.setenv("WAREHOUSE_DESK_PASSWORD", SECRET)
    assert staffed("users", "enable", "Karim").out == "Karim can sign in again.\n"


def test_roles_are_shown_in_words_and_changed(staffed: Cli) -> None:
    listed = {role["name"]: role for role in staffed("--json", "roles", "list").body["data"]}
    assert set(listed) == set(ROLES)
    assert set(listed["Packer"]["abilities"]) == ROLES["Packer"]
    assert listed["Packer"]["users"] == 1
    shown = staffed("roles", "show", "packer").out
    assert re.search(r"^markAsPackedByScanner +Pack +yes$", shown, re.MULTILINE)
    assert re.search(r"^manageUsers +Manage users, roles and badges +-$", shown, re.MULTILINE)
    assert staffed("roles", "set", "Night shift", "view", "markAsPackedByScanner").out == (
        "Night shift now has these rights: 2.\n"
    )
    changed = staffed("--json", "roles", "set", "night SHIFT", "--add", "hold", "--remove", "view").body["data"]
    assert changed == {"name": "Night shift", "users": 0, "abilities": ["markAsPackedByScanner", "hold"]}
    assert body(staffed("--json", "roles", "delete", "Night shift")) == {"name": "Night shift"}


def test_a_badge_is_shown_once_and_revoked(staffed: Cli) -> None:
    code = staffed("badges", "issue", "Karim").out.strip()
    assert re.fullmatch("XUX[CDEFGHIJKLNOPRSTUVX]{18}", code)
    second = staffed("--json", "badges", "issue", "Karim").body["code"]
    badges = staffed("--json", "badges", "list").body["data"]
    assert [(badge["number"], badge["user"], badge["issued_by"], badge["revoked_at"]) for badge in badges] == [
        (2, "Karim", "amal", None),
        (1, "Karim", "amal", None),
    ]
    listed = staffed("badges", "list").out + staffed("--json", "badges", "list").out
    assert code not in listed
    assert second not in listed
    assert staffed("badges", "revoke", "1").out == "Badge 1 no longer works.\n"
    assert staffed("badges", "issue", "Karim", "--replace").status == 0
    assert staffed("badges", "revoke", "--of", "karim").out == "Badges of karim that no longer work: 1.\n"
    assert all(badge["revoked_at"] for badge in staffed("--json", "badges", "list").body["data"])


def test_the_code_of_a_badge_gets_into_no_log(staffed: Cli, tmp_path: Path) -> None:
    code = staffed("badges", "issue", "Karim").out.strip()
    (log,) = (tmp_path / "data" / "logs").iterdir()
    text = log.read_text(encoding="utf-8")
    assert "badge issued for Karim" in text
    assert code[3:] not in text
    assert SECRET not in text


def test_badges_commands_and_stations_are_written_as_sheets(cli: Cli, tmp_path: Path) -> None:
    files = [str(tmp_path / f"{name}.pdf") for name in ("badges", "badge", "commands", "stations")]
    with pytest.MonkeyPatch.context() as patch:
        for variable in ("WAREHOUSE_DESK_NEW_PASSWORD", "WAREHOUSE_DESK_PASSWORD"):
            patch.setenv(variable, SECRET)
        cli("users", "add", "amal", "--role", "Admin")
        cli("users", "add", "Karim", "--role", "Packer")
        written = body(cli("--json", "sheets", "badges", "amal", "Karim", "--output", files[0]))
        assert written == {"file": files[0], "count": 2, "left_out": []}
        told = cli("badges", "issue", "Karim", "--output", files[1]).out
        assert told == f"The badge of Karim was saved in {files[1]}. Print it: its code is kept nowhere else.\n"
        assert cli("sheets", "commands", "--output", files[2]).status == 0
        assert cli("sheets", "stations", "--output", files[3]).status == 0
        codes = [codes_on(Path(file).read_bytes()) for file in files]
        assert [len(found) for found in codes[:2]] == [2, 1]
        assert "XCXUNDO" in codes[2]
        assert all(code.startswith("XUX") for code in (*codes[0], *codes[1]))
        assert len(codes[3]) == 1


WRONG = [
    ("users role Hind Packer", 1, "There is no user “Hind”."),
    ("users role Karim Chef", 1, "There is no role “Chef”. Known: Packer, Dispatcher, Returns, Supervisor, Admin."),
    ("users role Karim", 2, "the following arguments are required: ROLE. See: warehouse-desk users role --help"),
    ("users disable Hind", 1, "There is no user “Hind”."),
    ("users enable Hind", 1, "There is no user “Hind”."),
    (
        "users disable AMAL",
        1,
        "Nobody could manage users any more. First choose a role with this right for another active user.",
    ),
    (
        "users role amal Packer",
        1,
        "Nobody could manage users any more. First choose a role with this right for another active user.",
    ),
    (
        "roles set Admin view",
        1,
        "Nobody could manage users any more. First choose a role with this right for another active user.",
    ),
    ("users password Hind", 1, "There is no user “Hind”."),
    ("users add karim --role Packer", 2, "The user “karim” already exists. Choose another name."),
    ("roles show Chef", 1, "There is no role “Chef”. Known: Packer, Dispatcher, Returns, Supervisor, Admin."),
    (
        "roles set Packer hold --remove view",
        2,
        "List all rights of the role, or those to --add and --remove; not both.",
    ),
    (
        "roles set Packer fly",
        2,
        f"“fly” is not a right. Known: {', '.join(ability.value for ability in Ability)}.",
    ),
    ("roles delete packer", 1, "Users with the role “packer”: Karim. Choose another role for them first."),
    ("badges issue Hind", 1, "There is no user “Hind”."),
    ("badges issue Karim --output /no/such/place.pdf", 2, "The folder of /no/such/place.pdf does not exist. "),
    ("badges revoke", 2, "Enter the number of a badge, or --of NAME for all badges of a user."),
    ("badges revoke 1 --of Karim", 2, "Enter the number of a badge, or --of NAME for all badges of a user."),
    ("badges revoke 99", 1, "There is no valid badge 99."),
    ("badges revoke x", 2, "argument NUMBER: “x” is not a whole number. See: warehouse-desk badges revoke --help"),
    ("badges revoke --of Karim", 1, "Karim has no valid badge."),
    ("pin set Karim", 2, "Put the new PIN in WAREHOUSE_DESK_NEW_PIN."),
    ("pin clear Karim", 1, "Karim has no PIN."),
    ("sheets badges Hind --output x.pdf", 1, "There is no user “Hind”."),
    ("sheets commands --output /no/such/place.pdf", 2, "The folder of /no/such/place.pdf does not exist. "),
    ("settings set lock_minutes 481", 2, "The setting lock_minutes cannot be 481. Write a whole number from 0 to 480."),
    ("settings set sender_name " + "x" * 101, 2, f"The setting sender_name cannot be {'x' * 59}…. Write a text of "),
    ("db backup /no/such/place.db", 2, "The folder of /no/such/place.db does not exist. "),
    ("db restore /no/such/place.db", 3, "There is no file /no/such/place.db. Choose an existing copy."),
]


@pytest.fixture
def managed(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Cli:
    for variable in ("WAREHOUSE_DESK_NEW_PASSWORD", "WAREHOUSE_DESK_PASSWORD"):
        monkeypatch.setenv(variable, SECRET)
    cli("users", "add", "amal", "--role", "Admin")
    cli("users", "add", "Karim", "--role", "Packer")
    return cli


@pytest.mark.parametrize(("words", "status", "sentence"), WRONG)
def test_what_is_wrong_is_one_sentence(managed: Cli, words: str, status: int, sentence: str) -> None:
    answer = managed(*words.split())
    assert (answer.status, answer.out) == (status, "")
    assert answer.err.startswith(sentence)


FORBIDDEN = [
    "users list",
    "users add Hind --role Packer",
    "users role Karim Admin",
    "users disable amal",
    "users password amal",
    "roles list",
    "roles set Packer manageUsers",
    "roles delete Returns",
    "badges list",
    "badges issue Karim",
    "badges revoke 1",
    "pin clear amal",
    "sheets badges Karim --output x.pdf",
    "settings set undo_minutes 5",
    "db backup copy.db",
    "db restore copy.db",
]


@pytest.mark.parametrize("words", FORBIDDEN)
def test_a_packer_does_none_of_it(
    managed: Cli,
    words: str,
    sqlite_url: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    packer = door(sqlite_url, tmp_path / "data", capsys, monkeypatch, user="Karim")
    answer = packer(*words.split())
    assert (answer.status, answer.out) == (1, "")
    assert re.match(r"Karim may not do this: the right “manage(Users|Settings)” is missing\.", answer.err)


def test_the_database_is_copied_and_comes_back(cli: Cli, tmp_path: Path, sqlite_url: str) -> None:
    copy = tmp_path / "copy.db"
    place = sqlite_url.removeprefix("sqlite:///")
    assert body(cli("--json", "db", "backup", str(copy))) == {"database": place, "file": str(copy)}
    assert cli("db", "backup", str(copy)).err == f"{copy} exists already and is not overwritten. Choose another name."
    cli("products", "add", "CUP", "Cup")
    restored = cli("--json", "db", "restore", str(copy)).body
    assert (restored["database"], restored["file"]) == (place, str(copy))
    assert Path(restored["kept"]).is_file()
    assert "CUP" not in cli("products", "list").out
    assert cli("db", "restore", restored["kept"]).out.startswith(f"{place} was restored from {restored['kept']}.\n")
    assert "CUP" in cli("products", "list").out


def test_a_database_that_cannot_be_opened_asks_nobody_before_its_copy_comes_back(
    cli: Cli, tmp_path: Path, sqlite_url: str
) -> None:
    copy = tmp_path / "copy.db"
    cli("db", "backup", str(copy))
    Path(sqlite_url.removeprefix("sqlite:///")).write_bytes(b"lost " * 4000)
    assert cli("db", "restore", str(copy)).status == 0
    assert cli("db", "check").status == 0


def test_an_upgrade_says_where_the_database_is_kept_as_it_was(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    older = make_older(tmp_path / "desk.db", monkeypatch)
    cli = door(f"sqlite:///{tmp_path.as_posix()}/desk.db", tmp_path / "data", capsys, monkeypatch)
    first, second = cli("cities", "list"), cli("cities", "list")
    told = r"The database was upgraded for this version\. A copy of the old one is kept as "
    assert re.fullmatch(rf"{told}.*desk\.schema-{older}\..*\.db\.", first.err)
    assert (first.status, second.err) == (0, "")


def test_a_server_is_copied_by_its_own_tools(
    postgres_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    cli = door(postgres_url, tmp_path / "data", capsys, monkeypatch)
    for word in ("backup", "restore"):
        answer = cli("db", word, str(tmp_path / "copy.dump"))
        assert answer.status == 2
        assert "is a PostgreSQL database; its own tools copy it. Copy: pg_dump -Fc" in answer.err
