"""Judge one step for one order: pure functions over the transition table.

``apply`` answers with the step to write or raises with the sentence for the worker; ``allowed_actions`` says what a
screen may offer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.domain.errors import RuleViolation
from warehouse_desk.domain.goods.stock import StockShift, stock_shift
from warehouse_desk.domain.orders.already import already_message, has_the_status, is_already, mismatch
from warehouse_desk.domain.orders.changes import changes_of, waits_for_own_stock
from warehouse_desk.domain.orders.days import DAY_OF, check_day
from warehouse_desk.domain.orders.hand_over import check_taken_along, taken_along
from warehouse_desk.domain.orders.leaving import LEAVING, settled, why_not_leave
from warehouse_desk.domain.orders.naming import NameOf
from warehouse_desk.domain.orders.order import OrderFacts
from warehouse_desk.domain.orders.past import Past
from warehouse_desk.domain.orders.refusals import goods_are_out, missing_need, no_way, on_hold
from warehouse_desk.domain.orders.step_options import StepOptions
from warehouse_desk.domain.orders.transitions import (
    TRANSITIONS,
    Action,
    Condition,
    Effect,
    Need,
    Transition,
    main_target,
    rows_of,
    transition_for,
)
from warehouse_desk.domain.people.caller import Caller, missing_ability
from warehouse_desk.domain.shared_settings import SharedSettings
from warehouse_desk.domain.status import Holding, Status, holding


@dataclass(frozen=True, slots=True)
class Step:
    """A judged step, ready to be written."""

    action: Action
    variant: str
    before: OrderFacts
    status_after: Status
    changes: Mapping[str, Any]
    """Order columns to set, status and stock cycle included."""
    shift: StockShift
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Already:
    """The order already is what was asked for: calm, changes nothing."""

    facts: OrderFacts


_NO_PAST = Past()


def apply(
    facts: OrderFacts,
    action: Action,
    options: StepOptions,
    shared: SharedSettings,
    today: date | None,
    past: Past = _NO_PAST,
) -> Step | Already:
    """Judge an action on an order.

    The caller's ability and the needs common to all orders are checked once before (``Caller.require``,
    ``check_options``); stock is checked by the service, which knows what the orders before this one took. ``today`` is
    the station's day, None for what a server says: its days are not judged. ``past`` is wanted where
    :func:`asks_for_past` says so.

    Raises:
        RuleViolation: the table does not allow it; the sentence names the order, the reason and the way out.
    """
    row = _row_for(facts, action, options, shared)
    if row is None:
        return Already(facts)
    _check_options_for(row, facts, options, shared)
    if row.action in LEAVING and (stays := why_not_leave(facts, options, shared)) is not None:
        raise RuleViolation(stays)
    status_after, changes = changes_of(row, facts, options, shared, past)
    if row.action in LEAVING:
        changes |= settled(facts, options, shared)
    if today is not None and changes.get(DAY_OF.get(status_after, "")) is not None:
        check_day(facts, row.action, options.date, today, past.earlier_journey)
    return finish_step(row.action, row.variant, facts, status_after, changes, shared)


def _row_for(
    facts: OrderFacts, action: Action, options: StepOptions | None, shared: SharedSettings
) -> Transition | None:
    """Return the row by which an action may be done now, or None where the order already is what it leads to.

    Raises:
        RuleViolation: it may not be done, whatever is given.
    """
    if has_the_status(facts, action) if options is None else is_already(facts, action, options, shared):
        return None
    if facts.held and action not in {Action.CANCEL, Action.RELEASE, Action.HOLD}:
        raise RuleViolation(on_hold(facts))
    otherwise = None if options is None else mismatch(facts, action, options, shared)
    signed = facts.hand_over_id is not None
    if otherwise is not None:
        raise RuleViolation(taken_along(facts) if signed and action is Action.PUSH else otherwise)
    row = transition_for(action, facts.status)
    if row is None and signed and action is Action.DELETE:
        raise RuleViolation(taken_along(facts))
    if row is None:
        raise RuleViolation(no_way(facts, action))
    _check_condition(row, facts, shared)
    return row


def finish_step(
    action: Action,
    variant: str,
    facts: OrderFacts,
    status_after: Status,
    changes: dict[str, Any],
    shared: SharedSettings,
) -> Step:
    """Complete a step with what follows from its statuses: previous status and stock movements.

    Raises:
        RuleViolation: it would deny what a closed hand-over says.
    """
    deleted = action is Action.DELETE
    check_taken_along(facts, None if deleted else status_after, changes)
    if status_after is Status.NEW and facts.recount:
        changes["recount"] = False  # to be packed anew, and counted with that
    if status_after is not facts.status:
        changes = {"status": status_after, "previous_status": facts.status, **changes}
    resume = changes.get("resume_status", facts.resume_status)
    after = Holding.NOTHING if deleted else holding(status_after, resume)
    shift = stock_shift(facts.holds, after, shared.return_stock)
    if shift.opens_cycle:
        changes["stock_cycle"] = facts.stock_cycle + 1
    return Step(action, variant, facts, status_after, changes, shift, deleted)


def allowed_actions(facts: OrderFacts, caller: Caller, shared: SharedSettings) -> dict[Action, Message | None]:
    """Return every action on existing orders with None where it may be done now, else the sentence why not."""
    answers: dict[Action, Message | None] = {}
    for row in TRANSITIONS:
        if row.action is not Action.CREATE and row.action not in answers:
            answers[row.action] = _why_not(facts, row.action, caller, shared)
    return answers


def _why_not(facts: OrderFacts, action: Action, caller: Caller, shared: SharedSettings) -> Message | None:
    row = transition_for(action, facts.status)
    ability = (row or rows_of(action)[0]).ability
    if not caller.may(ability):
        return missing_ability(caller, ability)
    try:
        may_be_done = _row_for(facts, action, None, shared) is not None
    except RuleViolation as refusal:
        return refusal.message
    return None if may_be_done else already_message(facts, action)


def _check_options_for(row: Transition, facts: OrderFacts, options: StepOptions, shared: SharedSettings) -> None:
    for need in row.needs:
        if not options.holds(need):
            raise RuleViolation(missing_need(row.action, need))
    if row.action is Action.RESUME and options.to_new and facts.holds is not Holding.COMMITTED:
        raise RuleViolation(goods_are_out(facts))
    if row.effect is Effect.PURGES:
        _check_source(facts, options, shared)


def _check_source(facts: OrderFacts, options: StepOptions, shared: SharedSettings) -> None:
    """See that what a company keeps for us serves its own orders only, and that those take nothing of ours."""
    keepers = {place: company for company, place in shared.virtual_warehouses.items()}
    own_stock = shared.virtual_warehouses.get(facts.shipping_company_id or 0) if waits_for_own_stock(facts) else None
    if options.warehouse_id in keepers and options.warehouse_id != own_stock:
        raise RuleViolation(
            msg(
                "{warehouse} holds what {company} keeps for us, but {reference} was not pushed to be "
                "shipped from there. Choose a warehouse of ours, or push it that way first.",
                reference=facts.reference,
                warehouse=NameOf(Need.WAREHOUSE, options.warehouse_id),
                company=NameOf(Need.COMPANY, keepers[options.warehouse_id]),
            )
        )
    if waits_for_own_stock(facts) and own_stock is None:
        raise RuleViolation(
            msg(
                "{reference} ships from the stock of {company}, which has no warehouse of its own here.",
                reference=facts.reference,
                company=NameOf(Need.COMPANY, facts.shipping_company_id),
            )
        )


def _check_condition(row: Transition, facts: OrderFacts, shared: SharedSettings) -> None:
    if row.condition is Condition.PUSH_UNPACKED and shared.push_requires_packed:
        raise RuleViolation(
            msg(
                "{reference} is not packed yet. Pack it before pushing it to a company.",
                reference=facts.reference,
            )
        )
    if row.condition is Condition.WITH_PERSON and facts.delivery_person_id is None:
        raise RuleViolation(
            msg(
                "{reference} was shipped without a delivery person: it cannot be reassigned. Roll it back first.",
                reference=facts.reference,
            )
        )
    if row.condition is Condition.NO_TRACKING and facts.tracking_number:
        raise RuleViolation(
            msg(
                "{reference} has the tracking number {number}: the courier knows it, so it cannot be "
                "deleted. Cancel it with the courier first.",
                reference=facts.reference,
                number=facts.tracking_number,
            )
        )
    if row.condition is Condition.ON_SHEET and facts.hand_over_id is None:
        raise RuleViolation(
            msg(
                "{reference} is not on a closed pickup sheet: there is nothing to strike off.",
                reference=facts.reference,
            )
        )
    if row.action in {Action.CANCEL, Action.OUT_OF_STOCK}:
        check_taken_along(facts, main_target(row.action), {})
    if row.condition is Condition.GOODS_HERE and facts.holds is Holding.PURGED:
        raise RuleViolation(goods_are_out(facts))
