"""Read what commands are given besides options: JSON files, references, lines of standard input."""

import json
import sys
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import NoReturn

from warehouse_desk.common.messages import msg
from warehouse_desk.common.system_errors import place_in_text, system_reason
from warehouse_desk.domain.errors import WrongUsage

STANDARD_INPUT = "-"
_BOM = "\ufeff"


def json_body(file: str) -> object:
    """Return what a JSON file holds, ``-`` being standard input; amounts stay exact.

    Raises:
        WrongUsage: it cannot be read, is not UTF-8 or not JSON; the sentence says where.
    """
    name = str(msg("standard input")) if file == STANDARD_INPUT else file
    try:
        raw = sys.stdin.buffer.read() if file == STANDARD_INPUT else Path(file).read_bytes()
    except (OSError, ValueError) as error:
        raise WrongUsage(msg("{file} cannot be read: {reason}.", file=name, reason=system_reason(error))) from error
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = msg("{file} is not UTF-8 text: see byte {place}. Save it as UTF-8.", file=name, place=error.start + 1)
        raise WrongUsage(message) from error
    return _parsed(text, name)


def _parsed(text: str, name: str) -> object:
    try:
        body: object = json.loads(text, parse_float=Decimal, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise WrongUsage(msg("{file} is not JSON: {place}.", file=name, place=place_in_text(error))) from error
    except (ValueError, RecursionError) as error:
        raise WrongUsage(
            msg("{file} holds a number or a nesting that no order can have. Correct it.", file=name)
        ) from error
    return body


def _no_number(text: str) -> NoReturn:
    raise ValueError(text)


def stdin_lines() -> Iterator[str]:
    """Return the lines of standard input one by one, as they come, without blanks around them; blank ones left out."""
    while raw := sys.stdin.buffer.readline():
        line = raw.decode("utf-8", errors="replace").removeprefix(_BOM).strip()
        if line:
            yield line


def references(texts: Iterable[str]) -> list[str]:
    """Return the references given, ``-`` standing for those on standard input.

    Raises:
        WrongUsage: there is none.
    """
    found: list[str] = []
    for reference in texts:
        found.extend(stdin_lines() if reference == STANDARD_INPUT else [reference.strip()])
    if not found:
        raise WrongUsage(msg("There is no reference. Write one a line on standard input, or list them."))
    return found
