"""Requests with an Idempotency-Key are done once, on both databases."""

import json
import threading

from tests.builders import Shop, an_order_body
from tests.server.rest.bodies import ORDERS, new_order, statuses
from tests.server.running import Client, Reply, served
from warehouse_desk.domain.status import Status


def total(client: Client) -> int:
    """Return how many orders there are."""
    return int(client.get(ORDERS).body["meta"]["total"])


def test_a_create_that_is_repeated_is_answered_as_the_first_was(shop: Shop, client: Client) -> None:
    body = {"orders": [an_order_body(), an_order_body(colour="red")]}
    first = client.ask("POST", ORDERS, body, Idempotency_Key="panier 7")
    again = client.ask("POST", ORDERS, body, Idempotency_Key="panier 7")
    assert (first.status, first.content) == (again.status, again.content)
    assert (first.headers["Idempotent-Replayed"], again.headers["Idempotent-Replayed"]) == (None, "true")
    assert total(client) == 2
    assert client.ask("POST", ORDERS, body, Idempotency_Key="panier 8").content != first.content
    assert client.ask("POST", ORDERS, body).content != first.content
    assert total(client) == 6


def test_an_update_that_is_repeated_is_answered_as_the_first_was(shop: Shop, client: Client) -> None:
    new, delivered = shop.order_in(Status.NEW), shop.order_in(Status.DELIVERED)
    body = statuses((new, "PACKED"), (delivered, "NEW"), ("ORD-99999", "PACKED"))
    first = client.ask("PUT", ORDERS, body, Idempotency_Key="a")
    shop.clock.advance(hours=1)
    again = client.ask("PUT", ORDERS, body, Idempotency_Key="a")
    assert first.body["counts"] == {"done": 1, "already": 0, "refused": 1, "unknown": 1, "failed": 0}
    assert (first.status, first.content) == (again.status, again.content)
    assert again.headers["Idempotent-Replayed"] == "true"
    assert len(shop.events(new)) == 2
    assert client.ask("PUT", ORDERS, body).body["results"][0]["outcome"] == "already"


def test_a_key_belongs_to_one_body(shop: Shop, client: Client) -> None:
    assert client.ask("POST", ORDERS, new_order(), Idempotency_Key="a").status == 200
    other = client.ask("POST", ORDERS, new_order(total=1), Idempotency_Key="a")
    update = client.ask("PUT", ORDERS, statuses(("ORD-00001", "PACKED")), Idempotency_Key="a")
    assert (other.status, update.status, total(client)) == (422, 422, 1)


def test_what_was_refused_keeps_no_key(shop: Shop, client: Client) -> None:
    assert client.ask("POST", ORDERS, new_order(total=0), Idempotency_Key="a").status == 422
    assert client.ask("POST", ORDERS, new_order(), Idempotency_Key="a").status == 200
    strict = statuses(("ORD-00001", "PACKED"), ("ORD-99999", "PACKED"))
    assert client.ask("PUT", ORDERS, strict, Idempotency_Key="b", Prefer="handling=strict").status == 422
    assert client.ask("PUT", ORDERS, strict, Idempotency_Key="b").status == 200


def test_a_key_has_one_to_255_characters(shop: Shop, client: Client) -> None:
    for key, status in (("a" * 255, 200), ("a" * 256, 422), ("", 422)):
        assert client.ask("POST", ORDERS, new_order(), Idempotency_Key=key).status == status, key


def test_of_ten_at_once_with_one_key_one_is_done(shop: Shop) -> None:
    replies: list[Reply] = []
    with served(shop) as client:
        askers = [
            threading.Thread(
                target=lambda: replies.append(client.ask("POST", ORDERS, new_order(), Idempotency_Key="a"))
            )
            for _ in range(10)
        ]
        for asker in askers:
            asker.start()
        for asker in askers:
            asker.join()
        assert total(client) == 1
    assert {reply.status for reply in replies} <= {200, 409}
    assert len({reply.content for reply in replies if reply.status == 200}) == 1
    assert all(reply.headers["Retry-After"] == "1" for reply in replies if reply.status == 409)


def test_numbers_that_are_equal_make_the_same_request(shop: Shop, client: Client) -> None:
    """A client that reads its own body back from a database may write 399 as 399.0."""
    body = json.dumps(new_order(total=399))
    first = client.ask("POST", ORDERS, content=body.encode(), Idempotency_Key="a")
    again = client.ask("POST", ORDERS, content=body.replace("399", "399.0").encode(), Idempotency_Key="a")
    assert again.content == first.content
