"""Tokens, sessions and locked names from the command line."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import Cli, door
from tests.cli.test_people import SECRET, body, staffed
from warehouse_desk.common.redaction import redacted
from warehouse_desk.data.engine.database import Database
from warehouse_desk.domain.people.access import public_id_of
from warehouse_desk.services.people.admission import open_door

__all__ = ["staffed"]


def test_a_token_is_shown_once_alone_on_its_line(staffed: Cli) -> None:
    made = staffed("tokens", "add", "Boutique", "--may", "CREATE ORDERS", "view orders", "--also", "ReNewOrder")
    assert (made.status, public_id_of(made.out.strip()) is not None) == (0, True)
    assert "shown this once" in made.err
    listed = staffed("tokens", "list")
    assert made.out.strip() not in listed.out
    assert re.search(r"Boutique +valid +CREATE ORDERS, VIEW ORDERS, ReNewOrder", listed.out)


def test_a_token_is_bound_to_user_warehouse_network_and_time(staffed: Cli) -> None:
    made = body(
        staffed(
            *(
                "--json",
                "tokens",
                "add",
                "Boutique",
                "--may",
                "VIEW ORDERS",
                "--for-user",
                "nadia",
                "--warehouse",
                "main",
            ),
            *("--network", "10.0.0.0/8", "--network", "192.168.1.7", "--expires", "30"),
        )
    )
    assert isinstance(made, dict)
    assert (made["user"], made["warehouse"], made["networks"]) == ("Nadia", "MAIN", ["10.0.0.0/8", "192.168.1.7/32"])
    days = datetime.fromisoformat(made["expires_at"]) - datetime.now(UTC)
    assert timedelta(days=29, hours=23) < days <= timedelta(days=30)
    (listed,) = staffed("--json", "tokens", "list").body["data"]
    assert {**listed, "text": made["text"]} == made


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        (["--may", "ReNewOrder"], 2, "add it with --also"),
        (["--may", "everything"], 2, "is not a right"),
        (["--may", "VIEW ORDERS", "--also", "manageUsers"], 1, "No token may have"),
        (["--may", "VIEW ORDERS", "--expires", "0"], 2, "1 to 3650 days"),
        (["--may", "VIEW ORDERS", "--network", "here"], 2, "is not a network"),
        (["--may", "VIEW ORDERS", "--for-user", "Fatima"], 1, "no user"),
        (["--may", "VIEW ORDERS", "--warehouse", "PARIS"], 2, "PARIS"),
        ([], 2, "--may"),
    ],
)
def test_a_token_that_makes_no_sense_is_refused(staffed: Cli, words: list[str], status: int, sentence: str) -> None:
    refused = staffed("tokens", "add", "Boutique", *words)
    assert (refused.status, sentence in refused.err, refused.out) == (status, True, "")
    assert staffed("--json", "tokens", "list").body["data"] == []


def test_a_token_is_rotated_and_revoked(staffed: Cli) -> None:
    first = staffed("tokens", "add", "Boutique", "--may", "VIEW ORDERS").out.strip()
    second = staffed("tokens", "rotate", "boutique").out.strip()
    assert first != second
    assert body(staffed("--json", "tokens", "revoke", first[6:14])) == {"name": first[6:14], "revoked": 1}
    assert staffed("tokens", "revoke", "Boutique").out == "1 token no longer works.\n"
    assert staffed("tokens", "revoke", "Boutique").status == 1
    assert [each["valid"] for each in staffed("--json", "tokens", "list").body["data"]] == [False, False]


def test_sessions_are_listed_and_ended(staffed: Cli, database_url: str) -> None:
    database = Database(database_url)
    entrance = open_door(database, "Serveur")
    cookies = [entrance.sign_in("Karim", SECRET, address="203.0.113.7", agent="Firefox")[0] for _ in range(3)]
    found = staffed("--json", "sessions", "list").body["data"]
    assert {(each["user"], each["address"], each["browser"]) for each in found} == {("Karim", "203.0.113.7", "Firefox")}
    first = min(each["number"] for each in found)
    assert staffed("sessions", "revoke", str(first)).out == f"Session {first} has ended.\n"
    assert [entrance.by_session(cookie) is None for cookie in cookies] == [True, False, False]
    assert staffed("sessions", "revoke", "--of", "karim").out == "2 sessions of karim have ended.\n"
    assert staffed("sessions", "revoke").status == staffed("sessions", "revoke", "1", "--of", "karim").status == 2
    assert staffed("--json", "sessions", "list").body["data"] == []
    database.close()


def test_wrong_passwords_lock_a_name_until_it_is_unlocked(
    staffed: Cli,
    monkeypatch: pytest.MonkeyPatch,
    database_url: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    karim = door(database_url, tmp_path / "karim", capsys, monkeypatch, user="Karim")
    monkeypatch.setenv("WAREHOUSE_DESK_PASSWORD", "faux")
    said = [karim("orders", "list").err for _ in range(6)]
    assert ["is wrong" in each for each in said] == [True] * 5 + [False]
    assert "Too many wrong passwords for this name. Try again in 15 minutes" in said[-1]
    monkeypatch.setenv("WAREHOUSE_DESK_PASSWORD", SECRET)
    assert karim("orders", "list").status == 1
    listed = {user["name"]: user["locked_until"] for user in staffed("--json", "users", "list").body["data"]}
    assert (listed["Karim"] is None, listed["Nadia"]) == (False, None)
    assert staffed("users", "unlock", "karim").out == "karim can try again at once.\n"
    assert karim("orders", "list").status == 0
    assert body(staffed("--json", "users", "unlock", "--address", "203.0.113.7")) == {
        "name": "203.0.113.7",
        "unlocked": False,
    }
    assert staffed("users", "unlock").status == 2


def test_no_log_keeps_a_token(staffed: Cli) -> None:
    text = staffed("tokens", "add", "Boutique", "--may", "VIEW ORDERS").out.strip()
    assert text[15:] not in redacted(f"GET /orders?x={text} failed")
    assert text[:14] in redacted(text)
