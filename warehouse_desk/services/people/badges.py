"""Badges: barcodes that open a desk in place of a password. Only their hashes are stored."""

import hashlib
import logging
import secrets
from collections.abc import Sequence

from warehouse_desk.common.messages import msg
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.people import badges, users
from warehouse_desk.domain.errors import NotFound, RuleViolation
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.people.users import BadgeInfo
from warehouse_desk.services.people.management import require_manager, user_named
from warehouse_desk.services.subject import Subject
from warehouse_desk.wedge.grammar import BADGE_PREFIX, SAFE_LETTERS, badge_code

TOKEN_LETTERS = 18
"""19 letters, 18 of them: 76 bits, which nobody tries out, and as many as bars of 0.25 mm fit on a bank card."""

UNKNOWN_BADGE = msg(
    "This badge is unknown here or no longer valid. Sign in with name and password, or ask a supervisor."
)

_MAX_ID = 2**63 - 1
_log = logging.getLogger(__name__)


class Badges(Subject):
    """The badges of the users."""

    def badges(self) -> list[BadgeInfo]:
        """Return all badges, newest first, without their tokens."""
        self.context.caller.require(Ability.MANAGE_USERS)
        with self.context.database.read() as uow:
            return badges.badges(uow)

    def issue_badge(self, user_name: str, *, replace: bool = False) -> str:
        """Make a badge for one user; see :meth:`issue_badges`."""
        return self.issue_badges([user_name], replace=replace)[0]

    def issue_badges(self, user_names: Sequence[str], *, replace: bool = False) -> list[str]:
        """Make a badge for each of some users, all or none, and return the texts of their barcodes.

        They are shown once and stored nowhere. With ``replace`` the badges that the users had are revoked.

        Raises:
            NotAllowed: the role lacks ``manageUsers``.
            NotFound: no such user.
            RuleViolation: the user is disabled.
        """
        self.context.caller.require(Ability.MANAGE_USERS)
        tokens = ["".join(secrets.choice(SAFE_LETTERS) for _ in range(TOKEN_LETTERS)) for _ in user_names]

        def work(uow: UnitOfWork) -> None:
            require_manager(uow, self.context)
            for name, token in zip(user_names, tokens, strict=True):
                user = user_named(uow, name)
                if not user.active:
                    raise RuleViolation(
                        msg("{user} is inactive. Reactivate the user first, then issue a badge.", user=user.name)
                    )
                if replace:
                    badges.revoke_all(uow, user.id, self.context.now())
                badges.add_badge(uow, user.id, _hash(token), self.context.now(), self.context.caller.user_name)

        self.context.database.transact(work)
        for name in user_names:
            _log.info("badge issued for %s", name)
        return [badge_code(token) for token in tokens]

    def revoke_badge(self, badge_id: int) -> None:
        """Make a badge worthless from now on.

        Raises:
            NotFound: no such badge, or it was revoked before.
        """
        self.context.caller.require(Ability.MANAGE_USERS)

        def work(uow: UnitOfWork) -> None:
            require_manager(uow, self.context)
            if not 0 < badge_id <= _MAX_ID or not badges.revoke(uow, badge_id, self.context.now()):
                raise NotFound(msg("There is no valid badge {number}.", number=badge_id))

        self.context.database.transact(work)
        _log.info("badge %d revoked", badge_id)

    def revoke_badges_of(self, user_name: str) -> int:
        """Make every badge of a user worthless from now on; return how many there were.

        Raises:
            NotFound: no such user, or one without a valid badge.
        """
        self.context.caller.require(Ability.MANAGE_USERS)

        def work(uow: UnitOfWork) -> int:
            require_manager(uow, self.context)
            user = user_named(uow, user_name)
            count = badges.revoke_all(uow, user.id, self.context.now())
            if not count:
                raise NotFound(msg("{user} has no valid badge.", user=user.name))
            return count

        revoked = self.context.database.transact(work)
        _log.info("%d badges of %s revoked", revoked, user_name)
        return revoked


def user_of_badge(uow: UnitOfWork, code: str) -> users.UserRow | None:
    """Return the user whose badge a code is, whether active or not."""
    text = code.strip().upper()
    if not text.startswith(BADGE_PREFIX):
        return None
    name = badges.user_of_badge(uow, _hash(text[len(BADGE_PREFIX) :]))
    return users.user_by_name(uow, name) if name is not None else None


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
