"""Badges and PINs of users."""

from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.tables import app_user, badge, user_pin
from warehouse_desk.domain.people.users import BadgeInfo


def add_badge(uow: UnitOfWork, user_id: int, token_hash: str, at: datetime, issued_by: str) -> None:
    """Store a new badge."""
    uow.execute(insert(badge).values(user_id=user_id, token_hash=token_hash, issued_at=at, issued_by=issued_by))


def user_of_badge(uow: UnitOfWork, token_hash: str) -> str | None:
    """Return the name of the active user whose valid badge this is."""
    query = (
        select(app_user.c.name)
        .join(badge, badge.c.user_id == app_user.c.id)
        .where(badge.c.token_hash == token_hash, badge.c.revoked_at.is_(None), app_user.c.active)
    )
    found = uow.table(query)
    return str(found[0][0]) if found else None


def badges(uow: UnitOfWork) -> list[BadgeInfo]:
    """Return all badges, newest first."""
    b = badge.c
    query = (
        select(b.id, app_user.c.name, b.issued_at, b.issued_by, b.revoked_at)
        .join(app_user, app_user.c.id == b.user_id)
        .order_by(b.id.desc())
    )
    return [BadgeInfo(*row) for row in uow.table(query)]


def revoke(uow: UnitOfWork, badge_id: int, at: datetime) -> bool:
    """Make a badge worthless; False where there is none or it was revoked before."""
    change = update(badge).where(badge.c.id == badge_id, badge.c.revoked_at.is_(None)).values(revoked_at=at)
    return uow.execute(change).rowcount == 1


def revoke_all(uow: UnitOfWork, user_id: int, at: datetime) -> int:
    """Make every valid badge of a user worthless and return how many there were."""
    change = update(badge).where(badge.c.user_id == user_id, badge.c.revoked_at.is_(None)).values(revoked_at=at)
    return int(uow.execute(change).rowcount)


def pin_of(uow: UnitOfWork, user_id: int) -> str | None:
    """Return the hash of a user's PIN."""
    found = uow.table(select(user_pin.c.pin_hash).where(user_pin.c.user_id == user_id))
    return str(found[0][0]) if found else None


def set_pin(uow: UnitOfWork, user_id: int, pin_hash: str) -> None:
    """Give a user a PIN in place of the one before."""
    dialect = postgresql if uow.is_postgresql else sqlite
    new = dialect.insert(user_pin).values(user_id=user_id, pin_hash=pin_hash)
    uow.execute(new.on_conflict_do_update(index_elements=["user_id"], set_={"pin_hash": pin_hash}))


def clear_pin(uow: UnitOfWork, user_id: int) -> bool:
    """Take a user's PIN away; False where there was none."""
    return bool(uow.execute(delete(user_pin).where(user_pin.c.user_id == user_id)).rowcount)
