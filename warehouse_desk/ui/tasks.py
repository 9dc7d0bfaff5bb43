"""The only door to the background: work runs in threads, answers arrive on the GUI thread."""

import logging
import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal, Slot
from shiboken6 import isValid

from warehouse_desk.ui.changes import ChangeBus, changes_in

T = TypeVar("T")
_LOG = logging.getLogger(__name__)


class Lane(StrEnum):
    """Which threads a piece of work goes to."""

    READ = "read"
    """Four threads: readings, in no order."""
    WRITE = "write"
    """One thread: what changes orders, one after the other in the order asked."""


_SWITCH_SECONDS = 0.0005
"""How long a worker may keep the interpreter while the GUI thread wants it: painting asks for it a thousand times, and
with the usual 5 ms one repaint beside busy workers takes longer than a hand notices."""

_THREADS = {Lane.READ: 4, Lane.WRITE: 1}
SHUTDOWN_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class _Work:
    owner: QObject
    done: Callable[[Any], None] | None
    failed: Callable[[Exception], None] | None
    key: str | None
    number: int


@dataclass(frozen=True, slots=True)
class _Answer:
    work: _Work
    value: object
    error: Exception | None


class Tasks(QObject):
    """Runs functions in the background for owners that live on the GUI thread.

    ``done`` and ``failed`` are called on the GUI thread, and only while their owner lives. Of several pieces of work
    with one ``key``, only the newest answers.
    """

    _finished = Signal(object)

    def __init__(
        self, changes: ChangeBus, on_failure: Callable[[Exception], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        sys.setswitchinterval(_SWITCH_SECONDS)
        self._changes = changes
        self._on_failure = on_failure
        self._pools = {lane: ThreadPoolExecutor(count, f"desk-{lane}") for lane, count in _THREADS.items()}
        self._newest: dict[str, int] = {}
        self._pending: set[Future[None]] = set()
        self._number = 0
        self._open = True
        self._finished.connect(self._on_finished)

    def run(
        self,
        work: Callable[[], T],
        *,
        owner: QObject,
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        lane: Lane = Lane.READ,
        key: str | None = None,
    ) -> None:
        """Run a function in the background; nothing happens any more once the door is shut."""
        if not self._open:
            return
        self._number += 1
        if key is not None:
            self._newest[key] = self._number
        ticket = _Work(owner, done, failed, key, self._number)
        future = self._pools[lane].submit(self._do, work, ticket)
        self._pending.add(future)
        future.add_done_callback(self._pending.discard)

    def _do(self, work: Callable[[], object], ticket: _Work) -> None:
        """Run in a worker thread: whatever happens becomes an answer."""
        try:
            answer = _Answer(ticket, work(), None)
        except Exception as error:  # noqa: BLE001 - the one place where workers' failures are caught
            answer = _Answer(ticket, None, error)
        if self._open:
            self._finished.emit(answer)

    @Slot(object)
    def _on_finished(self, answer: _Answer) -> None:
        work = answer.work
        if not self._open:
            return
        if answer.error is None:
            changed = changes_in(answer.value)
            if changed:
                self._changes.publish(changed)
        if not isValid(work.owner) or (work.key is not None and self._newest.get(work.key) != work.number):
            return
        if answer.error is not None:
            (work.failed or self._on_failure)(answer.error)
        elif work.done is not None:
            work.done(answer.value)

    def shut(self) -> bool:
        """Take no more work, drop what waits, give what runs three seconds; tell whether all of it ended."""
        self._open = False
        for pool in self._pools.values():
            pool.shutdown(wait=False, cancel_futures=True)
        left = wait(set(self._pending), timeout=SHUTDOWN_SECONDS).not_done
        if left:
            _LOG.error("%d pieces of work did not end within %.0f s", len(left), SHUTDOWN_SECONDS)
        return not left
