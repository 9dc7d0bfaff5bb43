"""Users, roles and badges as the services hand them out: never with a hash or a token."""

from dataclasses import dataclass
from datetime import datetime

from warehouse_desk.common.messages import msg
from warehouse_desk.domain.people.abilities import Ability

NEW_PASSWORD = msg("{name} has a new password.")
MAY_SIGN_IN = msg("{name} can sign in again.")
MAY_NOT_SIGN_IN = msg("{name} can no longer sign in.")
UNLOCKED = msg("{name} can try again at once.")
"""What is said of a user who was changed."""


@dataclass(frozen=True, slots=True)
class UserInfo:
    """A user as the list of users shows them."""

    name: str
    role: str
    active: bool
    created_at: datetime
    last_seen_at: datetime | None
    """The last sign-in or sign-out; None before the first."""
    badges: int
    """How many valid badges the user has."""
    badge_issued_at: datetime | None
    """When the newest of them was issued."""
    has_pin: bool
    locked_until: datetime | None = None
    """Until when no password is looked at after too many wrong ones; None where the name is not locked."""


@dataclass(frozen=True, slots=True)
class RoleInfo:
    """A role, what it may do, and how many users hold it."""

    name: str
    abilities: frozenset[Ability]
    users: int


@dataclass(frozen=True, slots=True)
class BadgeInfo:
    """A badge without its token, which nobody can read back."""

    id: int
    user_name: str
    issued_at: datetime
    issued_by: str
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Approval:
    """A supervisor who allowed one reading with badge and PIN."""

    user_id: int
    user_name: str
    scan_id: str = ""
    """The refused reading that was shown when it was given."""
