"""What a step sets and clears of an order (docs/rules.md#what-a-step-keeps-and-clears)."""

import json
from collections.abc import Mapping
from typing import Any

from warehouse_desk.common.messages import msg
from warehouse_desk.domain.errors import RuleViolation
from warehouse_desk.domain.orders.order import OrderFacts
from warehouse_desk.domain.orders.past import Past
from warehouse_desk.domain.orders.step_options import StepOptions
from warehouse_desk.domain.orders.transitions import Action, Target, Transition
from warehouse_desk.domain.shared_settings import SharedSettings
from warehouse_desk.domain.status import Status, status_name

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
"""What belongs to one journey and is cleared where another begins at NEW; the history keeps it."""

_UNDONE: Mapping[Status, Mapping[str, Any]] = {
    Status.PACKED: {"packed_on": None},
    Status.WAITING: {"shipping_company_id": None, "from_stock": None, "tracking_number": None},
    Status.SHIPPED: {"shipped_on": None, "warehouse_id": None, "delivery_person_id": None},
    Status.DELIVERED: {"delivered_on": None},
    Status.RETURNED: {"returned_on": None},
}
"""What a roll back clears: the facts that the undone step had set."""


def changes_of(
    row: Transition, facts: OrderFacts, options: StepOptions, shared: SharedSettings, past: Past
) -> tuple[Status, dict[str, Any]]:
    """Return the status after a row's step and the columns it sets.

    Raises:
        RuleViolation: it is to be rolled back, and nobody knows to where.
    """
    match row.target:
        case Status() as status:
            after = status
        case Target.RESUMED:
            after = Status.NEW if options.to_new else (facts.resume_status or Status.NEW)
        case _:
            after = facts.status
    changes = _columns(row, facts, options, shared)
    if row.action is Action.ROLLBACK:
        changes = {"resume_status": _back_to(facts, past), **changes}
    if facts.status is Status.ROLLBACK and after is not Status.ROLLBACK:
        changes["resume_status"] = None
    if row.target is Target.RESUMED:
        changes["previous_status"] = past.before(after)
    return after, changes


def _back_to(facts: OrderFacts, past: Past) -> Status:
    status = past.before(facts.status) or facts.previous_status
    if status is None:
        raise RuleViolation(
            msg(
                "{reference} is “{status}”, and no earlier status is known: it cannot be rolled back.",
                reference=facts.reference,
                status=status_name(facts.status),
            )
        )
    return status


def _columns(row: Transition, facts: OrderFacts, options: StepOptions, shared: SharedSettings) -> dict[str, Any]:
    match row.action:
        case Action.PACK:
            return {"packed_on": options.date}
        case Action.LABELS:
            printed: dict[str, Any] = {"label_count": facts.label_count + 1, **_up_to_date(facts)}
            return printed if row.variant else {**printed, "packed_on": options.date}
        case Action.PUSH:
            return {"shipping_company_id": options.company_id, "from_stock": options.from_stock}
        case Action.ASSIGN:
            person = {"delivery_person_id": options.person_id}
            return (
                person if row.variant else {**person, "warehouse_id": options.warehouse_id, "shipped_on": options.date}
            )
        case Action.SHIP:
            return {"shipped_on": options.date, "warehouse_id": source_warehouse(facts, options, shared)}
        case Action.DELIVER:
            return {"delivered_on": options.date}
        case Action.RETURN:
            return {"returned_on": options.date}
        case _:
            return _columns_aside(row.action, facts, options)


def _columns_aside(action: Action, facts: OrderFacts, options: StepOptions) -> dict[str, Any]:
    """Return the columns of the steps off the main road."""
    match action:
        case Action.CANCEL:
            return {"cancel_reason": options.reason.strip(), "canceled_on": options.date}
        case Action.OUT_OF_STOCK:
            return {"short_skus": json.dumps(sorted(options.short_skus or ()))}
        case Action.BACK_IN_STOCK:
            return {**_JOURNEY, "label_count": 0, **_up_to_date(facts)}
        case Action.RENEW:
            begun = {"attempt": facts.attempt + 1, "label_count": 0, "hand_over_id": None}
            return {**_JOURNEY, **begun, **_up_to_date(facts)}
        case Action.ROLLBACK:
            return dict(_UNDONE[facts.status])
        case Action.RESUME:
            return dict(_JOURNEY) if options.to_new else {}
        case Action.HOLD:
            return {"held": True, "hold_reason": options.reason.strip()}
        case Action.RELEASE:
            return {"held": False, "hold_reason": None}
        case Action.STRIKE:
            return {"hand_over_id": None}
        case _:
            return {}


def _up_to_date(facts: OrderFacts) -> dict[str, Any]:
    """Return what says that no label is older than the order, where something says the contrary."""
    return {"label_outdated": False} if facts.label_outdated else {}


def waits_for_own_stock(facts: OrderFacts) -> bool:
    """Tell whether an order leaves from what its shipping company keeps for us."""
    return facts.status is Status.WAITING and bool(facts.from_stock)


def source_warehouse(facts: OrderFacts, options: StepOptions, shared: SharedSettings) -> int | None:
    """Return the warehouse that a shipment leaves: the company's own virtual one when it ships from its stock."""
    if waits_for_own_stock(facts):
        return shared.virtual_warehouses.get(facts.shipping_company_id or 0)
    return options.warehouse_id
