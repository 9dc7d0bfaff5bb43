"""Write the page about the endpoints from their table.

``python -m warehouse_desk.server.endpoints_page`` prints it; a test compares ``docs/endpoints.md`` with it.
"""

from collections.abc import Iterable, Iterator

from warehouse_desk.common.formats import count_text
from warehouse_desk.server.endpoints.endpoint import ApiField, ApiPart, Endpoint, FieldKind
from warehouse_desk.server.endpoints.table import TABLE
from warehouse_desk.server.exchange import Who
from warehouse_desk.server.openapi import REASONS

_HEAD = """\
# Endpoints

This page is written from the table of endpoints: `python -m warehouse_desk.server.endpoints_page > docs/endpoints.md`.
[The API](api.md) shows how they are used; a running server shows the same table at `/docs`, and as OpenAPI 3.1 at
`/openapi.json`.

Any endpoint may answer with one of the common [failures](api.md#failures); only those of its own are named below.
"""
_ABOUT_PARTS = {
    ApiPart.REST: "For programs, with a token: `Authorization: Bearer …`.",
    ApiPart.DASHBOARD: "For people, with a session: [Signing in](api.md#signing-in).",
    ApiPart.OWN: "What the API's document takes for granted, and what this server adds.",
}
_WHO = {Who.TOKEN: "a token", Who.SESSION: "a session", Who.ANYBODY: "anybody"}


def endpoints_page() -> str:
    """Return the whole page in Markdown, in English."""
    lines = [_HEAD, *_overview()]
    for part in ApiPart:
        lines += [f"## {part.value}", "", _ABOUT_PARTS[part], ""]
        for row in TABLE.rows:
            if row.part is part:
                lines += _endpoint(row)
    return "\n".join(lines).rstrip("\n") + "\n"


def _overview() -> Iterator[str]:
    yield "| endpoint | who may ask | what it does |"
    yield "| --- | --- | --- |"
    for row in TABLE.rows:
        yield f"| `{row.verb} {row.path}` | {_who(row)} | {row.about} |"
    yield ""


def _who(row: Endpoint) -> str:
    wanted = ", ".join(f"`{each.value}`" for each in row.abilities)
    return f"{_WHO[row.who]} with {wanted}" if wanted else _WHO[row.who]


def _endpoint(row: Endpoint) -> Iterator[str]:
    yield f"### {row.verb} {row.path}"
    yield ""
    yield row.about
    yield ""
    facts = [f"For {_who(row)}."]
    if row.keyed:
        facts.append("Heeds an [`Idempotency-Key`](api.md#asking-twice).")
    if row.body:
        facts.append(f"A body of at most {_bytes(row.body_bytes)}, {'a form' if row.takes_file else 'JSON'}.")
    yield " ".join(facts)
    yield ""
    for title, fields in (("path", row.parameters), ("query", row.query), ("body", row.body)):
        if fields:
            yield from _fields(title, fields)
    yield "| answer | when | fields |"
    yield "| --- | --- | --- |"
    for answer in row.success:
        names = ", ".join(f"`{each.name}`" for each in answer.fields)
        files = ", ".join(media for media in answer.media if media != "application/json")
        yield f"| {answer.status} | {answer.about} | {names or files or 'none'} |"
    for status in row.failures:
        yield f"| {status} | {REASONS[status]} | `message`, `errors`, `request_id` |"
    yield ""


def _fields(title: str, fields: Iterable[ApiField]) -> Iterator[str]:
    yield f"| {title} | kind | required | limits | meaning |"
    yield "| --- | --- | --- | --- | --- |"
    for path, each in _flat(fields):
        cells = (f"`{path}`", each.kind.value, "yes" if each.required else "no", _limits(each), each.about)
        yield f"| {' | '.join(cells)} |".replace("  ", " ")
    yield ""


def _flat(fields: Iterable[ApiField], path: str = "") -> Iterator[tuple[str, ApiField]]:
    """Yield fields with their paths as the document writes them: ``orders.*.products.*.sku``."""
    for each in fields:
        yield f"{path}{each.name}", each
        yield from _flat(each.fields, f"{path}{each.name}.{'*.' if each.kind is FieldKind.LIST else ''}")


def _limits(each: ApiField) -> str:
    if each.choices:
        return ", ".join(f"`{choice}`" for choice in each.choices)
    unit = " characters" if each.kind is FieldKind.TEXT else " entries" if each.kind in _LISTS else ""
    least, most = (None if limit is None else count_text(limit, blank=",") for limit in (each.least, each.most))
    if most is None:
        return "" if least is None else f"at least {least}{unit}"
    return f"at most {most}{unit}" if least is None else f"{least} to {most}{unit}"


_LISTS = frozenset({FieldKind.LIST, FieldKind.IDS, FieldKind.TEXTS})


def _bytes(count: int) -> str:
    mib, rest = divmod(count, 1024 * 1024)
    return f"{mib} MiB" if mib and not rest else f"{count // 1024} KiB"


if __name__ == "__main__":
    print(endpoints_page(), end="")  # noqa: T201 - what this is for
