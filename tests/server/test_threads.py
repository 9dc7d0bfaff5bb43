"""Requests wait for a place, not for ever; and what was begun is brought to its end."""

import json
import socket
import threading

import pytest

from tests.builders import Shop, an_order_body
from tests.server.rest.bodies import ORDERS
from tests.server.running import TOKEN, Client, Reply, served
from warehouse_desk.server.endpoints.endpoint import Work
from warehouse_desk.server.threads import Threads
from warehouse_desk.services.orders.create import Creation
from warehouse_desk.services.orders.listing import Listing


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


def test_where_no_place_becomes_free_the_server_is_busy(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    entered, let_go = threading.Event(), threading.Event()
    find = Listing.find

    def slow(self: Listing, *arguments: object, **named: object) -> object:
        entered.set()
        assert let_go.wait(30)
        return find(self, *arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Listing, "find", slow)
    first: list[Reply] = []
    places = {Work.SERVICES: 1, Work.FILES: 1, Work.HASHING: 1}
    with served(shop, threads=Threads(places, wait_seconds=0.1)) as client:
        asking = threading.Thread(target=lambda: first.append(client.get(ORDERS)))
        asking.start()
        assert entered.wait(30)
        refused = client.get(ORDERS)
        assert client.get("/openapi.json").status == 200
        let_go.set()
        asking.join()
        assert (refused.status, refused.headers["Retry-After"]) == (503, "1")
        assert first[0].status == 200
        assert client.get(ORDERS).status == 200


def test_a_client_that_hangs_up_stops_nothing(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    entered, let_go, left = threading.Event(), threading.Event(), threading.Event()
    create = Creation.create

    def slow(self: Creation, *arguments: object, **named: object) -> object:
        entered.set()
        assert let_go.wait(30)
        try:
            return create(self, *arguments, **named)  # type: ignore[arg-type]
        finally:
            left.set()

    monkeypatch.setattr(Creation, "create", slow)
    with served(shop) as client:
        _send_and_leave(client, entered)
        let_go.set()
        assert left.wait(30)
        assert client.get(ORDERS).body["meta"]["total"] == 1


def _send_and_leave(client: Client, entered: threading.Event) -> None:
    body = json.dumps({"orders": [an_order_body()]}).encode()
    head = f"POST {ORDERS} HTTP/1.1\r\nHost: x\r\nAuthorization: {TOKEN}\r\nContent-Type: application/json\r\n"
    with socket.create_connection(("127.0.0.1", client.port)) as connection:
        connection.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        assert entered.wait(30)
