"""Requests with an ``Idempotency-Key``: done once, answered again (docs/rules.md#the-same-request-twice)."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from warehouse_desk.server.exchange import Answer, Ask
from warehouse_desk.services.context import ForeignKeys
from warehouse_desk.services.desk import Desk
from warehouse_desk.services.requests import id_of_foreign_key

HEADER: Final = "idempotency-key"
REPLAYED: Final = ("Idempotent-Replayed", "true")


def done_once(ask: Ask, handler: Callable[[Ask], Answer]) -> Answer:
    """Call a handler with the id that its services keep the request by; say so where nothing was done again.

    Raises:
        WrongUsage: the key is none.
        RequestRunning: the same request is being worked on.
    """
    key = ask.knock.header(HEADER)
    principal = ask.principal
    if key is None or principal is None:
        return handler(ask)
    number = id_of_foreign_key(key)
    keys = ForeignKeys(principal.id, key)
    desk = Desk(replace(principal.desk.context, foreign_keys=keys))
    with ask.state.running.held(principal.id, number):
        answer = handler(replace(ask, principal=replace(principal, desk=desk), request_id_of_key=number))
    return replace(answer, headers=(*answer.headers, REPLAYED)) if keys.replayed else answer
