"""A client written from the API's document alone, with Python's standard library and nothing of this program.

It does what small clients do: follows redirects, sends no ``Accept``, keeps one connection and asks on it again. Of
this program it knows what the document leaves out and docs/api.md adds: signing in, and asking for a job.
"""

import http.client
import http.cookies
import json
import ssl
import time
import uuid
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

Body = dict[str, Any]
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MOST_REDIRECTS = 5


class Refused(Exception):
    """The server answered with a failure."""

    def __init__(self, status: int, body: Any) -> None:
        super().__init__(f"{status}: {body}")
        self.status = status
        self.body = body


@dataclass
class Reply:
    """An answer with its headers, names in small letters."""

    status: int
    headers: dict[str, str]
    content: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.content)


@dataclass
class Line:
    """One connection to one server, opened again when the server has closed it, and its cookies."""

    url: str
    tls: ssl.SSLContext | None = None
    cookies: dict[str, str] = field(default_factory=dict)
    opened: int = 0
    asked: int = 0
    _connection: http.client.HTTPConnection | None = None

    def ask(self, verb: str, path: str, content: bytes | None = None, headers: dict[str, str] | None = None) -> Reply:
        """Ask, and go where a redirect leads; a 303 is asked for with GET."""
        for _ in range(_MOST_REDIRECTS):
            reply = self._once(verb, path, content, headers or {})
            if reply.status not in _REDIRECTS or "location" not in reply.headers:
                return reply
            place = urlsplit(urljoin(self.url + path, reply.headers["location"]))
            assert f"{place.scheme}://{place.netloc}" == self.url, f"sent away to {place.netloc}"
            path = f"{place.path}?{place.query}" if place.query else place.path
            if reply.status == http.client.SEE_OTHER:
                verb, content = "GET", None
        raise AssertionError("redirected without end")

    def _once(self, verb: str, path: str, content: bytes | None, headers: dict[str, str]) -> Reply:
        self.asked += 1
        try:
            return self._on_the_line(verb, path, content, headers)
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
            if self._connection is None or verb not in {"GET", "PUT", "DELETE"}:
                raise
            self.close()  # it had waited longer than the server keeps a connection
            return self._on_the_line(verb, path, content, headers)

    def _on_the_line(self, verb: str, path: str, content: bytes | None, headers: dict[str, str]) -> Reply:
        if self._connection is None:
            where = urlsplit(self.url)
            assert where.hostname is not None
            if self.tls is None:
                self._connection = http.client.HTTPConnection(where.hostname, where.port, timeout=60)
            else:
                self._connection = http.client.HTTPSConnection(where.hostname, where.port, context=self.tls, timeout=60)
            self.opened += 1
        sent = dict(headers)
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self._connection.request(verb, path, content, sent)
        reply = self._connection.getresponse()
        kept = Reply(reply.status, {name.lower(): value for name, value in reply.headers.items()}, reply.read())
        for line in reply.headers.get_all("Set-Cookie") or []:
            for name, morsel in http.cookies.SimpleCookie(line).items():
                if morsel["max-age"] == "0" or not morsel.value:
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = morsel.value
        if reply.will_close:
            self.close()
        return kept

    def close(self) -> None:
        """Hang up."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def good(reply: Reply) -> Reply:
    """Return an answer that is none of the failures."""
    if reply.status >= http.client.BAD_REQUEST:
        raise Refused(reply.status, reply.json)
    return reply


@dataclass
class Rest:
    """The REST API 1.0."""

    line: Line
    token: str

    def create(self, *orders: Body, key: str | None = None) -> Body:
        """Bulk create: all or none."""
        return self._send("POST", "/orders", {"orders": orders}, key=key)

    def list(self, **query: str | int) -> Body:
        """A page of orders: ``search_by``, ``keyWord``, ``per_page``, ``page``."""
        return self._send("GET", f"/orders?{urlencode(query)}" if query else "/orders")

    def show(self, reference: str) -> Body:
        """One order."""
        order: Body = self._send("GET", f"/orders/{reference}/show")["data"]
        return order

    def update(self, *updates: Body) -> Body:
        """Bulk update of statuses."""
        return self._send("PUT", "/orders", {"orders": updates})

    def delete(self, reference: str) -> Body:
        """Delete one order."""
        return self._send("DELETE", f"/orders/{reference}")

    def _send(self, verb: str, path: str, body: Body | None = None, *, key: str | None = None) -> Body:
        headers = {"Authorization": f"Bearer {self.token}"}
        content = None
        if body is not None:
            content = json.dumps(body).encode()
            headers["Content-Type"] = "application/json"
        if key is not None:
            headers["Idempotency-Key"] = key
        answer: Body = good(self.line.ask(verb, f"/api/web/1.0{path}", content, headers)).json
        return answer


@dataclass
class Dashboard:
    """The Dashboard's endpoints, spelled as the document spells them."""

    line: Line

    def sign_in(self, name: str, password: str) -> Body:
        """Open a session; the line keeps its cookies."""
        return self.send("POST", "/login", {"name": name, "password": password})

    def sign_out(self) -> None:
        """End it."""
        good(self.line.ask("POST", "/logout", b"", self._headers()))

    def list(self, status: str = "", **query: str | int) -> Body:
        """Orders of all statuses, or of one."""
        path = f"/orders/{status}" if status else "/orders"
        return self.send("GET", f"{path}?{urlencode(query)}" if query else path)

    def show(self, order: str | int) -> Body:
        """One order."""
        shown: Body = self.send("GET", f"/orders/{order}/show")["data"]
        return shown

    def edit(self, status: str, item: str | int, **fields: Any) -> Body:
        """Change the details of an order."""
        return self.send("PATCH", f"/orders/{status}/{item}/update", fields)

    def delete(self, *ids: int) -> Body:
        """Bulk delete."""
        return self.send("DELETE", "/orders/delete", {"ids": ids})

    def step(self, word: str, *ids: int, **fields: Any) -> Body:
        """One of the bulk steps: ``mark-orders-as-packed``, ``renew-orders``, ..."""
        return self.send("POST", f"/orders/{word}", {"ids": ids, **fields})

    def scan(self, word: str, reference: str, **fields: Any) -> Body:
        """Mark one order by the code on its parcel: ``shipped``, ``delivered`` or ``returned``."""
        return self.send("POST", f"/orders/mark-orders-as-{word}-by-scanner", {"reference": reference, **fields})

    def labels(self) -> bytes:
        """The PDF of the labels generated last."""
        reply = good(self.line.ask("GET", "/orders/get-trackings"))
        assert reply.headers["content-type"] == "application/pdf"
        return reply.content

    def upload(self, word: str, name: str, content: bytes, **fields: str) -> Body:
        """Send a file: ``import``, ``mark-orders-as-returned-by-import``, ``mark-orders-as-delivered-by-import``."""
        boundary = uuid.uuid4().hex
        parts = [
            f'--{boundary}\r\nContent-Disposition: form-data; name="{field_name}"\r\n\r\n{value}\r\n'.encode()
            for field_name, value in fields.items()
        ]
        parts.append(
            f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
            f"Content-Type: application/octet-stream\r\n\r\n".encode()
            + content
            + f"\r\n--{boundary}--\r\n".encode()
        )
        headers = {**self._headers(), "Content-Type": f"multipart/form-data; boundary={boundary}"}
        answer: Body = good(self.line.ask("POST", f"/orders/{word}", b"".join(parts), headers)).json
        return answer

    def export(self, file_extension: str, seconds: float = 60, **fields: Any) -> bytes:
        """Start an export, wait for it, and return its file."""
        job = self.send("POST", "/orders/export", {"file_extension": file_extension, **fields})["job"]
        ends = time.monotonic() + seconds
        while job["file"] is None:
            assert time.monotonic() < ends, f"the export has not ended: {job}"
            time.sleep(0.05)
            job = self.send("GET", f"/jobs/{job['id']}")["job"]
        place = urlsplit(job["file"])
        return good(self.line.ask("GET", place.path)).content

    def send(self, verb: str, path: str, body: Body | None = None) -> Body:
        """Ask with the session."""
        headers = self._headers()
        content = None
        if body is not None:
            content = json.dumps(body).encode()
            headers["Content-Type"] = "application/json"
        answer: Body = good(self.line.ask(verb, path, content, headers)).json
        return answer

    def _headers(self) -> dict[str, str]:
        """Return what a browser's script sends: the cookie that it may read, as a header."""
        known = self.line.cookies.get("XSRF-TOKEN")
        return {} if known is None else {"X-XSRF-TOKEN": known}
