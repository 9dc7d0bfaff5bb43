"""An answer as it goes over the wire."""

from dataclasses import replace

from starlette.responses import FileResponse, Response

from warehouse_desk.server.exchange import Answer, Visit
from warehouse_desk.server.json_text import write_json

_FIRST_REFUSAL = 400
_BODILESS = frozenset({204, 304})


def written(answer: Answer, request_id: str) -> Answer:
    """Return an answer with its JSON written; a refusal carries the id of its request."""
    if answer.file is not None or answer.content is not None or answer.status in _BODILESS:
        return answer
    body = answer.body
    if answer.status >= _FIRST_REFUSAL and isinstance(body, dict):
        body = {**body, "request_id": request_id}
    return replace(answer, content=write_json(body))


def response(answer: Answer, visit: Visit, *, bodiless: bool = False) -> Response:
    """Return what Starlette sends; ``bodiless`` for HEAD, which tells the length of what it leaves out."""
    ready = written(answer, visit.request_id)
    made: Response
    if ready.file is not None:
        made = FileResponse(ready.file, ready.status, media_type=ready.media)
    else:
        made = Response(ready.content, ready.status, media_type=None if ready.content is None else ready.media)
    for name, value in ready.headers:
        made.headers.append(name, value)
    if bodiless:
        made.body = b""
    return made
