"""Whoever tries to get in without being let in: by token, by session, by another's page, by guessing."""

import time
from statistics import median

import pytest

from tests.builders import Shop, an_order_body
from tests.server.abuse.raw import spoken
from tests.server.access.house import ORDERS, PASSWORD, VIEW, House
from tests.services.people.waiting import wait
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.people.access import IDLE
from warehouse_desk.services.people.hashing import hasher

CREATE = {"orders": [an_order_body()]}


def test_no_token(house: House) -> None:
    for verb, path in (("GET", ORDERS), ("POST", ORDERS), ("PUT", ORDERS), ("DELETE", f"{ORDERS}/ORD-00001")):
        assert house.client.ask(verb, path, CREATE if verb == "POST" else None).status == 401


def test_a_revoked_token(house: House) -> None:
    text = house.token()
    assert house.with_token(text).status == 200
    house.shop.desk.people.revoke_token("Boutique")
    assert house.with_token(text).status == 401


def test_an_expired_token(house: House) -> None:
    text = house.token(days=1)
    house.shop.clock.advance(days=1)
    assert house.with_token(text).status == 401


def test_the_token_of_a_disabled_user(house: House) -> None:
    text = house.token(user="Nadia")
    assert house.with_token(text).status == 200
    house.shop.desk.people.set_active("Nadia", active=False)
    assert house.with_token(text).status == 401


@pytest.mark.parametrize("word", ["token", "access_token", "api_token", "Authorization"])
def test_a_token_in_the_query_or_in_a_cookie(house: House, word: str) -> None:
    text = house.token()
    assert house.client.get(f"{ORDERS}?{word}={text}").status == 401
    assert house.client.get(ORDERS, Cookie=f"{word}={text}; wd_session={text}").status == 401
    assert text not in house.log


def test_the_scheme_in_small_letters_and_two_blanks(house: House) -> None:
    text = house.token()
    assert house.client.get(ORDERS, Authorization=f"bearer  {text}").status == 200
    assert house.client.get(ORDERS, Authorization=f"Bearer{text}").status == 401
    assert house.client.get(ORDERS, Authorization=f"Bearer {text} {text}").status == 401


@pytest.mark.parametrize("second", ["Bearer {}", "Basic YTpi", ""])
def test_two_authorization_headers(house: House, second: str) -> None:
    text = house.token()
    for first, last in ((f"Bearer {text}", second.format(text)), (second.format(text), f"Bearer {text}")):
        status, _ = spoken(
            house.client.port,
            f"GET {ORDERS} HTTP/1.1\nHost: 127.0.0.1\nConnection: close\n"
            f"Authorization: {first}\nAuthorization: {last}\n\n",
        )
        assert status == 401


@pytest.mark.parametrize(("size", "expected"), [(1_000, 401), (15_000, 401), (200_000, 431)])
def test_a_token_of_200_kilobytes(house: House, size: int, expected: int) -> None:
    status, _ = spoken(
        house.client.port,
        f"GET {ORDERS} HTTP/1.1\nHost: 127.0.0.1\nConnection: close\nAuthorization: Bearer {'x' * size}\n\n",
    )
    assert status == expected


def test_a_token_from_another_network(house: House) -> None:
    reply = house.with_token(house.token(networks=("203.0.113.0/24",)))
    assert (reply.status, "127.0.0.1" in reply.body["message"]) == (403, True)
    assert house.with_token(house.token(name="Ici", networks=("127.0.0.0/8",))).status == 200


def test_a_token_that_may_look_creates(house: House) -> None:
    reply = house.client.ask("POST", ORDERS, CREATE, Authorization=f"Bearer {house.token()}")
    assert (reply.status, "CREATE ORDERS" in reply.body["message"]) == (403, True)
    assert house.shop.desk.orders.find().total == 0


def test_a_session_at_the_rest_api(house: House) -> None:
    admin = house.signed_in("Salma")
    assert admin.ask("GET", ORDERS).status == 401
    assert admin.ask("POST", ORDERS, CREATE, **admin.word).status == 401
    assert admin.ask("GET", ORDERS, Authorization=f"Bearer {admin.session}").status == 401


def test_a_token_at_the_dashboard(house: House) -> None:
    text = house.token(abilities=VIEW | {Ability.VIEW, Ability.PACK})
    assert house.with_token(text, "/me").status == 401
    assert house.with_token(text, "/orders").status == 401
    for path in ("/logout", "/orders/mark-orders-as-packed"):
        body = {"ids": [1], "date": "2026-03-02"}
        assert house.client.ask("POST", path, body, Authorization=f"Bearer {text}").status == 401


def test_the_job_of_somebody_else(house: House) -> None:
    nadia, salma = house.signed_in("Nadia"), house.signed_in("Salma")
    reply = nadia.ask("POST", "/orders/export", {"file_extension": "csv"}, **nadia.word)
    assert reply.status == 202
    job = f"/jobs/{reply.body['job']['id']}"
    for verb, path in (("GET", job), ("DELETE", job), ("GET", f"{job}/file")):
        assert salma.ask(verb, path, **salma.word).status == 404
        assert house.client.ask(verb, path).status == 401
    assert nadia.ask("GET", job).status == 200


def test_the_labels_of_somebody_else(house: House) -> None:
    nadia, salma = house.signed_in("Nadia"), house.signed_in("Salma")
    house.shop.create()
    (row,) = house.shop.desk.orders.find().rows
    made = nadia.ask("POST", "/orders/generate-tracking-lebel", {"ids": [row.id]}, **nadia.word)
    assert made.status == 200
    run = f"/orders/get-trackings?run={made.body['run']}"
    assert nadia.ask("GET", run).content.startswith(b"%PDF")
    assert salma.ask("GET", run).status == 404
    assert salma.ask("GET", "/orders/get-trackings").status == 404


def test_a_session_that_was_fixed_beforehand(house: House) -> None:
    """Somebody puts a cookie into a worker's browser and waits until the worker signs in with it."""
    known = house.signed_in("Karim").session
    for fixed in ("A" * 43, known):
        browser = house.browser()
        browser.cookies["wd_session"] = fixed
        assert browser.sign_in("Salma").status == 200
        assert browser.session != fixed
        thief = house.browser()
        thief.cookies["wd_session"] = fixed
        assert thief.ask("GET", "/me").status == 401


def test_a_session_after_the_role_was_taken_away(house: House) -> None:
    browser = house.signed_in("Nadia")
    house.shop.desk.people.change_role("Nadia", "Packer")
    house.shop.clock.advance(seconds=31)
    reply = browser.ask("GET", "/me")
    assert (reply.status, "VIEW ORDERS" in reply.body["data"]["abilities"]) == (200, False)
    house.shop.desk.people.set_active("Nadia", active=False)
    assert browser.ask("GET", "/me").status == 401


def test_a_session_that_rested_too_long(house: House) -> None:
    browser = house.signed_in()
    house.shop.clock.advance(seconds=IDLE.total_seconds())
    assert browser.ask("GET", "/me").status == 401


def test_the_form_of_another_page(house: House) -> None:
    """A browser sends such a form by itself, with the session's cookie and without a question beforehand."""
    browser = house.signed_in()
    for kind in ("application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x"):
        reply = browser.ask(
            "POST", "/logout", Content_Type=kind, Sec_Fetch_Site="cross-site", Origin="https://evil.example"
        )
        assert reply.status == 419
    assert browser.ask("GET", "/me").status == 200
    for kind in ("application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x"):
        content = b"name=Karim&password=motdepasse"
        assert house.client.ask("POST", "/login", content=content, Content_Type=kind).status == 415


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none", ""])
def test_the_script_of_another_page(house: House, site: str) -> None:
    browser = house.signed_in()
    headers = {"Sec_Fetch_Site": site} if site else {}
    assert browser.ask("POST", "/logout", {}, Origin="https://evil.example", **headers).status == 419
    preflight = house.client.ask(
        "OPTIONS", "/logout", Origin="https://evil.example", Access_Control_Request_Method="POST"
    )
    assert preflight.headers["Access-Control-Allow-Origin"] is None
    assert browser.ask("GET", "/me").status == 200


def test_another_page_signs_nobody_in(house: House) -> None:
    """Who works in a session that somebody else began gives them what they enter."""
    for site in ("cross-site", "same-site"):
        assert house.browser().sign_in(Sec_Fetch_Site=site, Origin="https://evil.example").status == 419
    assert house.browser().sign_in(Sec_Fetch_Site="same-origin").status == 200


def test_a_forged_word(house: House) -> None:
    """A neighbour on the same domain can set the cookie XSRF-TOKEN, and knows the word of a session of its own."""
    browser, neighbour = house.signed_in("Karim"), house.signed_in("Nadia")
    for forged in ("x" * 64, "", neighbour.cookies["XSRF-TOKEN"], "é"):
        browser.cookies["XSRF-TOKEN"] = forged.replace("é", "e")
        assert browser.ask("POST", "/logout", X_XSRF_TOKEN=forged).status == 419
        assert browser.ask("POST", "/logout", X_CSRF_TOKEN=forged).status == 419
    assert browser.ask("GET", "/me").status == 200


def test_a_flood_for_one_name(house: House) -> None:
    statuses = [house.browser().sign_in("Karim", f"essai {number}").status for number in range(12)]
    assert statuses == [401] * 5 + [429] * 7
    reply = house.browser().sign_in("Karim")
    assert reply.status == 429
    assert 0 < int(reply.headers["Retry-After"]) <= 15 * 60
    assert house.browser().sign_in("Nadia").status == 200
    wait(house.shop.database, minutes=15)
    assert house.browser().sign_in("Karim").status == 200


def test_a_flood_of_many_names(house: House) -> None:
    statuses = [house.browser().sign_in(f"nom {number}", "essai").status for number in range(25)]
    assert statuses == [401] * 20 + [429] * 5
    assert house.browser().sign_in("Nadia").status == 429
    assert house.shop.desk.people.unlock_address("127.0.0.1")
    assert house.browser().sign_in("Nadia").status == 200


def test_the_time_of_an_unknown_name(shop: Shop, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted in checked hashes, which take all the time; a clock tells the rest of the story."""
    checked: list[str] = []
    verify = type(hasher()).verify

    def counting(self: object, stored: str, secret: bytes) -> object:
        checked.append(stored)
        return verify(self, stored, secret)  # type: ignore[arg-type]

    monkeypatch.setattr(type(hasher()), "verify", counting)
    times: dict[str, list[float]] = {"Karim": [], "Fatima": []}
    said = set()
    for _ in range(4):
        for name, spent in times.items():
            checked.clear()
            began = time.perf_counter()
            reply = house.browser().sign_in(name, "essai")
            spent.append(time.perf_counter() - began)
            said.add(reply.body["message"].replace(name, "..."))
            assert (reply.status, len(checked)) == (401, 1)
    assert len(said) == 1
    assert median(times["Fatima"]) < 20 * median(times["Karim"])


def test_a_badge_is_no_way_in(house: House) -> None:
    badge = house.shop.desk.people.issue_badge("Salma")
    for password in ("", PASSWORD, badge):
        assert house.browser().sign_in(badge, password).status in {401, 422}


def test_nothing_that_opens_a_door_stands_in_the_log(house: House) -> None:
    browser, text = house.signed_in(), house.token()
    house.with_token(text)
    house.browser().sign_in("Karim", "un mot secret")
    browser.ask("POST", "/logout", **browser.word)
    assert '"token Boutique"' in house.log
    for secret in (text, text[15:], browser.said[0].split("=")[1].split(";")[0], PASSWORD, "un mot secret"):
        assert secret not in house.log
