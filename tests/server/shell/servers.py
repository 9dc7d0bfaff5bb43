"""Servers for these tests: the real shell on loopback around an application of a few lines, and raw connections."""

import json
import socket
import ssl
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from queue import Queue
from typing import Any, Self

from starlette.types import ASGIApp, Receive, Scope, Send

from warehouse_desk.server.exchange import VISIT
from warehouse_desk.server.shell.access_log import AccessLog
from warehouse_desk.server.shell.health import Health
from warehouse_desk.server.shell.limits import Limits
from warehouse_desk.server.shell.listening import listen
from warehouse_desk.server.shell.options import ServeOptions
from warehouse_desk.server.shell.running import DeskServer, ServerThread
from warehouse_desk.server.shell.shell import Shell
from warehouse_desk.server.shell.tls import TlsFiles

PATIENCE = 20.0
"""Seconds after which a test gives up on an answer."""
LARGEST_BODY = 1_000_000


def fine() -> None:
    """Stand for a database that answers."""


@dataclass
class TinyApp:
    """Tells what it was asked; a path chooses what it does."""

    seen: list[Scope] = field(default_factory=list)
    bodies: "Queue[int]" = field(default_factory=Queue)
    """The sizes of the bodies read, -1 for one that did not come to its end."""
    doings: dict[str, Callable[[Scope, Receive, Send], Any]] = field(default_factory=dict)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.seen.append(scope)
        scope[VISIT].route = "/orders/{reference}"
        scope[VISIT].principal = "token Boutique"
        if scope["path"] in self.doings:
            await self.doings[scope["path"]](scope, receive, send)
            return
        size = await read_all(receive)
        self.bodies.put(size)
        await say(send, {"path": scope["path"], "client": scope["client"][0], "scheme": scope["scheme"], "size": size})


async def read_all(receive: Receive) -> int:
    """Read a body and return its bytes; -1 where the client hung up."""
    size = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return -1
        size += len(message.get("body", b""))
        if not message.get("more_body"):
            return size


async def say(send: Send, body: object, status: int = 200) -> None:
    """Answer in JSON."""
    content = json.dumps(body).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(content)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": content})


@dataclass
class Reply:
    """An answer as it came over the wire."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body read as JSON."""
        return json.loads(self.body)


class Connection:
    """A raw connection that says exactly what it is told to."""

    def __init__(self, port: int, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1") -> None:
        self.socket = socket.create_connection((host, port), timeout=PATIENCE)
        if tls is not None:
            self.socket = tls.wrap_socket(self.socket, server_hostname="localhost")
        self._left = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def break_off(self) -> None:
        """End at once, as a program that is killed, or a phone that leaves the network."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()

    def send(self, data: bytes) -> None:
        """Send bytes as they are."""
        self.socket.sendall(data)

    def reply(self, *, bodiless: bool = False) -> Reply:
        """Read one answer."""
        while b"\r\n\r\n" not in self._left:
            self._more()
        head, _, self._left = self._left.partition(b"\r\n\r\n")
        line, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (each.partition(":") for each in lines)}
        size = 0 if bodiless else int(headers.get("content-length", 0))
        while len(self._left) < size:
            self._more()
        body, self._left = self._left[:size], self._left[size:]
        return Reply(int(line.split(" ")[1]), headers, body)

    def _more(self) -> None:
        data = self.socket.recv(65_536)
        if not data:
            raise ConnectionError(f"closed after {self._left[:200]!r}")
        self._left += data

    def rest(self) -> bytes:
        """Read until the other side ends."""
        data = self._left
        while True:
            try:
                more = self.socket.recv(65_536)
            except ConnectionResetError:
                return data
            if not more:
                return data
            data += more


def request(
    verb: str = "GET", path: str = "/orders", *headers: str, body: bytes = b"", host: str = "localhost"
) -> bytes:
    """Return a well-formed request, with further headers."""
    lines = [f"{verb} {path} HTTP/1.1", f"Host: {host}", *headers]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


@dataclass
class Running:
    """A server that runs."""

    port: int
    app: TinyApp
    shell: Shell
    server: DeskServer
    thread: ServerThread

    def ask(self, data: bytes, tls: ssl.SSLContext | None = None) -> Reply:
        """Send bytes on a connection of their own and return the answer."""
        with Connection(self.port, tls) as connection:
            connection.send(data)
            return connection.reply()

    def connect(self) -> Connection:
        """Open a connection."""
        return Connection(self.port)

    def is_up(self) -> bool:
        """Tell whether it still answers."""
        return self.ask(request(path="/up")).status == 200


@dataclass
class Built:
    """A server that does not listen yet."""

    shell: Shell
    server: DeskServer


def built(app: ASGIApp, options: ServeOptions, check: Callable[[], None] = fine, log: AccessLog | None = None) -> Built:
    """Put a server together around an application."""
    health = Health(options.limits, check, shows_metrics=options.shows_metrics)
    shell = Shell(
        app,
        limits=options.limits,
        largest_body=LARGEST_BODY,
        names=options.names,
        proxy=options.in_front,
        health=health,
        log=log,
    )
    return Built(shell, DeskServer(shell, health, options.limits, options.tls))


@contextmanager
def running(
    folder: Path,
    limits: Limits | None = None,
    *,
    check: Callable[[], None] = fine,
    tls: TlsFiles | None = None,
    logs: Path | None = None,
    **options: Any,
) -> Iterator[Running]:
    """Run a server in a thread, and stop it."""
    told = ServeOptions(data_folder=folder, port=0, limits=limits or Limits(), tls=tls, **options)
    tiny = TinyApp()
    log = None if logs is None else AccessLog(logs)
    made = built(tiny, told, check, log)
    sockets = listen(told.host, told.port)
    thread = ServerThread(made.server, sockets)
    thread.start()
    try:
        yield Running(sockets[0].getsockname()[1], tiny, made.shell, made.server, thread)
    finally:
        thread.stop()
        if log is not None:
            log.close()
