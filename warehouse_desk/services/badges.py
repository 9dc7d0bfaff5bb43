"""Badges and PINs: who works here, told by a barcode; and a supervisor's word for one action."""

import hashlib
import secrets
from datetime import timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from warehouse_desk.common.clock import now_utc
from warehouse_desk.common.messages import Message, msg
from warehouse_desk.data import badges, people
from warehouse_desk.data.badges import BadgeRow
from warehouse_desk.data.database import Database, UnitOfWork
from warehouse_desk.domain.abilities import Ability
from warehouse_desk.domain.caller import Caller, Source
from warehouse_desk.domain.errors import DeskError, NotAllowed, NotFound, SignInRequired, WrongUsage
from warehouse_desk.services.context import Context
from warehouse_desk.services.scan_request import Approval
from warehouse_desk.wedge.grammar import BADGE_PREFIX, SAFE_LETTERS, badge_code

TOKEN_LETTERS = 18
"""19 letters, 18 of them: 76 bits, which nobody tries out, and as many as bars of 0.25 mm fit on a bank card."""
MIN_PIN = 6
PIN_TRIES = 5
PIN_LOCK = timedelta(minutes=15)
"""After five wrong PINs in a row none is tried for a quarter of an hour: a million PINs then take 5 years."""

_HASHER = PasswordHasher()


def issue_badge(ctx: Context, user_name: str) -> str:
    """Make a badge for a user and return the text of its barcode, which is shown once and stored nowhere.

    Raises:
        NotAllowed: the role lacks ``manageUsers``.
        NotFound: no such user.
    """
    ctx.caller.require(Ability.MANAGE_USERS)
    token = "".join(secrets.choice(SAFE_LETTERS) for _ in range(TOKEN_LETTERS))

    def work(uow: UnitOfWork) -> None:
        user = _user(uow, user_name)
        badges.add_badge(uow, user.id, _hash(token), ctx.now(), ctx.caller.user_name)

    ctx.database.transact(work)
    return badge_code(token)


def badge_list(ctx: Context) -> list[BadgeRow]:
    """Return all badges, newest first, without their tokens."""
    ctx.caller.require(Ability.MANAGE_USERS)
    with ctx.database.read() as uow:
        return badges.badges(uow)


def revoke_badge(ctx: Context, badge_id: int) -> None:
    """Make a badge worthless from now on.

    Raises:
        NotFound: no such badge, or it was revoked before.
    """
    ctx.caller.require(Ability.MANAGE_USERS)
    if not ctx.database.transact(lambda uow: badges.revoke(uow, badge_id, ctx.now())):
        raise NotFound(msg("There is no valid badge {number}.", number=badge_id))


def sign_in_by_badge(database: Database, station: str, code: str, source: Source = Source.DESK) -> Caller:
    """Return the worker whose badge was scanned at a station.

    Raises:
        SignInRequired: the badge is unknown or revoked, or its user is no longer active.
    """

    def work(uow: UnitOfWork) -> tuple[people.UserRow, int]:
        user = _by_badge(uow, code)
        if user is None:
            raise SignInRequired(_UNKNOWN_BADGE)
        return user, people.station_id(uow, station, now_utc())

    user, number = database.transact(work)
    return Caller(user.id, user.name, user.abilities, number, station, source)


def set_pin(ctx: Context, user_name: str, pin: str) -> None:
    """Give a user a PIN: their own, or anybody's with ``manageUsers``.

    Raises:
        WrongUsage: fewer than six digits, or digits that everybody tries first.
        NotAllowed: it is somebody else's.
        NotFound: no such user.
    """
    if not (pin.isascii() and pin.isdigit() and len(pin) >= MIN_PIN):
        raise WrongUsage(msg("A PIN has at least {limit} digits, and digits only.", limit=MIN_PIN))
    if len(set(pin)) == 1 or pin in "01234567890" or pin in "09876543210":
        raise WrongUsage(msg("This PIN is guessed first. Choose digits without such an order."))
    hashed = _HASHER.hash(pin)

    def work(uow: UnitOfWork) -> None:
        user = _user(uow, user_name)
        if user.id != ctx.caller.user_id:
            ctx.caller.require(Ability.MANAGE_USERS)
        badges.set_pin(uow, user.id, hashed)

    ctx.database.transact(work)


def approve(ctx: Context, badge: str, pin: str) -> Approval:
    """Return a supervisor's word for one reading, given with badge and PIN.

    Raises:
        SignInRequired: badge or PIN is wrong, or the PIN is locked after too many attempts.
        NotAllowed: this user may not override.
    """
    answer = ctx.database.transact(lambda uow: _approve(uow, ctx, badge, pin))
    if isinstance(answer, DeskError):
        # Raised only now: the failed attempt must stay counted.
        raise answer
    return answer


def _approve(uow: UnitOfWork, ctx: Context, badge: str, pin: str) -> Approval | DeskError:
    user = _by_badge(uow, badge)
    stored = badges.pin_of(uow, user.id) if user is not None else None
    if user is None or stored is None:
        return SignInRequired(_UNKNOWN_BADGE if user is None else msg("{user} has no PIN yet.", user=user.name))
    now = ctx.now()
    if stored.locked_until is not None and stored.locked_until > now:
        until = stored.locked_until.astimezone().strftime("%H:%M")
        return SignInRequired(msg("Too many wrong PINs. {user} can try again at {until}.", user=user.name, until=until))
    try:
        _HASHER.verify(stored.pin_hash, pin)
    except (VerifyMismatchError, InvalidHashError):
        failures = stored.failures + 1
        locked = failures >= PIN_TRIES
        badges.note_attempt(uow, user.id, 0 if locked else failures, now + PIN_LOCK if locked else None)
        return SignInRequired(msg("The PIN is wrong. Nothing was done."))
    badges.note_attempt(uow, user.id, 0, None)
    if Ability.OVERRIDE_VERIFICATION not in user.abilities:
        return NotAllowed(msg("{user} may not override. Ask a supervisor.", user=user.name))
    return Approval(user.id, user.name)


def _by_badge(uow: UnitOfWork, code: str) -> people.UserRow | None:
    text = code.strip().upper()
    if not text.startswith(BADGE_PREFIX):
        return None
    name = badges.user_of_badge(uow, _hash(text[len(BADGE_PREFIX) :]))
    return people.user_by_name(uow, name) if name is not None else None


def _user(uow: UnitOfWork, name: str) -> people.UserRow:
    user = people.user_by_name(uow, name)
    if user is None:
        raise NotFound(_NO_USER.with_params(name=name))
    return user


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


_NO_USER: Message = msg("There is no user “{name}”.")
_UNKNOWN_BADGE = msg("This badge is not known here, or no longer. Sign in with name and password, or ask a supervisor.")
