"""One action on many orders: chunk after chunk in the background, with progress, and it can be stopped."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot

from warehouse_desk.domain.orders.finding import OrderFilter
from warehouse_desk.domain.orders.step_options import StepOptions
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.results import ActionResult, BulkResult, ChangeSet, Outcome
from warehouse_desk.ui.controller import Controller
from warehouse_desk.ui.tasks import Lane
from warehouse_desk.ui.workplace import Workplace

if TYPE_CHECKING:
    from warehouse_desk.services.desk import Desk
    from warehouse_desk.services.orders.list_steps import FilterRun

CHUNK = 500
"""Orders in one transaction: long enough to be quick, short enough to be stopped."""


MOST_KEPT = 20_000
"""Answers kept for the panel of results; those of a longer list are counted."""


@dataclass(frozen=True, slots=True)
class BulkJob:
    """What is to be done with which orders: those of ``ids``, or all of a list where ``listed`` names one."""

    action: Action
    options: StepOptions | None
    ids: tuple[int, ...] = ()
    listed: OrderFilter | None = None
    total: int = 0


@dataclass(frozen=True, slots=True)
class _Chunk:
    results: tuple[ActionResult, ...]
    changes: ChangeSet
    left: tuple[int, ...]
    more: bool


def _listed_chunk(run: "FilterRun") -> _Chunk:
    answer = run.next_chunk()
    return _Chunk(answer.results, answer.changes, (), not run.finished)


def _chunk(desk: "Desk", job: BulkJob, remaining: tuple[int, ...]) -> _Chunk:
    now, later = remaining[:CHUNK], remaining[CHUNK:]
    if job.action is Action.UNDO:
        answer = desk.orders.undo(list(now), last_ids=job.ids)
    else:
        answer = desk.orders.act(job.action, list(now), job.options)
    return _Chunk(answer.results, answer.changes, later, bool(later))


class BulkController(Controller):
    """Runs one job at a time, to its end at the desk where it began."""

    started = Signal(object)
    progressed = Signal(int, int)
    ended = Signal(object, object)
    """The job and its ``BulkResult``, also of what was done before it was stopped."""
    failed = Signal(object, object)
    """The error and the ``BulkResult`` of what was done before it."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._desk: Desk | None = None
        self._job: BulkJob | None = None
        self._run: FilterRun | None = None
        self._results: list[ActionResult] = []
        self._dropped: Counter[Outcome] = Counter()
        self._touched: set[int] = set()
        self._stopped = False

    @property
    def is_running(self) -> bool:
        """Whether a job is under way."""
        return self._job is not None

    def start(self, job: BulkJob) -> None:
        """Begin a job; one that runs is finished first by its user."""
        desk = self._station.desk
        if desk is None or self._job is not None:
            return
        self._desk, self._job = desk, job
        self._results, self._dropped, self._touched, self._stopped = [], Counter(), set(), False
        self.started.emit(job)
        if job.listed is None:
            self._go_on(job.ids)
        else:
            self._choose(desk, job, job.listed)

    def _choose(self, desk: "Desk", job: BulkJob, listed: OrderFilter) -> None:
        """Fix which orders are meant, as they are at this moment, then begin."""
        self._tasks.run(
            lambda: desk.orders.start_on_list(job.action, listed, job.options),
            owner=self,
            done=self._on_chosen,
            failed=self._on_chunk_failed,
            lane=Lane.WRITE,
        )

    def _on_chosen(self, run: "FilterRun") -> None:
        self._run = run
        self._go_on(())

    @Slot()
    def stop(self) -> None:
        """Stop after the chunk that is under way."""
        self._stopped = True

    def _go_on(self, remaining: tuple[int, ...]) -> None:
        job, desk, run = self._job, self._desk, self._run
        if job is None or desk is None:
            return

        def work() -> _Chunk:
            return _chunk(desk, job, remaining) if run is None else _listed_chunk(run)

        self._tasks.run(work, owner=self, done=self._on_chunk, failed=self._on_chunk_failed, lane=Lane.WRITE)

    def _on_chunk(self, chunk: _Chunk) -> None:
        job = self._job
        if job is None:
            return
        room = MOST_KEPT - len(self._results)
        self._results += chunk.results[:room]
        self._dropped.update(result.outcome for result in chunk.results[room:])
        if len(self._touched) <= MOST_KEPT:
            self._touched |= chunk.changes.order_ids
        answered = len(self._results) + self._dropped.total()
        self.progressed.emit(answered, max(job.total, answered))
        if chunk.more and not self._stopped:
            self._go_on(chunk.left)
            return
        self._job = self._run = None
        self.ended.emit(job, self._answer())

    def _on_chunk_failed(self, error: Exception) -> None:
        self._job = self._run = None
        self.failed.emit(error, self._answer())

    def _answer(self) -> BulkResult:
        return BulkResult(tuple(self._results), ChangeSet(frozenset(self._touched)), dict(self._dropped))


def job_of_ids(action: Action, options: StepOptions | None, ids: Sequence[int]) -> BulkJob:
    """Return a job on some orders."""
    return BulkJob(action, options, tuple(ids), total=len(ids))
