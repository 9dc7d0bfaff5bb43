"""Web pages of other origins that may use the REST API from a browser: none, unless the setting names them."""

from starlette.requests import Request

ANY = "*"
_ASKED_WITH = "Accept-Language, Authorization, Content-Type, Idempotency-Key, If-None-Match, Prefer, X-Request-Id"
_READABLE = (
    "Allow, ETag, Idempotent-Replayed, Retry-After, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, "
    "X-Request-Id"
)
_REMEMBERED_SECONDS = 600


def origins_of(setting: str) -> frozenset[str]:
    """Return the origins that a setting names, blanks or commas between: ``https://shop.example``, or ``*`` for any."""
    return frozenset(each.rstrip("/").lower() for each in setting.replace(",", " ").split())


def cors_headers(request: Request, origins: frozenset[str], verbs: str) -> tuple[tuple[str, str], ...]:
    """Return what tells a browser that the page it shows may ask and read; nothing where the page may not.

    Cookies are never part of it: a page has to have a token.
    """
    if not origins:
        return ()
    origin = request.headers.get("origin", "")
    if not origin or not {origin.lower(), ANY} & origins:
        return (("Vary", "Origin"),)
    allowed = [("Vary", "Origin"), ("Access-Control-Allow-Origin", origin)]
    if request.method == "OPTIONS" and "access-control-request-method" in request.headers:
        allowed += [
            ("Access-Control-Allow-Methods", verbs),
            ("Access-Control-Allow-Headers", _ASKED_WITH),
            ("Access-Control-Max-Age", str(_REMEMBERED_SECONDS)),
        ]
    else:
        allowed.append(("Access-Control-Expose-Headers", _READABLE))
    return tuple(allowed)
