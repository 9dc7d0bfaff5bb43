"""The shell around the API: who may speak here and by which name, how much, what is written down, what is told."""

import asyncio
import logging
import time
from collections.abc import Sequence
from typing import Final

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Receive, Scope, Send

from warehouse_desk.common.clock import now_utc
from warehouse_desk.server.errors import SERVER_ERROR, STOPPING
from warehouse_desk.server.exchange import VISIT, Visit
from warehouse_desk.server.shell.access_log import AccessLog
from warehouse_desk.server.shell.bodies import BodyPlaces
from warehouse_desk.server.shell.head import RequestFault
from warehouse_desk.server.shell.health import Health
from warehouse_desk.server.shell.limits import Limits
from warehouse_desk.server.shell.metrics import Metrics, Served
from warehouse_desk.server.shell.passage import Passage
from warehouse_desk.server.shell.refusals import refusal, request_id_of
from warehouse_desk.server.shell.who import HostNames, Proxy

_RETRY_SECONDS: Final = 5
_log = logging.getLogger(__name__)


class Shell:
    """An ASGI application around another one."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        limits: Limits,
        largest_body: int,
        names: HostNames,
        proxy: Proxy,
        health: Health,
        log: AccessLog | None = None,
    ) -> None:
        """``largest_body`` is in bytes; without ``log`` requests are counted, but not written down."""
        self._app = app
        self._names = names
        self._proxy = proxy
        self._health = health
        self._log = log
        self._places = BodyPlaces(limits, largest_body)

    @property
    def metrics(self) -> Metrics:
        """What it has counted."""
        return self._health.metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        began = time.perf_counter()
        visit = scope[VISIT] = Visit(request_id_of(scope["headers"]))
        fault = self._fault(scope)  # before anything that a request says of itself is believed
        self._take_origin(scope)
        passage = Passage(scope, receive, send, visit=visit, places=self._places)
        self.metrics.in_flight += 1
        try:
            await self._guarded(scope, passage, visit, fault)
        finally:
            self.metrics.in_flight -= 1
            passage.end()
            self._note(scope, visit, passage.final_status, passage.size, time.perf_counter() - began)

    def _fault(self, scope: Scope) -> RequestFault | None:
        peer = scope["client"][0] if scope["client"] else ""
        fault = self._proxy.fault(peer, scope["headers"])
        if fault is not None:
            return fault
        hosts = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
        reached = scope["server"][0] if scope["server"] else ""
        return self._names.fault(hosts[0] if len(hosts) == 1 else "", reached)

    def _take_origin(self, scope: Scope) -> None:
        """Let the API see the client and the scheme beyond the proxy."""
        address, port = scope["client"] or ("", 0)
        origin = self._proxy.origin(address, scope["scheme"], scope["headers"])
        scope["client"] = (origin.address, port if origin.address == address else 0)
        scope["scheme"] = origin.scheme

    async def _guarded(self, scope: Scope, passage: Passage, visit: Visit, fault: RequestFault | None) -> None:
        """Answer, whatever happens; a fault of the program is told to the log and not to who asked."""
        try:
            if fault is not None:
                await passage.answer(refusal(fault.status, fault.message, visit.request_id, passage.language))
            elif await passage.admits(_told_size(scope["headers"])):
                await self._answered(scope, passage, visit)
        except ClientDisconnect:
            pass  # it hung up, or the shell has answered
        except asyncio.CancelledError:
            # The server stops and waits no longer. Work in a thread is brought to its end all the same.
            stopping = refusal(503, STOPPING, visit.request_id, passage.language, retry_after=_RETRY_SECONDS)
            await passage.answer(stopping)
        except Exception:  # noqa: BLE001 - whatever is raised, who asked is answered
            _log.exception("request %s failed", visit.request_id)
            await passage.answer(refusal(500, SERVER_ERROR, visit.request_id, passage.language))

    async def _answered(self, scope: Scope, passage: Passage, visit: Visit) -> None:
        if self._health.is_asked(scope):
            await passage.answer(await self._health.answer(scope, visit, passage.language))
        else:
            await self._app(scope, passage.receive, passage.send)

    def note_refusal(self, request_id: str, address: str, status: int, size: int) -> None:
        """Write down a request that its connection refused, before it was one."""
        scope = {"client": (address, 0), "method": "-"}
        self._note(scope, Visit(request_id), status, size, 0.0)

    def _note(self, scope: Scope, visit: Visit, status: int, size: int, seconds: float) -> None:
        served = Served(now_utc(), visit, scope["client"][0], scope["method"], status, seconds * 1000, size)
        self.metrics.note(served)
        if self._log is not None:
            self._log.write(served)


def _told_size(headers: Sequence[tuple[bytes, bytes]]) -> int:
    """Return the length that a request says of its body; the connection has seen to it that it is one number."""
    told = next((value for name, value in headers if name == b"content-length"), b"0")
    return int(told) if told.isdigit() else 0
