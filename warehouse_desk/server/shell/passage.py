"""One request on its way through the shell: what it sends is counted, what is answered gets the shell's headers."""

from functools import cached_property
from typing import Final

from starlette.requests import Request
from starlette.types import Message as AsgiMessage
from starlette.types import Receive, Scope, Send

from warehouse_desk.common.messages import msg
from warehouse_desk.server.errors import too_large
from warehouse_desk.server.exchange import Visit
from warehouse_desk.server.gate import language_of
from warehouse_desk.server.shell.bodies import BodyPlaces
from warehouse_desk.server.shell.protocol import CONNECTION, REFUSED, DeskProtocol
from warehouse_desk.server.shell.refusals import CLOSE, Headers, ShellAnswer, headers_out, refusal

HUNG_UP: Final = 499
"""What the log says of a request whose client did not wait for the answer; no client ever sees it."""

_TOO_MANY_LARGE = msg("Other large bodies are being read. Send this one again in a moment.")
_RETRY_SECONDS: Final = 2


class Passage:
    """The two ends of a request as the API sees them."""

    def __init__(
        self,
        scope: Scope,
        receive: Receive,
        send: Send,
        *,
        visit: Visit,
        places: BodyPlaces,
    ) -> None:
        self._scope = scope
        self._receive = receive
        self._send = send
        self._visit = visit
        self._places = places
        self._received = 0
        self._has_place = False
        self._is_taken = False
        """Whether the shell has answered in the API's place."""
        self.status = 0
        """What was answered; 0 before."""
        self.size = 0
        """Bytes of the answer's body."""

    @cached_property
    def language(self) -> str:
        """The language of who asks."""
        return language_of(Request(self._scope))

    @property
    def has_answered(self) -> bool:
        """Whether an answer has begun."""
        return self.status != 0

    @property
    def final_status(self) -> int:
        """What became of it, for the log."""
        refused: int = self._scope.get("state", {}).get(REFUSED, 0)
        return refused or self.status or HUNG_UP

    async def receive(self) -> AsgiMessage:
        """Give the API the next piece of the body; where it became too much, the end of the connection."""
        if self._is_taken:
            return {"type": "http.disconnect"}
        message = await self._receive()
        if message["type"] != "http.request":
            return message
        self._received += len(message.get("body", b""))
        if await self.admits(self._received):
            return message
        return {"type": "http.disconnect"}

    async def admits(self, size: int) -> bool:
        """Tell whether a body of so many bytes may be read; where not, it is refused here."""
        largest = self._places.largest
        if size > largest:
            return await self._take(refusal(413, too_large(largest), self._visit.request_id, self.language))
        if self._has_place or not self._places.needs_place(size):
            return True
        self._has_place = await self._places.enter()
        if self._has_place:
            return True
        busy = refusal(503, _TOO_MANY_LARGE, self._visit.request_id, self.language, retry_after=_RETRY_SECONDS)
        return await self._take(busy)

    async def _take(self, answer: ShellAnswer) -> bool:
        await self.answer(answer)
        self._is_taken = True
        return False

    async def answer(self, answer: ShellAnswer) -> None:
        """Answer in the API's place, unless it has begun to answer."""
        if self.has_answered:
            return
        headers: Headers = [
            *answer.headers,
            (b"content-type", answer.media),
            (b"content-length", str(len(answer.body)).encode()),
        ]
        await self.send({"type": "http.response.start", "status": answer.status, "headers": headers})
        await self.send({"type": "http.response.body", "body": answer.body})

    async def send(self, message: AsgiMessage) -> None:
        """Send a piece of an answer; what the API says after the shell has spoken goes nowhere."""
        if self._is_taken:
            return
        if message["type"] == "http.response.start":
            self.status = message["status"]
            message = {**message, "headers": self._headers(message.get("headers", ()))}
        elif message["type"] == "http.response.body":
            self.size += len(message.get("body", b""))
        await self._send(message)

    def _headers(self, answer: Headers) -> Headers:
        headers = headers_out(answer, self._visit.request_id, is_secure=self._scope["scheme"] == "https")
        connection = self._scope.get("state", {}).get(CONNECTION)
        if isinstance(connection, DeskProtocol) and not connection.has_whole_body and CLOSE not in headers:
            headers.append(CLOSE)  # or all the rest of the body would have to be read first
        return headers

    def end(self) -> None:
        """Give back what it held."""
        if self._has_place:
            self._places.leave()
            self._has_place = False
