"""Says who knocks, or why they may not come in; plain functions of what a request shows."""

from dataclasses import replace

from warehouse_desk.common.messages import msg
from warehouse_desk.domain.errors import NotAllowed
from warehouse_desk.domain.people.access import neighbourhood
from warehouse_desk.server.access.bearer import bearer_token, shows_credentials
from warehouse_desk.server.access.cookies import forget_session, session_cookie, set_session
from warehouse_desk.server.access.forgery import comes_from_elsewhere, is_genuine, mismatch
from warehouse_desk.server.access.rate_limit import Allowance, Rate, RateLimit
from warehouse_desk.server.errors import answer_to, refused
from warehouse_desk.server.exchange import Answer, Headers, Knock, Principal, Who
from warehouse_desk.services.context import Context
from warehouse_desk.services.desk import Desk
from warehouse_desk.services.people.admission import Admission, Admitted, open_door

UNAUTHENTICATED = msg("Unauthenticated.")
TOO_MANY = msg("Too Many Attempts.")


class Doorkeeper:
    """The one that every request passes. ``context`` is the server's own: each caller gets one like it."""

    def __init__(self, context: Context, admission: Admission, limit: RateLimit, public_url: str = "") -> None:
        self._context = context
        self._admission = admission
        self._limit = limit
        self._public_url = public_url

    def principal_of(self, knock: Knock) -> Principal | Answer:
        """Return who knocks, or the answer: 401, 403, 419 or 429."""
        try:
            return self._by_session(knock) if knock.who is Who.SESSION else self._by_token(knock)
        except NotAllowed as error:
            return answer_to(error, knock.language)

    def _by_token(self, knock: Knock) -> Principal | Answer:
        token = bearer_token(knock)
        admitted = None if token is None else self._admission.by_token(token, knock.address)
        if admitted is None:
            told = ', error="invalid_token"' if shows_credentials(knock) else ""
            return self._unknown(knock, (("WWW-Authenticate", f'Bearer realm="warehouse-desk"{told}'),))
        return self._principal(knock, admitted, Who.TOKEN, "")

    def _by_session(self, knock: Knock) -> Principal | Answer:
        session = session_cookie(knock)
        admitted = self._admission.by_session(session) if session else None
        if admitted is None:
            return self._unknown(knock, ())
        if not is_genuine(knock, session):
            return refused(419, mismatch(knock, self._public_url), knock.language)
        return self._principal(knock, admitted, Who.SESSION, session)

    def _principal(self, knock: Knock, admitted: Admitted, part: Who, session: str) -> Principal | Answer:
        allowance = self._limit.ask(admitted.key)
        if not allowance.is_granted:
            return _too_many(knock, allowance)
        desk = Desk(replace(self._context, caller=admitted.caller))
        return Principal(
            part, admitted.caller.user_name, admitted.key, desk, admitted.warehouse_id, allowance.headers, session
        )

    def _unknown(self, knock: Knock, headers: Headers) -> Answer:
        allowance = self._limit.ask(f"address:{neighbourhood(knock.address)}")
        if not allowance.is_granted:
            return _too_many(knock, allowance)
        return refused(401, UNAUTHENTICATED, knock.language, headers=(*headers, *allowance.headers))

    def sign_in(self, knock: Knock, name: str, password: str) -> tuple[Admitted, Headers] | Answer:
        """Open a session, ending the one that the browser had; return who came in and the headers that tell it.

        Raises:
            NotAllowed: the database has no users.
            SignInRequired: the name or the password is wrong, too often by now.
        """
        if comes_from_elsewhere(knock):
            return refused(419, mismatch(knock, self._public_url), knock.language)
        allowance = self._limit.ask(f"address:{neighbourhood(knock.address)}")
        if not allowance.is_granted:
            return _too_many(knock, allowance)
        session, admitted = self._admission.sign_in(
            name, password, address=knock.address, agent=knock.header("user-agent") or ""
        )
        self._admission.leave(session_cookie(knock))
        return admitted, set_session(knock, session)

    def sign_out(self, knock: Knock, session: str) -> Headers:
        """End a session; return the headers that make the browser forget it."""
        self._admission.leave(session)
        return forget_session(knock)

    def known_session(self, knock: Knock) -> str:
        """Return the session of a request where it is open; empty where there is none."""
        session = session_cookie(knock)
        return session if session and self._admission.by_session(session) else ""


def doorkeeper(desk: Desk, rate: Rate, address: str) -> Doorkeeper:
    """Return the doorkeeper of a server that works at a desk and is known by an address."""
    # The station's journal is for what its own scanner reads while the database is away.
    context = replace(desk.context, journal=None)
    station = context.caller.station_name
    return Doorkeeper(context, open_door(context.database, station, context.now), RateLimit(rate), address)


def _too_many(knock: Knock, allowance: Allowance) -> Answer:
    return refused(429, TOO_MANY, knock.language, headers=allowance.headers)
