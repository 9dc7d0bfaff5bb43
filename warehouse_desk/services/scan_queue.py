"""The scanner's queue: every reading is stored at once, then answered in the order in which they came.

Two threads. One stores readings as they come in; the other answers them one by one. So a reading is on disk while
an earlier one is still being judged, and a program that is killed in between finishes or reports each at its next
start. Knows no window: whoever shows the answers gives callbacks, which are called in these threads.
"""

import logging
import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from warehouse_desk.common.ids import new_id
from warehouse_desk.common.messages import msg
from warehouse_desk.domain.errors import DatabaseUnavailable, DeskError
from warehouse_desk.domain.results import Outcome
from warehouse_desk.domain.scan_modes import SCAN_MODES, Repeats
from warehouse_desk.domain.scans import ScanAnswer
from warehouse_desk.services import scanning
from warehouse_desk.services.context import Context
from warehouse_desk.services.scan_request import ScanRequest
from warehouse_desk.wedge.repeats import Repeat, RepeatRule

_LOG = logging.getLogger(__name__)

_ERRORS = frozenset({Outcome.REFUSED, Outcome.UNKNOWN, Outcome.FAILED})

RETRY_SECONDS = 2.0
"""How long a stored reading waits before it is tried again while the database cannot be reached."""


@dataclass(frozen=True, slots=True)
class QueueEvents:
    """What the queue tells. Every function is called in a thread of the queue, or in ``submit`` for repeats."""

    answered: Callable[[ScanAnswer], None]
    not_stored: Callable[[ScanRequest, Exception], None]
    """The reading is lost unless it is made again."""
    delayed: Callable[[int, Exception], None]
    """So many stored readings wait because the database does not answer."""
    repeated: Callable[[ScanRequest], None]
    """The scanner read the same code twice within 1.5 s: one scan, nothing is done."""


@dataclass(frozen=True, slots=True)
class _Submitted:
    scan_id: str
    request: ScanRequest


class ScanQueue:
    """Takes readings of one worker at one station; ``close`` ends both threads."""

    def __init__(self, ctx: Context, events: QueueEvents, *, retry_seconds: float = RETRY_SECONDS) -> None:
        self._ctx = ctx
        self._events = events
        self._retry = retry_seconds
        self._incoming: queue.SimpleQueue[_Submitted | None] = queue.SimpleQueue()
        self._stored: deque[tuple[str, bool]] = deque()
        self._wake = threading.Condition()
        self._rules: dict[str, RepeatRule] = {}
        self._under_way = 0
        self._closing = False
        self._held = False
        self.stop_at_errors = False
        """Whether nothing more is answered after a refused reading until somebody has seen it."""
        self._threads = (
            threading.Thread(target=self._receive_all, name="scan-receiver", daemon=True),
            threading.Thread(target=self._answer_all, name="scan-answerer", daemon=True),
        )
        for thread in self._threads:
            thread.start()

    @property
    def waiting(self) -> int:
        """How many readings have no answer yet."""
        with self._wake:
            return self._under_way

    @property
    def held(self) -> bool:
        """Whether readings are stored and kept until the last error is acknowledged."""
        return self._held

    def acknowledge(self) -> None:
        """Go on: the error was seen."""
        with self._wake:
            self._held = False
            self._wake.notify_all()

    def submit(self, request: ScanRequest, now_ms: int | None = None) -> str | None:
        """Take a reading made at ``now_ms`` (monotonic); None where it is the scanner reading twice."""
        moment = time.monotonic_ns() // 1_000_000 if now_ms is None else now_ms
        if self._rule(request.mode).judge(_likeness(request), moment).repeat is Repeat.DOUBLE_READ:
            self._events.repeated(request)
            return None
        submitted = _Submitted(new_id(), request)
        with self._wake:
            self._under_way += 1
        self._incoming.put(submitted)
        return submitted.scan_id

    def forget(self, code: str) -> None:
        """Let the next reading of a code be new again, as after its step was undone."""
        for rule in self._rules.values():
            rule.forget(code.upper())

    def recover(self) -> int:
        """Take up the readings of this station that were stored and not answered; return how many there are.

        Raises:
            DatabaseUnavailable: they could not be looked for.
        """
        found = scanning.unanswered(self._ctx)
        self._put_stored((scan_id, True) for scan_id in found)
        return len(found)

    def close(self, timeout: float = 10.0) -> bool:
        """Store what came in, answer what can be answered, and end; tell whether all of it was done in time.

        What is stored and not answered is taken up at the next start.
        """
        self._incoming.put(None)
        self._threads[0].join(timeout)
        with self._wake:
            self._closing = True
            self._wake.notify_all()
        self._threads[1].join(timeout)
        return not any(thread.is_alive() for thread in self._threads)

    def _rule(self, mode: str) -> RepeatRule:
        if mode not in self._rules:
            # Another mode is another intention: the same label may be packed and at once shipped.
            self._rules = {mode: RepeatRule(counting=SCAN_MODES[mode].repeats is Repeats.COUNT)}
        return self._rules[mode]

    def _put_stored(self, scans: Iterable[tuple[str, bool]]) -> None:
        with self._wake:
            for scan_id, recovered in scans:
                self._under_way += recovered
                self._stored.append((scan_id, recovered))
            self._wake.notify_all()

    def _receive_all(self) -> None:
        while (submitted := self._incoming.get()) is not None:
            try:
                scanning.receive(self._ctx, submitted.request, submitted.scan_id)
            except Exception as error:  # noqa: BLE001 - whatever happened, the worker must hear that it is not stored
                self._settled()
                rule = self._rules.get(submitted.request.mode)
                if rule is not None:
                    rule.forget(_likeness(submitted.request))
                if not isinstance(error, DeskError):
                    _LOG.exception("a reading could not be stored")
                self._tell(self._events.not_stored, submitted.request, error)
            else:
                self._put_stored([(submitted.scan_id, False)])

    def _answer_all(self) -> None:
        while (waiting := self._next()) is not None:
            scan_id, recovered = waiting
            try:
                answer = self._answer(scan_id)
            except DatabaseUnavailable as error:
                self._tell(self._events.delayed, self.waiting, error)
                if self._pause():
                    return
                continue
            except Exception as error:  # noqa: BLE001 - the next reading must be answered all the same
                # It stays without answer in the database: the next start reports it.
                _LOG.exception("reading %s could not be answered", scan_id)
                self._done_with_first()
                self._tell(self._events.delayed, self.waiting, error)
                continue
            self._done_with_first(hold=self.stop_at_errors and answer.result.outcome in _ERRORS)
            self._tell(self._events.answered, replace(answer, recovered=True) if recovered else answer)

    def _done_with_first(self, *, hold: bool = False) -> None:
        with self._wake:
            self._held = hold
            self._stored.popleft()
            self._under_way -= 1

    @staticmethod
    def _tell(listener: Callable[..., None], *what: object) -> None:
        try:
            listener(*what)
        except Exception:  # noqa: BLE001 - a listener that is gone must not stop the queue
            _LOG.exception("an answer could not be shown")

    def _next(self) -> tuple[str, bool] | None:
        """Return the oldest stored reading, which stays in its place until it is answered; None at the end."""
        with self._wake:
            self._wake.wait_for(lambda: (self._stored and not self._held) or self._closing)
            return self._stored[0] if self._stored and not self._held else None

    def _pause(self) -> bool:
        """Wait before the next attempt; true where the queue closes meanwhile."""
        with self._wake:
            return self._wake.wait_for(lambda: self._closing, self._retry)

    def _settled(self) -> None:
        with self._wake:
            self._under_way -= 1

    def _answer(self, scan_id: str) -> ScanAnswer:
        try:
            return scanning.process(self._ctx, scan_id)
        except DeskError:
            raise
        except Exception:  # noqa: BLE001 - a fault of the program must not stop the queue; it is logged and answered
            _LOG.exception("reading %s failed", scan_id)
            message = msg("The program failed on this reading; the log says why. Put the parcel aside.")
            return scanning.settle(self._ctx, scan_id, message, Outcome.FAILED)


def _likeness(request: ScanRequest) -> str:
    """Return what two readings of one label have in common."""
    return " ".join(request.candidates or (request.code,)).upper()
