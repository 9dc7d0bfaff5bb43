"""What goes into a handler and what comes out of it: plain values, nothing of HTTP's machinery.

A handler is a synchronous function from an :class:`Ask` to an :class:`Answer`. It calls services, shapes the body, and
lets every :class:`DeskError` pass: ``errors.py`` makes the answer of it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from warehouse_desk.common.messages import Message
from warehouse_desk.server.running_keys import RunningKeys
from warehouse_desk.services.desk import Desk
from warehouse_desk.services.people.admission import Admitted

Headers = tuple[tuple[str, str], ...]
"""Names and values in the order sent; a name may stand there twice."""


class Who(StrEnum):
    """Who may ask at an endpoint: what :data:`PrincipalOf` looks for."""

    TOKEN = "token"  # noqa: S105 - a kind of visitor, no secret
    SESSION = "session"
    ANYBODY = "anybody"


@dataclass(frozen=True, slots=True)
class Principal:
    """Who asks, once that is known."""

    part: Who
    """How they proved it: by a bearer token or by a session."""
    name: str
    """For the log and for people: ``token Boutique``, or the name of a user. Never a secret."""
    id: str
    """What their idempotency keys, limits and jobs are kept under: ``token:7``, ``user:3``."""
    desk: Desk
    """The desk whose rights apply to all that they ask."""
    warehouse_id: int | None = None
    """The warehouse that goods leave where a request names none."""
    headers: Headers = ()
    """What is sent with every answer to them, such as what is left of their limit."""
    session: str = field(default="", repr=False)
    """The text of the session's cookie, for signing out; "" for a token."""


@dataclass(frozen=True, slots=True)
class Knock:
    """A request before anybody knows who asks: all that tells it, and nothing of the body."""

    who: Who
    verb: str
    path: str
    headers: Headers
    """In the order sent, names in small letters; a name may stand there twice."""
    cookies: Mapping[str, str] = field(default_factory=dict)
    address: str = ""
    """The network address that asks, without its port."""
    is_secure: bool = False
    """Whether it came under TLS."""
    language: str = "en"

    def header(self, name: str) -> str | None:
        """Return the first header of a name (small letters), None where there is none."""
        return next(iter(self.every(name)), None)

    def every(self, name: str) -> list[str]:
        """Return all headers of a name (small letters)."""
        return [value for each, value in self.headers if each == name]


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """A file that was sent: it lies on the server's disk until the answer is made."""

    name: str
    """As the sender called it: for sentences and for its ending alone, never a place on the disk."""
    path: Path
    size: int
    """In bytes."""


class Door(Protocol):
    """Where people come in and leave: see ``access/doorkeeper.py``."""

    def sign_in(self, knock: Knock, name: str, password: str) -> "tuple[Admitted, Headers] | Answer":
        """Open a session; return who came in and the headers that tell the browser."""

    def sign_out(self, knock: Knock, session: str) -> Headers:
        """End a session; return the headers that make the browser forget it."""

    def known_session(self, knock: Knock) -> str:
        """Return the session of a request where it is open; empty where there is none."""


@dataclass(frozen=True, slots=True)
class ServerState:
    """What all handlers of a server share."""

    folder: Path | None = None
    """Where the server keeps files of its own: uploads while they are read, results of jobs."""
    door: Door | None = None
    """Where people sign in; None at a server that has programs only."""
    running: RunningKeys = field(default_factory=RunningKeys)
    """The requests with a key that are being worked on."""
    public_url: str = ""
    """The address that clients know it by, without a slash at the end; links in answers begin with it."""
    wake_jobs: Callable[[], None] = lambda: None
    """Tells whoever does the server's jobs that there is a new one."""
    document: Mapping[str, object] = field(default_factory=dict)
    """The OpenAPI document of what is served; the application fills it in."""
    cors_origins: frozenset[str] = frozenset()
    """The web pages that may use the REST API, from the shared setting of that name: see cors.py."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One request, read: who asks, where, and for what."""

    knock: Knock
    principal: Principal | None
    """None at endpoints for anybody."""
    path: Mapping[str, str] = field(default_factory=dict)
    """The parts of the path that the endpoint names in braces."""
    query: tuple[tuple[str, str], ...] = ()
    body: object = None
    """The JSON value that was sent, numbers with a point as Decimals; None where nothing was."""
    form: Mapping[str, str] = field(default_factory=dict)
    """The texts of a form with files."""
    files: Mapping[str, UploadedFile] = field(default_factory=dict)
    request_id: str = ""
    """What the log calls this request."""
    request_id_of_key: str | None = None
    """The id under which a service does this request once, from its ``Idempotency-Key``; None where it has none."""
    state: ServerState = field(default_factory=ServerState)

    @property
    def desk(self) -> Desk:
        """The desk of who asks."""
        return self.known.desk

    @property
    def known(self) -> Principal:
        """Who asks, at an endpoint that is not for anybody."""
        if self.principal is None:
            raise RuntimeError("an endpoint for anybody has no desk")
        return self.principal

    @property
    def is_strict(self) -> bool:
        """Whether all or nothing is preferred (``Prefer: handling=strict``)."""
        wishes = ",".join(self.knock.every("prefer")).replace(" ", "").lower()
        return "handling=strict" in wishes.split(",")

    def asked(self, name: str) -> str | None:
        """Return a word of the query, the last one where it stands there twice; None where it is not there."""
        found = self.every(name)
        return found[-1] if found else None

    def every(self, name: str) -> list[str]:
        """Return all words of the query of one name."""
        return [value for each, value in self.query if each == name]

    def say(self, message: Message) -> str:
        """Return a sentence in the language of who asks."""
        return message.in_language(self.knock.language)


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered: a JSON body, or bytes, or a file."""

    body: object = None
    """Made JSON of, unless there is content or a file."""
    status: int = 200
    headers: Headers = ()
    content: bytes | None = None
    file: Path | None = None
    media: str = "application/json"
    """The content type of content or file."""

    @property
    def known_body(self) -> Mapping[str, object]:
        """The JSON object that it is; empty where it is none."""
        return self.body if isinstance(self.body, Mapping) else {}


Handler = Callable[[Ask], Answer]
PrincipalOf = Callable[[Knock], Principal | Answer]
"""Says who knocks, or answers at once: 401, 403, 419, 429. Called in a thread of the services."""


@dataclass(slots=True)
class Visit:
    """What becomes known of a request on its way, for the log: the shell puts one into ``scope[VISIT]``."""

    request_id: str
    route: str = ""
    """The path as the table has it, without what stands for the braces."""
    principal: str = ""


VISIT = "warehouse_desk.visit"
