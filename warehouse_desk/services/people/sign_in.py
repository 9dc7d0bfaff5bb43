"""Sign in at a station, with name and password or with a badge: before there is a desk."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache

from warehouse_desk.common.clock import now_utc
from warehouse_desk.common.messages import Message, msg
from warehouse_desk.common.text import is_storable
from warehouse_desk.data.engine.database import Database, UnitOfWork
from warehouse_desk.data.people import users
from warehouse_desk.data.people.login_attempts import Subject
from warehouse_desk.domain.errors import SignInRequired, WrongUsage
from warehouse_desk.domain.people.caller import Caller, Source
from warehouse_desk.services.people import lock_out
from warehouse_desk.services.people.badges import UNKNOWN_BADGE, user_of_badge
from warehouse_desk.services.people.hashing import hashed, hasher, is_secret
from warehouse_desk.services.people.management import MAX_NAME


def needs_sign_in(database: Database) -> bool:
    """Tell whether the database has users, so that everybody must say who they are."""
    with database.read() as uow:
        return users.has_users(uow)


def sign_in(
    database: Database,
    station: str,
    user: str,
    password: str | None,
    source: Source,
    *,
    address: str = "",
    clock: Callable[[], datetime] = now_utc,
) -> Caller:
    """Return who works at the station.

    Without users in the database the name is only noted in the audit; with users it must be one, with its password.
    ``address`` is where it was asked from, if through the network.

    Raises:
        SignInRequired: no user of that name, no longer active, or not the password.
        TooManyTries: too many wrong passwords were given for the name, or from the address.
        WrongUsage: a name of more than 100 characters.
    """
    for name in (station, user):
        if len(name) > MAX_NAME or not is_storable(name):
            raise WrongUsage(
                msg(
                    "“{name}” is too long for the name of a user or station: at most {limit} characters.",
                    name=ascii(name[:40]),
                    limit=MAX_NAME,
                )
            )

    with database.read() as uow:
        wanted = users.has_users(uow)
        row = users.user_by_name(uow, user) if wanted else None
    tried = lock_out.subjects_of(user, address)
    renewed = None
    if wanted:
        renewed = _checked(database, row, (user, password), tried, clock)

    def work(uow: UnitOfWork) -> int:
        if wanted:
            lock_out.right(uow, tried, clock)
        if row is not None and renewed is not None:
            users.set_password_hash(uow, row.id, renewed)
        if row is not None:
            users.note_seen(uow, row.id, now_utc())
        return users.station_id(uow, station, now_utc())

    number = database.transact(work)
    if row is None:
        return Caller(user_name=user, station_id=number, station_name=station, source=source)
    return Caller(row.id, row.name, row.abilities, number, station, source)


def server_caller(database: Database, station: str) -> Caller:
    """Return who works where a server works for itself, in the name of a station."""
    number = database.transact(lambda uow: users.station_id(uow, station, now_utc()))
    return Caller(station_id=number, station_name=station, source=Source.REST)


def sign_in_by_badge(database: Database, station: str, code: str, source: Source = Source.DESK) -> Caller:
    """Return the worker whose badge was scanned at a station.

    Raises:
        SignInRequired: the badge is unknown or revoked, or its user is no longer active.
    """

    def work(uow: UnitOfWork) -> tuple[users.UserRow, int]:
        user = user_of_badge(uow, code)
        if user is None:
            raise SignInRequired(UNKNOWN_BADGE)
        users.note_seen(uow, user.id, now_utc())
        return user, users.station_id(uow, station, now_utc())

    user, number = database.transact(work)
    return Caller(user.id, user.name, user.abilities, number, station, source)


def _checked(
    database: Database,
    row: users.UserRow | None,
    given: tuple[str, str | None],
    tried: Sequence[Subject],
    clock: Callable[[], datetime],
) -> str | None:
    """Check a password; return a newer hash where the stored one has old parameters.

    Raises:
        SignInRequired: no such user, no longer active, or not the password.
        TooManyTries: too many wrong ones.
    """
    name, password = given
    if password is None:
        raise SignInRequired(msg("This database has users: sign in with a user name and its password."))
    lock_out.check(database, tried, clock)
    # Checking a password is slow on purpose and happens outside any transaction: other stations go on scanning.
    # An unknown name costs as much time as a wrong password: neither tells which names exist.
    if not is_secret(row.password_hash if row else _nobody(), password) or row is None or not row.active:
        locked = database.transact(lambda uow: lock_out.wrong(uow, tried, clock))
        raise locked or SignInRequired(_refusal(name))
    return hashed(password) if hasher().check_needs_rehash(row.password_hash) else None


def prepare_sign_in() -> None:
    """Do now what the first unknown name would wait for: it would tell that it is one."""
    _nobody()


@cache
def _nobody() -> str:
    return hashed("nobody has this password")


def _refusal(name: str) -> Message:
    return msg("The name “{name}” or its password is wrong. Try again, or ask a supervisor.", name=name)
