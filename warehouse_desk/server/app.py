"""Assemble the application from the table: a route for each path, and one answer for all that is nowhere."""

from dataclasses import replace

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from warehouse_desk.server.endpoints.endpoint import EndpointTable
from warehouse_desk.server.errors import NOT_FOUND, refused
from warehouse_desk.server.exchange import PrincipalOf, ServerState
from warehouse_desk.server.gate import Gate, language_of, visit_of
from warehouse_desk.server.openapi import openapi_document
from warehouse_desk.server.responses import response
from warehouse_desk.server.threads import Threads


def application(
    table: EndpointTable, principal_of: PrincipalOf, state: ServerState, threads: Threads | None = None
) -> ASGIApp:
    """Return the application that serves a table; the shell stands around it."""
    places = threads or Threads()
    state = replace(state, document=openapi_document(table, state.public_url))
    routes: list[BaseRoute] = []
    for path, rows in table.paths().items():
        routes.append(Route(path, Gate(path, rows, places, principal_of, state)))
    routes.append(Route("/{path:path}", _Nowhere()))
    return _WithoutSlash(Starlette(routes=routes))


class _Nowhere:
    """Answers at every address that the table lacks, whatever the verb."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        answer = refused(404, NOT_FOUND, language_of(request))
        await response(answer, visit_of(request), bodiless=request.method == "HEAD")(scope, receive, send)


class _WithoutSlash:
    """Drops one slash at the end of a path: a redirect would turn a POST into a GET, or name a foreign host."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and len(scope["path"]) > 1 and scope["path"].endswith("/"):
            scope = {**scope, "path": scope["path"][:-1]}
        await self._app(scope, receive, send)
