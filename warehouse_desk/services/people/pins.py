"""PINs: with badge and PIN a supervisor allows one reading that the rules refuse."""

import logging
from datetime import datetime, timedelta

from warehouse_desk.common.formats import time_text
from warehouse_desk.common.messages import msg
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.people import badges, users
from warehouse_desk.domain.errors import DeskError, NotAllowed, NotFound, SignInRequired, WrongUsage
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.people.users import Approval
from warehouse_desk.services.context import Context
from warehouse_desk.services.people.badges import UNKNOWN_BADGE, user_of_badge
from warehouse_desk.services.people.hashing import hashed, is_secret
from warehouse_desk.services.people.management import require_manager, user_named
from warehouse_desk.services.subject import Subject

MIN_PIN = 6
PIN_TRIES = 5
PIN_LOCK = timedelta(minutes=15)
"""After five wrong PINs in a row none is tried for a quarter of an hour: a million PINs then take 5 years."""

_log = logging.getLogger(__name__)


class Pins(Subject):
    """The users' PINs, and what they allow."""

    def set_pin(self, user_name: str, pin: str) -> None:
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
        pin_hash = hashed(pin)

        def work(uow: UnitOfWork) -> None:
            badges.set_pin(uow, _own_or_managed(uow, self.context, user_name).id, pin_hash)

        self.context.database.transact(work)
        _log.info("%s has a new PIN", user_name)

    def clear_pin(self, user_name: str) -> None:
        """Take a user's PIN away: one's own, or anybody's with ``manageUsers``.

        Raises:
            NotFound: no such user, or one without a PIN.
            NotAllowed: it is somebody else's.
        """

        def work(uow: UnitOfWork) -> None:
            user = _own_or_managed(uow, self.context, user_name)
            if not badges.clear_pin(uow, user.id):
                raise NotFound(msg("{user} has no PIN.", user=user.name))

        self.context.database.transact(work)
        _log.info("%s has no PIN any more", user_name)

    def approve(self, badge: str, pin: str) -> Approval:
        """Return a supervisor's word for one reading, given with badge and PIN.

        Raises:
            SignInRequired: badge or PIN is wrong, or the PIN is locked after too many attempts.
            NotAllowed: this user may not override.
        """
        attempt = self.context.database.transact(lambda uow: _begin_attempt(uow, badge, self.context.now()))
        if isinstance(attempt, DeskError):
            raise attempt
        user, pin_hash = attempt
        # Checked outside any transaction: it is slow on purpose, and other stations go on scanning.
        if not is_secret(pin_hash, pin):
            _log.info("a wrong PIN was given for %s", user.name)
            raise SignInRequired(msg("The PIN is wrong. Nothing was done."))
        self.context.database.transact(lambda uow: badges.note_attempt(uow, user.id, 0, None))
        if Ability.OVERRIDE_VERIFICATION not in user.abilities:
            raise NotAllowed(msg("{user} may not override. Ask a supervisor.", user=user.name))
        _log.info("%s allows a scan at %s", user.name, self.context.caller.station_name)
        return Approval(user.id, user.name)


def _own_or_managed(uow: UnitOfWork, ctx: Context, user_name: str) -> users.UserRow:
    user = user_named(uow, user_name)
    if user.id != ctx.caller.user_id:
        require_manager(uow, ctx)
    return user


def _begin_attempt(uow: UnitOfWork, badge: str, now: datetime) -> tuple[users.UserRow, str] | DeskError:
    """Count an attempt before it is made: however many stations try at once, no more than five are."""
    user = user_of_badge(uow, badge)
    stored = badges.pin_of(uow, user.id) if user is not None else None
    if user is None or stored is None:
        return SignInRequired(UNKNOWN_BADGE if user is None else msg("{user} has no PIN yet.", user=user.name))
    if stored.locked_until is not None and stored.locked_until > now:
        until = time_text(stored.locked_until)
        return SignInRequired(msg("Too many wrong PINs. {user} can try again at {until}.", user=user.name, until=until))
    tries = stored.failures + 1
    locked = tries >= PIN_TRIES
    badges.note_attempt(uow, user.id, 0 if locked else tries, now + PIN_LOCK if locked else None)
    return user, stored.pin_hash
