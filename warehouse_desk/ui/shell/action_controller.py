"""The way of a status action: judge, ask what it needs, do it in the background, say what became of it."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal, Slot

from warehouse_desk.common.clock import local_day, now_utc
from warehouse_desk.common.messages import tr
from warehouse_desk.domain.orders.order import OrderDetail, OrderRow
from warehouse_desk.domain.orders.step_options import StepOptions
from warehouse_desk.domain.orders.transitions import UNDOABLE, Action, Need, action_name
from warehouse_desk.domain.results import BulkResult, Outcome
from warehouse_desk.domain.status import Status
from warehouse_desk.ui.actions.ask import AskDialog, Question
from warehouse_desk.ui.actions.bulk_controller import BulkController, BulkJob, job_of_ids
from warehouse_desk.ui.actions.enabling import (
    NOTHING_TO_UNDO,
    Group,
    Judgement,
    groups_of_rows,
    groups_of_statuses,
    needs_of,
)
from warehouse_desk.ui.controller import Controller
from warehouse_desk.ui.messages import Level
from warehouse_desk.ui.orders.model import Query
from warehouse_desk.ui.station import Station
from warehouse_desk.ui.workplace import Workplace

_ASK_ALWAYS = frozenset({Action.DELETE, Action.RESUME})
"""Steps that need nothing, but have to be confirmed or leave a choice."""


class ActionController(Controller):
    """One status action at a time, on rows or on a whole list."""

    finished = Signal(str, object)
    """A title and the ``BulkResult``."""
    state_changed = Signal()
    """Whether something runs, or what can be undone, is no longer the same."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._waiting: BulkJob | None = None
        workplace.last_deed.changed.connect(self.state_changed)
        self._station.left.connect(workplace.last_deed.forget)
        self.dialog: AskDialog | None = None
        self.bulk = BulkController(workplace)
        self.bulk.ended.connect(self._on_ended)
        self.bulk.failed.connect(self._on_failed)

    @property
    def undoable(self) -> Judgement:
        """Whether what the worker did last can be taken back: its name and its order, or why not."""
        deed = self._workplace.last_deed.current
        if deed is None:
            return Judgement(False, NOTHING_TO_UNDO)
        if not deed.orders:
            return Judgement(False, deed.no_way_back())
        return Judgement(True, deed.way_back())

    def ask_for_rows(self, action: Action, rows: list[OrderRow]) -> None:
        """Begin an action on rows."""
        if not rows:
            return
        job = job_of_ids(action, None, [row.id for row in rows])
        self._begin(job, groups_of_rows(rows), rows)

    def ask_for_list(self, action: Action, query: Query, groups: tuple[Group, ...], total: int) -> None:
        """Begin an action on every order of a list."""
        job = BulkJob(action, None, listed=query.order_filter, total=total)
        self._begin(job, groups)

    def ask_for_ids(self, action: Action, status: Status, ids: tuple[int, ...]) -> None:
        """Begin an action on orders known to stand in a status."""
        if ids:
            self._begin(job_of_ids(action, None, ids), groups_of_statuses([(status, len(ids))]))

    def _begin(self, job: BulkJob, groups: tuple[Group, ...], rows: Sequence[OrderRow] = ()) -> None:
        station = self._station.current
        if station is None or self.bulk.is_running:
            return
        needs = needs_of(job.action, groups)
        self._waiting = job
        if Need.SHORT_SKUS in needs and rows and job.total == 1:
            order_id = rows[0].id
            self._at_desk(lambda desk: desk.orders.show(order_id), done=self._on_lines, key="ask.lines")
            return
        many = job.total > 1
        if needs or many or job.action in _ASK_ALWAYS:
            since = min((local_day(row.created_at) for row in rows), default=None)
            reference = rows[0].reference if rows else ""
            outdated = sum(row.label_outdated and row.hand_over_id is None for row in rows)
            changed = sum(row.recount and row.hand_over_id is None for row in rows)
            asked = Question(job.action, needs, job.total, reference, since=since, outdated=outdated, changed=changed)
            self._open(asked, station)
        else:
            self._go(StepOptions(date=local_day(now_utc())))

    def _on_lines(self, detail: OrderDetail) -> None:
        station = self._station.current
        if station is not None and self._waiting is not None:
            question = Question(self._waiting.action, (Need.SHORT_SKUS,), 1, detail.facts.reference, detail.lines)
            self._open(question, station)

    def _open(self, question: Question, station: Station) -> None:
        self.dialog = AskDialog(question, station, local_day(now_utc()), self._settings, self._window)
        self.dialog.answered.connect(self._on_answered)
        self.dialog.open()

    @Slot(object)
    def _on_answered(self, options: StepOptions) -> None:
        self._go(options)

    def _go(self, options: StepOptions) -> None:
        job, self._waiting = self._waiting, None
        if job is not None:
            self.bulk.start(replace(job, options=options))
            self.state_changed.emit()

    @Slot()
    def undo(self) -> None:
        """Take back what the worker did last."""
        deed = self._workplace.last_deed.current
        if deed is not None and deed.orders and not self.bulk.is_running:
            self._workplace.last_deed.forget()
            self.bulk.start(job_of_ids(Action.UNDO, None, deed.orders))
            self.state_changed.emit()

    @Slot(object, object)
    def _on_ended(self, job: BulkJob, result: BulkResult) -> None:
        done = [answer for answer in result.results if answer.outcome is Outcome.DONE and answer.order_id is not None]
        if done and job.action is not Action.UNDO:
            can_be_undone = job.action in UNDOABLE and not result.dropped
            ids = [answer.order_id for answer in done if answer.order_id is not None] if can_be_undone else []
            self._workplace.last_deed.note(action_name(job.action), [answer.reference for answer in done], ids)
        self._say(job.action, result)
        self.finished.emit(str(action_name(job.action)), result)
        self.state_changed.emit()

    def _say(self, action: Action, result: BulkResult) -> None:
        if len(result.results) == 1 and result.all_done:
            level = Level.DONE if result.count(Outcome.DONE) else Level.WARNING
            self._messages.tell(str(result.results[0].message), level)
        elif result.all_done:
            self._messages.tell(
                tr("“{action}” — done: {done}.", action=action_name(action), done=result.count(Outcome.DONE)),
                Level.DONE,
            )

    @Slot(object, object)
    def _on_failed(self, error: Exception, before: BulkResult) -> None:
        self._messages.show_failure(error)
        if before.results:
            self.finished.emit(tr("Done before the error"), before)
        self.state_changed.emit()
