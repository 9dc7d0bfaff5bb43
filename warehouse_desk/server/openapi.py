"""The OpenAPI 3.1 document of a table: what ``/openapi.json`` answers."""

from collections.abc import Iterable

from warehouse_desk import __version__
from warehouse_desk.server.endpoints.endpoint import ApiPart, Endpoint, EndpointTable, Link, Success
from warehouse_desk.server.endpoints.shapes import ERROR_FIELDS
from warehouse_desk.server.exchange import Who
from warehouse_desk.server.schemas import Schema, answer_object, query_schema, request_object
from warehouse_desk.services.requests import MAX_FOREIGN_KEY

WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})

REASONS = {
    200: "Done.",
    400: "The request is broken.",
    401: "No token or session, or one that opens nothing.",
    403: "The ability is missing.",
    404: "There is no such thing.",
    405: "Another verb is wanted.",
    408: "It came too slowly.",
    409: "It does not stand as it must; or the same request is being done at this moment.",
    410: "Its file is no longer kept.",
    412: "Somebody else changed it.",
    413: "The body is too large.",
    414: "The address is too long.",
    415: "The body is of another kind.",
    419: "The CSRF token is missing or wrong.",
    422: "Something in it cannot be; errors says what.",
    429: "Too many requests, or too many wrong passwords.",
    431: "The headers are too large.",
    500: "A fault of the program; the log has it under the request_id.",
    503: "The database is away or all places are taken; ask again.",
}
_ALWAYS = (400, 414, 431, 500, 503)
_WITH_WHO = (401, 403, 429)
_WITH_BODY = (408, 413, 415, 422)
_RETRIED = frozenset({429, 503})


def openapi_document(table: EndpointTable, public_url: str = "") -> Schema:
    """Return the document of all endpoints of a table, for a server at an address."""
    schemas: Schema = {"Refusal": answer_object(ERROR_FIELDS)}
    paths: dict[str, Schema] = {}
    for row in table.rows:
        paths.setdefault(row.path, {})[row.verb.lower()] = _operation(row, schemas)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Warehouse Desk",
            "version": __version__,
            "summary": "Orders of a warehouse: created, packed, shipped, delivered, returned.",
        },
        "servers": [{"url": public_url or "/"}],
        "tags": [{"name": part.value} for part in ApiPart],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer"},
                "session": {"type": "apiKey", "in": "cookie", "name": "wd_session"},
                "csrf": {"type": "apiKey", "in": "header", "name": "X-CSRF-TOKEN"},
            },
        },
    }


def _operation(row: Endpoint, schemas: Schema) -> Schema:
    operation: Schema = {
        "operationId": row.name,
        "summary": row.about,
        "tags": [row.part.value],
        "parameters": list(_parameters(row)),
        "responses": _responses(row, schemas),
    }
    if row.abilities:
        operation["description"] = "Wants the ability " + ", ".join(f"“{each.value}”" for each in row.abilities) + "."
    if row.body:
        operation["requestBody"] = _request_body(row, schemas)
    if row.who is Who.TOKEN:
        operation["security"] = [{"token": []}]
    elif row.who is Who.SESSION:
        operation["security"] = [{"session": [], "csrf": []} if row.verb in WRITES else {"session": []}]
    else:
        operation["security"] = []
    return operation


def _parameters(row: Endpoint) -> Iterable[Schema]:
    for field in row.parameters:
        yield {"name": field.name, "in": "path", "required": True, "schema": query_schema(field)}
    for field in row.query:
        yield {"name": field.name, "in": "query", "required": field.required, "schema": query_schema(field)}
    if row.keyed:
        yield _header("Idempotency-Key", "The same request with the same key is done once.", _KEY)
    if any(success.status == 304 for success in row.success):  # noqa: PLR2004
        yield _header("If-None-Match", "The ETag that the client has already.", {"type": "string"})


_SHOWN = r"!-~\u00a1-\u00ac\u00ae-\u00ff"
_KEY: Schema = {
    "type": "string",
    "minLength": 1,
    "maxLength": MAX_FOREIGN_KEY,
    "pattern": rf"^[{_SHOWN}]([ {_SHOWN}]*[{_SHOWN}])?$",
}


def _header(name: str, about: str, schema: Schema) -> Schema:
    return {"name": name, "in": "header", "required": False, "description": about, "schema": schema}


def _request_body(row: Endpoint, schemas: Schema) -> Schema:
    name = f"{row.name}Request"
    schemas[name] = request_object(row.body)
    media: Schema = {"schema": {"$ref": f"#/components/schemas/{name}"}}
    if row.example is not None:
        media["example"] = row.example
    kind = "multipart/form-data" if row.takes_file else "application/json"
    return {"required": any(field.required for field in row.body), "content": {kind: media}}


def _responses(row: Endpoint, schemas: Schema) -> Schema:
    found = {str(success.status): _success(row, success, schemas) for success in row.success}
    for status in sorted(_failures(row)):
        found.setdefault(str(status), _failure(status))
    return dict(sorted(found.items()))


def _success(row: Endpoint, success: Success, schemas: Schema) -> Schema:
    answer: Schema = {"description": success.about}
    if success.fields:
        name = f"{row.name}Answer" if success is row.success[0] else f"{row.name}Answer{success.status}"
        schemas[name] = answer_object(success.fields)
        media: Schema = {"schema": {"$ref": f"#/components/schemas/{name}"}}
        if success.example is not None:
            media["example"] = success.example
        answer["content"] = {"application/json": media}
    elif success.media != ("application/json",):
        answer["content"] = {media: {"schema": {"type": "string", "format": "binary"}} for media in success.media}
    if success is row.success[0] and row.links:
        answer["links"] = {f"{link.to}{number or ''}": _link(link) for number, link in enumerate(row.links)}
    return answer


def _link(link: Link) -> Schema:
    parameters: Schema = {"parameters": {link.parameter: link.value}} if link.parameter else {}
    body: Schema = {} if link.body is None else {"requestBody": link.body}
    return {"operationId": link.to, **parameters, **body}


def _failures(row: Endpoint) -> set[int]:
    found = {*_ALWAYS, *row.failures}
    if row.who is not Who.ANYBODY:
        found |= set(_WITH_WHO)
    if row.body or row.query:
        found |= set(_WITH_BODY) if row.body else {422}
    if row.keyed:
        found.add(409)
    if row.who is Who.SESSION and row.verb in WRITES:
        found.add(419)
    return found


def _failure(status: int) -> Schema:
    answer: Schema = {
        "description": REASONS[status],
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}}},
    }
    if status in _RETRIED:
        answer["headers"] = {
            "Retry-After": {"description": "Seconds to wait.", "required": False, "schema": {"type": "integer"}}
        }
    return answer
