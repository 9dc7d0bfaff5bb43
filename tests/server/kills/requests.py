"""What is asked while the server is killed: three requests with a key, and what each must have done exactly once."""

import csv
import http.client
import io
import json
import threading
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.builders import a_line, an_order_body
from tests.server.furnished import PASSWORD, USER
from tests.server.independent_client import Dashboard, Line
from warehouse_desk.sheets.headings import ORDER_HEADINGS

REST = "/api/web/1.0/orders"
MANY = 120
"""Orders in a request: enough that its work takes as long as a kill needs to hit it."""


@dataclass(frozen=True)
class Request:
    """One request, ready to be sent again and again."""

    verb: str
    path: str
    content: bytes
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Got:
    """What came back."""

    status: int
    content: bytes
    is_replayed: bool

    @property
    def body(self) -> dict[str, Any]:
        """The answer without what names the request that it answers."""
        body: dict[str, Any] = json.loads(self.content)
        return {name: value for name, value in body.items() if name != "request_id"}


def send(port: int, request: Request) -> Got:
    """Send a request on a connection of its own.

    Raises:
        OSError: there is no server, or it died.
        http.client.HTTPException: it died in the middle of an answer.
    """
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(request.verb, request.path, request.content, dict(request.headers))
        reply = connection.getresponse()
        return Got(reply.status, reply.read(), reply.headers.get("Idempotent-Replayed") == "true")
    finally:
        connection.close()


@dataclass
class Attempt:
    """A request sent in a thread, whose answer may never come."""

    port: int
    request: Request
    got: Got | None = None
    _thread: threading.Thread = field(init=False)

    def __post_init__(self) -> None:
        self._thread = threading.Thread(target=self._send, name="attempt")
        self._thread.start()

    def _send(self) -> None:
        try:
            self.got = send(self.port, self.request)
        except (OSError, http.client.HTTPException):
            self.got = None

    def end(self) -> Got | None:
        """Wait until it is answered or lost."""
        self._thread.join()
        return self.got


def bearer(token: str, key: str) -> dict[str, str]:
    """Return the headers of a program that sends JSON with a key."""
    return {"Authorization": f"Bearer {token}", "Content-Type": "application/json", "Idempotency-Key": key}


def create(token: str, key: str) -> Request:
    """Return a request that creates orders."""
    orders = [an_order_body(full_name=f"{key} {number}") for number in range(MANY)]
    return Request("POST", REST, json.dumps({"orders": orders}).encode(), bearer(token, key))


def update(token: str, key: str, references: list[str], status: str) -> Request:
    """Return a request that gives orders a status."""
    orders = [{"reference": reference, "status": status} for reference in references]
    return Request("PUT", REST, json.dumps({"orders": orders}).encode(), bearer(token, key))


def import_file(line: Line, key: str) -> Request:
    """Return a request that imports a file, with the session of a line."""
    stream = io.StringIO(newline="")
    sku = a_line()["sku"]
    phones = zlib.crc32(key.encode())  # two orders of one phone and one product would be the same order
    rows = [
        [f"{key} {n}", f"06{number % 10**8:08d}", "", "Casablanca", f"{n} rue {key}", sku, "1", "399", "399", ""]
        for n, number in enumerate(range(phones, phones + MANY))
    ]
    csv.writer(stream).writerows([ORDER_HEADINGS, *rows])
    boundary = "a-boundary-of-the-tests"
    head = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{key}.csv"\r\n'
        "Content-Type: text/csv\r\n\r\n"
    )
    headers = {
        "Content-Type": f"multipart/form-data; boundary={boundary}",
        "Idempotency-Key": key,
        "Cookie": "; ".join(f"{name}={value}" for name, value in line.cookies.items()),
        "X-XSRF-TOKEN": line.cookies["XSRF-TOKEN"],
    }
    content = f"{head}{stream.getvalue()}\r\n--{boundary}--\r\n".encode()
    return Request("POST", "/orders/import", content, headers)


def signed_in(url: str) -> Line:
    """Return a line with an open session."""
    line = Line(url)
    Dashboard(line).sign_in(USER, PASSWORD)
    line.close()
    return line
