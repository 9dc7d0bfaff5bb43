"""The scanner's queue: every reading is stored at once, then answered in the order in which they came.

Two threads. One stores readings as they come in; the other answers them one by one. So a reading is on disk while
an earlier one is still being judged, and a program that is killed in between finishes or reports each at its next
start. With a shared database the disk is the station's own (:mod:`data.scanning.journal`): readings are carried over
into the database right before they are answered, and wait here while it is away. Knows no window: whoever shows the
answers gives callbacks, which are called in these threads.
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
from warehouse_desk.data.scanning.journal import KeptReading, ScanJournal
from warehouse_desk.domain.errors import DatabaseUnavailable, DeskError
from warehouse_desk.domain.results import Outcome
from warehouse_desk.domain.scanning.modes import SCAN_MODES, Counted, ModeName
from warehouse_desk.domain.scanning.scans import ScanAnswer
from warehouse_desk.services.context import Context
from warehouse_desk.services.scanning.offline import KeptReadings
from warehouse_desk.services.scanning.readings import Readings
from warehouse_desk.services.scanning.request import ScanRequest
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


@dataclass(frozen=True, slots=True)
class _Stored:
    """A reading that waits for its answer: in the database, or ``kept`` on the station's own disk."""

    scan_id: str
    recovered: bool = False
    kept: KeptReading | None = None


class ScanQueue:
    """Takes readings of one worker at one station; ``close`` ends both threads."""

    def __init__(self, ctx: Context, events: QueueEvents, *, retry_seconds: float = RETRY_SECONDS) -> None:
        self._ctx = ctx
        self._readings = Readings(ctx)
        self._kept = KeptReadings(ctx)
        self._events = events
        self._retry = retry_seconds
        self._incoming: queue.SimpleQueue[_Submitted | None] = queue.SimpleQueue()
        self._stored: deque[_Stored] = deque()
        self._journal: ScanJournal | None = None
        self._answered: list[str] = []
        self._wake = threading.Condition()
        self._rules: dict[ModeName, RepeatRule] = {}
        self._under_way = 0
        self._closing = False
        self._held = False
        self._away = False
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
    def away(self) -> bool:
        """Whether the database did not answer when it was last asked: readings are kept until it does."""
        return self._away

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
        found = self._readings.unanswered()
        with self._wake:
            known = {waiting.scan_id for waiting in self._stored}
        left = [_Stored(scan_id, recovered=True) for scan_id in found if scan_id not in known]
        self._put_stored(left)
        return len(left)

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
        ended = not any(thread.is_alive() for thread in self._threads)
        if ended and self._journal is not None:
            self._close_journal(self._journal)
        return ended

    def _close_journal(self, journal: ScanJournal) -> None:
        self._journal = None
        try:
            journal.forget(self._answered)
            journal.close()
        except DatabaseUnavailable as error:
            _LOG.info("answered readings stay in the journal until the next start: %s", error)

    def _rule(self, mode: ModeName) -> RepeatRule:
        if mode not in self._rules:
            # Another mode is another intention: the same label may be packed and at once shipped.
            self._rules = {mode: RepeatRule(counting=SCAN_MODES[mode].counts is Counted.PIECES)}
        return self._rules[mode]

    def _put_stored(self, scans: Iterable[_Stored]) -> None:
        with self._wake:
            for waiting in scans:
                self._under_way += waiting.recovered
                self._stored.append(waiting)
            self._wake.notify_all()

    def _open_journal(self) -> None:
        """Open the station's journal, where the database is shared, and take up what an earlier run left in it."""
        if self._ctx.journal is None or not self._ctx.database.is_postgresql:
            return
        try:
            journal = ScanJournal(self._ctx.journal, self._ctx.database.address)
            left = [_Stored(kept.scan_id, recovered=True, kept=kept) for kept in journal.waiting()]
        except DatabaseUnavailable as error:
            # Scanning goes on; only while the database is away is a scan now refused, and the worker told.
            _LOG.error("scans cannot be kept on this station: %s", error)
            return
        self._journal = journal
        self._put_stored(left)

    def _store(self, submitted: _Submitted) -> _Stored:
        if self._journal is None:
            self._readings.receive(submitted.request, submitted.scan_id)
            return _Stored(submitted.scan_id)
        kept = self._kept.kept(submitted.request, submitted.scan_id)
        with self._wake:
            answered, self._answered = self._answered, []
        try:
            self._journal.keep(kept, answered)
        except DatabaseUnavailable as error:
            _LOG.info("the journal cannot be written, the database is tried at once: %s", error)
            self._readings.receive(submitted.request, submitted.scan_id)
            return _Stored(submitted.scan_id)
        return _Stored(submitted.scan_id, kept=kept)

    def _receive_all(self) -> None:
        self._open_journal()
        while (submitted := self._incoming.get()) is not None:
            try:
                stored = self._store(submitted)
            except Exception as error:  # noqa: BLE001 - whatever happened, the worker must hear that it is not stored
                self._settled()
                rule = self._rules.get(submitted.request.mode)
                if rule is not None:
                    rule.forget(_likeness(submitted.request))
                if not isinstance(error, DeskError):
                    _LOG.exception("a reading could not be stored")
                self._tell(self._events.not_stored, submitted.request, error)
            else:
                self._put_stored([stored])

    def _answer_all(self) -> None:
        while (waiting := self._next()) is not None:
            try:
                answer = self._answer(waiting)
            except DatabaseUnavailable as error:
                self._away = True
                self._tell(self._events.delayed, self.waiting, error)
                if self._pause():
                    return
                continue
            except Exception as error:  # noqa: BLE001 - the next reading must be answered all the same
                # It stays without answer in the database: the next start reports it.
                _LOG.exception("reading %s could not be answered", waiting.scan_id)
                self._done_with_first()
                self._tell(self._events.delayed, self.waiting, error)
                continue
            self._away = False
            if answer is None:
                self._done_with_first(answered=True)
                continue
            self._done_with_first(hold=self.stop_at_errors and answer.result.outcome in _ERRORS, answered=True)
            self._tell(self._events.answered, replace(answer, recovered=True) if waiting.recovered else answer)

    def _done_with_first(self, *, hold: bool = False, answered: bool = False) -> None:
        with self._wake:
            self._held = hold
            first = self._stored.popleft()
            self._under_way -= 1
            if answered and first.kept is not None:
                self._answered.append(first.scan_id)

    @staticmethod
    def _tell(listener: Callable[..., None], *what: object) -> None:
        try:
            listener(*what)
        except Exception:  # noqa: BLE001 - a listener that is gone must not stop the queue
            _LOG.exception("an answer could not be shown")

    def _next(self) -> _Stored | None:
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

    def _answer(self, waiting: _Stored) -> ScanAnswer | None:
        """Return the answer of a reading; None where an earlier run of the program got it and showed it."""
        readings = self._readings
        if waiting.kept is not None:
            if not self._kept.carry_over(waiting.kept) and waiting.recovered:
                return None
            readings = self._kept.at_its_station(waiting.kept)
        try:
            return readings.process(waiting.scan_id)
        except DeskError:
            raise
        except Exception:  # noqa: BLE001 - a fault of the program must not stop the queue; it is logged and answered
            _LOG.exception("reading %s failed", waiting.scan_id)
            message = msg("This scan failed. Put the parcel aside and tell a supervisor.")
            return readings.settle(waiting.scan_id, message, Outcome.FAILED)


def _likeness(request: ScanRequest) -> str:
    """Return what two readings of one label have in common."""
    return " ".join(request.candidates or (request.code,)).upper()
