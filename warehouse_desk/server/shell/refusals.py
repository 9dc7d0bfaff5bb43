"""The answers that the shell gives itself, in the form of all others: a sentence, no errors of fields, the id."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from warehouse_desk.common.ids import new_id
from warehouse_desk.common.messages import Message

Headers = list[tuple[bytes, bytes]]
"""As ASGI has them: names in small letters."""

CLOSE: Final = (b"connection", b"close")
_REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}")


@dataclass(frozen=True, slots=True)
class ShellAnswer:
    """An answer that the API is not asked for."""

    status: int
    body: bytes
    headers: Sequence[tuple[bytes, bytes]] = ()
    media: bytes = b"application/json"


def refusal(
    status: int, message: Message, request_id: str, language: str = "en", *, retry_after: int | None = None
) -> ShellAnswer:
    """Return a refusal; ``retry_after`` is in seconds."""
    body = {"message": message.in_language(language), "errors": {}, "request_id": request_id}
    headers: Headers = [] if retry_after is None else [(b"retry-after", str(retry_after).encode())]
    return ShellAnswer(status, json.dumps(body, ensure_ascii=False).encode(), headers)


def request_id_of(headers: Sequence[tuple[bytes, bytes]]) -> str:
    """Return the id that a request brings along, or a new one where it brings none that may stand in a log."""
    given = next((value for name, value in headers if name == b"x-request-id"), b"")
    return given.decode("ascii") if _REQUEST_ID.fullmatch(given) else new_id()


def headers_out(answer: Sequence[tuple[bytes, bytes]], request_id: str, *, is_secure: bool) -> Headers:
    """Return the headers of an answer with those that every answer has, in place of its own of the same names.

    A name that the API sets itself is kept where only it can know: how long something may be kept.
    """
    own = {name.lower() for name, _ in answer}
    added: Headers = [(b"x-request-id", request_id.encode()), (b"x-content-type-options", b"nosniff")]
    if is_secure:
        added.append((b"strict-transport-security", b"max-age=31536000"))
    kept = [(name.lower(), value) for name, value in answer if name.lower() not in {b"server", b"x-request-id"}]
    if b"cache-control" not in own:
        added.append((b"cache-control", b"no-store"))
    named = {name for name, _ in added}
    return [pair for pair in kept if pair[0] not in named] + added
