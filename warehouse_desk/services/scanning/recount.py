"""Counting a parcel once more (docs/rules.md#verification): its products were changed after it was packed."""

from warehouse_desk.common.messages import msg
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.orders.steps import write_steps
from warehouse_desk.domain.orders.order import OrderFacts
from warehouse_desk.domain.orders.refusals import on_hold
from warehouse_desk.domain.orders.rules import finish_step
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.results import ActionResult, Outcome
from warehouse_desk.domain.shared_settings import SharedSettings
from warehouse_desk.domain.status import Status
from warehouse_desk.services.context import Context
from warehouse_desk.services.scanning.request import ScanInMode

_PACKED = frozenset({Status.PACKED, Status.WAITING})


def is_counted_again(facts: OrderFacts) -> bool:
    """Tell whether a reading in the mode "Verify and pack" counts an order again that is packed already."""
    return facts.recount and facts.status in _PACKED and facts.hand_over_id is None


def count_again(scan: ScanInMode, facts: OrderFacts, *, complete: bool) -> ActionResult:
    """Judge whether the order may be counted again; with ``complete`` it was, and is as good as packed now."""
    if facts.held:
        return facts.answer(Outcome.REFUSED, on_hold(facts))
    if complete:
        step = finish_step(Action.COUNT, "", facts, facts.status, {"recount": False}, SharedSettings())
        write_steps(scan.uow, [step], scan.signature)
    return facts.answer(Outcome.DONE, msg("{reference} is counted again.", reference=facts.reference))


def count_once_more(uow: UnitOfWork, ctx: Context, facts: OrderFacts) -> OrderFacts:
    """Take back that an order was counted again, and return it as it is now."""
    if facts.status not in _PACKED or facts.recount:
        return facts
    step = finish_step(Action.UNDO, Action.COUNT.value, facts, facts.status, {"recount": True}, SharedSettings())
    write_steps(uow, [step], ctx.signature())
    return facts._replace(recount=True, version=facts.version + 1)
