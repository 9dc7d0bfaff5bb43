"""JSON as it comes and goes: numbers exact, nothing read that JSON does not have."""

import json
from decimal import Decimal, InvalidOperation
from typing import NoReturn

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.server.errors import HttpError


def read_json(content: bytes) -> object:
    """Return the value that a body holds; numbers with a point or an exponent are Decimals.

    Raises:
        HttpError: 400, the body is no JSON; where a place can be named, by its line and column.
    """
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as wrong:
        before = content[: wrong.start].decode("utf-8")
        place = {"line": before.count("\n") + 1, "column": len(before) - before.rfind("\n")}
        raise _broken(msg("The body is not UTF-8: see line {line}, column {column}.", **place)) from None
    try:
        return json.loads(text, parse_float=_decimal, parse_constant=_refuse)
    except json.JSONDecodeError as wrong:
        raise _broken(
            msg(
                "The body is not JSON: see line {line}, column {column} ({reason}).",
                line=wrong.lineno,
                column=wrong.colno,
                reason=wrong.msg.removesuffix("."),
            )
        ) from None
    except RecursionError:
        raise _broken(msg("The body is nested too deeply.")) from None
    except ValueError:
        # Python itself refuses to read more than 4,300 digits as a number.
        raise _broken(msg("The body contains a number with thousands of digits.")) from None


def write_json(body: object) -> bytes:
    """Return a body as JSON in UTF-8. Half a character, which somebody may have sent us, goes out escaped."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise _broken(msg("The body contains a number with an exponent that is too large.")) from None


def _refuse(word: str) -> NoReturn:
    raise _broken(msg("The body contains {word}, which is not a number in JSON.", word=word))


def _broken(message: Message) -> HttpError:
    return HttpError(400, message)
