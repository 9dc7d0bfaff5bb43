"""Statuses that many orders shall have, brought about together: orders that need the same step take it as one.

An order that a request names again waits for the next round, where it is judged as the first left it.
"""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from functools import cached_property
from typing import Protocol

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.data import shared_settings
from warehouse_desk.data.directories import lookup
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.orders import facts as order_facts
from warehouse_desk.domain.errors import DatabaseBusy, DatabaseUnavailable, DeskError
from warehouse_desk.domain.orders.already import already_message
from warehouse_desk.domain.orders.order import OrderFacts
from warehouse_desk.domain.orders.step_options import StepOptions, common_needs
from warehouse_desk.domain.orders.transitions import Action, Need, action_towards
from warehouse_desk.domain.results import ActionResult, BulkResult, ChangeSet, Outcome
from warehouse_desk.domain.status import Status, status_name
from warehouse_desk.services.context import Context
from warehouse_desk.services.orders.absent import absent
from warehouse_desk.services.orders.status_requests import StatusRequest
from warehouse_desk.services.orders.steps import already_answer

_DETAILED_ALREADY = 50
"""For how many orders of a round an "already" says who, when and where: each costs a look into the history."""

_MOST_BUSY = 3
"""After how many steps that another station kept waiting the rest is no longer tried."""

_CHANGED_NOTHING = frozenset({Outcome.ALREADY, Outcome.REFUSED, Outcome.UNKNOWN})

_TO_REASSIGN = msg("{reference} is already “{status}”, with another delivery person or none. Reassign it instead.")

_NO_WAREHOUSE = msg(
    "{reference}: which warehouse do the goods leave? Add warehouseId, or ask a "
    "supervisor to set rest_warehouse in the shared settings."
)

Act = Callable[[Action, Sequence[int | str], StepOptions], BulkResult]

_log = logging.getLogger(__name__)


class Named(Protocol):
    """An entry that names an order."""

    @property
    def reference(self) -> str:
        """The code by which it does."""


class StatusRun:
    """A bulk update under way: its answers by the place of their entry, and the orders that changed.

    Within a unit of work of its caller's all of it is done or nothing: its orders are locked at once, and what keeps
    the database from a step is raised. Else each step is a unit of its own, and a failure of it is an answer.
    """

    def __init__(
        self, context: Context, act: Act, *, within: UnitOfWork | None = None, warehouse_id: int | None = None
    ) -> None:
        """``warehouse_id``: the warehouse that goods leave where an entry names none, before any other."""
        self._context = context
        self._act = act
        self._within = within
        self._warehouse_id = warehouse_id
        self._answers: dict[int, ActionResult] = {}
        self._touched: set[int] = set()
        self._fresh: dict[int | str, OrderFacts] = {}
        """The orders as they were read for the rounds: what the first round goes by."""
        self._known_options: dict[tuple[object, ...], StepOptions] = {}
        self._busy = 0
        self._error: DatabaseUnavailable | None = None

    def result(self) -> BulkResult:
        """Return the answers in the order of the entries.

        Raises:
            DatabaseUnavailable: it failed, and nothing was done.
        """
        answers = tuple(self._answers[place] for place in sorted(self._answers))
        if self._error is not None and not any(answer.outcome is Outcome.DONE for answer in answers):
            raise self._error
        return BulkResult(answers, ChangeSet(frozenset(self._touched), products=bool(self._touched)))

    def rounds(self, requests: Sequence[Named]) -> Iterator[list[int]]:
        """Yield the places of requests so that a round names no order twice, each order's places in their order.

        Raises:
            DatabaseUnavailable: it cannot be reached.
        """
        references = [request.reference for request in requests]
        with self._reading() as uow:
            self._fresh = found = order_facts.facts_of(uow, references, lock=self._within is not None)
        waiting = [(place, found[text].id if text in found else text) for place, text in enumerate(references)]
        while waiting:
            first: dict[int | str, int] = {}
            for place, key in waiting:
                first.setdefault(key, place)
            yield list(first.values())
            rest = [(place, key) for place, key in waiting if first[key] != place]
            waiting = [(place, key) for place, key in rest if not self._repeats(requests, first, place, key)]

    def _repeats(self, requests: Sequence[Named], before: dict[int | str, int], place: int, key: int | str) -> bool:
        """Answer an entry that says again what changed nothing: an order named 1,000 times is looked up twice."""
        last = before.get(key)
        if last is None:
            return False
        if requests[place] == requests[last] and self._answers[last].outcome in _CHANGED_NOTHING:
            self._answers[place] = self._answers[last]
            return True
        del before[key]  # what follows is judged after this one
        return False

    def _reading(self) -> AbstractContextManager[UnitOfWork]:
        return self._context.database.read() if self._within is None else nullcontext(self._within)

    def answer(self, place: int, result: ActionResult) -> None:
        """Keep the answer of an entry that was done by itself."""
        self._answers[place] = result
        if result.outcome is Outcome.DONE and result.order_id is not None:
            self._touched.add(result.order_id)

    def fail(self, references: Mapping[int, str], error: DatabaseUnavailable) -> None:
        """Answer entries that the database kept from being done; the others keep their answers."""
        self._error = error
        self._busy += 1 if isinstance(error, DatabaseBusy) else _MOST_BUSY
        for place, reference in references.items():
            self.answer(place, ActionResult(reference, Outcome.FAILED, None, None, error.message))

    def lost(self) -> DatabaseUnavailable | None:
        """Return why the rest need not be tried; None while it may be."""
        return self._error if self._busy >= _MOST_BUSY else None

    def fulfil(self, requests: Mapping[int, StatusRequest]) -> None:
        """Answer requests of which no two name one order: a refusal is an answer, and so is a failure."""
        references = {place: request.reference for place, request in requests.items()}
        error = self.lost()
        if error is not None:
            self.fail(references, error)
            return
        try:
            groups = self._grouped(requests)
        except DatabaseUnavailable as unavailable:
            if self._within is not None:
                raise
            self.fail(references, unavailable)
            return
        for (action, options), orders in groups.items():
            self._take(action, options, orders)

    def _grouped(
        self, requests: Mapping[int, StatusRequest]
    ) -> dict[tuple[Action, StepOptions], dict[int, OrderFacts]]:
        """Answer what needs no step and return the others by the step that each needs, first named first."""
        groups: dict[tuple[Action, StepOptions], dict[int, OrderFacts]] = {}
        with self._reading() as uow:
            found, self._fresh = self._fresh, {}
            if not found and requests:
                found = order_facts.facts_of(uow, [request.reference for request in requests.values()], lock=False)
            calm: dict[int, OrderFacts] = {}
            for place, request in requests.items():
                facts = found.get(request.reference)
                if facts is None or facts.deleted:
                    self._answers[place] = absent(uow, request.reference, facts, self._context.today())
                    continue
                step = self._step(facts, request)
                if isinstance(step, Message):
                    self._answers[place] = facts.answer(Outcome.REFUSED, step)
                elif step is None:
                    calm[place] = facts
                else:
                    groups.setdefault(step, {})[place] = facts
            self._tell_already(uow, calm, requests)
        return groups

    def _take(self, action: Action, options: StepOptions, orders: Mapping[int, OrderFacts]) -> None:
        """Do one step on orders that all need it."""
        references = {place: facts.reference for place, facts in orders.items()}
        error = self.lost()
        if error is not None:
            self.fail(references, error)
            return
        try:
            results: Sequence[ActionResult] = self._act(
                action, [facts.id for facts in orders.values()], options
            ).results
        except DatabaseUnavailable as unavailable:
            if self._within is not None:
                raise
            self.fail(references, unavailable)
            return
        except DeskError as refusal:
            results = [facts.answer(Outcome.REFUSED, refusal.message) for facts in orders.values()]
        except Exception:
            # A fault of the program in one step must not lose the answers of the others.
            if self._within is not None:
                raise
            _log.exception("the step %s failed for %d orders of a bulk update", action.value, len(orders))
            failed = msg("Something went wrong in this step; nothing was changed. The log says why.")
            results = [facts.answer(Outcome.FAILED, failed) for facts in orders.values()]
        for place, result in zip(orders, results, strict=True):
            self.answer(place, result)

    def _step(self, facts: OrderFacts, request: StatusRequest) -> tuple[Action, StepOptions] | Message | None:
        """Return the step that leads to the status wished for, why there is none, or None where all of it is so."""
        if facts.status is request.status:
            return self._confirming(facts, request)
        action = action_towards(facts.status, request.status)
        if action is None or not _resumes_there(facts, request.status):
            return msg(
                "{reference} is “{status}”: no step leads from there to “{wanted}”.",
                reference=facts.reference,
                status=status_name(facts.status),
                wanted=status_name(request.status),
            )
        if action is Action.SHIP and request.person_id is not None:
            action = Action.ASSIGN
        options = self._options(action, request)
        if options.warehouse_id is None and Need.WAREHOUSE in common_needs(action):
            return _NO_WAREHOUSE.with_params(reference=facts.reference)
        return action, options

    def _confirming(self, facts: OrderFacts, request: StatusRequest) -> tuple[Action, StepOptions] | Message | None:
        """Return the step that tells whether what else was named is so too; None where only the status was named."""
        if request.person_id not in {None, facts.delivery_person_id}:
            return _TO_REASSIGN.with_params(reference=facts.reference, status=status_name(facts.status))
        if request.warehouse_id is not None:
            return Action.SHIP, self._options(Action.SHIP, request)
        if request.company_id is None and request.from_stock is None:
            return None
        company = facts.shipping_company_id if request.company_id is None else request.company_id
        source = facts.from_stock if request.from_stock is None else request.from_stock
        return Action.PUSH, StepOptions(date=self._day(request), company_id=company, from_stock=source)

    def _options(self, action: Action, request: StatusRequest) -> StepOptions:
        """Return what a step is given; made once for all entries that give the same, as most of a request do."""
        is_new = request.status is Status.NEW
        named = (request.warehouse_id, request.company_id, request.from_stock, request.person_id)
        key = (action, is_new, request.day, request.description, *named)
        known = self._known_options.get(key)
        if known is None:
            known = self._known_options[key] = self._options_of(action, request)
        return known

    def _options_of(self, action: Action, request: StatusRequest) -> StepOptions:
        place = request.warehouse_id
        if place is None and action in {Action.SHIP, Action.ASSIGN}:
            place = self._usual_warehouse
        return StepOptions(
            date=self._day(request),
            reason=request.description or str(msg("Through the API")),
            warehouse_id=place,
            company_id=request.company_id,
            from_stock=request.from_stock,
            person_id=request.person_id,
            to_new=action is Action.RESUME and request.status is Status.NEW,
        )

    def _day(self, request: StatusRequest) -> date:
        return request.day or self._context.today()

    @cached_property
    def _usual_warehouse(self) -> int | None:
        """The warehouse that goods leave where an entry names none (docs/rules.md#asking-for-a-status)."""
        if self._warehouse_id is not None:
            return self._warehouse_id
        with self._reading() as uow:
            own = [w for w in lookup.warehouses(uow) if w.active and w.shipping_company_id is None]
            chosen = shared_settings.read(uow).rest_warehouse.casefold()
        if chosen:
            own = [w for w in own if w.code.casefold() == chosen]
        return own[0].id if len(own) == 1 else None

    def _tell_already(
        self, uow: UnitOfWork, orders: Mapping[int, OrderFacts], requests: Mapping[int, StatusRequest]
    ) -> None:
        for number, (place, facts) in enumerate(orders.items()):
            answer = facts.answer(Outcome.ALREADY, already_message(facts, day=requests[place].day))
            self._answers[place] = (
                already_answer(uow, facts, answer, self._context.today()) if number < _DETAILED_ALREADY else answer
            )


def _resumes_there(facts: OrderFacts, target: Status) -> bool:
    if facts.status is not Status.ROLLBACK or target in {Status.ROLLBACK, Status.CANCELED, Status.OUT_OF_STOCK}:
        return True
    return target in {Status.NEW, facts.resume_status}
