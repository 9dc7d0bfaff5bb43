"""What handlers read of a request: the fields of its body or query, what its path names, which version is meant."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.domain.errors import InvalidInput, NotFound, OtherVersion
from warehouse_desk.domain.fields import MAX_ID, FieldReader, raise_faults
from warehouse_desk.domain.numbers import whole_number
from warehouse_desk.domain.status import Status
from warehouse_desk.server.errors import NOT_FOUND
from warehouse_desk.server.exchange import Ask

_TAG = re.compile(r'(?:W/)?"(\d{1,16})-(\d{1,16})"', re.ASCII)


def body_of(ask: Ask) -> Mapping[str, object]:
    """Return the fields of a JSON body; a request without a body has none.

    Raises:
        InvalidInput: the body is something else than an object.
    """
    if ask.body is None:
        return {}
    if not isinstance(ask.body, Mapping):
        raise InvalidInput(msg("The body must be an object with fields."), {})
    return ask.body


@contextmanager
def reading(fields: Mapping[str, object]) -> Iterator[FieldReader]:
    """Read fields; all that is wrong with them is refused together at the end.

    Raises:
        InvalidInput: there is a fault.
    """
    faults: dict[str, Message] = {}
    yield FieldReader(fields, "", faults)
    raise_faults(faults)


def order_named(ask: Ask, name: str) -> int | str:
    """Return the order that a part of the path names: digits are its id, all else its reference or tracking number."""
    text = ask.path[name]
    number = whole_number(text, 1, MAX_ID) if text.isascii() and text.isdigit() else None
    return text if number is None else number


def number_named(ask: Ask, name: str) -> int:
    """Return the number that a part of the path is.

    Raises:
        NotFound: it is none, so nothing can have it.
    """
    text = ask.path[name]
    number = whole_number(text, 1, MAX_ID) if text.isascii() and text.isdigit() else None
    if number is None:
        raise NotFound(NOT_FOUND)
    return number


def status_named(ask: Ask, name: str = "status") -> Status:
    """Return the status that a part of the path names, in either case.

    Raises:
        NotFound: there is no such status.
    """
    try:
        return Status.read(ask.path[name])
    except ValueError:
        known = [status.value for status in Status]
        raise NotFound(
            msg("There is no status “{name}”. Known: {known}.", name=ask.path[name][:40], known=known)
        ) from None


def version_meant(ask: Ask) -> int | None:
    """Return the version that ``If-Match`` asks for; None where any will do.

    Raises:
        OtherVersion: it is no tag that this server gave.
    """
    tag = (ask.knock.header("if-match") or "").strip()
    if tag in {"", "*"}:
        return None
    match = _TAG.fullmatch(tag)
    if match is None:
        raise OtherVersion(msg("If-Match is not the ETag of an order. Read the order again and send its ETag."))
    return int(match[2])
