"""A step on every order that a filter finds: the filter itself, chunk after chunk, never a list of a million ids.

Who belongs to the list is decided by the moment at which it was chosen. An order created later has a larger id and is
never reached. An order that anybody changed in the meantime may have entered the list only by that change, and nobody
has looked at it there: it is left alone and answered with a sentence. An order that left the list is not found any
more, as nobody asked for it.
"""

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from warehouse_desk.common.messages import msg
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.orders import facts as order_facts
from warehouse_desk.data.orders import list_steps
from warehouse_desk.data.orders.lists import count
from warehouse_desk.domain.errors import WrongUsage
from warehouse_desk.domain.orders.finding import OrderFilter
from warehouse_desk.domain.orders.order import OrderFacts
from warehouse_desk.domain.orders.step_options import StepOptions
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.results import ActionResult, BulkResult, Outcome, changed
from warehouse_desk.services.context import Context
from warehouse_desk.services.orders.listing import checked
from warehouse_desk.services.orders.steps import check_named, checked_options, judge_and_write, tell_bulk
from warehouse_desk.services.orders.sure_steps import StepMark, exactly_once, mark_of
from warehouse_desk.services.subject import Subject

CHUNK = 500
"""Orders in one transaction: long enough to be quick, short enough to be stopped and to let scans pass."""

MOST_PROBLEMS = 1_000
"""Answers kept of orders that were not done: what a person reads; the rest is counted."""


@dataclass(slots=True)
class FilterResult:
    """What became of a list, in bounded memory: all are counted, the first 1,000 that were not done are kept."""

    counts: Counter[Outcome] = field(default_factory=Counter)
    problems: list[ActionResult] = field(default_factory=list)
    cancelled: bool = False
    """Whether it was stopped before the end; what was done stays done."""

    @property
    def total(self) -> int:
        """How many orders were answered."""
        return self.counts.total()

    def add(self, results: Collection[ActionResult]) -> None:
        """Count the answers of one chunk."""
        self.counts.update(result.outcome for result in results)
        room = MOST_PROBLEMS - len(self.problems)
        self.problems += [result for result in results if result.outcome is not Outcome.DONE][:room]


class FilterRun:
    """A step on a list under way; between two chunks its caller may stop, wait or look after scans."""

    def __init__(
        self,
        ctx: Context,
        action: Action,
        order_filter: OrderFilter,
        options: StepOptions | None = None,
        *,
        excluded: Collection[int] = (),
    ) -> None:
        if action is Action.UNDO:
            raise WrongUsage(msg("A whole list cannot be undone. Select the orders to undo."))
        self._ctx = ctx
        self._action = action
        self._options = checked_options(ctx, action, options)
        self._order_filter = checked(ctx, order_filter)
        self._excluded = frozenset(excluded)
        self._changed: set[int] = set()
        self._after = 0
        self.result = FilterResult()
        with ctx.database.read() as uow:
            mark = list_steps.watermark(uow)
            self.total = count(uow, self._order_filter) - len(self._excluded)
        self._last, self._seq = mark.newest_id, mark.seq
        self.finished = False

    def next_chunk(self) -> BulkResult:
        """Do the next 500 orders in one transaction; a chunk that fails may be asked for again.

        Raises:
            DatabaseUnavailable: nothing of this chunk was done; earlier ones stay.
            AnswerLost: this chunk is perhaps done, and the database cannot be asked.
        """
        done = exactly_once(self._ctx.database, self._chunk)
        self._after, self._seq, self._changed = done.after, done.seq, done.changed
        self.finished = done.ended
        self.result.add(done.answer.results)
        tell_bulk(self._action, done.answer)
        return done.answer

    def _chunk(self, uow: UnitOfWork) -> "tuple[_Chunk, StepMark | None]":
        check_named(uow, self._options)
        ids = list_steps.next_ids(uow, self._order_filter, self._after, self._last, CHUNK)
        after = ids[-1] if ids else self._last
        facts = order_facts.facts_of(uow, [number for number in ids if number not in self._excluded], lock=True)
        # After the locks: a change that let one of these orders in has been committed, with its row in the log.
        touched, seq = list_steps.changed_since(uow, self._seq, self._after, self._last)
        touched |= self._changed
        late = [_left_alone(each) for number, each in facts.items() if number in touched]
        fresh = [(number, each) for number, each in facts.items() if number not in touched]
        signature = self._ctx.signature(self._options.reason.strip())
        results = judge_and_write(uow, signature, self._action, fresh, self._options)
        products = self._action not in {Action.PACK, Action.DELIVER}
        answer = BulkResult((*results, *late), changed(results, products=products))
        ahead = {number for number in touched if number > after}
        mark = mark_of(self._action, zip((each for _, each in fresh), results, strict=True), signature)
        return _Chunk(answer, after, seq, ahead, len(ids) < CHUNK), mark


@dataclass(frozen=True, slots=True)
class _Chunk:
    answer: BulkResult
    after: int
    seq: int
    changed: set[int]
    ended: bool


def _left_alone(facts: OrderFacts) -> ActionResult:
    message = msg(
        "{reference} was changed after this list was chosen and was not touched. Look at it, then repeat the step.",
        reference=facts.reference,
    )
    return facts.answer(Outcome.REFUSED, message)


def no_progress(_done: int, _total: int) -> None:
    """Tell nobody."""


def never() -> bool:
    """Go on to the end."""
    return False


class ListSteps(Subject):
    """Steps on every order of a list."""

    def start_on_list(
        self,
        action: Action,
        order_filter: OrderFilter,
        options: StepOptions | None = None,
        *,
        excluded: Collection[int] = (),
    ) -> FilterRun:
        """Begin a step on a list, of which the caller takes chunk after chunk.

        Raises:
            NotAllowed: the role lacks the ability.
            WrongUsage: a need of the action was not given, or undo was asked for: it goes by single steps.
        """
        return FilterRun(self.context, action, order_filter, options, excluded=excluded)

    def act_on_filter(
        self,
        action: Action,
        order_filter: OrderFilter,
        options: StepOptions | None = None,
        *,
        excluded: Collection[int] = (),
        progress: Callable[[int, int], None] = no_progress,
        cancelled: Callable[[], bool] = never,
    ) -> FilterResult:
        """Do a step on every order that a filter finds now, oldest first: who ordered first gets the goods first.

        ``progress`` is told after each 500 how many of how many are answered; ``cancelled`` is asked between them.

        Raises:
            NotAllowed: the role lacks the ability.
            WrongUsage: a need of the action was not given.
            NotFound: the warehouse, company or person given does not exist or is not in use.
            DatabaseUnavailable: it cannot be reached any more; what was done before stays done.
        """
        run = self.start_on_list(action, order_filter, options, excluded=excluded)
        while not run.finished:
            if cancelled():
                run.result.cancelled = True
                break
            run.next_chunk()
            progress(run.result.total, max(run.total, run.result.total))
        return run.result
