"""The table has every endpoint and field of the API's document, and the OpenAPI document every row of the table."""

from collections.abc import Iterable, Iterator

import pytest

from tests.builders import Shop
from tests.server.documented import DASHBOARD, REST
from tests.server.running import Client
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.server.endpoints import dashboard
from warehouse_desk.server.endpoints.endpoint import ApiField, ApiPart, Endpoint, FieldKind
from warehouse_desk.server.endpoints.table import TABLE
from warehouse_desk.server.exchange import Who
from warehouse_desk.server.openapi import REASONS, openapi_document

ROWS = {f"{row.verb}{row.path}": row for row in TABLE.rows}
DOCUMENTED = {**REST, **(DASHBOARD if dashboard.ROWS else {})}


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


def _with_paths(fields: Iterable[ApiField], before: str = "") -> Iterator[tuple[str, ApiField]]:
    for field in fields:
        yield before + field.name, field
        yield from _with_paths(field.fields, f"{before}{field.name}.*.")


@pytest.mark.parametrize("called", DOCUMENTED)
def test_every_documented_endpoint_is_there_with_its_fields(called: str) -> None:
    row = ROWS[called]
    known = dict(_with_paths((*row.parameters, *row.query, *row.body)))
    for path, said in DOCUMENTED[called].items():
        field = known[path]
        assert field.required is said.startswith("*"), path
        limit = said.removeprefix("*").strip()
        if limit:
            assert field.most == int(limit), path


@pytest.mark.parametrize("row", TABLE.rows, ids=lambda row: row.name)
def test_a_row_says_all_that_is_to_be_said(row: Endpoint) -> None:
    assert tuple(field.name for field in row.parameters) == row.braces
    assert row.about.endswith(".")
    assert row.success
    assert (row.part is ApiPart.REST) <= (row.who is Who.TOKEN)
    assert (row.part is ApiPart.DASHBOARD) <= (row.who is Who.SESSION)
    assert all(link.to in {each.name for each in TABLE.rows} for link in row.links)
    assert set(row.failures) <= set(REASONS)
    assert not row.body or row.verb != "GET"
    for path, field in _with_paths((*row.parameters, *row.query, *row.body)):
        assert field.about, path
        assert bool(field.choices) or field.kind is not FieldKind.CHOICE, path
        assert not field.choices or field.kind in {FieldKind.CHOICE, FieldKind.TEXTS}, path  # one, or some, of them


def test_no_two_rows_have_one_name_or_one_place() -> None:
    assert len({row.name for row in TABLE.rows}) == len(ROWS) == len(TABLE.rows)


def test_the_rest_api_knows_its_four_abilities() -> None:
    wanted = {row.abilities[0] for row in TABLE.rows if row.part is ApiPart.REST}
    assert wanted == {Ability.REST_CREATE, Ability.REST_VIEW, Ability.REST_UPDATE, Ability.REST_DELETE}


def test_the_document_is_served_to_anybody_with_every_row(shop: Shop, client: Client) -> None:
    reply = Client(client.port).get("/openapi.json")
    assert reply.status == 200
    assert reply.body == openapi_document(TABLE)
    described = {
        (verb.upper(), path): operation["operationId"]
        for path, operations in reply.body["paths"].items()
        for verb, operation in operations.items()
    }
    assert described == {(row.verb, row.path): row.name for row in TABLE.rows}
    assert reply.body["components"]["schemas"]["Refusal"]["required"] == ["message", "errors", "request_id"]
