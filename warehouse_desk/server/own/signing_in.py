"""Signing in and out, and who one is."""

from collections.abc import Mapping
from secrets import token_hex

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.domain.errors import InvalidInput
from warehouse_desk.domain.fields import FieldReader
from warehouse_desk.domain.people.caller import Caller
from warehouse_desk.server.access.cookies import set_xsrf, xsrf_token
from warehouse_desk.server.exchange import Answer, Ask, Door

MAX_NAME = 100
MAX_PASSWORD = 1_000


def sign_in(ask: Ask) -> Answer:
    """Open a session for a name with its password."""
    faults: dict[str, Message] = {}
    body = ask.body if isinstance(ask.body, Mapping) else {}
    read = FieldReader(body, "", faults)
    name, password = read.text("name", MAX_NAME), read.text("password", MAX_PASSWORD)
    if faults:
        raise InvalidInput(next(iter(faults.values())), faults)
    if isinstance(body.get("password"), str):
        password = str(body["password"])  # with the blanks at its ends
    opened = _door(ask).sign_in(ask.knock, name, password)
    if isinstance(opened, Answer):
        return opened
    admitted, headers = opened
    return Answer(_who(admitted.caller), headers=headers)


def sign_out(ask: Ask) -> Answer:
    """End the session."""
    headers = _door(ask).sign_out(ask.knock, ask.known.session)
    return Answer({"message": ask.say(msg("Signed out."))}, headers=headers)


def who_am_i(ask: Ask) -> Answer:
    """Tell who is signed in and what they may do."""
    return Answer(_who(ask.desk.caller))


def xsrf_cookie(ask: Ask) -> Answer:
    """Give the cookie against forged requests anew; before anybody signed in it holds a word that opens nothing."""
    session = _door(ask).known_session(ask.knock)
    word = xsrf_token(session) if session else token_hex(32)
    return Answer(status=204, headers=(set_xsrf(ask.knock, word),))


def _who(caller: Caller) -> dict[str, object]:
    return {"data": {"name": caller.user_name, "abilities": sorted(each.value for each in caller.abilities)}}


def _door(ask: Ask) -> Door:
    door = ask.state.door
    if door is None:
        raise RuntimeError("this server has no door to sign in at")
    return door
