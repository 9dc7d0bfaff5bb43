"""What asks after the server itself: is it up, does it reach its database, what has it counted."""

import asyncio
import json
from collections.abc import Callable, Mapping
from typing import Final

from anyio import CapacityLimiter, to_thread
from starlette.types import Scope

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.domain.errors import DatabaseUnavailable
from warehouse_desk.server.errors import STOPPING, not_supported
from warehouse_desk.server.exchange import Visit
from warehouse_desk.server.shell.limits import Limits
from warehouse_desk.server.shell.metrics import Metrics
from warehouse_desk.server.shell.refusals import ShellAnswer, refusal
from warehouse_desk.server.shell.who import is_loopback

_RETRY_SECONDS: Final = 5
_READING: Final = frozenset({"GET", "HEAD"})
_AWAY: Final = msg("The database cannot be used now.")
"""Where and why stands in the log; anybody may ask here."""
_HERE_ONLY: Final = msg("Ask for it on the machine itself, and switch it on with the setting server_metrics.")

Check = Callable[[], None]
"""Asks the database for a sign of life and for its schema.

Raises:
    DatabaseUnavailable: it cannot be used.
"""
Gauges = Callable[[], Mapping[str, float]]
"""Counts what lies in the database: jobs, messages not yet sent, failures to sign in."""


class Health:
    """Answers ``/up``, ``/ready`` and ``/metrics``; everybody may ask for the first two."""

    def __init__(
        self,
        limits: Limits,
        check: Check,
        *,
        gauges: Gauges = dict,
        waiting: Gauges = dict,
        shows_metrics: bool = False,
    ) -> None:
        """``waiting`` is asked in the server's own thread, the other two in one beside it."""
        self._limits = limits
        self._check = check
        self._gauges = gauges
        self._waiting = waiting
        self._shows_metrics = shows_metrics
        self._beside = CapacityLimiter(1)
        self._answers = {"/up": self._up, "/ready": self._ready, "/metrics": self._metrics}
        self._checking: asyncio.Task[None] | None = None
        self.metrics = Metrics()
        self.is_stopping = False
        """Whether the server takes no more work: others are to be asked."""

    def is_asked(self, scope: Scope) -> bool:
        """Tell whether a request is about the server itself."""
        return scope["path"].removesuffix("/") in self._answers

    async def answer(self, scope: Scope, visit: Visit, language: str) -> ShellAnswer:
        """Return the answer to a request about the server itself."""
        visit.route = scope["path"].removesuffix("/")
        if scope["method"] not in _READING:
            allow = ((b"allow", b"GET, HEAD, OPTIONS"),)
            if scope["method"] == "OPTIONS":
                return ShellAnswer(200, b"", allow)
            refused = refusal(405, not_supported(scope["method"], "GET, HEAD"), visit.request_id, language)
            return ShellAnswer(405, refused.body, allow)
        return await self._answers[visit.route](scope, visit, language)

    async def _up(self, _scope: Scope, _visit: Visit, _language: str) -> ShellAnswer:
        return _told({"status": "up"})

    async def _ready(self, _scope: Scope, visit: Visit, language: str) -> ShellAnswer:
        sentence = STOPPING if self.is_stopping else await self._reason()
        if sentence is None:
            return _told({"status": "ready"})
        return refusal(503, sentence, visit.request_id, language, retry_after=_RETRY_SECONDS)

    async def _reason(self) -> Message | None:
        """Return why the database cannot be used; several who ask at once are answered by one look."""
        if self._checking is None or self._checking.done():
            self._checking = asyncio.ensure_future(to_thread.run_sync(self._check, limiter=self._beside))
            self._checking.add_done_callback(_heed)
        done, _ = await asyncio.wait({self._checking}, timeout=self._limits.ready_seconds)
        if not done:
            return _AWAY
        error = self._checking.exception()
        if error is None:
            return None
        if isinstance(error, DatabaseUnavailable):
            return _AWAY
        raise error

    async def _metrics(self, scope: Scope, visit: Visit, language: str) -> ShellAnswer:
        if not self._shows_metrics or not is_loopback(scope["client"][0]):
            return refusal(404, _HERE_ONLY, visit.request_id, language)
        try:
            stored = dict(await to_thread.run_sync(self._gauges, limiter=self._beside))
        except DatabaseUnavailable:
            stored = {}  # what the server counted itself is wanted all the more
        text = self.metrics.text({**self._waiting(), **stored})
        return ShellAnswer(200, text.encode(), media=b"text/plain; version=0.0.4; charset=utf-8")


def _heed(checked: asyncio.Task[None]) -> None:
    """Take note of what a look found that nobody waits for any more."""
    if not checked.cancelled():
        checked.exception()


def _told(body: Mapping[str, str]) -> ShellAnswer:
    return ShellAnswer(200, json.dumps(body).encode())
