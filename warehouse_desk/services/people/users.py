"""Users, their roles, and who is at the station."""

import logging
from functools import cache

from warehouse_desk.common.clock import now_utc
from warehouse_desk.common.messages import Message, msg
from warehouse_desk.common.text import is_storable
from warehouse_desk.data.engine.database import Database, UnitOfWork
from warehouse_desk.data.people import users
from warehouse_desk.domain.errors import SignInRequired, WrongUsage
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.people.caller import Caller, Source
from warehouse_desk.domain.people.users import UserInfo
from warehouse_desk.services.context import Context
from warehouse_desk.services.people.hashing import hasher
from warehouse_desk.services.people.management import (
    MAX_NAME,
    clean_name,
    keep_a_manager,
    require_manager,
    role_named,
    user_named,
)

MIN_PASSWORD = 6
"""Characters: below six, every combination of digits can be tried in minutes (measured for argon2id)."""

_log = logging.getLogger(__name__)


def needs_sign_in(database: Database) -> bool:
    """Tell whether the database has users, so that everybody must say who they are."""
    with database.read() as uow:
        return users.has_users(uow)


def sign_in(database: Database, station: str, user: str, password: str | None, source: Source) -> Caller:
    """Return who works at the station.

    Without users in the database the name is only noted in the audit; with users it must be one, with its password.

    Raises:
        SignInRequired: no user of that name, no longer active, or not the password.
        WrongUsage: a name of more than 100 characters.
    """
    for name in (station, user):
        if len(name) > MAX_NAME or not is_storable(name):
            raise WrongUsage(
                msg(
                    "“{name}” is no name of a user or station: give at most {limit} characters.",
                    name=ascii(name[:40]),
                    limit=MAX_NAME,
                )
            )

    with database.read() as uow:
        wanted = users.has_users(uow)
        row = users.user_by_name(uow, user) if wanted else None
    # Checking a password is slow on purpose and happens outside any transaction: other stations go on scanning.
    renewed = _checked(row, user, password) if wanted else None

    def work(uow: UnitOfWork) -> int:
        if row is not None and renewed is not None:
            users.set_password_hash(uow, row.id, renewed)
        if row is not None:
            users.note_seen(uow, row.id, now_utc())
        return users.station_id(uow, station, now_utc())

    number = database.transact(work)
    if row is None:
        return Caller(user_name=user, station_id=number, station_name=station, source=source)
    return Caller(row.id, row.name, row.abilities, number, station, source)


def _checked(row: users.UserRow | None, name: str, password: str | None) -> str | None:
    """Check a password; return a newer hash where the stored one has old parameters.

    Raises:
        SignInRequired: no such user, no longer active, or not the password.
    """
    if password is None:
        raise SignInRequired(msg("This database has users: sign in with a user name and its password."))
    from argon2.exceptions import InvalidHashError, VerifyMismatchError

    try:
        # An unknown name costs as much time as a wrong password: neither tells which names exist.
        hasher().verify(row.password_hash if row else _nobody(), _bytes(password))
    except (VerifyMismatchError, InvalidHashError) as error:
        raise SignInRequired(_refusal(name)) from error
    if row is None or not row.active:
        raise SignInRequired(_refusal(name))
    return hasher().hash(_bytes(password)) if hasher().check_needs_rehash(row.password_hash) else None


@cache
def _nobody() -> str:
    return hasher().hash("nobody has this password")


def _refusal(name: str) -> Message:
    return msg("The name “{name}” or its password is wrong. Try again, or ask a supervisor.", name=name)


def add_user(ctx: Context, name: str, password: str, role: str) -> None:
    """Add a user. The first one of a database must hold a role that may manage users: everybody signs in then.

    Raises:
        WrongUsage: no name, a name in use, a short password, or a first user who could not add others.
        NotFound: no such role.
        NotAllowed: the role of the caller lacks ``manageUsers``.
    """
    ctx.caller.require(Ability.MANAGE_USERS)
    wanted = clean_name(name)
    if not 1 <= len(wanted) <= MAX_NAME:
        raise WrongUsage(msg("A user needs a name of 1 to {limit} characters.", limit=MAX_NAME))
    hashed = _hashed(password)

    def work(uow: UnitOfWork) -> None:
        require_manager(uow, ctx)
        role_id = role_named(uow, role)
        if users.user_by_name(uow, wanted) is not None:
            raise WrongUsage(msg("There is a user “{name}” already. Choose another name.", name=wanted))
        may_manage = Ability.MANAGE_USERS in users.abilities_of_role(uow, role_id)
        if not may_manage and not users.has_users(uow):
            raise WrongUsage(
                msg("The first user must be able to add others: give the role “{role}” first.", role="Admin")
            )
        users.add_user(uow, wanted, hashed, role_id, ctx.now())

    ctx.database.transact(work)
    _log.info("user %s added as %s", wanted, role)


def user_list(ctx: Context) -> list[tuple[str, str, bool]]:
    """Return name, role and whether active of every user."""
    return [(user.name, user.role, user.active) for user in user_infos(ctx)]


def user_infos(ctx: Context) -> list[UserInfo]:
    """Return every user with role, badges, PIN and when last seen."""
    ctx.caller.require(Ability.MANAGE_USERS)
    with ctx.database.read() as uow:
        return users.user_infos(uow)


def change_role(ctx: Context, name: str, role: str) -> None:
    """Give a user another role; it counts at the next sign-in, in an open window within half a minute.

    Raises:
        NotFound: no such user or role.
        RuleViolation: nobody could manage users any more.
        NotAllowed: the role of the caller lacks ``manageUsers``.
    """
    ctx.caller.require(Ability.MANAGE_USERS)

    def work(uow: UnitOfWork) -> None:
        require_manager(uow, ctx)
        users.set_user_role(uow, user_named(uow, name).id, role_named(uow, role))
        keep_a_manager(uow)

    ctx.database.transact(work)
    _log.info("user %s has the role %s now", name, role)


def set_active(ctx: Context, name: str, *, active: bool) -> bool:
    """Let a user sign in again, or no longer; tell whether that was new. Nothing that the user did is touched.

    Raises:
        NotFound: no such user.
        RuleViolation: nobody could manage users any more.
        NotAllowed: the role of the caller lacks ``manageUsers``.
    """
    ctx.caller.require(Ability.MANAGE_USERS)

    def work(uow: UnitOfWork) -> bool:
        require_manager(uow, ctx)
        user = user_named(uow, name)
        users.set_active(uow, user.id, active=active)
        keep_a_manager(uow)
        return user.active != active

    new = ctx.database.transact(work)
    _log.info("user %s is %s now", name, "active" if active else "disabled")
    return new


def set_password(ctx: Context, name: str, password: str) -> None:
    """Change a password: one's own, or anybody's with ``manageUsers``.

    Raises:
        WrongUsage: it is too short.
        NotFound: no such user.
        NotAllowed: it is somebody else's.
    """
    hashed = _hashed(password)

    def work(uow: UnitOfWork) -> None:
        user = user_named(uow, name)
        if user.id != ctx.caller.user_id:
            require_manager(uow, ctx)
        users.set_password_hash(uow, user.id, hashed)

    ctx.database.transact(work)
    _log.info("user %s has a new password", name)


def _hashed(password: str) -> str:
    if len(password) < MIN_PASSWORD:
        raise WrongUsage(msg("The password is too short: give at least {limit} characters.", limit=MIN_PASSWORD))
    return hasher().hash(_bytes(password))


def _bytes(password: str) -> bytes:
    # The environment may carry bytes that are no text: they come as halves of surrogate pairs.
    return password.encode("utf-8", "surrogatepass")
