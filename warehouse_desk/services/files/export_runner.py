"""Does a station's exports in a thread of its own, one after another, and takes up those that a restart cut short."""

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.data.files import jobs
from warehouse_desk.domain.errors import DatabaseUnavailable, DeskError
from warehouse_desk.domain.jobs import Job, JobState
from warehouse_desk.services.context import Context
from warehouse_desk.services.files.exports import ExportRequest, Exports
from warehouse_desk.sheets.errors import Stopped

KIND: Final = "export"
_RETRY_SECONDS: Final = 10.0
"""Until the database is asked again after it could not be reached."""
_NOTE_SECONDS: Final = 0.5
"""Between two notes of progress, each a small transaction."""

_log = logging.getLogger(__name__)


class ExportRunner:
    """Runs queued exports until it is closed; an export cut short by that is queued for the next start."""

    def __init__(self, ctx: Context, *, on_change: Callable[[], None] = lambda: None) -> None:
        """``on_change`` is called, in the runner's thread, whenever a job has moved."""
        self._ctx = ctx
        self._on_change = on_change
        self._wake = threading.Event()
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="exports", daemon=True)

    def start(self) -> None:
        """Queue what an earlier program left unfinished and begin."""
        self._thread.start()

    def wake(self) -> None:
        """Look for new jobs now."""
        self._wake.set()

    def close(self, timeout: float = 10.0) -> None:
        """Stop after the rows being written, and wait for it (seconds)."""
        self._closing = True
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(timeout)

    def _run(self) -> None:
        taken_up = False
        while not self._closing:
            self._wake.clear()
            try:
                if not taken_up:
                    self._take_up()
                    taken_up = True
                self._do_all()
                self._wake.wait()
            except DatabaseUnavailable as problem:
                _log.info("exports wait: %s", type(problem).__name__)
                self._wake.wait(_RETRY_SECONDS)
                taken_up = False

    def _take_up(self) -> None:
        station = self._ctx.caller.station_id
        count = self._ctx.database.transact(lambda uow: jobs.queue_interrupted(uow, station, KIND))
        if count:
            _log.info("taking up %d exports", count)

    def _do_all(self) -> None:
        station = self._ctx.caller.station_id
        while not self._closing:
            job = self._ctx.database.transact(lambda uow: jobs.claim_next(uow, station, KIND))
            if job is None:
                return
            self._on_change()
            self._do(job)
            self._on_change()

    def _do(self, job: Job) -> None:
        work = _Running(self._ctx, job, lambda: self._closing, self._on_change)
        try:
            request = ExportRequest.of_payload(job.payload)
            done = Exports(self._ctx).write(request, progress=work.progress, cancelled=work.is_stopped)
        except Stopped:
            if not work.cancelled:
                self._ctx.database.transact(lambda uow: jobs.put_back(uow, job.id))
            return
        except DatabaseUnavailable:
            raise
        except DeskError as refusal:
            self._finish(job, JobState.FAILED, refusal.message, work.done)
            return
        except Exception:  # noqa: BLE001 - the thread must live on; the log has the rest
            _log.exception("an export failed")
            said = msg("The export stopped through a fault of the program; the log tells more.")
            self._finish(job, JobState.FAILED, said, work.done)
            return
        said = msg("{name} holds {count} orders.", name=Path(request.path).name, count=done)
        self._finish(job, JobState.DONE, said, done)

    def _finish(self, job: Job, state: JobState, message: Message, progress: int) -> None:
        now = self._ctx.now()
        self._ctx.database.transact(lambda uow: jobs.finish_job(uow, job.id, state, message, progress, now))


class _Running:
    """One export under way: notes its progress and learns there whether it was cancelled."""

    def __init__(self, ctx: Context, job: Job, closing: Callable[[], bool], on_change: Callable[[], None]) -> None:
        self._ctx = ctx
        self._job = job
        self._closing = closing
        self._on_change = on_change
        self._noted = 0.0
        self.cancelled = False
        self.done = 0

    def progress(self, done: int, _total: int) -> None:
        self.done = done
        if time.monotonic() - self._noted < _NOTE_SECONDS:
            return
        running = self._ctx.database.transact(lambda uow: jobs.note_progress(uow, self._job.id, done))
        self.cancelled = not running
        self._noted = time.monotonic()
        self._on_change()

    def is_stopped(self) -> bool:
        return self.cancelled or self._closing()
