"""Users, their roles, and who is at the station."""

from functools import cache
from typing import TYPE_CHECKING

from warehouse_desk.common.clock import now_utc
from warehouse_desk.common.messages import Message, msg
from warehouse_desk.common.text import is_storable
from warehouse_desk.data import people
from warehouse_desk.data.database import Database, UnitOfWork
from warehouse_desk.domain.abilities import Ability
from warehouse_desk.domain.caller import Caller, Source
from warehouse_desk.domain.errors import NotFound, SignInRequired, WrongUsage
from warehouse_desk.services.context import Context

if TYPE_CHECKING:
    from argon2 import PasswordHasher

MIN_PASSWORD = 6
"""Characters: below six, every combination of digits can be tried in minutes (measured for argon2id)."""

_MAX_NAME = 100


@cache
def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher  # late: most databases have no users

    return PasswordHasher()


def needs_sign_in(database: Database) -> bool:
    """Tell whether the database has users, so that everybody must say who they are."""
    with database.read() as uow:
        return people.has_users(uow)


def sign_in(database: Database, station: str, user: str, password: str | None, source: Source) -> Caller:
    """Return who works at the station.

    Without users in the database the name is only noted in the audit; with users it must be one, with its password.

    Raises:
        SignInRequired: no user of that name, no longer active, or not the password.
        WrongUsage: a name of more than 100 characters.
    """
    for name in (station, user):
        if len(name) > _MAX_NAME or not is_storable(name):
            raise WrongUsage(
                msg(
                    "“{name}” is no name of a user or station: give at most {limit} characters.",
                    name=ascii(name[:40]),
                    limit=_MAX_NAME,
                )
            )

    with database.read() as uow:
        wanted = people.has_users(uow)
        row = people.user_by_name(uow, user) if wanted else None
    # Checking a password is slow on purpose and happens outside any transaction: other stations go on scanning.
    renewed = _checked(row, user, password) if wanted else None

    def work(uow: UnitOfWork) -> int:
        if row is not None and renewed is not None:
            people.set_password_hash(uow, row.id, renewed)
        return people.station_id(uow, station, now_utc())

    number = database.transact(work)
    if row is None:
        return Caller(user_name=user, station_id=number, station_name=station, source=source)
    return Caller(row.id, row.name, row.abilities, number, station, source)


def _checked(row: people.UserRow | None, name: str, password: str | None) -> str | None:
    """Check a password; return a newer hash where the stored one has old parameters.

    Raises:
        SignInRequired: no such user, no longer active, or not the password.
    """
    if password is None:
        raise SignInRequired(msg("This database has users: sign in with a user name and its password."))
    from argon2.exceptions import InvalidHashError, VerifyMismatchError

    try:
        # An unknown name costs as much time as a wrong password: neither tells which names exist.
        _hasher().verify(row.password_hash if row else _nobody(), password)
    except (VerifyMismatchError, InvalidHashError) as error:
        raise SignInRequired(_refusal(name)) from error
    if row is None or not row.active:
        raise SignInRequired(_refusal(name))
    return _hasher().hash(password) if _hasher().check_needs_rehash(row.password_hash) else None


@cache
def _nobody() -> str:
    return _hasher().hash("nobody has this password")


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
    wanted = name.strip()
    if not 1 <= len(wanted) <= _MAX_NAME:
        raise WrongUsage(msg("A user needs a name of 1 to {limit} characters.", limit=_MAX_NAME))
    if len(password) < MIN_PASSWORD:
        raise WrongUsage(msg("The password is too short: give at least {limit} characters.", limit=MIN_PASSWORD))
    hashed = _hasher().hash(password)

    def work(uow: UnitOfWork) -> None:
        roles = people.roles(uow)
        if role not in roles:
            raise NotFound(msg("There is no role “{role}”. Known: {known}.", role=role, known=list(roles)))
        if people.user_by_name(uow, wanted) is not None:
            raise WrongUsage(msg("There is a user “{name}” already. Choose another name.", name=wanted))
        may_manage = Ability.MANAGE_USERS in people.abilities_of_role(uow, roles[role])
        if not may_manage and not people.has_users(uow):
            raise WrongUsage(
                msg("The first user must be able to add others: give the role “{role}” first.", role="Admin")
            )
        people.add_user(uow, wanted, hashed, roles[role], ctx.now())

    ctx.database.transact(work)


def user_list(ctx: Context) -> list[tuple[str, str, bool]]:
    """Return name, role and whether active of every user."""
    ctx.caller.require(Ability.MANAGE_USERS)
    with ctx.database.read() as uow:
        return [(user.name, user.role, user.active) for user in people.users(uow)]


def set_role(ctx: Context, name: str, abilities: frozenset[Ability]) -> None:
    """Give a role exactly these abilities."""
    ctx.caller.require(Ability.MANAGE_USERS)
    ctx.database.transact(lambda uow: people.set_role(uow, name, abilities))
