"""What one row of the table says: an endpoint, its fields with their limits, its answers, and where they lead."""

import re
from dataclasses import dataclass, field
from enum import StrEnum

from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.server.exchange import Handler, Who

JSON_BYTES = 1 * 1024 * 1024
"""The largest body of most endpoints."""

_BRACES = re.compile(r"\{(\w+)\}")


class ApiPart(StrEnum):
    """The three parts of the API."""

    REST = "REST API 1.0"
    DASHBOARD = "Dashboard"
    OWN = "Ours"


class FieldKind(StrEnum):
    """What a field holds; how each may be written stands in docs/api.md#readings."""

    TEXT = "text"
    WHOLE = "whole"
    """A whole number."""
    MONEY = "money"
    """An amount in MAD with at most 2 decimals."""
    FLAG = "flag"
    DAY = "day"
    MOMENT = "moment"
    CHOICE = "choice"
    """One of a few words."""
    LIST = "list"
    """A list of objects with fields of their own."""
    IDS = "ids"
    """A list of whole numbers or of their digits."""
    TEXTS = "texts"
    OBJECT = "object"
    MAP = "map"
    """Any names, each with a list of sentences."""
    FILE = "file"


class Work(StrEnum):
    """Which of the bounded thread pools a handler runs in."""

    SERVICES = "services"
    FILES = "files"
    """Spreadsheets and PDFs, which take seconds."""
    HASHING = "hashing"
    """Passwords: each takes 64 MiB."""
    NONE = "none"
    """None: it answers at once from memory, even while every pool is full."""


@dataclass(frozen=True, slots=True)
class ApiField:
    """One field of a body, a query, a path or an answer; limits are those of the drafts that read it."""

    name: str
    kind: FieldKind
    about: str = ""
    """One plain sentence for whoever writes a client."""
    required: bool = False
    """Asked of a request; promised of an answer."""
    least: int | None = None
    """Characters of a text, entries of a list, the number itself."""
    most: int | None = None
    choices: tuple[str, ...] = ()
    fields: tuple["ApiField", ...] = ()
    """Of an object, or of each object of a list."""
    nullable: bool = False
    example: object = None


@dataclass(frozen=True, slots=True)
class Link:
    """Where an answer leads: a value of it is a parameter of another endpoint."""

    to: str
    """The name of that endpoint."""
    parameter: str = ""
    value: str = ""
    """An OpenAPI expression such as ``$response.body#/data/0/reference``."""
    body: object = None
    """The body to send there, with such expressions in it, where it is not a parameter that is filled in."""


@dataclass(frozen=True, slots=True)
class Success:
    """How it is answered when all is well."""

    about: str
    fields: tuple[ApiField, ...] = ()
    status: int = 200
    media: tuple[str, ...] = ("application/json",)
    example: object = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """A row of the table."""

    name: str
    """Its one name in the OpenAPI document: ``createOrders``."""
    verb: str
    path: str
    """As the API spells it, its parameters in braces: ``/api/web/1.0/orders/{reference}/show``."""
    part: ApiPart
    who: Who
    handler: Handler
    about: str
    abilities: tuple[Ability, ...] = ()
    """All of them are wanted before anything is read; services may want more."""
    parameters: tuple[ApiField, ...] = ()
    """One for each pair of braces in the path."""
    query: tuple[ApiField, ...] = ()
    body: tuple[ApiField, ...] = ()
    """Fields of a JSON body, or of a form where one of them is a file."""
    body_bytes: int = JSON_BYTES
    """Above it: 413."""
    work: Work = Work.SERVICES
    success: tuple[Success, ...] = ()
    """The usual one first."""
    failures: tuple[int, ...] = ()
    """Statuses of its own, beside those that any endpoint may answer."""
    keyed: bool = False
    """Whether it heeds an ``Idempotency-Key``."""
    example: object = None
    """A body that can be sent as it stands."""
    links: tuple[Link, ...] = ()

    @property
    def takes_file(self) -> bool:
        """Whether its body is a form with a file."""
        return any(each.kind is FieldKind.FILE for each in self.body)

    @property
    def braces(self) -> tuple[str, ...]:
        """The names of the parameters in its path."""
        return tuple(_BRACES.findall(self.path))


@dataclass(frozen=True, slots=True)
class EndpointTable:
    """All endpoints of a server."""

    rows: tuple[Endpoint, ...] = field(default_factory=tuple)

    def paths(self) -> dict[str, dict[str, Endpoint]]:
        """Return the rows by path and verb; paths of fixed words before those with braces, where both would match."""
        found: dict[str, dict[str, Endpoint]] = {}
        for row in sorted(self.rows, key=lambda row: (row.path.count("{"), row.path)):
            found.setdefault(row.path, {})[row.verb] = row
        return found
