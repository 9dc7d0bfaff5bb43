"""People sign in over HTTP: the cookies, the word against forged requests, and the ends of a session."""

from pathlib import Path

import pytest

from tests.builders import Shop
from tests.server.access.house import PASSWORD, House, opened


def test_who_signs_in_is_known_until_they_sign_out(house: House) -> None:
    browser = house.browser()
    assert browser.ask("GET", "/me").status == 401
    reply = browser.sign_in("karim")
    assert (reply.status, reply.body["data"]["name"]) == (200, "Karim")
    assert "markAsPackedByScanner" in reply.body["data"]["abilities"]
    assert browser.ask("GET", "/me").body == reply.body
    session = browser.session
    assert browser.ask("POST", "/logout", **browser.word).status == 200
    assert browser.cookies == {}
    browser.cookies["wd_session"] = session
    assert browser.ask("GET", "/me").status == 401


def test_the_cookies_are_kept_from_scripts_and_from_other_sites(house: House) -> None:
    own, word = house.signed_in().said
    assert own.startswith("wd_session=")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(own.split("; "))
    assert word.startswith("XSRF-TOKEN=")
    assert "HttpOnly" not in word
    assert "Secure" not in own


def test_a_session_that_writes_shows_its_word_or_comes_from_the_servers_own_page(house: House) -> None:
    browser = house.signed_in()
    refused = browser.ask("POST", "/logout", Origin="https://evil.example")
    assert refused.status == 419
    assert refused.body["message"].startswith("CSRF token mismatch.")
    assert "https://evil.example" in refused.body["message"]
    assert "server_url" in refused.body["message"]
    assert browser.ask("GET", "/me").status == 200
    assert browser.ask("POST", "/logout", Sec_Fetch_Site="same-origin").status == 200
    again = house.signed_in()
    assert again.ask("POST", "/logout", X_CSRF_TOKEN=again.cookies["XSRF-TOKEN"]).status == 200


def test_the_word_is_given_anew_for_the_asking(house: House) -> None:
    browser = house.browser()
    assert browser.ask("GET", "/sanctum/csrf-cookie").status == 204
    before = browser.cookies["XSRF-TOKEN"]
    browser.sign_in(**browser.word)
    assert browser.cookies["XSRF-TOKEN"] != before
    del browser.cookies["XSRF-TOKEN"]
    assert browser.ask("GET", "/sanctum/csrf-cookie").status == 204
    assert browser.ask("POST", "/logout", **browser.word).status == 200


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, {"name", "password"}),
        ({"name": "Karim"}, {"password"}),
        ({"name": "x" * 101, "password": PASSWORD}, {"name"}),
        ({"name": ["Karim"], "password": PASSWORD}, {"name"}),
        ([], {"name", "password"}),
    ],
)
def test_what_is_missing_is_named(house: House, body: object, fields: set[str]) -> None:
    reply = house.client.ask("POST", "/login", body)
    assert (reply.status, set(reply.body["errors"])) == (422, fields)


def test_a_wrong_password_is_told_in_the_words_of_the_desk(house: House) -> None:
    reply = house.browser().sign_in(password="faux")  # noqa: S106 - a wrong one
    assert reply.status == 401
    assert "or its password is wrong" in reply.body["message"]


def test_a_database_without_users_says_what_to_do(shop: Shop, tmp_path: Path) -> None:
    with opened(shop, tmp_path / "data") as house:
        reply = house.browser().sign_in()
        assert (reply.status, "Add a user first" in reply.body["message"]) == (403, True)


def test_signing_in_again_ends_the_session_before(house: House) -> None:
    browser = house.signed_in()
    before = browser.session
    assert browser.sign_in("Nadia").status == 200
    old = house.browser()
    old.cookies["wd_session"] = before
    assert old.ask("GET", "/me").status == 401
    assert browser.ask("GET", "/me").body["data"]["name"] == "Nadia"
