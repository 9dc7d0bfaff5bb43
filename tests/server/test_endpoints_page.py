"""docs/endpoints.md."""

from tests.server.shell.programs import ROOT
from warehouse_desk.server.endpoints.table import TABLE
from warehouse_desk.server.endpoints_page import endpoints_page


def test_the_page_about_the_endpoints_is_written_from_their_table() -> None:
    assert (ROOT / "docs" / "endpoints.md").read_text(encoding="utf-8") == endpoints_page()


def test_the_page_names_every_endpoint_and_every_field() -> None:
    page = endpoints_page()
    for row in TABLE.rows:
        assert f"### {row.verb} {row.path}\n" in page
        for field in (*row.parameters, *row.query, *row.body):
            assert f"| `{field.name}` |" in page
