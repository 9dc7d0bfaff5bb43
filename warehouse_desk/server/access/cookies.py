"""The two cookies of a session: its own, which no script reads, and the word against forged requests."""

import hmac
from hashlib import sha256
from typing import Final

from warehouse_desk.server.exchange import Headers, Knock

_PLAIN: Final = "wd_session"
_HOST: Final = "__Host-wd_session"
"""A browser takes a cookie of such a name only from the host itself and under TLS: no neighbour can set one."""
XSRF: Final = "XSRF-TOKEN"
"""The name that clients such as axios copy into the header ``X-XSRF-TOKEN`` by themselves."""
_GONE: Final = "; Max-Age=0"


def session_cookie(knock: Knock) -> str:
    """Return what a request brings as its session; empty where it brings none."""
    return knock.cookies.get(_name(knock), "")


def xsrf_token(session: str) -> str:
    """Return the word that belongs to a session: nobody makes it who cannot read the session's cookie."""
    return hmac.new(session.encode(), b"warehouse-desk XSRF", sha256).hexdigest()


def set_session(knock: Knock, session: str) -> Headers:
    """Return the headers that give a browser its session and its word."""
    return (
        ("Set-Cookie", f"{_name(knock)}={session}; Path=/; HttpOnly; SameSite=Lax{_secure(knock)}"),
        set_xsrf(knock, xsrf_token(session)),
    )


def set_xsrf(knock: Knock, word: str) -> tuple[str, str]:
    """Return the header that gives a browser its word, which its scripts read."""
    return "Set-Cookie", f"{XSRF}={word}; Path=/; SameSite=Lax{_secure(knock)}"


def forget_session(knock: Knock) -> Headers:
    """Return the headers that take both away."""
    return tuple((name, value + _GONE) for name, value in set_session(knock, ""))


def _name(knock: Knock) -> str:
    return _HOST if knock.is_secure else _PLAIN


def _secure(knock: Knock) -> str:
    return "; Secure" if knock.is_secure else ""
