"""Judge one step for one order: pure functions over the transition table.

``apply`` answers with the step to write or raises with the sentence for the worker; ``allowed_actions`` says what a
screen may offer.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.common.text import is_storable
from warehouse_desk.domain.errors import RuleViolation, WrongUsage
from warehouse_desk.domain.goods.stock import StockShift, stock_shift
from warehouse_desk.domain.orders.order import OrderFacts
from warehouse_desk.domain.orders.refusals import goods_are_out, missing_need, no_way, on_hold
from warehouse_desk.domain.orders.transitions import (
    TRANSITIONS,
    Action,
    Condition,
    Need,
    Target,
    Transition,
    main_target,
    rows_of,
    transition_for,
)
from warehouse_desk.domain.people.caller import Caller, missing_ability
from warehouse_desk.domain.shared_settings import SharedSettings
from warehouse_desk.domain.status import STEP_BEFORE, Holding, Status, holding, status_name

MAX_REASON = 1_000
"""Characters of a reason (docs/api.md#limits)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the asker gave with an action."""

    date: date
    warehouse_id: int | None = None
    reason: str = ""
    person_id: int | None = None
    company_id: int | None = None
    from_stock: bool | None = None
    short_skus: tuple[str, ...] | None = None
    to_new: bool = False
    """Resume to NEW instead of the status before the undone step."""
    allow_negative: bool = False
    """Ship although too little lies there; wants the ability ``allowNegativeStock``."""


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


def check_given(action: Action, given: Given) -> None:
    """Refuse a request that lacks what every row of the action needs, before any order is looked at.

    Raises:
        WrongUsage: a need is missing or out of bounds.
    """
    for need in common_needs(action):
        if not _is_given(need, given):
            raise WrongUsage(missing_need(action, need))
    if not is_storable(given.reason):
        raise WrongUsage(msg("The reason holds a character that cannot be stored. Retype it."))
    if len(given.reason) > MAX_REASON:
        raise WrongUsage(
            msg(
                "The reason has {length} characters; at most {limit} are kept. Shorten it.",
                length=len(given.reason),
                limit=MAX_REASON,
            )
        )


@cache
def common_needs(action: Action) -> tuple[Need, ...]:
    """Return what every row of an action needs."""
    rows = rows_of(action)
    return tuple(need for need in rows[0].needs if all(need in row.needs for row in rows))


def apply(facts: OrderFacts, action: Action, given: Given, shared: SharedSettings) -> Step | Already:
    """Judge an action on an order.

    The caller's ability and the needs common to all orders are checked once before (``Caller.require``,
    ``check_given``); stock is checked by the service, which knows what the orders before this one took.

    Raises:
        RuleViolation: the table does not allow it; the sentence names the order, the reason and the way out.
    """
    row = _row_for(facts, action, given, shared)
    if row is None:
        return Already(facts)
    _check_given_for(row, facts, given)
    status_after, changes = _changes(row, facts, given, shared)
    return finish_step(row.action, row.variant, facts, status_after, changes, shared)


def _row_for(facts: OrderFacts, action: Action, given: Given | None, shared: SharedSettings) -> Transition | None:
    """Return the row by which an action may be done now, or None where the order already is what it leads to.

    Raises:
        RuleViolation: it may not be done, whatever is given.
    """
    if _is_already(facts, action, given):
        return None
    if facts.held and action not in {Action.CANCEL, Action.RELEASE, Action.HOLD}:
        raise RuleViolation(on_hold(facts))
    row = transition_for(action, facts.status)
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
    """Complete a step with what follows from its statuses: previous status and stock movements."""
    deleted = action is Action.DELETE
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


def already_message(facts: OrderFacts, action: Action | None = None) -> Message:
    """Return the calm sentence for an order that already is what was asked for."""
    if action is Action.HOLD:
        return msg(
            "{reference} is already on hold: {reason}.", reference=facts.reference, reason=facts.hold_reason or ""
        )
    if action is Action.RELEASE:
        return msg("{reference} is not on hold. Nothing to do.", reference=facts.reference)
    return msg("{reference} is already {status}.", reference=facts.reference, status=status_name(facts.status))


def _is_already(facts: OrderFacts, action: Action, given: Given | None) -> bool:
    if action is Action.HOLD:
        return facts.held
    if action is Action.RELEASE:
        return not facts.held
    if action is Action.LABELS or (action is Action.ASSIGN and facts.status is Status.SHIPPED):
        same = given is not None and given.person_id == facts.delivery_person_id
        return action is Action.ASSIGN and same and facts.delivery_person_id is not None
    return main_target(action) is facts.status


def _is_given(need: Need, given: Given) -> bool:
    if need is Need.REASON:
        return bool(given.reason.strip())
    if need is Need.DATE:
        return True
    return getattr(given, _FIELD[need]) is not None


_FIELD: Mapping[Need, str] = {
    Need.WAREHOUSE: "warehouse_id",
    Need.PERSON: "person_id",
    Need.COMPANY: "company_id",
    Need.FROM_STOCK: "from_stock",
    Need.SHORT_SKUS: "short_skus",
}


def _check_given_for(row: Transition, facts: OrderFacts, given: Given) -> None:
    for need in row.needs:
        if not _is_given(need, given):
            raise RuleViolation(missing_need(row.action, need))
    if row.action is Action.RESUME and given.to_new and facts.holds is not Holding.COMMITTED:
        raise RuleViolation(goods_are_out(facts))


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
                "{reference} carries the tracking number {number}: the courier knows it, so it cannot be deleted. "
                "Cancel it with the courier first.",
                reference=facts.reference,
                number=facts.tracking_number,
            )
        )
    releases = row.action in {Action.CANCEL, Action.OUT_OF_STOCK}
    if releases and facts.status is Status.ROLLBACK and facts.holds is Holding.PURGED:
        raise RuleViolation(goods_are_out(facts))


_JOURNEY: Mapping[str, Any] = {
    "shipping_company_id": None,
    "from_stock": None,
    "tracking_number": None,
    "delivery_person_id": None,
    "warehouse_id": None,
    "cancel_reason": None,
    "short_skus": None,
    "packed_on": None,
    "shipped_on": None,
    "delivered_on": None,
    "returned_on": None,
    "canceled_on": None,
    "resume_status": None,
}
"""What belongs to one attempt and is cleared when the next begins; the history keeps it."""

_UNDONE: Mapping[Status, Mapping[str, Any]] = {
    Status.PACKED: {"packed_on": None},
    Status.WAITING: {"shipping_company_id": None, "from_stock": None, "tracking_number": None},
    Status.SHIPPED: {"shipped_on": None, "warehouse_id": None, "delivery_person_id": None},
    Status.DELIVERED: {"delivered_on": None},
    Status.RETURNED: {"returned_on": None},
}
"""What a roll back clears: the facts that the undone step had set."""


def _changes(row: Transition, facts: OrderFacts, given: Given, shared: SharedSettings) -> tuple[Status, dict[str, Any]]:
    """Return the status after the row's step and the columns it sets."""
    match row.target:
        case Status() as status:
            after = status
        case Target.RESUMED:
            after = Status.NEW if given.to_new else (facts.resume_status or Status.NEW)
        case _:
            after = facts.status
    changes = _columns(row, facts, given, shared)
    if facts.status is Status.ROLLBACK and after is not Status.ROLLBACK:
        changes["resume_status"] = None
    if row.target is Target.RESUMED:
        changes["previous_status"] = STEP_BEFORE.get(after)
    return after, changes


def _columns(row: Transition, facts: OrderFacts, given: Given, shared: SharedSettings) -> dict[str, Any]:
    match row.action:
        case Action.PACK:
            return {"packed_on": given.date}
        case Action.LABELS:
            printed: dict[str, Any] = {"label_count": facts.label_count + 1}
            return printed if row.variant else {**printed, "packed_on": given.date}
        case Action.PUSH:
            return {"shipping_company_id": given.company_id, "from_stock": given.from_stock}
        case Action.ASSIGN:
            person = {"delivery_person_id": given.person_id}
            return person if row.variant else {**person, "warehouse_id": given.warehouse_id, "shipped_on": given.date}
        case Action.SHIP:
            return {"shipped_on": given.date, "warehouse_id": source_warehouse(facts, given, shared)}
        case Action.DELIVER:
            return {"delivered_on": given.date}
        case Action.RETURN:
            return {"returned_on": given.date}
        case _:
            return _columns_aside(row.action, facts, given)


def _columns_aside(action: Action, facts: OrderFacts, given: Given) -> dict[str, Any]:
    """Return the columns of the steps off the main road."""
    match action:
        case Action.CANCEL:
            return {"cancel_reason": given.reason.strip(), "canceled_on": given.date}
        case Action.OUT_OF_STOCK:
            return {"short_skus": json.dumps(sorted(given.short_skus or ()))}
        case Action.BACK_IN_STOCK:
            return {"short_skus": None, "packed_on": None, "label_count": 0}
        case Action.RENEW:
            return {**_JOURNEY, "attempt": facts.attempt + 1, "label_count": 0}
        case Action.ROLLBACK:
            return {
                "resume_status": facts.previous_status or STEP_BEFORE[facts.status],
                **_UNDONE[facts.status],
            }
        case Action.RESUME:
            return dict(_JOURNEY) if given.to_new else {}
        case Action.HOLD:
            return {"held": True, "hold_reason": given.reason.strip()}
        case Action.RELEASE:
            return {"held": False, "hold_reason": None}
        case _:
            return {}


def source_warehouse(facts: OrderFacts, given: Given, shared: SharedSettings) -> int | None:
    """Return the warehouse that a shipment leaves: the company's own virtual one when it ships from its stock."""
    if facts.from_stock and facts.shipping_company_id is not None:
        return shared.virtual_warehouses.get(facts.shipping_company_id, given.warehouse_id)
    return given.warehouse_id
