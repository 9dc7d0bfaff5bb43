"""One connection: uvicorn's h11 protocol with an end to every wait, and refusals that reach their reader."""

import asyncio
from collections.abc import Callable, Collection
from typing import Any, Final, cast

import h11
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import STATUS_PHRASES, H11Protocol, RequestResponseCycle
from uvicorn.server import ServerState

from warehouse_desk.common.ids import new_id
from warehouse_desk.common.messages import msg
from warehouse_desk.server.errors import NO_PLACE
from warehouse_desk.server.exchange import VISIT, Visit
from warehouse_desk.server.shell.head import RequestFault, StrictConnection
from warehouse_desk.server.shell.limits import Limits
from warehouse_desk.server.shell.parting import PartingTransport
from warehouse_desk.server.shell.refusals import CLOSE, headers_out, refusal

CONNECTION: Final = "warehouse_desk.connection"
"""What the state of a request calls its connection."""
REFUSED: Final = "warehouse_desk.refused"
"""What it calls the status with which the connection answered in the API's place."""

OnRefusal = Callable[[str, str, int, int], None]
"""Told of a request that was refused before the shell saw it: its id, address, status, bytes of the answer."""

_TOO_SLOW = msg("The request did not come to its end in time.")
_CROWDED: Final = RequestFault(503, NO_PLACE)
_ANSWERING: Final = (h11.IDLE, h11.SEND_RESPONSE)
"""States in which a response may still begin."""


def make_room(connections: Collection[Any], newcomer: object) -> bool:
    """End the connection that has waited longest without asking anything; false where all others are at work."""
    idle = [one for one in connections if one is not newcomer and not one.is_busy]
    if not idle:
        return False
    min(idle, key=lambda one: float(one.waiting_since)).leave()
    return True


class DeskProtocol(H11Protocol):
    """Answers one connection within the limits."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
        *,
        limits: Limits,
        on_refusal: OnRefusal,
    ) -> None:
        super().__init__(config, server_state, {**app_state, CONNECTION: self}, _loop)
        self._limits = limits
        self._on_refusal = on_refusal
        self._head = StrictConnection(limits, self.refuse)
        self.conn = self._head
        self.access_log = False  # uvicorn's own; ours names no query
        self._deadline: asyncio.TimerHandle | None = None
        self._armed_at = 0.0
        self._awaits_body = False
        """Whether the deadline is that of a body."""
        self._write_deadline: asyncio.TimerHandle | None = None
        self._was_heard = False
        self.waiting_since = 0.0
        """Since when it waits for a request, by the loop's clock."""

    @property
    def _parting(self) -> PartingTransport:
        return cast("PartingTransport", self.transport)

    @property
    def is_busy(self) -> bool:
        """Whether a request is being answered."""
        cycle = cast("RequestResponseCycle | None", self.cycle)  # uvicorn has none before the first request
        return cycle is not None and not cycle.response_complete

    @property
    def has_whole_body(self) -> bool:
        """Whether all of the present request has come."""
        return not self._head.has_body_left

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's
        """Begin to wait for a request; where too many wait, the one that has waited longest makes room."""
        super().connection_made(transport)
        self.transport = PartingTransport(transport, self._limits.linger_seconds, self._is_sending)
        self.waiting_since = self.loop.time()
        if len(self.connections) > self._limits.connections and not make_room(self.connections, self):
            self.refuse(_CROWDED)
            return
        self._arm(self._limits.head_seconds, self._on_slow_head)

    def _is_sending(self) -> bool:
        return self._head.is_refused or self._head.has_body_left

    def leave(self) -> None:
        """End a connection on which nothing is asked."""
        self.connections.discard(self)
        self._parting.end()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._disarm()
        self._unset_write_deadline()
        self._parting.forget()
        super().connection_lost(exc)
        self._unset_keepalive_if_required()

    def eof_received(self) -> bool:  # type: ignore[override]  # asyncio reads what uvicorn does not return
        """Answer what was asked whole, though nothing more will be asked; True keeps the way back open.

        Under TLS there is no such half way.
        """
        if not (self.is_busy and self.has_whole_body and self.scheme == "http"):
            return False
        self.cycle.keep_alive = False
        return True

    def data_received(self, data: bytes) -> None:
        """Take what has come; after a refusal it is thrown away."""
        if self._parting.is_parting:
            return
        self._was_heard = True
        if self._deadline is None and self._head.their_state is h11.IDLE:  # a further request on this connection
            self._arm(self._limits.head_seconds, self._on_slow_head)
        super().data_received(data)
        self._follow()

    def _follow(self) -> None:
        """Set the deadline of what is waited for now."""
        if self._parting.is_closing() or self._head.their_state is h11.IDLE:
            return
        if not self._head.has_body_left:
            self._disarm()
        elif not self._awaits_body:
            self._arm(self._limits.body_seconds, self._on_slow_body)
            self._awaits_body = True

    def _arm(self, seconds: float, then: Callable[[], None]) -> None:
        self._disarm()
        self._armed_at = self.loop.time()
        self._deadline = self.loop.call_later(seconds, then)

    def _disarm(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
        self._awaits_body = False

    def _on_slow_head(self) -> None:
        if self._was_heard and not self._head.is_between:
            self.refuse(RequestFault(408, _TOO_SLOW))
        else:
            self._parting.end()  # nothing was asked, so nothing is answered

    def _on_slow_body(self) -> None:
        allowed = self._limits.body_seconds + self._head.body_bytes / self._limits.body_rate
        left = self._armed_at + allowed - self.loop.time()
        if self.flow.read_paused:  # it waits for us, not we for it
            self._armed_at = self.loop.time()
            self._deadline = self.loop.call_later(self._limits.body_seconds, self._on_slow_body)
        elif left > 0:
            self._deadline = self.loop.call_later(left, self._on_slow_body)
        else:
            self.refuse(RequestFault(408, _TOO_SLOW))

    def refuse(self, fault: RequestFault) -> None:
        """Answer a request that goes no further, where an answer can still begin, and end the connection."""
        self._disarm()
        self._head.is_refused = True
        request_id = new_id()
        if self.is_busy:
            request_id = self._take_from_app(fault.status)
        if self.conn.our_state in _ANSWERING:
            self._write_refusal(fault, request_id)
        self.transport.close()

    def _take_from_app(self, status: int) -> str:
        """Let the API believe that the client hung up; return the request's id."""
        self.cycle.disconnected = True
        self.cycle.message_event.set()
        scope = cast("dict[str, Any]", self.scope)
        scope["state"][REFUSED] = status
        visit: Visit | None = scope.get(VISIT)
        return new_id() if visit is None else visit.request_id

    def _write_refusal(self, fault: RequestFault, request_id: str) -> None:
        answer = refusal(fault.status, fault.message, request_id)
        headers = [
            *self.server_state.default_headers,
            (b"content-type", answer.media),
            (b"content-length", str(len(answer.body)).encode()),
            CLOSE,
        ]
        sent = headers_out(headers, request_id, is_secure=self.scheme == "https")
        events = (
            h11.Response(status_code=fault.status, headers=sent, reason=STATUS_PHRASES[fault.status]),
            h11.Data(data=answer.body),
            h11.EndOfMessage(),
        )
        self.transport.write(b"".join(self.conn.send(event) or b"" for event in events))
        if not self.is_busy:  # else the shell notes it with all that it knows
            self._on_refusal(request_id, self.client[0] if self.client else "", fault.status, len(answer.body))

    def on_response_complete(self) -> None:
        """Begin to wait for the next request."""
        self.waiting_since = self.loop.time()
        super().on_response_complete()
        self._follow()

    def pause_writing(self) -> None:
        """The client does not read: give it a while."""
        super().pause_writing()
        self._unset_write_deadline()
        self._write_deadline = self.loop.call_later(self._limits.write_seconds, self._parting.abort)

    def resume_writing(self) -> None:
        """The client reads again."""
        super().resume_writing()
        self._unset_write_deadline()

    def _unset_write_deadline(self) -> None:
        if self._write_deadline is not None:
            self._write_deadline.cancel()
            self._write_deadline = None

    def shutdown(self) -> None:
        """End with the request in flight, or at once where there is none."""
        if self.is_busy and not self._parting.is_parting:
            self.cycle.keep_alive = False
        else:
            self._parting.end()

    def _should_upgrade(self) -> bool:
        return False  # no other protocol is spoken here; the request is answered as it stands
