"""What each refusal of the desk is over HTTP: a status, and the body that clients of such APIs know."""

from collections.abc import Mapping, Sequence

from warehouse_desk.common.messages import Message, msg, nmsg
from warehouse_desk.domain.errors import (
    AnswerLost,
    DatabaseBusy,
    DatabaseUnavailable,
    DeskError,
    InvalidInput,
    NoLongerKept,
    NotAllowed,
    NotFound,
    NotReady,
    OtherVersion,
    RequestRunning,
    RuleViolation,
    SchemaTooNew,
    SignInRequired,
    StaleOrder,
    TooManyTries,
    WrongUsage,
)
from warehouse_desk.server.exchange import Answer
from warehouse_desk.sheets.errors import FileTooBig, WrongFileKind

STATUS: Mapping[type[DeskError], int] = {
    InvalidInput: 422,
    WrongUsage: 422,
    RuleViolation: 422,
    NotAllowed: 403,
    SignInRequired: 401,
    TooManyTries: 429,
    NotFound: 404,
    NoLongerKept: 410,
    NotReady: 409,
    StaleOrder: 409,
    RequestRunning: 409,
    OtherVersion: 412,
    AnswerLost: 503,
    DatabaseBusy: 503,
    DatabaseUnavailable: 503,
    SchemaTooNew: 503,
    WrongFileKind: 415,
    FileTooBig: 413,
    DeskError: 422,
}
"""The status of each kind of refusal; a kind that is not named has that of the one it is a kind of."""

RETRY_SECONDS: Mapping[type[DeskError], int] = {
    AnswerLost: 5,
    DatabaseBusy: 2,
    DatabaseUnavailable: 5,
    RequestRunning: 1,
}
"""After how many seconds it is worth asking again; a database that is too new will not mend by waiting."""

NO_PLACE_SECONDS = 1


class HttpError(Exception):
    """A request that no service ever saw: broken, too large, too much at once."""

    def __init__(self, status: int, message: Message, headers: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.headers = tuple(headers)


def status_of(error: DeskError) -> int:
    """Return the status of a refusal; what a body names and does not exist is a fault of the body."""
    if isinstance(error, NotFound) and error.field is not None:
        return 422
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


def answer_to(error: DeskError, language: str) -> Answer:
    """Return the answer that tells a refusal, in the language of who asked."""
    seconds = error.retry_after if isinstance(error, TooManyTries) else RETRY_SECONDS.get(type(error))
    return refused(
        status_of(error),
        error.message,
        language,
        errors=_fields(error),
        headers=() if seconds is None else (("Retry-After", str(seconds)),),
    )


def _fields(error: DeskError) -> Mapping[str, Message]:
    if isinstance(error, InvalidInput):
        return error.fields
    return {} if error.field is None else {error.field: error.message}


def refused(
    status: int,
    message: Message,
    language: str,
    *,
    errors: Mapping[str, Message] | None = None,
    headers: Sequence[tuple[str, str]] = (),
) -> Answer:
    """Return a refusal: its sentence, and the sentences of fields under their paths; the request's id is added later.

    With fields the sentence is that of the first, and says how many more there are.
    """
    told = {path: [each.in_language(language)] for path, each in (errors or {}).items()}
    said = message.in_language(language)
    if told:
        said = next(iter(told.values()))[0]
        if len(told) > 1:
            said += _more(len(told) - 1).in_language(language)
    return Answer({"message": said, "errors": told}, status, tuple(headers))


def _more(n: int) -> Message:
    return nmsg(" (and {n} more error)", " (and {n} more errors)", n)


def too_large(limit: int) -> Message:
    """Return the sentence about a body above its limit (bytes)."""
    return msg("The body is larger than {limit} bytes. Send less at once.", limit=limit)


def not_supported(verb: str, verbs: str) -> Message:
    """Return the sentence about a verb that means nothing at an address, with those that do."""
    return msg("{verb} is not supported here. Supported: {verbs}.", verb=verb, verbs=verbs)


NOT_FOUND = msg("There is nothing at this address. The addresses are in /openapi.json.")
NO_PLACE = msg("The server is busy. Try again in a moment.")
SERVER_ERROR = msg("Server Error")
STOPPING = msg("The server is stopping. Try again in a moment.")
