"""The floor of the server: the same pages by SQL written by hand, behind the same uvicorn, without rights or words.

``python -m tests.benchmarks.bare_server DATABASE PRAGMAS`` says at which port it answers, until it is killed.
"""

import asyncio
import json
import sqlite3
import sys
import threading
from typing import Any

import uvicorn
from starlette.types import Receive, Scope, Send

from tests.benchmarks import bare

_NAMES = ("reference", "status", "full_name", "phone", "city", "total", "created_at")
_ORDER = "SELECT * FROM orders WHERE reference = ? AND deleted_at IS NULL"
_LINES = (
    "SELECT l.product_id, p.sku, p.name, l.quantity, l.price FROM order_line l JOIN product p ON p.id = l.product_id "
    "WHERE l.order_id = ? ORDER BY l.id"
)
_EVENTS = "SELECT kind, status_before, status_after, at, user_name FROM order_event WHERE order_id = ? ORDER BY id"


class BareServer:
    """An application of two addresses: ``/list`` and ``/show/REFERENCE``."""

    def __init__(self, path: str, pragmas: list[str]) -> None:
        self._path = path
        self._pragmas = pragmas
        self._own = threading.local()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        work = self._list if scope["path"] == "/list" else self._show
        content = await asyncio.to_thread(work, scope["path"].rpartition("/")[2])
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(content)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": content})

    @property
    def _connection(self) -> sqlite3.Connection:
        if not hasattr(self._own, "connection"):
            self._own.connection = bare.connect(self._path, self._pragmas)
        connection: sqlite3.Connection = self._own.connection
        return connection

    def _list(self, _: str) -> bytes:
        found: Any = bare.page(self._connection, 25, "", (), total=True)
        (total,), rows = found
        data = [
            dict(zip(_NAMES, (row[1], row[2], row[3], row[4], row[5], row[6], row[7]), strict=True)) for row in rows
        ]
        return json.dumps({"data": data[:25], "meta": {"total": total}}).encode()

    def _show(self, reference: str) -> bytes:
        cursor = self._connection.execute(_ORDER, (reference,))
        names = [column[0] for column in cursor.description]
        order: dict[str, Any] = dict(zip(names, cursor.fetchone(), strict=True))
        order["products"] = self._connection.execute(_LINES, (order["id"],)).fetchall()
        order["history"] = self._connection.execute(_EVENTS, (order["id"],)).fetchall()
        return json.dumps({"data": order}).encode()


def main(path: str, pragmas: str) -> None:
    """Serve until somebody ends it; the first line says the port."""
    config = uvicorn.Config(
        BareServer(path, json.loads(pragmas)),
        port=0,
        http="h11",
        lifespan="off",
        access_log=False,
        log_level="critical",
    )
    server = uvicorn.Server(config)

    def tell() -> None:
        while not server.started:
            threading.Event().wait(0.01)
        sys.stdout.write(f"{server.servers[0].sockets[0].getsockname()[1]}\n")
        sys.stdout.flush()

    threading.Thread(target=tell, daemon=True).start()
    server.run()


if __name__ == "__main__":
    main(*sys.argv[1:])
