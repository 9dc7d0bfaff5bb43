"""PINs: with badge and PIN a supervisor allows one reading that the rules refuse."""

import logging

from warehouse_desk.common.messages import msg
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.people import badges, login_attempts, users
from warehouse_desk.domain.errors import NotAllowed, NotFound, SignInRequired, WrongUsage
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.people.lock_out import Tried
from warehouse_desk.domain.people.users import Approval
from warehouse_desk.services.context import Context
from warehouse_desk.services.people import lock_out
from warehouse_desk.services.people.badges import UNKNOWN_BADGE, user_of_badge
from warehouse_desk.services.people.hashing import hashed, is_secret
from warehouse_desk.services.people.management import require_manager, user_named
from warehouse_desk.services.subject import Subject

MIN_PIN = 6
"""Digits: with the lock after five wrong ones a million PINs take decades."""

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
            raise WrongUsage(msg("This PIN is too easy to guess. Avoid runs and repeats."))
        pin_hash = hashed(pin)

        def work(uow: UnitOfWork) -> None:
            user = _own_or_managed(uow, self.context, user_name)
            badges.set_pin(uow, user.id, pin_hash)
            login_attempts.forget(uow, pin_subject(user.id))

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
        database, clock = self.context.database, self.context.now
        user, pin_hash = self._with_pin(badge)
        tried = (pin_subject(user.id),)
        lock_out.check(database, tried, clock)
        # Checked outside any transaction: it is slow on purpose, and other stations go on scanning.
        if not is_secret(pin_hash, pin):
            _log.info("a wrong PIN was given for %s", user.name)
            locked = database.transact(lambda uow: lock_out.wrong(uow, tried, clock))
            raise locked or SignInRequired(msg("The PIN is wrong. Nothing was done."))
        database.transact(lambda uow: lock_out.right(uow, tried, clock))
        if Ability.OVERRIDE_VERIFICATION not in user.abilities:
            raise NotAllowed(msg("{user} may not allow this. Ask a supervisor.", user=user.name))
        _log.info("%s allows a scan at %s", user.name, self.context.caller.station_name)
        return Approval(user.id, user.name)

    def _with_pin(self, badge: str) -> tuple[users.UserRow, str]:
        with self.context.database.read() as uow:
            user = user_of_badge(uow, badge)
            stored = badges.pin_of(uow, user.id) if user is not None else None
        if user is None:
            raise SignInRequired(UNKNOWN_BADGE)
        if stored is None:
            raise SignInRequired(msg("{user} has no PIN yet.", user=user.name))
        return user, stored


def pin_subject(user_id: int) -> login_attempts.Subject:
    """Return how the tries of a user's PIN are counted."""
    return Tried.PIN, str(user_id)


def _own_or_managed(uow: UnitOfWork, ctx: Context, user_name: str) -> users.UserRow:
    user = user_named(uow, user_name)
    if user.id != ctx.caller.user_id:
        require_manager(uow, ctx)
    return user
