"""Badges and PINs: who works here, told by a barcode; and a supervisor's word for one action."""

import hashlib
import logging
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from argon2.exceptions import InvalidHashError, VerifyMismatchError

from warehouse_desk.common.clock import now_utc
from warehouse_desk.common.messages import msg
from warehouse_desk.data.engine.database import Database, UnitOfWork
from warehouse_desk.data.people import badges, users
from warehouse_desk.domain.errors import DeskError, NotAllowed, NotFound, RuleViolation, SignInRequired, WrongUsage
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.people.caller import Caller, Source
from warehouse_desk.domain.people.users import Approval, BadgeInfo
from warehouse_desk.services.context import Context
from warehouse_desk.services.people.hashing import hasher
from warehouse_desk.services.people.management import require_manager, user_named
from warehouse_desk.wedge.grammar import BADGE_PREFIX, SAFE_LETTERS, badge_code

TOKEN_LETTERS = 18
"""19 letters, 18 of them: 76 bits, which nobody tries out, and as many as bars of 0.25 mm fit on a bank card."""
MIN_PIN = 6
PIN_TRIES = 5
PIN_LOCK = timedelta(minutes=15)
"""After five wrong PINs in a row none is tried for a quarter of an hour: a million PINs then take 5 years."""

_MAX_ID = 2**63 - 1
_log = logging.getLogger(__name__)


def issue_badge(ctx: Context, user_name: str) -> str:
    """Make a badge for one user; see :func:`issue_badges`."""
    return issue_badges(ctx, [user_name])[0]


def issue_badges(ctx: Context, user_names: Sequence[str], *, replace: bool = False) -> list[str]:
    """Make a badge for each of some users, all or none, and return the texts of their barcodes.

    They are shown once and stored nowhere. With ``replace`` the badges that the users had are revoked.

    Raises:
        NotAllowed: the role lacks ``manageUsers``.
        NotFound: no such user.
        RuleViolation: the user is disabled.
    """
    ctx.caller.require(Ability.MANAGE_USERS)
    tokens = ["".join(secrets.choice(SAFE_LETTERS) for _ in range(TOKEN_LETTERS)) for _ in user_names]

    def work(uow: UnitOfWork) -> None:
        require_manager(uow, ctx)
        for name, token in zip(user_names, tokens, strict=True):
            user = user_named(uow, name)
            if not user.active:
                raise RuleViolation(
                    msg("{user} is disabled. Enable the user first, then issue a badge.", user=user.name)
                )
            if replace:
                badges.revoke_all(uow, user.id, ctx.now())
            badges.add_badge(uow, user.id, _hash(token), ctx.now(), ctx.caller.user_name)

    ctx.database.transact(work)
    for name in user_names:
        _log.info("badge issued for %s", name)
    return [badge_code(token) for token in tokens]


def badge_list(ctx: Context) -> list[BadgeInfo]:
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

    def work(uow: UnitOfWork) -> None:
        require_manager(uow, ctx)
        if not 0 < badge_id <= _MAX_ID or not badges.revoke(uow, badge_id, ctx.now()):
            raise NotFound(msg("There is no valid badge {number}.", number=badge_id))

    ctx.database.transact(work)
    _log.info("badge %d revoked", badge_id)


def revoke_badges_of(ctx: Context, user_name: str) -> int:
    """Make every badge of a user worthless from now on; return how many there were.

    Raises:
        NotFound: no such user, or one without a valid badge.
    """
    ctx.caller.require(Ability.MANAGE_USERS)

    def work(uow: UnitOfWork) -> int:
        require_manager(uow, ctx)
        user = user_named(uow, user_name)
        count = badges.revoke_all(uow, user.id, ctx.now())
        if not count:
            raise NotFound(msg("{user} has no valid badge.", user=user.name))
        return count

    revoked = ctx.database.transact(work)
    _log.info("%d badges of %s revoked", revoked, user_name)
    return revoked


def sign_in_by_badge(database: Database, station: str, code: str, source: Source = Source.DESK) -> Caller:
    """Return the worker whose badge was scanned at a station.

    Raises:
        SignInRequired: the badge is unknown or revoked, or its user is no longer active.
    """

    def work(uow: UnitOfWork) -> tuple[users.UserRow, int]:
        user = _by_badge(uow, code)
        if user is None:
            raise SignInRequired(_UNKNOWN_BADGE)
        users.note_seen(uow, user.id, now_utc())
        return user, users.station_id(uow, station, now_utc())

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
    hashed = hasher().hash(pin)

    def work(uow: UnitOfWork) -> None:
        badges.set_pin(uow, _own_or_managed(uow, ctx, user_name).id, hashed)

    ctx.database.transact(work)
    _log.info("%s has a new PIN", user_name)


def clear_pin(ctx: Context, user_name: str) -> None:
    """Take a user's PIN away: one's own, or anybody's with ``manageUsers``.

    Raises:
        NotFound: no such user, or one without a PIN.
        NotAllowed: it is somebody else's.
    """

    def work(uow: UnitOfWork) -> None:
        user = _own_or_managed(uow, ctx, user_name)
        if not badges.clear_pin(uow, user.id):
            raise NotFound(msg("{user} has no PIN.", user=user.name))

    ctx.database.transact(work)
    _log.info("%s has no PIN any more", user_name)


def _own_or_managed(uow: UnitOfWork, ctx: Context, user_name: str) -> users.UserRow:
    user = user_named(uow, user_name)
    if user.id != ctx.caller.user_id:
        require_manager(uow, ctx)
    return user


def approve(ctx: Context, badge: str, pin: str) -> Approval:
    """Return a supervisor's word for one reading, given with badge and PIN.

    Raises:
        SignInRequired: badge or PIN is wrong, or the PIN is locked after too many attempts.
        NotAllowed: this user may not override.
    """
    attempt = ctx.database.transact(lambda uow: _begin_attempt(uow, badge, ctx.now()))
    if isinstance(attempt, DeskError):
        raise attempt
    user, pin_hash = attempt
    # Checked outside any transaction: it is slow on purpose, and other stations go on scanning.
    try:
        hasher().verify(pin_hash, pin.encode("utf-8", "surrogatepass"))
    except (VerifyMismatchError, InvalidHashError) as error:
        _log.info("a wrong PIN was given for %s", user.name)
        raise SignInRequired(msg("The PIN is wrong. Nothing was done.")) from error
    ctx.database.transact(lambda uow: badges.note_attempt(uow, user.id, 0, None))
    if Ability.OVERRIDE_VERIFICATION not in user.abilities:
        raise NotAllowed(msg("{user} may not override. Ask a supervisor.", user=user.name))
    _log.info("%s allows a scan at %s", user.name, ctx.caller.station_name)
    return Approval(user.id, user.name)


def _begin_attempt(uow: UnitOfWork, badge: str, now: datetime) -> tuple[users.UserRow, str] | DeskError:
    """Count an attempt before it is made: however many stations try at once, no more than five are."""
    user = _by_badge(uow, badge)
    stored = badges.pin_of(uow, user.id) if user is not None else None
    if user is None or stored is None:
        return SignInRequired(_UNKNOWN_BADGE if user is None else msg("{user} has no PIN yet.", user=user.name))
    if stored.locked_until is not None and stored.locked_until > now:
        until = stored.locked_until.astimezone().strftime("%H:%M")
        return SignInRequired(msg("Too many wrong PINs. {user} can try again at {until}.", user=user.name, until=until))
    tries = stored.failures + 1
    locked = tries >= PIN_TRIES
    badges.note_attempt(uow, user.id, 0 if locked else tries, now + PIN_LOCK if locked else None)
    return user, stored.pin_hash


def _by_badge(uow: UnitOfWork, code: str) -> users.UserRow | None:
    text = code.strip().upper()
    if not text.startswith(BADGE_PREFIX):
        return None
    name = badges.user_of_badge(uow, _hash(text[len(BADGE_PREFIX) :]))
    return users.user_by_name(uow, name) if name is not None else None


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


_UNKNOWN_BADGE = msg("This badge is not known here, or no longer. Sign in with name and password, or ask a supervisor.")
