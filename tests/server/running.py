"""A server of a test's own on loopback, and a client that speaks to it over a socket."""

import http.client
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn

from tests.builders import Shop
from warehouse_desk.domain.people.abilities import ALL_ABILITIES, Ability
from warehouse_desk.domain.people.caller import Source
from warehouse_desk.server.app import application
from warehouse_desk.server.endpoints.endpoint import EndpointTable
from warehouse_desk.server.endpoints.table import TABLE
from warehouse_desk.server.exchange import Answer, Knock, Principal, PrincipalOf, ServerState, Who
from warehouse_desk.server.threads import Threads

TOKEN = "Bearer a-token-of-the-tests"  # noqa: S105


@dataclass(frozen=True)
class Reply:
    """What came over the socket."""

    status: int
    headers: http.client.HTTPMessage
    content: bytes

    @property
    def body(self) -> Any:
        return json.loads(self.content)


@dataclass(frozen=True)
class Client:
    """Asks one server; each question on a connection of its own."""

    port: int
    headers: Mapping[str, str] = field(default_factory=dict)

    def ask(self, verb: str, path: str, body: object = None, *, content: bytes | None = None, **headers: str) -> Reply:
        """Ask, with a JSON body or with bytes; ``Idempotency_Key="a"`` is a header."""
        sent = {**self.headers, **{name.replace("_", "-"): value for name, value in headers.items()}}
        if body is not None:
            content = json.dumps(body).encode()
        if content is not None:
            sent.setdefault("Content-Type", "application/json")
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(verb, path, content, sent)
            reply = connection.getresponse()
            return Reply(reply.status, reply.headers, reply.read())
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Reply:
        return self.ask("GET", path, None, content=None, **headers)


def token_of(
    shop: Shop, abilities: frozenset[Ability] = ALL_ABILITIES, *, warehouse_id: int | None = None
) -> PrincipalOf:
    """Return a judge who knows one token, and whose it is."""

    def principal_of(knock: Knock) -> Principal | Answer:
        if knock.header("authorization") != TOKEN:
            return Answer({"message": "Unauthenticated.", "errors": {}}, 401, (("WWW-Authenticate", "Bearer"),))
        desk = shop.desk_of("token Boutique", abilities=abilities, source=Source.REST)
        return Principal(Who.TOKEN, "token Boutique", "token:1", desk, warehouse_id)

    return principal_of


@contextmanager
def served(
    shop: Shop,
    principal_of: PrincipalOf | None = None,
    *,
    table: EndpointTable = TABLE,
    state: ServerState | None = None,
    threads: Threads | None = None,
) -> Iterator[Client]:
    """Serve a shop for one test."""
    app = application(table, principal_of or token_of(shop), state or ServerState(), threads)
    server = uvicorn.Server(
        uvicorn.Config(app, port=0, http="h11", lifespan="off", log_config=None, access_log=False, ws="none")
    )
    thread = threading.Thread(target=server.run, name="server of a test")
    thread.start()
    try:
        while not server.started:
            thread.join(0.01)
            assert thread.is_alive(), "the server did not start"
        port = server.servers[0].sockets[0].getsockname()[1]
        yield Client(port, {"Authorization": TOKEN})
    finally:
        server.should_exit = True
        thread.join()
