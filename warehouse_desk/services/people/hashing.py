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


def hashed(secret: str) -> str:
    """Return the hash of a password or PIN, as the database keeps it."""
    return hasher().hash(_bytes(secret))


def is_secret(stored: str, secret: str) -> bool:
    """Tell whether a password or PIN is the one that was hashed; a damaged hash is nobody's."""
    from argon2.exceptions import InvalidHashError, VerifyMismatchError

    try:
        return hasher().verify(stored, _bytes(secret))
    except (VerifyMismatchError, InvalidHashError):
        return False


def _bytes(secret: str) -> bytes:
    # The environment may carry bytes that are no text: they come as halves of surrogate pairs.
    return secret.encode("utf-8", "surrogatepass")
