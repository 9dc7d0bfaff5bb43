"""JSON for the rows that every scan writes: flat objects, without an encoder being set up for each."""

import json
from collections.abc import Mapping
from datetime import date
from json.encoder import encode_basestring as quoted
from typing import Any

__all__ = ["json_object", "quoted"]


def json_object(values: Mapping[str, Any]) -> str:
    """Return a mapping as compact JSON; days and moments are texts in ISO form.

    Raises:
        TypeError: a value has no form in JSON.
    """
    members = []
    for name, value in values.items():
        if isinstance(value, str):
            text = quoted(value)
        elif value is None:
            text = "null"
        elif isinstance(value, date):
            text = f'"{value.isoformat()}"'
        elif type(value) is int:
            text = str(value)
        else:
            text = _ENCODER.encode(value)
        members.append(f"{quoted(name)}:{text}")
    return f"{{{','.join(members)}}}"


def _moment(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} cannot be written as JSON")


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_moment)
