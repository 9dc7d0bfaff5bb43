"""Orders that are already what was asked for: a calm answer only where everything that was named is so.

An order that has the status, but another company, warehouse or person than was named, is refused with what it has and
with the way to change that (docs/rules.md#already).
"""

import json
from datetime import date

from warehouse_desk.common.formats import day_text
from warehouse_desk.common.messages import Message, msg
from warehouse_desk.domain.orders.days import day_in
from warehouse_desk.domain.orders.naming import NameOf
from warehouse_desk.domain.orders.order import OrderFacts
from warehouse_desk.domain.orders.step_options import StepOptions
from warehouse_desk.domain.orders.transitions import Action, Need, main_target
from warehouse_desk.domain.shared_settings import SharedSettings
from warehouse_desk.domain.status import Status, status_name


def has_the_status(facts: OrderFacts, action: Action) -> bool:
    """Tell whether an order is where an action would bring it, whatever else the action names."""
    if action is Action.HOLD:
        return facts.held
    if action is Action.RELEASE:
        return not facts.held
    if action is Action.LABELS or (action is Action.ASSIGN and facts.status is Status.SHIPPED):
        return False
    return main_target(action) is facts.status


def is_already(facts: OrderFacts, action: Action, options: StepOptions, shared: SharedSettings) -> bool:
    """Tell whether an order is all that was asked for."""
    if mismatch(facts, action, options, shared) is not None:
        return False
    if action is Action.ASSIGN and facts.status is Status.SHIPPED:
        return facts.delivery_person_id is not None and facts.delivery_person_id == options.person_id
    return has_the_status(facts, action)


def mismatch(facts: OrderFacts, action: Action, options: StepOptions, shared: SharedSettings) -> Message | None:
    """Return why an order that has the status is not what was asked for; None where nothing speaks against it."""
    if action is Action.ASSIGN and facts.status is Status.SHIPPED and facts.delivery_person_id is not None:
        return _other_warehouse(_ASSIGNED, facts, options)
    if not has_the_status(facts, action):
        return None
    match action:
        case Action.PUSH:
            return _other_push(facts, options)
        case Action.SHIP:
            return None if _left_own_stock(facts, options, shared) else _other_warehouse(_SHIPPED, facts, options)
        case Action.OUT_OF_STOCK:
            return _other_skus(facts, options.short_skus or ())
        case _:
            return None


_SHIPPED = msg(
    "{reference} left {present}, not {asked}. To ship it from another warehouse, a supervisor must roll it back first."
)
_ASSIGNED = msg(
    "{reference} left {present}, not {asked}. To change the delivery person, choose "
    "{present}; to ship it from another warehouse, a supervisor must roll it back first."
)
_OTHER_COMPANY = msg(
    "{reference} waits for {present}, not for {asked}. Undo that push first, or let a supervisor roll it back."
)
_FROM_ITS_OWN = msg(
    "{reference} waits for {present}, which ships it from its own stock. To change that, "
    "undo the push first, or let a supervisor roll it back."
)
_FROM_OURS = msg(
    "{reference} waits for {present}, which collects it from our warehouse. To change "
    "that, undo the push first, or let a supervisor roll it back."
)


def _other_warehouse(sentence: Message, facts: OrderFacts, options: StepOptions) -> Message | None:
    if options.warehouse_id in {None, facts.warehouse_id}:
        return None
    return sentence.with_params(
        reference=facts.reference,
        present=NameOf(Need.WAREHOUSE, facts.warehouse_id),
        asked=NameOf(Need.WAREHOUSE, options.warehouse_id),
    )


def _left_own_stock(facts: OrderFacts, options: StepOptions, shared: SharedSettings) -> bool:
    """Tell whether an order left its company's stock, as it does whatever warehouse of ours is named."""
    virtual = shared.virtual_warehouses
    own_stock = virtual.get(facts.shipping_company_id or 0)
    return own_stock is not None and facts.warehouse_id == own_stock and options.warehouse_id not in virtual.values()


def _other_push(facts: OrderFacts, options: StepOptions) -> Message | None:
    present = NameOf(Need.COMPANY, facts.shipping_company_id)
    if options.company_id != facts.shipping_company_id:
        asked = NameOf(Need.COMPANY, options.company_id)
        return _OTHER_COMPANY.with_params(reference=facts.reference, present=present, asked=asked)
    if bool(options.from_stock) is bool(facts.from_stock):
        return None
    sentence = _FROM_ITS_OWN if facts.from_stock else _FROM_OURS
    return sentence.with_params(reference=facts.reference, present=present)


def _other_skus(facts: OrderFacts, skus: tuple[str, ...]) -> Message | None:
    noted = json.loads(facts.short_skus or "[]")
    if not skus or set(skus) == set(noted):
        return None
    return msg(
        "{reference} is out of stock because of {noted}, not {asked}. To change that, mark it back in stock first.",
        reference=facts.reference,
        noted=noted or "-",
        asked=sorted(set(skus)),
    )


def already_message(facts: OrderFacts, action: Action | None = None, day: date | None = None) -> Message:
    """Return the calm sentence for an order that already is what was asked for; ``day``: the one asked for."""
    if action is Action.HOLD:
        return msg(
            "{reference} is already on hold: {reason}.", reference=facts.reference, reason=facts.hold_reason or ""
        )
    if action is Action.RELEASE:
        return msg("{reference} is not on hold. Nothing to do.", reference=facts.reference)
    status = status_name(facts.status)
    kept = day_in(facts, facts.status)
    if day is None or kept is None or kept == day:
        return msg("{reference} is already “{status}”.", reference=facts.reference, status=status)
    return msg(
        "{reference} is already “{status}”, since {day}.", reference=facts.reference, status=status, day=day_text(kept)
    )
