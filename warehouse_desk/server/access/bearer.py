"""The token of a request: it counts in one ``Authorization`` header and nowhere else."""

from typing import Final

from warehouse_desk.server.exchange import Knock

_SCHEME: Final = "bearer"
_LONGEST: Final = 200
"""Characters of the longest header that is looked at; a token of ours has 53."""


def bearer_token(knock: Knock) -> str | None:
    """Return what a program shows as its token, whether or not it is one; None where it shows none.

    Of two headers neither counts: a proxy in front may have looked at the other one.
    """
    headers = knock.every("authorization")
    if len(headers) != 1 or len(headers[0]) > _LONGEST:
        return None
    scheme, _, token = headers[0].strip().partition(" ")
    return token.strip() or None if scheme.lower() == _SCHEME else None


def shows_credentials(knock: Knock) -> bool:
    """Tell whether a program showed anything, so that the answer can tell a wrong token from none."""
    return bool(knock.every("authorization"))
