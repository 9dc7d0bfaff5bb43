"""Whether an answer is what the table of endpoints promises."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from tests.server.running import Reply
from warehouse_desk.server.endpoints.endpoint import ApiField, Endpoint, FieldKind
from warehouse_desk.server.endpoints.table import TABLE

_TYPES: dict[FieldKind, tuple[type, ...]] = {
    FieldKind.WHOLE: (int,),
    FieldKind.MONEY: (int, float),
    FieldKind.FLAG: (bool,),
    FieldKind.LIST: (list,),
    FieldKind.IDS: (list,),
    FieldKind.TEXTS: (list,),
    FieldKind.OBJECT: (dict,),
    FieldKind.MAP: (dict,),
}


def row_of(verb: str, path: str) -> Endpoint | None:
    """Return the endpoint that a request goes to; paths of fixed words come first, as in routing."""
    plain = path.partition("?")[0].rstrip("/")
    for pattern, rows in TABLE.paths().items():
        if verb in rows and re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", pattern), plain):
            return rows[verb]
    return None


def promised(verb: str, path: str, reply: Reply) -> list[str]:
    """Return what an answer lacks, or has too much, beside what its endpoint promises."""
    row = row_of(verb, path)
    if row is None or reply.status in {304, 401}:
        return []
    if reply.status >= 400:
        body = reply.body
        return [name for name in ("message", "errors", "request_id") if name not in body]
    success = next((each for each in row.success if each.status == reply.status), None)
    if success is None:
        return [f"status {reply.status}"]
    media = reply.headers["Content-Type"]
    if media != "application/json":
        return [] if media in success.media else [media]
    return list(unfit(success.fields, reply.body))


def unfit(fields: Iterable[ApiField], body: Any, before: str = "") -> Iterator[str]:
    """Yield the paths of what is missing, of another kind, or never promised."""
    known = {field.name: field for field in fields}
    for name in body.keys() - known.keys():
        yield f"{before}{name}: not promised"
    for name, field in known.items():
        if name not in body:
            if field.required:
                yield f"{before}{name}: missing"
        elif body[name] is None:
            if not field.nullable:
                yield f"{before}{name}: null"
        else:
            yield from _unfit_value(field, body[name], before + name)


def _unfit_value(field: ApiField, value: Any, path: str) -> Iterator[str]:
    if not issubclass(type(value), _TYPES.get(field.kind, (str,))):
        yield f"{path}: {value!r}"
    elif field.choices and value not in field.choices:
        yield f"{path}: {value!r} is none of the words"
    elif field.kind is FieldKind.OBJECT:
        yield from unfit(field.fields, value, f"{path}.")
    elif field.kind is FieldKind.LIST:
        for place, item in enumerate(value):
            yield from unfit(field.fields, item, f"{path}.{place}.")
