"""Writes that may be sent twice: each carries a request id, and is done once whoever repeats it.

The first time, what it did is kept with its id in the same transaction. The same id again is answered with that and
nothing is done; with another content it is refused (docs/rules.md#the-same-request-twice).
"""

import hashlib
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from warehouse_desk.common.ids import new_id
from warehouse_desk.common.messages import Message, message_from_json, msg
from warehouse_desk.common.text import is_storable
from warehouse_desk.data import requests as data
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.requests import KeptRequest
from warehouse_desk.domain.errors import AnswerLost, DatabaseUnavailable, RequestReused, RequestRunning, WrongUsage
from warehouse_desk.domain.results import ActionResult, BulkResult, ChangeSet, Outcome
from warehouse_desk.domain.status import Status
from warehouse_desk.services.context import Context

T = TypeVar("T")
Stored = dict[str, Any]
"""An answer as JSON keeps it."""

MAX_KEY = 64
MAX_FOREIGN_KEY = 255
"""Characters of an id that a program chose itself."""

STILL_RUNNING = msg("This request is being done at this moment. Ask again in a second.")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Request:
    """One request: what kind of write, what exactly is asked for, and the id by which it is known again."""

    kind: str
    body: object
    """Everything that makes it this request; values that JSON does not know count by their text."""
    key: str

    @property
    def fingerprint(self) -> str:
        """What is asked for, in 64 hexadecimal digits."""
        text = json.dumps(self.body, sort_keys=True, default=str, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def request_of(kind: str, body: object, key: str | None) -> Request:
    """Return a request by the id given, or by one of its own.

    Raises:
        WrongUsage: the id is none.
    """
    if key is not None and not (0 < len(key) <= MAX_KEY and key.isprintable() and is_storable(key)):
        raise WrongUsage(
            msg("A request id has 1 to {limit} letters, digits or signs. Choose another one.", limit=MAX_KEY)
        )
    return Request(kind, body, key or new_id())


def id_of_foreign_key(key: str) -> str:
    """Return the request id for a key that a program chose itself; it leaves room for a few letters behind it.

    Raises:
        WrongUsage: the key is none.
    """
    if not (0 < len(key) <= MAX_FOREIGN_KEY and key.isprintable() and is_storable(key)):
        raise WrongUsage(
            msg("An Idempotency-Key has 1 to {limit} letters, digits or signs. Choose another.", limit=MAX_FOREIGN_KEY)
        )
    return hashlib.sha256(key.encode()).hexdigest()[:48]


def once(
    ctx: Context,
    request: Request,
    work: Callable[[UnitOfWork], T],
    stored: Callable[[T], Stored],
    read: Callable[[Stored], T],
) -> T:
    """Do a piece of work in one transaction unless the same request did it before, and return its answer.

    ``stored`` and ``read`` turn the answer into what JSON can keep and back. Where the answer of the database is lost,
    this asks again by the same id: what was done is told, what was not is done now.

    Raises:
        AnswerLost: it is perhaps done; the sentence names the id.
        RequestReused: the id belongs to another request.
        RequestRunning: a program asks twice at the same moment.
    """
    principal = _principal(ctx)

    def attempt(uow: UnitOfWork) -> T:
        if principal and not data.is_alone(uow, principal, request.key):
            raise RequestRunning(STILL_RUNNING)
        before = data.claim(uow, principal, request.key, request.kind, request.fingerprint, ctx.signature())
        if before is not None:
            return read(_answer_of(ctx, request, before))
        answer = work(uow)
        data.keep_answer(uow, principal, request.key, json.dumps(stored(answer), ensure_ascii=False))
        return answer

    try:
        return ctx.database.transact(attempt)
    except AnswerLost:
        _log.warning("the answer of %s was lost: asking again for the same request", request.kind)
    try:
        return ctx.database.transact(attempt)
    except DatabaseUnavailable as still:
        raise AnswerLost(
            msg(
                "{place}: the answer was lost. This may be done already: look before you repeat it, "
                "or repeat it as request {id}, which is done only once.",
                place=ctx.database.place,
                id=shown_id(ctx, request.key),
            )
        ) from still


def answered(ctx: Context, request: Request, read: Callable[[Stored], T]) -> T | None:
    """Return the answer of a request that was done before, None where it was not: for who must look before writing.

    Raises:
        RequestReused: the id belongs to another request.
    """
    with ctx.database.read() as uow:
        before = data.kept(uow, _principal(ctx), request.key)
    return None if before is None else read(_answer_of(ctx, request, before))


def _principal(ctx: Context) -> str:
    return "" if ctx.foreign_keys is None else ctx.foreign_keys.principal


def shown_id(ctx: Context, number: str) -> str:
    """Return how the id of a request is called before who asked: a key that a program chose, or the id itself."""
    return number if ctx.foreign_keys is None else ctx.foreign_keys.key


def _answer_of(ctx: Context, request: Request, before: KeptRequest) -> Stored:
    if (before.kind, before.fingerprint) != (request.kind, request.fingerprint):
        raise another_request(shown_id(ctx, request.key))
    if ctx.foreign_keys is not None:
        ctx.foreign_keys.replayed = True
    found: Stored = json.loads(before.answer)
    return found


def another_request(key: str) -> RequestReused:
    """Return the refusal of a request whose id belongs to another one."""
    return RequestReused(msg("Request {id} was something else and is done. Use another id.", id=key))


def stored_answer(answer: BulkResult) -> Stored:
    """Return what was answered to a request about many orders as JSON keeps it."""
    changes = answer.changes
    return {
        "results": stored_results(answer.results),
        "orders": sorted(changes.order_ids),
        "products": changes.products,
    }


def read_answer(stored: Stored) -> BulkResult:
    """Return what was answered to a request about many orders."""
    return BulkResult(
        read_results(stored["results"]), ChangeSet(frozenset(stored["orders"]), products=stored["products"])
    )


def stored_results(results: tuple[ActionResult, ...]) -> list[Stored]:
    """Return the answers of orders as JSON keeps them."""
    return [
        {
            "reference": each.reference,
            "outcome": each.outcome.value,
            "before": each.status_before,
            "after": each.status_after,
            "message": each.message.to_json(),
            "order": each.order_id,
        }
        for each in results
    ]


def read_results(stored: list[Stored]) -> tuple[ActionResult, ...]:
    """Return the answers of orders that were kept."""
    return tuple(
        ActionResult(
            each["reference"],
            Outcome(each["outcome"]),
            _status(each["before"]),
            _status(each["after"]),
            message_from_json(each["message"]),
            each["order"],
        )
        for each in stored
    )


def stored_messages(messages: tuple[Message, ...]) -> list[str]:
    """Return sentences as JSON keeps them."""
    return [each.to_json() for each in messages]


def read_messages(stored: list[str]) -> tuple[Message, ...]:
    """Return sentences that were kept."""
    return tuple(message_from_json(each) for each in stored)


def _status(stored: str | None) -> Status | None:
    return None if stored is None else Status(stored)
