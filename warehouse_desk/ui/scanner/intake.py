"""The queue of readings in the window: its threads' answers arrive here on the GUI thread."""

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from warehouse_desk.domain.people.users import Approval
    from warehouse_desk.services.desk import Desk
    from warehouse_desk.services.scanning.queue import ScanQueue
    from warehouse_desk.services.scanning.request import ScanRequest

_LOG = logging.getLogger(__name__)

_END_SECONDS, _CHANGE_SECONDS = 10.0, 1.0
_REMEMBERED = 50
"""Readings kept in case a supervisor allows one: more than are made while somebody is fetched."""


class Intake(QObject):
    """Owns the queue of the worker at this station; another worker gets another queue."""

    answered = Signal(object)
    """A ``ScanAnswer``."""
    not_stored = Signal(str, object)
    """The code and the error; the reading has to be made again."""
    delayed = Signal(int, object)
    """How many readings wait, and why."""
    repeated = Signal(str)
    """A code that the scanner read twice."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue: ScanQueue | None = None
        self._desk: Desk | None = None
        self._stop_at_errors = False
        self._made: dict[str, ScanRequest] = {}

    def serve(self, desk: "Desk") -> None:
        """Take readings at a desk from now on; what was taken at an earlier one is answered first."""
        if desk is self._desk:
            return
        from warehouse_desk.services.scanning.queue import QueueEvents

        self.close(_CHANGE_SECONDS)
        self._made.clear()
        # Signals of this object may be emitted in any thread; its slots run on the GUI's.
        events = QueueEvents(
            answered=self.answered.emit,
            not_stored=lambda request, error: self.not_stored.emit(request.code, error),
            delayed=self.delayed.emit,
            repeated=lambda request: self.repeated.emit(request.code),
        )
        self._queue, self._desk = desk.scanning.queue(events), desk
        self._queue.stop_at_errors = self._stop_at_errors

    def recover(self) -> int:
        """Take up what was received before the last start and not answered; for a worker thread."""
        return 0 if self._queue is None else self._queue.recover()

    def submit(self, request: "ScanRequest") -> None:
        """Take a reading."""
        if self._queue is not None:
            scan_id = self._queue.submit(request)
            if scan_id is not None:
                self._made[scan_id] = request
            while len(self._made) > _REMEMBERED:
                del self._made[next(iter(self._made))]

    def can_repeat(self, scan_id: str) -> bool:
        """Tell whether a reading was made here lately, so that it can be made once more."""
        return scan_id in self._made

    def submit_allowed(self, scan_id: str, approval: "Approval") -> bool:
        """Make a reading once more with a supervisor's word; False where it is no longer remembered."""
        request = self._made.pop(scan_id, None)
        if self._queue is None or request is None:
            return False
        self._queue.forget(request.code)
        self.submit(replace(request, approval=replace(approval, scan_id=scan_id)))
        return True

    def forget(self, code: str) -> None:
        """Let the next reading of a code count, as after its step was undone."""
        if self._queue is not None:
            self._queue.forget(code)

    @property
    def waiting(self) -> int:
        """How many readings have no answer yet."""
        return 0 if self._queue is None else self._queue.waiting

    @property
    def away(self) -> bool:
        """Whether the database did not answer when it was last asked."""
        return self._queue is not None and self._queue.away

    @property
    def held(self) -> bool:
        """Whether readings are kept until an error is acknowledged."""
        return self._queue is not None and self._queue.held

    def stop_at_errors(self, stop: bool) -> None:
        """Keep readings after an error until it is acknowledged, or go on at once."""
        self._stop_at_errors = stop
        if self._queue is not None:
            self._queue.stop_at_errors = stop
            if not stop:
                self._queue.acknowledge()

    def acknowledge(self) -> None:
        """Go on after an error."""
        if self._queue is not None:
            self._queue.acknowledge()

    def close(self, timeout: float = _END_SECONDS) -> None:
        """End the queue's threads; what they could not answer in time is taken up by the next one, or at the start."""
        queue, self._queue, self._desk = self._queue, None, None
        if queue is not None and not queue.close(timeout):
            _LOG.info("the scan queue did not end in time; what it holds is answered later")

    def sign_off(self) -> None:
        """End the queue of a worker who leaves; the window must not wait for a database that is away."""
        self.close(_CHANGE_SECONDS)
