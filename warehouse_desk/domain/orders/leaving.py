"""May a parcel leave the house as it is: its label says what the order says, its pieces were counted as they are."""

from collections.abc import Mapping
from typing import Any

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.domain.orders.order import OrderFacts
from warehouse_desk.domain.orders.step_options import StepOptions
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.shared_settings import SharedSettings
from warehouse_desk.domain.status import Status

LEAVING = frozenset({Action.PUSH, Action.ASSIGN, Action.SHIP})
"""Steps by which a parcel leaves; a hand-over is judged alike."""

OUTDATED = msg(
    "The label of {reference} is outdated: the order was changed after it was printed. "
    "Print it again (no reason is needed), or ask a supervisor to let it go as it is."
)
UNCOUNTED = msg(
    "The products of {reference} were changed after it was packed. Choose “Verify and "
    "pack” and scan its pieces again, or ask a supervisor to let it go as it is."
)
_HERE = frozenset({Status.NEW, Status.PACKED, Status.WAITING, Status.SHIPPED})
"""Statuses of a parcel that may still lie here; one that was shipped with a person until the sheet is signed."""

PRINT_AGAIN = msg("The label is outdated: the order was changed after it was printed. Print it again.")

_LABEL_ALLOWED = msg("With an outdated label")
_COUNT_ALLOWED = msg("Not counted again")


def is_outdated(facts: OrderFacts) -> bool:
    """Tell whether a parcel that is still here carries a label that says something else than the order."""
    return facts.label_outdated and facts.hand_over_id is None


def must_be_counted(facts: OrderFacts, shared: SharedSettings) -> bool:
    """Tell whether the pieces of a parcel that is still here have to be counted once more."""
    return facts.recount and shared.verify_before_pack and facts.hand_over_id is None


def why_not_leave(facts: OrderFacts, options: StepOptions, shared: SharedSettings) -> Message | None:
    """Return why a parcel has to stay, or None where it may leave or a supervisor lets it go as it is."""
    if is_outdated(facts) and not options.outdated_label:
        return OUTDATED.with_params(reference=facts.reference)
    if must_be_counted(facts, shared) and not options.uncounted:
        return UNCOUNTED.with_params(reference=facts.reference)
    return None


def settled(facts: OrderFacts, options: StepOptions, shared: SharedSettings) -> dict[str, Any]:
    """Return the columns that a supervisor's word settles: what was allowed once is not asked again."""
    label = {"label_outdated": False} if is_outdated(facts) and options.outdated_label else {}
    count = {"recount": False} if must_be_counted(facts, shared) and options.uncounted else {}
    return {**label, **count}


def allowed(changes: Mapping[str, Any]) -> tuple[Message, ...]:
    """Return what the history says of the columns that :func:`settled` gave."""
    said = {"label_outdated": _LABEL_ALLOWED, "recount": _COUNT_ALLOWED}
    return tuple(message for name, message in said.items() if name in changes)


def with_note(message: Message, facts: OrderFacts, shared: SharedSettings) -> Message:
    """Return an answer that also says what has to be done before the parcel leaves."""
    if facts.status not in _HERE:
        return message
    if is_outdated(facts):
        message = msg("{said} Its label is outdated: print it again.", said=message)
    if must_be_counted(facts, shared):
        message = msg("{said} Its products were changed: count it again.", said=message)
    return message
