"""The whole server, shell and all, before a furnished warehouse with three users; and a browser that keeps cookies."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.builders import Shop
from tests.server.running import Client, Reply
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.server.access.rate_limit import Rate
from warehouse_desk.server.serving import Serving
from warehouse_desk.server.shell.options import ServeOptions
from warehouse_desk.services.connect import server_desk
from warehouse_desk.services.desk import Desk
from warehouse_desk.services.people.api_tokens import TokenWish

PASSWORD = "motdepasse"  # noqa: S105 - of a database that lives as long as the test
USERS = {"Salma": "Admin", "Nadia": "Supervisor", "Karim": "Packer"}
ORDERS = "/api/web/1.0/orders"
REST = frozenset({Ability.REST_CREATE, Ability.REST_VIEW, Ability.REST_UPDATE, Ability.REST_DELETE})
VIEW = frozenset({Ability.REST_VIEW})
NO_LIMIT = Rate(0)


@dataclass
class House:
    """A server that runs, and the shop behind it."""

    shop: Shop
    client: Client
    folder: Path
    secrets: list[str] = field(default_factory=lambda: [PASSWORD])
    """Everything that would let somebody in."""

    def token(self, **wish: Any) -> str:
        """Make a token and return its text."""
        asked: dict[str, Any] = {"name": "Boutique", "abilities": VIEW, **wish}
        text = self.shop.desk.people.add_token(TokenWish(**asked)).text
        self.secrets += [text, text[15:]]
        return text

    def with_token(self, text: str, path: str = ORDERS, **headers: str) -> Reply:
        """Ask with a token."""
        return self.client.get(path, Authorization=f"Bearer {text}", **headers)

    def browser(self) -> "Browser":
        """Return a browser that was never here."""
        return Browser(self.client)

    def signed_in(self, name: str = "Karim") -> "Browser":
        """Return the browser of a user who is signed in."""
        browser = self.browser()
        assert browser.sign_in(name).status == 200
        self.secrets += [browser.session, browser.cookies["XSRF-TOKEN"]]
        return browser

    @property
    def log(self) -> str:
        """All that the server wrote down."""
        return "\n".join(
            path.read_text(encoding="utf-8")
            for path in sorted(self.folder.rglob("*"))
            if path.is_file() and "log" in path.name
        )


@dataclass
class Browser:
    """Keeps the cookies that it is given, and sends them back as a browser does."""

    client: Client
    cookies: dict[str, str] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    """Every Set-Cookie that came."""

    def ask(self, verb: str, path: str, body: object = None, **headers: str) -> Reply:
        """Ask; a word against forged requests goes along only where the test says so."""
        sent = dict(headers)
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        reply = self.client.ask(verb, path, body, content=None, **sent)
        for each in reply.headers.get_all("Set-Cookie") or []:
            self._take(each)
        return reply

    def _take(self, line: str) -> None:
        self.said.append(line)
        for name, morsel in SimpleCookie(line).items():
            if morsel["max-age"] == "0":
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = morsel.value

    def sign_in(self, name: str = "Karim", password: str = PASSWORD, **headers: str) -> Reply:
        """Give name and password."""
        return self.ask("POST", "/login", {"name": name, "password": password}, **headers)

    @property
    def session(self) -> str:
        """The text of the session's cookie."""
        return self.cookies.get("wd_session", "")

    @property
    def word(self) -> Mapping[str, str]:
        """The header that a script of the server's own page would send."""
        return {"X_XSRF_TOKEN": self.cookies.get("XSRF-TOKEN", "")}


def staff(shop: Shop) -> Shop:
    """Add the users."""
    for name, role in USERS.items():
        shop.desk.people.add(name, PASSWORD, role)
    return shop


@contextmanager
def opened(shop: Shop, folder: Path, rate: Rate = NO_LIMIT) -> Iterator[House]:
    """Run the whole server on loopback for one test."""
    desk = Desk(replace(server_desk(shop.database, "Serveur").context, now=shop.clock))
    serving = Serving(desk, ServeOptions(data_folder=folder, port=0, rate=rate))
    serving.open()
    serving.start()
    try:
        yield House(shop, Client(urlsplit(serving.url).port or 0), folder)
    finally:
        serving.stop()
