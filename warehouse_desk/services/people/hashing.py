"""How passwords and PINs are hashed: argon2id, slow on purpose."""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import Parameters, PasswordHasher

strength: "Parameters | None" = None
"""How much work a hash is; None for the library's own choice (RFC 9106, low memory: 64 MiB, some 50 ms)."""


@cache
def hasher() -> "PasswordHasher":
    """Return the hasher of this program."""
    from argon2 import PasswordHasher  # late: most databases have no users

    return PasswordHasher() if strength is None else PasswordHasher.from_parameters(strength)
