"""A request with a key is done once: the same again is answered again, another by the key is refused."""

import threading
from collections import Counter
from typing import Any

import pytest

from tests.builders import Shop, an_order_body, rows
from tests.server.access.house import ORDERS, REST, House
from tests.server.running import Reply
from warehouse_desk.data.tables import orders, request
from warehouse_desk.domain.errors import RequestRunning
from warehouse_desk.server.running_keys import RunningKeys
from warehouse_desk.services.context import Context, ForeignKeys
from warehouse_desk.services.desk import Desk


def create(house: House, token: str, key: str, **fields: Any) -> Reply:
    body = {"orders": [an_order_body(**fields)]}
    return house.client.ask("POST", ORDERS, body, Authorization=f"Bearer {token}", Idempotency_Key=key)


def orders_made(house: House) -> int:
    return len(rows(house.shop.database, orders))


@pytest.fixture
def token(house: House) -> str:
    return house.token(abilities=REST)


def test_the_same_again_is_answered_again_and_says_so(house: House, token: str) -> None:
    first, second = create(house, token, "a"), create(house, token, "a")
    assert (first.status, second.status) == (200, 200)
    assert first.body["data"] == second.body["data"]
    assert (first.headers["Idempotent-Replayed"], second.headers["Idempotent-Replayed"]) == (None, "true")
    assert orders_made(house) == 1


def test_another_body_by_the_same_key_is_refused(house: House, token: str) -> None:
    create(house, token, "a")
    reply = create(house, token, "a", total=400)
    assert (reply.status, "Request a was something else" in reply.body["message"]) == (422, True)
    assert orders_made(house) == 1


def test_the_keys_of_one_token_are_not_those_of_another(house: House, token: str) -> None:
    other = house.token(name="Autre", abilities=REST)
    assert create(house, token, "a").status == create(house, other, "a", total=400).status == 200
    assert orders_made(house) == 2


def test_work_that_was_refused_keeps_nothing(house: House, token: str) -> None:
    assert create(house, token, "a", city="").status == 422
    assert rows(house.shop.database, request, principal=f"token:{token[6:14]}") == []
    reply = create(house, token, "a")
    assert (reply.status, reply.headers["Idempotent-Replayed"]) == (200, None)


@pytest.mark.parametrize(
    ("key", "status"), [("k", 200), ("é" * 255, 200), ("k" * 255, 200), ("k" * 256, 422), ("", 422)]
)
def test_a_key_has_1_to_255_characters(house: House, token: str, key: str, status: int) -> None:
    assert create(house, token, key).status == status


def test_a_key_is_remembered_for_two_days(house: House, token: str) -> None:
    create(house, token, "a")
    house.shop.clock.advance(hours=47)
    assert create(house, token, "a").headers["Idempotent-Replayed"] == "true"
    house.shop.clock.advance(hours=2)
    create(house, token, "b", total=401)  # each new one clears some old ones away
    assert create(house, token, "a", total=402).status == 200


def test_ten_at_once_do_it_once(house: House, token: str) -> None:
    replies: list[Reply] = []
    begin = threading.Barrier(10, timeout=60)

    def ask() -> None:
        begin.wait()
        replies.append(create(house, token, "a"))

    threads = [threading.Thread(target=ask) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    statuses = Counter(each.status for each in replies)
    assert set(statuses) <= {200, 409}
    assert statuses[200] >= 1
    assert all(each.headers["Retry-After"] == "1" for each in replies if each.status == 409)
    assert len({str(each.body["data"]) for each in replies if each.status == 200}) == 1
    assert orders_made(house) == 1


def test_a_twin_in_this_process_is_told_to_come_again() -> None:
    keys = RunningKeys()
    with keys.held("token:1", "a"):
        with pytest.raises(RequestRunning), keys.held("token:1", "a"):
            pass
        with keys.held("token:2", "a"), keys.held("token:1", "b"):
            pass
    with keys.held("token:1", "a"):
        pass


def test_a_twin_at_another_server_is_told_to_come_again(shop: Shop) -> None:
    """Both servers have the database alone in common."""
    if not shop.database.is_postgresql:
        pytest.skip("SQLite has one server")
    context = shop.context
    first, second = (
        Desk(Context(context.database, context.caller, context.now, foreign_keys=ForeignKeys("token:1", "a")))
        for _ in range(2)
    )
    refused: list[Exception] = []
    original = context.database.transact

    def within(work: Any) -> Any:
        def longer(uow: Any) -> Any:
            done = work(uow)
            if not refused:
                refused.append(AssertionError("the twin was not refused"))
                try:
                    context.database.transact = original  # type: ignore[method-assign]
                    second.orders.create([an_order_body()], request_id="a")
                except RequestRunning as error:
                    refused[0] = error
            return done

        return original(longer)

    context.database.transact = within  # type: ignore[method-assign]
    first.orders.create([an_order_body()], request_id="a")
    assert isinstance(refused[0], RequestRunning)
    assert len(rows(shop.database, orders)) == 1
