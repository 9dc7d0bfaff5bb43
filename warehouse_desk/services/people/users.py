"""Users: added, given another role or password, disabled and enabled."""

import logging
from dataclasses import replace

from warehouse_desk.common.messages import msg
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.people import http_sessions, login_attempts, users
from warehouse_desk.domain.errors import WrongUsage
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.people.lock_out import Tried
from warehouse_desk.domain.people.users import UserInfo
from warehouse_desk.services.people import lock_out
from warehouse_desk.services.people.hashing import hashed
from warehouse_desk.services.people.management import (
    MAX_NAME,
    clean_name,
    keep_a_manager,
    require_manager,
    role_named,
    user_named,
)
from warehouse_desk.services.subject import Subject

MIN_PASSWORD = 6
"""Characters: below six, every combination of digits can be tried in minutes (measured for argon2id)."""

_log = logging.getLogger(__name__)


class Users(Subject):
    """The users of the database."""

    def add(self, name: str, password: str, role: str) -> None:
        """Add a user. The first one of a database must hold a role that may manage users: everybody signs in then.

        Raises:
            WrongUsage: no name, a name in use, a short password, or a first user who could not add others.
            NotFound: no such role.
            NotAllowed: the role of the caller lacks ``manageUsers``.
        """
        self.context.caller.require(Ability.MANAGE_USERS)
        wanted = clean_name(name)
        if not 1 <= len(wanted) <= MAX_NAME:
            raise WrongUsage(msg("A user needs a name of 1 to {limit} characters.", limit=MAX_NAME))
        password_hash = _hash_of(password)

        def work(uow: UnitOfWork) -> None:
            require_manager(uow, self.context)
            role_id = role_named(uow, role)
            if users.user_by_name(uow, wanted) is not None:
                raise WrongUsage(msg("The user “{name}” already exists. Choose another name.", name=wanted))
            may_manage = Ability.MANAGE_USERS in users.abilities_of_role(uow, role_id)
            if not may_manage and not users.has_users(uow):
                raise WrongUsage(
                    msg("The first user must be able to add others: choose the role “{role}” first.", role="Admin")
                )
            users.add_user(uow, wanted, password_hash, role_id, self.context.now())

        self.context.database.transact(work)
        _log.info("user %s added as %s", wanted, role)

    def users(self) -> list[UserInfo]:
        """Return every user with role, badges, PIN, when last seen and whether the name is locked."""
        self.context.caller.require(Ability.MANAGE_USERS)
        with self.context.database.read() as uow:
            locked_until = lock_out.locked_names(uow, self.context.now)
            return [replace(user, locked_until=locked_until(user.name)) for user in users.user_infos(uow)]

    def change_role(self, name: str, role: str) -> None:
        """Give a user another role; it counts at the next sign-in, in an open window within half a minute.

        Raises:
            NotFound: no such user or role.
            RuleViolation: nobody could manage users any more.
            NotAllowed: the role of the caller lacks ``manageUsers``.
        """
        self.context.caller.require(Ability.MANAGE_USERS)

        def work(uow: UnitOfWork) -> None:
            require_manager(uow, self.context)
            users.set_user_role(uow, user_named(uow, name).id, role_named(uow, role))
            keep_a_manager(uow)

        self.context.database.transact(work)
        _log.info("user %s has the role %s now", name, role)

    def set_active(self, name: str, *, active: bool) -> bool:
        """Let a user sign in again, or no longer; tell whether that was new. Nothing that the user did is touched.

        Raises:
            NotFound: no such user.
            RuleViolation: nobody could manage users any more.
            NotAllowed: the role of the caller lacks ``manageUsers``.
        """
        self.context.caller.require(Ability.MANAGE_USERS)

        def work(uow: UnitOfWork) -> bool:
            require_manager(uow, self.context)
            user = user_named(uow, name)
            users.set_active(uow, user.id, active=active)
            keep_a_manager(uow)
            if not active:
                http_sessions.end_all(uow, user.id, self.context.now())
            return user.active != active

        new = self.context.database.transact(work)
        _log.info("user %s is %s now", name, "active" if active else "disabled")
        return new

    def set_password(self, name: str, password: str) -> None:
        """Change a password: one's own, or anybody's with ``manageUsers``.

        Raises:
            WrongUsage: it is too short.
            NotFound: no such user.
            NotAllowed: it is somebody else's.
        """
        password_hash = _hash_of(password)

        def work(uow: UnitOfWork) -> None:
            user = user_named(uow, name)
            if user.id != self.context.caller.user_id:
                require_manager(uow, self.context)
            users.set_password_hash(uow, user.id, password_hash)
            # Whoever signed in elsewhere with the password before may know it wrongly.
            http_sessions.end_all(uow, user.id, self.context.now())

        self.context.database.transact(work)
        _log.info("user %s has a new password", name)

    def unlock(self, name: str) -> bool:
        """Let a name be tried again at once, by password and by PIN; tell whether anything was counted against it.

        Raises:
            NotFound: no such user.
            NotAllowed: the role of the caller lacks ``manageUsers``.
        """
        self.context.caller.require(Ability.MANAGE_USERS)

        def work(uow: UnitOfWork) -> bool:
            require_manager(uow, self.context)
            user = user_named(uow, name)
            tried = (login_attempts.name_subject(user.name), (Tried.PIN, str(user.id)))
            return sum(login_attempts.forget(uow, subject) for subject in tried) > 0

        counted = self.context.database.transact(work)
        _log.info("user %s was unlocked", name)
        return counted

    def unlock_address(self, address: str) -> bool:
        """Let passwords from a network address be tried again at once; tell whether any was counted against it.

        Raises:
            NotAllowed: the role of the caller lacks ``manageUsers``.
        """
        self.context.caller.require(Ability.MANAGE_USERS)

        def work(uow: UnitOfWork) -> bool:
            require_manager(uow, self.context)
            return login_attempts.forget(uow, lock_out.address_subject(address))

        counted = self.context.database.transact(work)
        _log.info("the address %s was unlocked", address)
        return counted


def _hash_of(password: str) -> str:
    if len(password) < MIN_PASSWORD:
        raise WrongUsage(msg("The password is too short: use at least {limit} characters.", limit=MIN_PASSWORD))
    return hashed(password)
