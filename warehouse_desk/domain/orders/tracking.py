"""Tracking numbers: the courier's number on a parcel, noted by hand or by scanning the courier's label."""

from collections.abc import Sequence

from warehouse_desk.common.codes import plain_code
from warehouse_desk.common.messages import Message, msg
from warehouse_desk.common.text import is_storable
from warehouse_desk.domain.errors import RuleViolation, WrongUsage
from warehouse_desk.domain.orders.order import OrderFacts
from warehouse_desk.domain.orders.refusals import on_hold
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.status import Status, status_name

MAX_TRACKING = 64
"""Characters of a tracking number: those of a reading from the keyboard."""

TRACKING_ABILITY = Ability.LABELS
"""The courier's label is a label of the parcel like ours."""

WITH_A_PARCEL = (Status.PACKED, Status.WAITING, Status.SHIPPED, Status.DELIVERED, Status.RETURNED)
"""Statuses of orders that are parcels: a label can be stuck on them."""

_NOTED = msg("{reference} has the tracking number {number}.")
_NOTED_ANEW = msg("{reference} has the tracking number {number} instead of {old}.")


def read_tracking(text: str) -> str:
    """Return a tracking number as it was printed.

    Raises:
        WrongUsage: it is empty, too long, or holds what no label does.
    """
    number = plain_code(text)
    if not 1 <= len(number) <= MAX_TRACKING or not number.isprintable() or not is_storable(number):
        raise WrongUsage(
            msg(
                "“{number}” is not a tracking number. Characters: 1 to {limit}.", number=number[:40], limit=MAX_TRACKING
            )
        )
    return number


def check_takes_number(facts: OrderFacts) -> None:
    """Refuse an order that is no parcel, or must not be touched.

    Raises:
        RuleViolation: the sentence names the order and the reason.
    """
    if facts.held:
        raise RuleViolation(on_hold(facts))
    if facts.status not in WITH_A_PARCEL:
        raise RuleViolation(
            msg(
                "{reference} is “{status}”: only a parcel has a tracking number. Status needed: {statuses}.",
                reference=facts.reference,
                status=status_name(facts.status),
                statuses=[status_name(status) for status in WITH_A_PARCEL],
            )
        )


def noted_message(facts: OrderFacts, number: str) -> Message:
    """Return the sentence for a number that was just noted."""
    if facts.tracking_number is None:
        return _NOTED.with_params(reference=facts.reference, number=number)
    return _NOTED_ANEW.with_params(reference=facts.reference, number=number, old=facts.tracking_number)


def says_noted(message: Message) -> bool:
    """Tell whether a sentence says that a number was noted."""
    return message.text in {_NOTED.text, _NOTED_ANEW.text}


def carried_by(number: str, others: Sequence[str]) -> Message:
    """Return the sentence for a number that another order carries, or carried on an earlier journey."""
    return msg(
        "{number} is the tracking number of {others}. Look at the label, and correct that order if it is wrong there.",
        number=number,
        others=list(others),
    )


def means_several(code: str, references: Sequence[str]) -> Message:
    """Return the sentence for a code that more than one order carries."""
    return msg(
        "{code} can be one of these: {references}. Scan our own label, or enter the reference of the order.",
        code=code[:MAX_TRACKING],
        references=list(references),
    )
