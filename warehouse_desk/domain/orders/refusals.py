"""The sentences with which the rules refuse: the order, the reason, the way out."""

from collections.abc import Sequence

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.domain.orders.order import OrderFacts
from warehouse_desk.domain.orders.transitions import TRANSITIONS, Action, Need, action_name, rows_of
from warehouse_desk.domain.status import Status, status_name

_NEED_NAMES = {
    Need.DATE: msg("Date"),
    Need.WAREHOUSE: msg("Warehouse"),
    Need.REASON: msg("Reason"),
    Need.PERSON: msg("Delivery person"),
    Need.COMPANY: msg("Shipping company"),
    Need.FROM_STOCK: msg("Ships from its own stock (yes or no)"),
    Need.SHORT_SKUS: msg("Short SKUs"),
}


def missing_need(action: Action, need: Need) -> Message:
    """Return the sentence for a request that lacks what its action needs."""
    return msg(
        "“{action}” needs more: {need}. Add it and try again.", action=action_name(action), need=_NEED_NAMES[need]
    )


def goods_are_out(facts: OrderFacts) -> Message:
    """Return the sentence for an order whose goods have left the shelf before its roll back."""
    return msg(
        "{reference} is “{status}”: its goods have left the warehouse. Resume it, then mark it returned.",
        reference=facts.reference,
        status=status_name(facts.resume_status or Status.NEW),
    )


def on_hold(facts: OrderFacts) -> Message:
    """Return the sentence for an order that nothing can be done with until somebody looked at it."""
    return msg(
        "{reference} is on hold: {reason}. A supervisor must release it first.",
        reference=facts.reference,
        reason=facts.hold_reason or "",
    )


_SIDE_ROADS = frozenset({Action.LABELS, Action.ASSIGN})
"""Steps that have a plainer one to the same status; the way out names that one."""


def no_way(facts: OrderFacts, action: Action) -> Message:
    """Return the sentence for a step that the table does not have, with the step to do first where there is one."""
    sources = {source for row in rows_of(action) for source in row.sources}
    for row in TRANSITIONS:
        leads_there = isinstance(row.target, Status) and row.target in sources
        if leads_there and facts.status in row.sources and row.action not in _SIDE_ROADS:
            return msg(
                "{reference} is “{status}”: “{action}” is not possible now. First: “{first}”.",
                reference=facts.reference,
                status=status_name(facts.status),
                action=action_name(action),
                first=action_name(row.action),
            )
    return msg(
        "{reference} is “{status}”: “{action}” is only for orders with this status: {sources}.",
        reference=facts.reference,
        status=status_name(facts.status),
        action=action_name(action),
        sources=[status_name(status) for status in Status if status in sources],
    )


def not_of_the_order(facts: OrderFacts, foreign: Sequence[str], own: Sequence[str]) -> Message:
    """Return the sentence for SKUs that are said to be short and stand on no line of the order."""
    return msg(
        "{reference} does not contain {foreign}. Its products: {own}.",
        reference=facts.reference,
        foreign=list(foreign),
        own=list(dict.fromkeys(own)),
    )


def out_of_use(facts: OrderFacts, action: Action, skus: Sequence[str]) -> Message:
    """Return the sentence for an order whose products may not be promised any more."""
    return msg(
        "{reference}: “{action}” would reserve inactive products: {skus}. Reactivate them, or create a new order.",
        reference=facts.reference,
        action=action_name(action),
        skus=list(skus),
    )
