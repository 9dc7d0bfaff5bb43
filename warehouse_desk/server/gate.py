"""The way of one request: which row of the table, who asks, what is sent, the handler, the answer."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from warehouse_desk.common.ids import new_id
from warehouse_desk.common.languages import ENGLISH, LANGUAGES
from warehouse_desk.common.messages import msg
from warehouse_desk.domain.errors import DeskError, NotAllowed
from warehouse_desk.domain.people.caller import missing_ability
from warehouse_desk.server.bodies import Body, kept_uploads, read_body
from warehouse_desk.server.cors import cors_headers
from warehouse_desk.server.endpoints.endpoint import ApiPart, Endpoint, Work
from warehouse_desk.server.errors import SERVER_ERROR, HttpError, answer_to, not_supported, refused
from warehouse_desk.server.exchange import (
    VISIT,
    Answer,
    Ask,
    Headers,
    Knock,
    Principal,
    PrincipalOf,
    ServerState,
    Visit,
    Who,
)
from warehouse_desk.server.json_text import read_json
from warehouse_desk.server.keyed import done_once
from warehouse_desk.server.responses import response, written
from warehouse_desk.server.threads import Threads

_QUERY_WORDS = 100
_BODILESS = frozenset({"GET", "HEAD"})
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Gate:
    """All that is served at one path, by verb."""

    path: str
    rows: Mapping[str, Endpoint]
    threads: Threads
    principal_of: PrincipalOf
    state: ServerState

    @property
    def allow(self) -> str:
        """The verbs, as the ``Allow`` header lists them."""
        verbs = {*self.rows, "OPTIONS"} | ({"HEAD"} if "GET" in self.rows else set())
        return ", ".join(sorted(verbs))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, whatever becomes of it."""
        request = Request(scope, receive)
        visit = visit_of(request)
        visit.route = self.path
        answer = await answered(lambda: self._answer(request, visit), language_of(request))
        if any(row.part is ApiPart.REST for row in self.rows.values()):
            answer = _with(answer, cors_headers(request, self.state.cors_origins, self.allow))
        await response(answer, visit, bodiless=request.method == "HEAD")(scope, receive, send)

    async def _answer(self, request: Request, visit: Visit) -> Answer:
        if request.method == "OPTIONS":
            return Answer(content=b"", headers=(("Allow", self.allow),))
        row = self.rows.get("GET" if request.method == "HEAD" else request.method)
        if row is None:
            raise HttpError(405, not_supported(request.method, self.allow), [("Allow", self.allow)])
        knock = _knock(request, row.who)
        query = _query(request)
        has_body = request.method not in _BODILESS
        if row.work is Work.SERVICES and not has_body:  # both in one thread: lists are what is asked for most
            return await self.threads.run(row.work, lambda: self._known_and_done(row, knock, visit, request, query))
        who: Principal | Answer | None = None
        if row.who is not Who.ANYBODY:
            who = await self.threads.run(Work.SERVICES, lambda: self._admit(row, knock, visit))
        if isinstance(who, Answer):
            return who
        ask = _ask(request, knock, who, query, visit)
        try:
            body = await read_body(request, row) if has_body else Body()
            return await self.threads.run(row.work, lambda: self._done(row, ask, body))
        except HttpError as error:
            return _with(_refusal(error, knock.language), () if who is None else who.headers)

    def _known_and_done(self, row: Endpoint, knock: Knock, visit: Visit, request: Request, query: Headers) -> Answer:
        who = self._admit(row, knock, visit) if row.who is not Who.ANYBODY else None
        return who if isinstance(who, Answer) else self._done(row, _ask(request, knock, who, query, visit), Body())

    def _admit(self, row: Endpoint, knock: Knock, visit: Visit) -> Principal | Answer:
        """Return who knocks, or the answer where they may not come in."""
        principal = self.principal_of(knock)
        if isinstance(principal, Answer):
            return principal
        visit.principal = principal.name
        caller = principal.desk.caller
        missing = next((each for each in row.abilities if not caller.may(each)), None)
        if missing is None:
            return principal
        refusal = answer_to(NotAllowed(missing_ability(caller, missing)), knock.language)
        return _with(refusal, principal.headers)

    def _done(self, row: Endpoint, ask: Ask, body: Body) -> Answer:
        """Read the body, call the handler, write the answer: refusals too, so that all carry what they must."""
        with kept_uploads(body.uploads, self.state.folder) as files:
            whole = replace(ask, form=body.form, files=files, state=self.state)
            try:
                if body.content:
                    whole = replace(whole, body=read_json(body.content))
                answer = done_once(whole, row.handler) if row.keyed else row.handler(whole)
            except DeskError as error:
                answer = answer_to(error, ask.knock.language)
            except HttpError as error:
                answer = _refusal(error, ask.knock.language)
        if ask.principal is not None:
            answer = _with(answer, ask.principal.headers)
        return written(answer, ask.request_id)


async def answered(work: Callable[[], Awaitable[Answer]], language: str) -> Answer:
    """Return what some work answers; a fault of the program is told to the log and not to who asked."""
    try:
        return await work()
    except HttpError as error:
        return _refusal(error, language)
    except DeskError as error:
        return answer_to(error, language)
    except Exception:  # noqa: BLE001 - whatever a handler raises, who asked is answered
        _log.exception("a request failed")
        return refused(500, SERVER_ERROR, language)


def visit_of(request: Request) -> Visit:
    """Return what the shell put beside a request, or one of our own where no shell stands around."""
    visit = request.scope.get(VISIT)
    if not isinstance(visit, Visit):
        visit = request.scope[VISIT] = Visit(new_id())
    return visit


def _refusal(error: HttpError, language: str) -> Answer:
    return refused(error.status, error.message, language, headers=error.headers)


def _with(answer: Answer, headers: Headers) -> Answer:
    return replace(answer, headers=(*answer.headers, *headers))


def _ask(
    request: Request, knock: Knock, principal: Principal | None, query: tuple[tuple[str, str], ...], visit: Visit
) -> Ask:
    return Ask(knock, principal, request.path_params, query, request_id=visit.request_id)


def _knock(request: Request, who: Who) -> Knock:
    headers = tuple(
        (name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in request.scope["headers"]
    )
    return Knock(
        who,
        request.method,
        request.scope["path"],
        headers,
        request.cookies,
        request.client.host if request.client else "",
        request.scope["scheme"] == "https",
        language_of(request),
    )


def _query(request: Request) -> tuple[tuple[str, str], ...]:
    try:
        found = parse_qsl(
            request.scope["query_string"].decode("latin-1"), keep_blank_values=True, max_num_fields=_QUERY_WORDS
        )
    except ValueError:
        raise HttpError(400, msg("The address asks for more than {limit} things.", limit=_QUERY_WORDS)) from None
    return tuple(found)


def language_of(request: Request) -> str:
    """Return the language of ours that an ``Accept-Language`` wishes most, English where it wishes none."""
    wished = request.headers.get("accept-language", "")
    best, weight = ENGLISH.code, 0.0
    for each in wished.split(",")[:20]:
        name, _, rest = each.partition(";")
        code = name.strip().lower()[:2]
        try:
            wanted = float(rest.strip().removeprefix("q=") or 1)
        except ValueError:
            continue
        if code in LANGUAGES and wanted > weight:
            best, weight = code, wanted
    return best
