"""Does a station's jobs in a thread of its own, one after another, and takes up those that a restart cut short."""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.data.files import jobs
from warehouse_desk.data.people import users
from warehouse_desk.domain.errors import DatabaseUnavailable, DeskError
from warehouse_desk.domain.jobs import Job, JobState
from warehouse_desk.domain.people.caller import Caller, Source
from warehouse_desk.services.context import Context
from warehouse_desk.sheets.errors import Stopped

_RETRY_SECONDS: Final = 10.0
"""Until the database is asked again after it could not be reached."""
_NOTE_SECONDS: Final = 0.5
"""Between two notes of progress, each a small transaction."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class JobDone:
    """What came of a job."""

    message: Message
    progress: int
    """Rows done."""
    answer: Mapping[str, Any] | None = None
    """More of it, for programs; as JSON keeps it."""


class JobUnderWay:
    """One job under way: notes its progress and learns there whether it was cancelled."""

    def __init__(self, ctx: Context, job: Job, closing: Callable[[], bool], on_change: Callable[[], None]) -> None:
        self._ctx = ctx
        self._job = job
        self._closing = closing
        self._on_change = on_change
        self._noted = 0.0
        self.cancelled = False
        self.done = 0

    def progress(self, done: int, _total: int) -> None:
        """Note how many rows are done, now and then."""
        self.done = done
        if time.monotonic() - self._noted < _NOTE_SECONDS:
            return
        running = self._ctx.database.transact(lambda uow: jobs.note_progress(uow, self._job.id, done))
        self.cancelled = not running
        self._noted = time.monotonic()
        self._on_change()

    def is_stopped(self) -> bool:
        """Tell whether the job was cancelled or its program ends."""
        return self.cancelled or self._closing()


JobWork = Callable[[Context, Job, JobUnderWay], JobDone]
"""Does a job in the name of who asked for it; raises Stopped where it was stopped."""


class JobRunner:
    """Runs queued jobs of some kinds until it is closed; one cut short by that is queued for the next start."""

    def __init__(
        self,
        ctx: Context,
        works: Mapping[str, JobWork],
        *,
        name: str = "jobs",
        on_change: Callable[[], None] = lambda: None,
        tidy: Callable[[], object] = lambda: None,
        tidy_seconds: float | None = None,
    ) -> None:
        """``on_change`` is called, in the runner's thread, whenever a job has moved.

        ``tidy`` is called there at the start, after jobs, and every ``tidy_seconds`` besides.
        """
        self._ctx = ctx
        self._works = works
        self._on_change = on_change
        self._tidy = tidy
        self._tidy_seconds = tidy_seconds
        self._wake = threading.Event()
        self._closing = False
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

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
                self._tidy()
                self._wake.wait(self._tidy_seconds)
            except DatabaseUnavailable as problem:
                _log.info("%s wait: %s", self._thread.name, type(problem).__name__)
                self._wake.wait(_RETRY_SECONDS)
                taken_up = False

    def _take_up(self) -> None:
        station = self._ctx.caller.station_id
        for kind in self._works:
            count = self._ctx.database.transact(partial(jobs.queue_interrupted, station_id=station, kind=kind))
            if count:
                _log.info("taking up %d jobs: %s", count, kind)

    def _do_all(self) -> None:
        while not self._closing:
            job = next(filter(None, map(self._claimed, self._works)), None)
            if job is None:
                return
            self._on_change()
            self._do(job)
            self._on_change()

    def _claimed(self, kind: str) -> Job | None:
        station = self._ctx.caller.station_id
        return self._ctx.database.transact(lambda uow: jobs.claim_next(uow, station, kind))

    def _do(self, job: Job) -> None:
        under_way = JobUnderWay(self._ctx, job, lambda: self._closing, self._on_change)
        try:
            done = self._works[job.kind](in_name_of(self._ctx, job), job, under_way)
        except Stopped:
            if not under_way.cancelled:
                self._ctx.database.transact(lambda uow: jobs.put_back(uow, job.id))
            return
        except DatabaseUnavailable:
            raise
        except DeskError as refusal:
            self._finish(job, JobState.FAILED, JobDone(refusal.message, under_way.done))
            return
        except Exception:  # noqa: BLE001 - the thread must live on; the log has the rest
            _log.exception("a job failed: %s", job.kind)
            said = msg("Something went wrong and the job stopped; the log says more.")
            self._finish(job, JobState.FAILED, JobDone(said, under_way.done))
            return
        self._finish(job, JobState.DONE, done)

    def _finish(self, job: Job, state: JobState, done: JobDone) -> None:
        now = self._ctx.now()
        self._ctx.database.transact(
            lambda uow: jobs.finish_job(uow, job.id, state, done.message, done.progress, now, done.answer)
        )


def in_name_of(ctx: Context, job: Job) -> Context:
    """Return the context of who asked for a job, with what they may do by now; the station's where nobody signed in."""
    if job.user_id is None:
        return ctx
    with ctx.database.read() as uow:
        user = users.user_by_id(uow, job.user_id)
    abilities = user.abilities if user is not None and user.active else frozenset()
    source = Source(job.payload.get("source", ctx.caller.source))
    caller = Caller(job.user_id, job.user_name, abilities, ctx.caller.station_id, ctx.caller.station_name, source)
    return replace(ctx, caller=caller)
