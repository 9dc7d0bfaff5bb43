"""Users, roles and stations."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, func, insert, select, text, update
from sqlalchemy.dialects import postgresql, sqlite

from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.tables import app_user, badge, role, role_ability, station, user_pin
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.people.users import RoleInfo, UserInfo

_PEOPLE_LOCK = 0x5744_0004
"""Advisory lock of whoever changes users or roles; any number that no other part uses."""


@dataclass(frozen=True, slots=True)
class UserRow:
    """A user with the abilities of the role."""

    id: int
    name: str
    role: str
    active: bool
    password_hash: str
    abilities: frozenset[Ability]


def lock_people(uow: UnitOfWork) -> None:
    """Keep every other station from changing users and roles until this unit of work ends.

    What must hold for all of them together (somebody can manage users, names are unique in any case) is no row's to
    lock. SQLite has one writer anyway.
    """
    if uow.is_postgresql:
        uow.execute(text(f"SELECT pg_advisory_xact_lock({_PEOPLE_LOCK})"))


def has_users(uow: UnitOfWork) -> bool:
    """Tell whether anybody must sign in."""
    return bool(uow.table(select(app_user.c.id).limit(1)))


def user_by_name(uow: UnitOfWork, name: str) -> UserRow | None:
    """Find a user by name, in any case."""
    wanted = name.strip().casefold()
    # Compared here: SQLite's own lower() knows no letter beyond A to Z, so that "Élodie" would never be found.
    found = [row for row in uow.table(_users()) if row[1].casefold() == wanted]
    return _user(uow, found[0]) if found else None


def user_by_id(uow: UnitOfWork, user_id: int) -> UserRow | None:
    """Find a user by row number."""
    found = uow.table(_users().where(app_user.c.id == user_id))
    return _user(uow, found[0]) if found else None


def users(uow: UnitOfWork) -> list[UserRow]:
    """Return all users."""
    return [_user(uow, row) for row in uow.table(_users().order_by(app_user.c.name))]


def user_infos(uow: UnitOfWork) -> list[UserInfo]:
    """Return all users as their list shows them."""
    valid = (
        select(badge.c.user_id, func.count().label("count"), func.max(badge.c.issued_at).label("newest"))
        .where(badge.c.revoked_at.is_(None))
        .group_by(badge.c.user_id)
        .subquery()
    )
    u = app_user.c
    query = (
        select(
            u.name,
            role.c.name,
            u.active,
            u.created_at,
            u.last_seen_at,
            func.coalesce(valid.c.count, 0),
            valid.c.newest,
            user_pin.c.user_id.is_not(None),
        )
        .join(role, role.c.id == u.role_id)
        .outerjoin(valid, valid.c.user_id == u.id)
        .outerjoin(user_pin, user_pin.c.user_id == u.id)
    )
    found = [UserInfo(*row) for row in uow.table(query)]
    return sorted(found, key=lambda user: user.name.casefold())


def active_managers(uow: UnitOfWork) -> int:
    """Return how many active users may manage users."""
    query = (
        select(func.count())
        .select_from(app_user)
        .join(role_ability, role_ability.c.role_id == app_user.c.role_id)
        .where(app_user.c.active, role_ability.c.ability == Ability.MANAGE_USERS.value)
    )
    return int(uow.table(query)[0][0])


def _users() -> Select[Any]:
    u = app_user.c
    return select(u.id, u.name, role.c.name, u.active, u.password_hash, u.role_id).join(role, role.c.id == u.role_id)


def _user(uow: UnitOfWork, row: tuple[Any, ...]) -> UserRow:
    number, name, role_name, active, password_hash, role_id = row
    return UserRow(number, name, role_name, active, password_hash, abilities_of_role(uow, role_id))


def abilities_of_role(uow: UnitOfWork, role_id: int) -> frozenset[Ability]:
    """Return a role's abilities; one that only a newer program knows is left out."""
    known = set(Ability)
    names = uow.table(select(role_ability.c.ability).where(role_ability.c.role_id == role_id))
    return frozenset(Ability(name) for (name,) in names if name in known)


def roles(uow: UnitOfWork) -> dict[str, int]:
    """Return the id of each role by its name."""
    return dict(uow.table(select(role.c.name, role.c.id).order_by(role.c.id)))


def role_infos(uow: UnitOfWork) -> list[RoleInfo]:
    """Return all roles, those of a new database first."""
    holders: dict[int, int] = dict(uow.table(select(app_user.c.role_id, func.count()).group_by(app_user.c.role_id)))
    return [
        RoleInfo(name, abilities_of_role(uow, number), holders.get(number, 0)) for name, number in roles(uow).items()
    ]


def delete_role(uow: UnitOfWork, role_id: int) -> None:
    """Take a role out that nobody holds."""
    uow.execute(delete(role_ability).where(role_ability.c.role_id == role_id))
    uow.execute(delete(role).where(role.c.id == role_id))


def set_role(uow: UnitOfWork, name: str, abilities: Iterable[Ability]) -> None:
    """Give a role exactly these abilities, making the role where there is none of that name."""
    known = roles(uow)
    if name not in known:
        uow.execute(insert(role).values(name=name))
        known = roles(uow)
    uow.execute(delete(role_ability).where(role_ability.c.role_id == known[name]))
    rows = [{"role_id": known[name], "ability": ability.value} for ability in sorted(abilities)]
    if rows:
        uow.execute(insert(role_ability), rows)


def add_user(uow: UnitOfWork, name: str, password_hash: str, role_id: int, at: datetime) -> None:
    """Add a user."""
    uow.execute(
        insert(app_user).values(name=name, password_hash=password_hash, role_id=role_id, created_at=at, active=True)
    )


def set_password_hash(uow: UnitOfWork, user_id: int, password_hash: str) -> None:
    """Change what a user's password is checked against."""
    uow.execute(update(app_user).where(app_user.c.id == user_id).values(password_hash=password_hash))


def set_user_role(uow: UnitOfWork, user_id: int, role_id: int) -> None:
    """Give a user another role."""
    uow.execute(update(app_user).where(app_user.c.id == user_id).values(role_id=role_id))


def set_active(uow: UnitOfWork, user_id: int, *, active: bool) -> None:
    """Let a user sign in, or no longer."""
    uow.execute(update(app_user).where(app_user.c.id == user_id).values(active=active))


def note_seen(uow: UnitOfWork, user_id: int, at: datetime) -> None:
    """Note that a user is at a station."""
    uow.execute(update(app_user).where(app_user.c.id == user_id).values(last_seen_at=at))


def station_id(uow: UnitOfWork, name: str, at: datetime) -> int:
    """Return the id of a station, making it known the first time, and note that it was seen."""
    dialect = postgresql if uow.is_postgresql else sqlite
    new = dialect.insert(station).values(name=name, last_seen_at=at)
    uow.execute(new.on_conflict_do_update(index_elements=["name"], set_={"last_seen_at": at}))
    return int(uow.table(select(station.c.id).where(station.c.name == name))[0][0])


def stations(uow: UnitOfWork) -> list[tuple[int, str]]:
    """Return number and name of every station."""
    return [(number, name) for number, name in uow.table(select(station.c.id, station.c.name).order_by(station.c.name))]
