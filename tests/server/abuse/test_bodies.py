"""Bodies that are too much, broken, or end too early, at the whole server."""

import json
import socket

import pytest

from tests.builders import a_line, an_order_body
from tests.server.access.house import ORDERS, House
from warehouse_desk.domain.people.abilities import Ability

MEBIBYTE = 1024 * 1024
CREATE = frozenset({Ability.REST_CREATE, Ability.REST_VIEW})


@pytest.fixture
def token(house: House) -> str:
    """A token that may create orders."""
    return house.token(abilities=CREATE)


def create(house: House, token: str, content: bytes) -> int:
    """Send a body and return the status; afterwards there must be no order."""
    status = house.client.ask("POST", ORDERS, content=content, Authorization=f"Bearer {token}").status
    assert house.shop.desk.orders.find().total == 0
    return status


def test_json_of_21_mebibytes(house: House, token: str) -> None:
    body = json.dumps({"orders": [an_order_body(notes="x" * (21 * MEBIBYTE))]}).encode()
    assert create(house, token, body) == 413


@pytest.mark.parametrize("open_bracket", [b"[", b'{"a":'])
def test_100_000_brackets(house: House, token: str, open_bracket: bytes) -> None:
    assert create(house, token, open_bracket * 100_000) == 400
    assert create(house, token, b'{"orders": ' + open_bracket * 100_000) == 400


@pytest.mark.parametrize(
    ("number", "status"),
    [(b"1" * 5_000, 400), (b"NaN", 400), (b"-Infinity", 400), (b"1e999999", 422), (b"1e-9999", 422)],
)
def test_numbers_that_no_order_has(house: House, token: str, number: bytes, status: int) -> None:
    body = json.dumps({"orders": [an_order_body(total=0)]}).encode().replace(b'"total": 0', b'"total": ' + number)
    assert create(house, token, body) == status


@pytest.mark.parametrize(
    "orders",
    [
        [an_order_body(full_name="\ud800")],
        [an_order_body(full_name="a\0b")],
        [an_order_body()] * 1_001,
        [an_order_body(products=[a_line()] * 11)],
    ],
    ids=["half a character", "NUL", "1,001 orders", "11 lines"],
)
def test_what_no_database_keeps_and_what_is_one_too_many(
    house: House, token: str, orders: list[dict[str, object]]
) -> None:
    assert create(house, token, json.dumps({"orders": orders}).encode()) == 422


def test_who_hangs_up_in_the_middle_of_a_create_has_created_nothing(house: House, token: str) -> None:
    body = json.dumps({"orders": [an_order_body()] * 100}).encode()
    head = (
        f"POST {ORDERS} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode()
    for sent in (0, 1, len(body) // 2, len(body) - 1):
        with socket.create_connection(("127.0.0.1", house.client.port)) as connection:
            connection.sendall(head + body[:sent])
    assert house.with_token(token).body["meta"]["total"] == 0
