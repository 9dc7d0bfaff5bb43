"""Requests that another page makes a browser send: the session comes along by itself, the word does not."""

from hmac import compare_digest
from typing import Final

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.server.access.cookies import xsrf_token
from warehouse_desk.server.exchange import Knock

READING_VERBS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_WORDS: Final = ("x-csrf-token", "x-xsrf-token")
_OWN_PAGE: Final = "same-origin"
_FOREIGN: Final = frozenset({"cross-site", "same-site"})
_SHOWN: Final = 100


def is_genuine(knock: Knock, session: str) -> bool:
    """Tell whether a request of a session may write.

    It reads only, or a browser says that it began on a page of the server's own, or it shows the session's word.
    """
    if knock.verb in READING_VERBS or knock.every("sec-fetch-site") == [_OWN_PAGE]:
        return True
    word = xsrf_token(session).encode()
    return any(compare_digest(each.encode(), word) for name in _WORDS for each in knock.every(name))


def comes_from_elsewhere(knock: Knock) -> bool:
    """Tell whether a browser says that another site made it ask: nobody signs somebody in from there."""
    return any(each in _FOREIGN for each in knock.every("sec-fetch-site"))


def mismatch(knock: Knock, public_url: str) -> Message:
    """Return the sentence of a refused request; where a proxy stands in front, it says what to look at."""
    seen = knock.header("origin") or knock.header("referer") or knock.header("host") or "?"
    return msg(
        "CSRF token mismatch. Send the cookie {cookie} back in the header {header}. The request came from {origin}; "
        "this server is reached at {address} (setting {setting}).",
        cookie="XSRF-TOKEN",
        header="X-XSRF-TOKEN",
        origin=seen[:_SHOWN],
        address=public_url or "?",
        setting="server_url",
    )
