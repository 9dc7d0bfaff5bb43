"""Programs ask with a token in one header; everything else is no token."""

from pathlib import Path

import pytest

from tests.builders import Shop
from tests.server.access.house import ORDERS, REST, VIEW, House, opened, staff
from warehouse_desk.server.access.rate_limit import Rate


def test_a_token_opens_what_it_is_for(house: House) -> None:
    reply = house.with_token(house.token())
    assert (reply.status, reply.body["data"]) == (200, [])


def test_without_a_token_the_body_is_what_clients_know(house: House) -> None:
    reply = house.client.get(ORDERS)
    assert (reply.status, reply.body["message"], reply.body["errors"]) == (401, "Unauthenticated.", {})
    assert reply.headers["WWW-Authenticate"] == 'Bearer realm="warehouse-desk"'


@pytest.mark.parametrize("header", ["Bearer wrong", "Basic YTpi", "Bearer", "wrong"])
def test_a_wrong_token_is_told_from_none(house: House, header: str) -> None:
    reply = house.client.get(ORDERS, Authorization=header)
    assert reply.status == 401
    assert reply.headers["WWW-Authenticate"].endswith('error="invalid_token"')


@pytest.mark.parametrize("header", ["bearer {}", "BEARER {}", "Bearer  {}", "Bearer {} "])
def test_the_word_before_the_token_may_be_written_in_any_way(house: House, header: str) -> None:
    assert house.client.get(ORDERS, Authorization=header.format(house.token())).status == 200


def test_a_missing_ability_is_named(house: House) -> None:
    reply = house.with_token(house.token(abilities=REST - VIEW))
    assert (reply.status, "“VIEW ORDERS” is missing" in reply.body["message"]) == (403, True)


def test_sentences_come_in_the_language_of_who_asks(house: House) -> None:
    text = house.token(networks=("192.0.2.0/24",))
    assert "may not be used from 127.0.0.1" in house.with_token(text).body["message"]
    assert "ne peut pas être utilisé depuis" in house.with_token(text, Accept_Language="fr-MA,fr").body["message"]


def test_a_bucket_is_emptied_and_says_when_to_come_again(shop: Shop, tmp_path: Path) -> None:
    with opened(staff(shop), tmp_path / "data", Rate(per_minute=30, burst=3)) as house:
        text, other = house.token(), house.token(name="Autre")
        replies = [house.with_token(text) for _ in range(4)]
        assert [each.status for each in replies] == [200, 200, 200, 429]
        assert [each.headers["X-RateLimit-Remaining"] for each in replies] == ["2", "1", "0", "0"]
        last = replies[-1]
        assert last.headers["X-RateLimit-Limit"] == "30"
        assert 1 <= int(last.headers["Retry-After"]) <= 2
        assert last.headers["X-RateLimit-Reset"].isdigit()
        assert last.body["message"] == "Too Many Attempts."
        assert house.with_token(other).status == 200
