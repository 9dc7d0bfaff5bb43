"""Undo (docs/rules.md#undo): the worker takes the last step back at once; the order stands as it stood, stock too."""

import json
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.data import shared_settings
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.orders import facts as order_facts
from warehouse_desk.data.orders import steps
from warehouse_desk.data.orders.details import LastEvent, last_event, newest_besides
from warehouse_desk.domain.errors import NotAllowed, RuleViolation
from warehouse_desk.domain.orders.hand_over import taken_along
from warehouse_desk.domain.orders.order import OrderFacts
from warehouse_desk.domain.orders.refusals import on_hold
from warehouse_desk.domain.orders.rules import Step, finish_step
from warehouse_desk.domain.orders.tracking import TRACKING_ABILITY
from warehouse_desk.domain.orders.transitions import UNDOABLE, Action, ability_of, action_name
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.results import ActionResult, BulkResult, Outcome, changed
from warehouse_desk.domain.shared_settings import SharedSettings
from warehouse_desk.domain.status import Status, status_name
from warehouse_desk.services.context import Context
from warehouse_desk.services.goods.returns import take_back
from warehouse_desk.services.orders.absent import absent
from warehouse_desk.services.orders.steps import tell_bulk
from warehouse_desk.services.orders.stock_effects import StockLedger
from warehouse_desk.services.orders.tracking import check_number_is_free
from warehouse_desk.services.requests import once, read_answer, request_of, stored_answer
from warehouse_desk.services.subject import Subject

_STATUS_COLUMNS = frozenset({"status", "previous_status", "resume_status"})
_ONE_WAY = frozenset({"stock_cycle", "attempt"})
"""Counters that never go back: the ledger's unique key rests on them."""

_DECISIONS = frozenset({Action.RESTOCK.value, Action.WRITE_OFF.value})
"""What the history calls decisions on returned goods."""

_CLOCKS_DIFFER = timedelta(seconds=2)
"""How far a clock may be corrected by itself between a step and its undoing."""

_UNDOABLE_KINDS = frozenset(action.value for action in UNDOABLE)


class Undoing(Subject):
    """The last step, taken back."""

    def undo(
        self, keys: Sequence[int | str], *, last_ids: Collection[int] = (), request_id: str | None = None
    ) -> BulkResult:
        """Take back the last step of each order: by the same worker, at the same station, within the minutes allowed.

        The earlier status comes back directly with its stock effect and an audit row of its own; this is not ROLLBACK.
        ``last_ids``: all orders of what the worker did last, which is meant, whether it is taken back at once or in
        pieces; where something was done on another order since, nothing older is taken back instead. With a request id
        it is done once, and told again to whoever repeats it: a second undo would take back the step before.

        Raises:
            AnswerLost: it is perhaps done, and the database cannot be asked.
        """
        request = request_of(Action.UNDO.value, [list(keys), sorted(last_ids)], request_id)
        last = frozenset(last_ids)
        answer = once(self.context, request, lambda uow: self._undo(uow, keys, last), stored_answer, read_answer)
        tell_bulk(Action.UNDO, answer)
        return answer

    def _undo(self, uow: UnitOfWork, keys: Sequence[int | str], last_ids: frozenset[int]) -> BulkResult:
        shared = shared_settings.read(uow)
        later = newest_besides(uow, self.context.caller, last_ids) if last_ids else None
        results = []
        for key in keys:
            # Read one by one: an order named twice is seen as its first undo left it.
            facts = order_facts.facts_of(uow, [key], lock=True).get(key)
            if facts is None or facts.deleted:
                results.append(absent(uow, key, facts, self.context.today()))
            elif later is not None and (passed := _passed_over(uow, facts, later)) is not None:
                results.append(facts.answer(Outcome.REFUSED, passed))
            else:
                results.append(undo_in(uow, self.context, facts, shared))
        return BulkResult(tuple(results), changed(results, products=True))


def _passed_over(uow: UnitOfWork, facts: OrderFacts, later: tuple[int, int, str]) -> Message | None:
    """Return what the worker did since, where an order's last step is no longer the last thing done."""
    number, order_id, kind = later
    event = last_event(uow, facts.id)
    if event is None or number < event.id:
        return None
    other = order_facts.facts_by_id(uow, order_id, lock=False)
    return msg(
        "Your last step is “{action}” on {other}, not the one on {reference}: nothing was undone.",
        action=action_name(Action(kind)),
        other=other.reference if other else "-",
        reference=facts.reference,
    )


def undo_in(uow: UnitOfWork, ctx: Context, facts: OrderFacts, shared: SharedSettings | None = None) -> ActionResult:
    """Take back the last step of one locked order, within a unit of work; it reads the settings if it is given none."""
    shared = shared or shared_settings.read(uow)
    event = last_event(uow, facts.id)
    refusal = _why_not(ctx, facts, event, shared)
    if event is not None and event.kind == Action.HAND_OVER.value:
        refusal = taken_along(facts)
    if refusal is not None or event is None or event.status_before is None:
        return facts.answer(Outcome.REFUSED, refusal or _nothing(facts))
    if event.kind in _DECISIONS:
        return _take_back_decision(uow, ctx, facts, event)
    try:
        ctx.caller.require(_ability_of(event.kind))
        step = _step_back(facts, event, event.status_before, shared)
        check_number_is_free(uow, facts, step.changes)
    except (NotAllowed, RuleViolation) as impossible:
        return facts.answer(Outcome.REFUSED, impossible.message)
    ledger = StockLedger(uow, shared, allow_negative=False)
    for message in ledger.refusals({0: step}).values():
        return facts.answer(Outcome.REFUSED, message)
    signature = ctx.signature()
    steps.write_undo(uow, step, signature)
    ledger.move([step], signature)
    message = msg(
        "{reference} is “{status}” again.", reference=facts.reference, status=status_name(event.status_before)
    )
    if event.kind == Action.TRACK.value:
        message = _number_again(facts.reference, step.changes["tracking_number"])
    return facts.answer(Outcome.DONE, message, event.status_before)


def _ability_of(kind: str) -> Ability:
    return TRACKING_ABILITY if kind == Action.TRACK.value else ability_of(Action(kind))


def _number_again(reference: str, number: str | None) -> Message:
    if number is None:
        return msg("{reference} has no tracking number again.", reference=reference)
    return msg("{reference} has the tracking number {number} again.", reference=reference, number=number)


def _take_back_decision(uow: UnitOfWork, ctx: Context, facts: OrderFacts, event: LastEvent) -> ActionResult:
    try:
        ctx.caller.require(Ability.MANAGE_STOCK)
    except NotAllowed as refusal:
        return facts.answer(Outcome.REFUSED, refusal.message)
    return take_back(uow, facts, event.after, ctx.signature())


def _step_back(facts: OrderFacts, event: LastEvent, status: Status, shared: SharedSettings) -> Step:
    stored: dict[str, Any] = json.loads(event.before)
    # An undone label is still on paper: what was printed stays counted.
    kept = _ONE_WAY | {"label_count", "label_outdated"} if event.kind == Action.LABELS.value else _ONE_WAY
    changes = {name: _restored(name, value) for name, value in stored.items() if name not in kept}
    try:
        return finish_step(Action.UNDO, event.kind, facts, status, changes, shared)
    except ValueError as error:
        raise RuleViolation(_nothing(facts)) from error


def _restored(name: str, value: Any) -> Any:  # noqa: ANN401 - a column's value is what the column holds
    if value is None:
        return None
    if name in _STATUS_COLUMNS:
        return Status(value)
    return date.fromisoformat(value) if name.endswith("_on") else value


def _why_not(ctx: Context, facts: OrderFacts, event: LastEvent | None, shared: SharedSettings) -> Message | None:
    if event is None or not _can_be_undone(event):
        return _nothing(facts)
    caller = ctx.caller
    if (event.user_id, event.user_name) != (caller.user_id, caller.user_name) or event.station_id != caller.station_id:
        return msg(
            "The last step of {reference} was made by {who}, perhaps at another station: only "
            "this person can undo it. A supervisor can roll it back.",
            reference=facts.reference,
            who=event.user_name or "-",
        )
    age = ctx.now() - event.at
    if age < -_CLOCKS_DIFFER:
        return msg(
            "The clock of this computer was set back since the last step of {reference}: it cannot be undone. "
            "A supervisor can roll it back.",
            reference=facts.reference,
        )
    if age > timedelta(minutes=shared.undo_minutes):
        return msg(
            "The last step of {reference} is more than {minutes} minutes old. A supervisor can roll it back.",
            reference=facts.reference,
            minutes=shared.undo_minutes,
        )
    if facts.held and event.kind not in _DECISIONS:
        return on_hold(facts)
    return None


def _can_be_undone(event: LastEvent) -> bool:
    if event.kind in _DECISIONS:
        return True
    if event.kind == Action.TRACK.value:
        return True
    changed_status = event.status_before is not None and event.status_before != event.status_after
    return event.kind in _UNDOABLE_KINDS and changed_status


def _nothing(facts: OrderFacts) -> Message:
    return msg(
        "{reference} is “{status}”: its last step cannot be undone. A supervisor can roll it back.",
        reference=facts.reference,
        status=status_name(facts.status),
    )
