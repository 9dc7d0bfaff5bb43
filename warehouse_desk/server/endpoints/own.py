"""The rows that the API's document lacks: signing in and out, jobs, directories, the server's own state."""

from warehouse_desk.server.endpoints import signing_in
from warehouse_desk.server.endpoints.endpoint import ApiField, ApiPart, Endpoint, FieldKind, Success, Work
from warehouse_desk.server.exchange import Who
from warehouse_desk.server.own import docs_page, document

ROWS: tuple[Endpoint, ...] = (
    *signing_in.ROWS,
    Endpoint(
        name="showDocument",
        verb="GET",
        path="/openapi.json",
        part=ApiPart.OWN,
        who=Who.ANYBODY,
        handler=document.show_document,
        about="This description of the API (OpenAPI 3.1).",
        work=Work.NONE,
        success=(Success("The document.", (ApiField("openapi", FieldKind.TEXT, required=True),)),),
    ),
    Endpoint(
        name="showDocsPage",
        verb="GET",
        path="/docs",
        part=ApiPart.OWN,
        who=Who.ANYBODY,
        handler=docs_page.show_docs_page,
        about="This description of the API as a page for people.",
        work=Work.NONE,
        success=(Success("The page.", media=("text/html",)),),
    ),
)
