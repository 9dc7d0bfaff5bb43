"""The fields of the table as JSON Schema: what a request may hold, exactly as it is read, and what an answer holds.

A request is read generously (docs/api.md#readings), so its schema names every common way to write a value. What it
leaves out (Arabic digits, words in other cases) is read too, but no client needs to be told.
"""

from collections.abc import Callable, Iterable, Mapping

from warehouse_desk.common.text import UNSEEN
from warehouse_desk.server.endpoints.endpoint import ApiField, FieldKind

Schema = dict[str, object]

_STORABLE = r"^[^\x00]*$"
_UNSEEN = "".join(c if c == "-" else f"\\u{ord(c):04x}" for c in UNSEEN.partition("\U0001d159")[0])
_BLANKS = rf"\s\u001c-\u001f\u0085{_UNSEEN}"
"""Blanks and what no reader sees; the five named are blanks to us and not to the patterns of other languages."""
_SEEN = rf"^[^\x00]*[^\x00{_BLANKS}][^\x00]*$"
"""At least one character that a reader sees."""
_BLANK = rf"^[{_BLANKS}]*$"
_DAY = (
    r"^20(\d\d-((0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)"
    r"|([02468][048]|[13579][26])-02-29)$"
)
"""Every day of this century that there is."""
_MOMENT = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"
_FLAGS = [True, False, 1, 0, "1", "0", "true", "false"]


def request_object(fields: Iterable[ApiField]) -> Schema:
    """Return the schema of an object in a request."""
    return _object(fields, request_schema)


def answer_object(fields: Iterable[ApiField]) -> Schema:
    """Return the schema of an object in an answer."""
    return _object(fields, answer_schema)


def request_schema(field: ApiField) -> Schema:
    """Return the schema of a field of a body; an optional one may also be null or blank."""
    schema = _REQUEST[field.kind](field)
    if not field.required:
        schema = {"anyOf": [schema, {"type": "null"}, {"type": "string", "pattern": _BLANK}]}
    return _described(schema, field)


def query_schema(field: ApiField) -> Schema:
    """Return the schema of a word of a query or a path, where everything is written as a text."""
    if field.kind is FieldKind.WHOLE:
        schema: Schema = {"type": "integer", **_bounds(field)}
    elif field.kind is FieldKind.TEXT:
        schema = {"type": "string", **_lengths(field)}
    else:
        schema = _REQUEST[field.kind](field)
    if not field.required and field.kind is not FieldKind.TEXT:
        schema = {"anyOf": [schema, {"type": "string", "pattern": _BLANK}]}
    return _described(schema, field)


def answer_schema(field: ApiField) -> Schema:
    """Return the schema of a field of an answer."""
    schema = _ANSWER[field.kind](field)
    if field.nullable:
        schema = {"anyOf": [schema, {"type": "null"}]}
    return _described(schema, field)


def _object(fields: Iterable[ApiField], schema_of: Callable[[ApiField], Schema]) -> Schema:
    known = list(fields)
    schema: Schema = {"type": "object", "properties": {field.name: schema_of(field) for field in known}}
    required = [field.name for field in known if field.required]
    return {**schema, "required": required} if required else schema


def _described(schema: Schema, field: ApiField) -> Schema:
    more = {"description": field.about} if field.about else {}
    example = {} if field.example is None else {"examples": [field.example]}
    return {**schema, **more, **example}


def _text(field: ApiField) -> Schema:
    """A text, or a whole number for its digits."""
    pattern = _SEEN if field.required else _STORABLE
    return {"anyOf": [{"type": "string", "pattern": pattern, **_lengths(field)}, _digits_of_text(field)]}


def _digits_of_text(field: ApiField) -> Schema:
    longest = min(field.most or 15, 15)
    return {"type": "integer", "minimum": 0, "maximum": 10**longest - 1}


def _whole(field: ApiField) -> Schema:
    return {"anyOf": [{"type": "integer", **_bounds(field)}, {"type": "string", "pattern": rf"^{_digits(field)}$"}]}


def _money(field: ApiField) -> Schema:
    return {
        "anyOf": [
            {"type": "number", "multipleOf": 0.01, **_bounds(field)},
            {"type": "string", "pattern": rf"^{_digits(field, below=True)}(\.\d{{1,2}})?$"},
        ]
    }


def _digits(field: ApiField, *, below: bool = False) -> str:
    """Return a pattern of whole numbers within a field's bounds; ``below``: such that a fraction may follow."""
    most = field.most or 10**15 - 1
    digits = len(str(most + 1)) - 1 if not below else len(str(most)) - 1
    zero = "0|" if field.least == 0 else ""
    return rf"({zero}[1-9]\d{{0,{max(digits - 1, 0)}}})"


def _choice(field: ApiField) -> Schema:
    return {"enum": [*field.choices, *(word.lower() for word in field.choices if word != word.lower())]}


def _list(field: ApiField) -> Schema:
    return {"type": "array", "items": request_object(field.fields), **_items(field)}


def _ids(field: ApiField) -> Schema:
    number = ApiField("id", FieldKind.WHOLE, least=1, most=2**53 - 1)
    return {"type": "array", "items": _whole(number), **_items(field)}


def _texts(field: ApiField) -> Schema:
    if field.choices:
        return {"type": "array", "items": {"enum": list(field.choices)}, "uniqueItems": True, **_items(field)}
    return {"type": "array", "items": {"type": "string", "pattern": _SEEN}, **_items(field)}


def _bounds(field: ApiField) -> Schema:
    return _given(minimum=field.least, maximum=field.most)


def _lengths(field: ApiField) -> Schema:
    return _given(minLength=field.least, maxLength=field.most)


def _items(field: ApiField) -> Schema:
    return _given(minItems=field.least, maxItems=field.most)


def _given(**limits: int | None) -> Schema:
    return {name: limit for name, limit in limits.items() if limit is not None}


def _plain(**schema: object) -> Callable[[ApiField], Schema]:
    return lambda _: dict(schema)


_REQUEST: Mapping[FieldKind, Callable[[ApiField], Schema]] = {
    FieldKind.TEXT: _text,
    FieldKind.WHOLE: _whole,
    FieldKind.MONEY: _money,
    FieldKind.FLAG: _plain(enum=_FLAGS),
    FieldKind.DAY: _plain(type="string", pattern=_DAY),
    FieldKind.MOMENT: _plain(type="string", pattern=_MOMENT),
    FieldKind.CHOICE: _choice,
    FieldKind.LIST: _list,
    FieldKind.IDS: _ids,
    FieldKind.TEXTS: _texts,
    FieldKind.OBJECT: lambda field: request_object(field.fields),
    FieldKind.MAP: _plain(type="object"),
    FieldKind.FILE: _plain(type="string", format="binary"),
}

_ANSWER: Mapping[FieldKind, Callable[[ApiField], Schema]] = {
    FieldKind.TEXT: _plain(type="string"),
    FieldKind.WHOLE: _plain(type="integer"),
    FieldKind.MONEY: _plain(type="number"),
    FieldKind.FLAG: _plain(type="boolean"),
    FieldKind.DAY: _plain(type="string", format="date"),
    FieldKind.MOMENT: _plain(type="string", pattern=_MOMENT),
    FieldKind.CHOICE: lambda field: {"enum": list(field.choices)},
    FieldKind.LIST: lambda field: {"type": "array", "items": answer_object(field.fields)},
    FieldKind.IDS: _plain(type="array", items={"type": "integer"}),
    FieldKind.TEXTS: _plain(type="array", items={"type": "string"}),
    FieldKind.OBJECT: lambda field: answer_object(field.fields),
    FieldKind.MAP: _plain(type="object", additionalProperties={"type": "array", "items": {"type": "string"}}),
    FieldKind.FILE: _plain(type="string", format="binary"),
}
