"""JSON for the rows that every scan writes: flat objects, without an encoder being set up for each."""

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from json.encoder import encode_basestring as quoted
from typing import Any

__all__ = ["json_object", "quoted"]


def json_object(values: Mapping[str, Any]) -> str:
    """Return a mapping as compact JSON; days and moments are texts in ISO form.

    Raises:
        TypeError: a value has no form in JSON.
    """
    return f"{{{','.join([f'{quoted(name)}:{_value(value)}' for name, value in values.items()])}}}"


def _value(value: object) -> str:
    write = _PLAIN.get(type(value))
    if write is not None:
        return write(value)
    return quoted(value) if isinstance(value, str) else _ENCODER.encode(value)


def _moment(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"{value!r} cannot be written as JSON")


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_moment)

_PLAIN: Mapping[type, Callable[[Any], str]] = {
    type(None): lambda _nothing: "null",
    bool: lambda value: "true" if value else "false",
    int: str,
    str: quoted,
    date: lambda day: f'"{day.isoformat()}"',
}
"""The types of which an audit row consists; any other goes through the encoder."""
