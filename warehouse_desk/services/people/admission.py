"""Lets in who asks over HTTP: programs by token, people by session; before there is a desk."""

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from hmac import compare_digest
from secrets import token_urlsafe
from typing import Final

from warehouse_desk.common.clock import now_utc
from warehouse_desk.common.messages import msg
from warehouse_desk.data.engine.database import Database, UnitOfWork
from warehouse_desk.data.people import http_sessions, tokens, users
from warehouse_desk.domain.errors import DatabaseUnavailable, NotAllowed
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.people.access import is_within, public_id_of
from warehouse_desk.domain.people.caller import Caller, Source
from warehouse_desk.services.people.api_tokens import token_hash
from warehouse_desk.services.people.sign_in import needs_sign_in, prepare_sign_in, sign_in

RENEWED: Final = timedelta(seconds=30)
"""How long what a role may do is remembered; whether a token, a session or a user still counts is always asked."""
NOTED: Final = timedelta(minutes=1)
"""How often the use of a token or session is written down: a reading is not to be a write each time."""

_COOKIE = re.compile(r"[A-Za-z0-9_-]{43}")
_NO_USERS = msg("Nobody can sign in here yet. Add a user first: warehouse-desk users add.")
_AGENT = 200
_ADDRESS = 64
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Admitted:
    """Who was let in, and by what."""

    caller: Caller
    key: str
    """Whose the requests are: the same for each of a token or of a user, for limits and request ids."""
    warehouse_id: int | None = None
    """The warehouse that a token takes where a request names none."""


@dataclass(frozen=True, slots=True)
class ServedStation:
    """The station in whose name the server works."""

    id: int
    name: str


class Admission:
    """The door of one server; safe in any thread."""

    def __init__(self, database: Database, station: ServedStation, clock: Callable[[], datetime] = now_utc) -> None:
        self._database = database
        self._station = station
        self._now = clock
        self._roles: dict[int, tuple[datetime, frozenset[Ability]]] = {}
        self._noted: dict[tuple[str, int], datetime] = {}

    def by_token(self, text: str, address: str) -> Admitted | None:
        """Return who asks with a token from an address; None where it opens nothing.

        Raises:
            NotAllowed: the token is good elsewhere only.
            DatabaseUnavailable: nobody can tell now.
        """
        public_id = public_id_of(text)
        if public_id is None:
            return None
        now = self._now()
        with self._database.read() as uow:
            token = tokens.find(uow, public_id)
            if token is None or not compare_digest(token.token_hash, token_hash(text)) or not token.is_good(now):
                return None
            abilities = token.abilities
            if token.role_id is not None:
                abilities &= self._abilities(uow, token.role_id, now)
        if not is_within(address, token.networks):
            raise NotAllowed(
                msg(
                    "The token “{name}” may not be used from {address}. Add the network to a new token.",
                    name=token.name,
                    address=address,
                )
            )
        self._note("token", token.id, token.last_used_at, lambda uow: tokens.note_used(uow, token.id, now))
        caller = Caller(
            token.user_id, f"token {token.name}", abilities, self._station.id, self._station.name, Source.REST
        )
        return Admitted(caller, f"token:{public_id}", token.warehouse_id)

    def sign_in(self, name: str, password: str, *, address: str, agent: str) -> tuple[str, Admitted]:
        """Open a session for a user; return the text of its cookie, which is stored nowhere, and who was let in.

        Raises:
            NotAllowed: the database has no users.
            SignInRequired: no such user, no longer active, or not the password.
            TooManyTries: too many wrong passwords for the name or from the address.
            WrongUsage: a name that nobody can have.
        """
        database = self._database
        if not needs_sign_in(database):
            raise NotAllowed(_NO_USERS)
        caller = sign_in(
            database, self._station.name, name, password, Source.WEB, address=address[:_ADDRESS], clock=self._now
        )
        user_id, cookie, now = caller.user_id, token_urlsafe(32), self._now()
        if user_id is None:
            raise NotAllowed(_NO_USERS)
        client = _shown(agent)[:_AGENT]
        database.transact(
            lambda uow: http_sessions.add(uow, user_id, _cookie_hash(cookie), address[:_ADDRESS], client, now)
        )
        _log.info("%s signed in through the web", caller.user_name)
        return cookie, Admitted(caller, f"user:{user_id}")

    def by_session(self, cookie: str) -> Admitted | None:
        """Return who asks with a session's cookie; None where it is none, or has ended.

        Raises:
            DatabaseUnavailable: nobody can tell now.
        """
        if not _COOKIE.fullmatch(cookie):
            return None
        now = self._now()
        with self._database.read() as uow:
            session = http_sessions.find(uow, _cookie_hash(cookie))
            if session is None or not session.is_open(now):
                return None
            abilities = self._abilities(uow, session.role_id, now)
        self._note("session", session.id, session.seen_at, lambda uow: http_sessions.note_seen(uow, session.id, now))
        station = self._station
        caller = Caller(session.user_id, session.user_name, abilities, station.id, station.name, Source.WEB)
        return Admitted(caller, f"user:{session.user_id}")

    def leave(self, cookie: str) -> None:
        """End a session; nothing where it is none."""
        if _COOKIE.fullmatch(cookie):
            ended, now = _cookie_hash(cookie), self._now()
            self._database.transact(lambda uow: http_sessions.end(uow, ended, now))

    def _abilities(self, uow: UnitOfWork, role_id: int, now: datetime) -> frozenset[Ability]:
        known = self._roles.get(role_id)
        if known is None or not timedelta() <= now - known[0] < RENEWED:
            known = self._roles[role_id] = now, users.abilities_of_role(uow, role_id)
        return known[1]

    def _note(self, kind: str, number: int, stored: datetime | None, write: Callable[[UnitOfWork], None]) -> None:
        """Write down that something was used, at most once a minute; a database that is busy is left alone."""
        now = self._now()
        last = max(filter(None, (stored, self._noted.get((kind, number)))), default=None)
        if last is not None and now - last < NOTED:
            return
        if len(self._noted) > _MANY:
            self._noted.clear()
        self._noted[kind, number] = now
        try:
            self._database.transact(write)
        except DatabaseUnavailable:
            _log.info("the use of %s %d was not written down", kind, number)


_MANY = 10_000


def open_door(database: Database, station: str, clock: Callable[[], datetime] = now_utc) -> Admission:
    """Return the door of a server that works as a station, which becomes known the first time."""
    prepare_sign_in()
    number = database.transact(lambda uow: users.station_id(uow, station, clock()))
    return Admission(database, ServedStation(number, station), clock)


def _cookie_hash(cookie: str) -> str:
    return sha256(cookie.encode()).hexdigest()


def _shown(agent: str) -> str:
    return "".join(letter for letter in agent if letter.isprintable())
