"""Which parcel goes along with which carrier: judged here for the scanner, for lists and for the signature alike.

The database selects by the same facts for speed (``data/paper/hand_overs.py``); a test compares the two.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from warehouse_desk.common.formats import when_text
from warehouse_desk.common.messages import Message, msg
from warehouse_desk.domain.errors import RuleViolation
from warehouse_desk.domain.orders.leaving import why_not_leave
from warehouse_desk.domain.orders.order import OrderFacts
from warehouse_desk.domain.orders.step_options import StepOptions
from warehouse_desk.domain.results import ActionResult, Outcome
from warehouse_desk.domain.shared_settings import SharedSettings
from warehouse_desk.domain.status import Status, status_name

BROUGHT_TO_AN_END = (Status.DELIVERED, Status.RETURNED)
"""Statuses of a parcel that was taken along before its sheet was signed."""


TAKEN_ALONG = (Status.WAITING, Status.SHIPPED, *BROUGHT_TO_AN_END)
"""Statuses of a parcel that a carrier has: a company may have it before it is marked as shipped."""


@dataclass(frozen=True, slots=True)
class Carrier:
    """Who takes the parcels: a company or a person, never both."""

    company_id: int | None
    person_id: int | None

    @property
    def statuses(self) -> tuple[Status, ...]:
        """The statuses in which a parcel goes along: shipped, and for a company also waiting for it."""
        return (Status.SHIPPED,) if self.company_id is None else (Status.WAITING, Status.SHIPPED)

    def is_named_by(self, facts: OrderFacts) -> bool:
        """Tell whether an order was pushed to the company, or assigned to the person."""
        if self.company_id is not None:
            return facts.shipping_company_id == self.company_id
        return facts.delivery_person_id == self.person_id


@dataclass(frozen=True, slots=True)
class OnSheet:
    """The sheet that an order's parcel stands on in its present attempt, and who put it there, when and where."""

    number: int
    closed: bool
    at: datetime | None
    user_name: str
    station_name: str


def judge_hand_over(
    facts: OrderFacts, carrier: Carrier, on: OnSheet | None, today: date, options: StepOptions, shared: SharedSettings
) -> ActionResult | None:
    """Return why a parcel does not go along with a carrier, or None where it does.

    ``on`` is the carrier's sheet that the parcel stands on already, open or closed; ``options`` says what a supervisor
    allows.
    """
    if on is not None:
        return facts.answer(Outcome.ALREADY, _taken_before(facts, on, today))
    if facts.hand_over_id is not None:
        return facts.answer(Outcome.REFUSED, taken_along(facts))
    if facts.held:
        message = msg(
            "{reference} is on hold: {reason}. Keep the parcel here; a supervisor must release it first.",
            reference=facts.reference,
            reason=facts.hold_reason or "",
        )
        return facts.answer(Outcome.REFUSED, message)
    if facts.status not in carrier.statuses:
        message = msg(
            "{reference} is “{status}”: keep the parcel here. Status needed: {wanted}.",
            reference=facts.reference,
            status=status_name(facts.status),
            wanted=[status_name(status) for status in carrier.statuses],
        )
        return facts.answer(Outcome.REFUSED, message)
    if not carrier.is_named_by(facts):
        message = msg(
            "{reference} is for another carrier. Keep the parcel here and look it up.",
            reference=facts.reference,
        )
        return facts.answer(Outcome.REFUSED, message)
    stays = why_not_leave(facts, options, shared)
    return None if stays is None else facts.answer(Outcome.REFUSED, stays)


def is_due(facts: OrderFacts, carrier: Carrier, day: date) -> bool:
    """Tell whether a parcel that goes along with a carrier is expected on a day's sheet.

    Of a company: what waits for it. Of a person: what was shipped with them on the day.
    """
    return facts.status is Status.WAITING if carrier.person_id is None else facts.shipped_on == day


def stands_with(facts: OrderFacts, carrier: Carrier) -> bool:
    """Tell whether a parcel on a carrier's sheet may be signed for: it still goes along, or was taken along already."""
    if facts.hand_over_id is not None:
        return False  # signed for on another sheet
    is_there = facts.status in (*carrier.statuses, *BROUGHT_TO_AN_END)
    return is_there and carrier.is_named_by(facts) and not facts.held and not facts.deleted


def check_taken_along(facts: OrderFacts, status_after: Status | None, changes: Mapping[str, Any]) -> None:
    """Refuse a step after which an order would no longer be what its closed hand-over says: with that carrier.

    ``status_after`` is None where the order is deleted. Steps that end the hand-over itself, a strike or the next
    attempt, clear ``hand_over_id``.

    Raises:
        RuleViolation: the sentence names the sheet and the way out.
    """
    if facts.hand_over_id is None or changes.get("hand_over_id", facts.hand_over_id) is None:
        return
    if status_after is Status.ROLLBACK:
        status_after = changes.get("resume_status", facts.resume_status)
    carriers = {name: changes.get(name, getattr(facts, name)) for name in ("shipping_company_id", "delivery_person_id")}
    if status_after not in TAKEN_ALONG or any(getattr(facts, name) != now for name, now in carriers.items()):
        raise RuleViolation(taken_along(facts))


def taken_along(facts: OrderFacts) -> Message:
    """Return the sentence for an order that a closed hand-over binds."""
    return msg(
        "{reference} is on pickup sheet {number}, which is closed: the carrier took it. If "
        "the parcel is still here, a supervisor can strike it off with a reason; then try "
        "again.",
        reference=facts.reference,
        number=facts.hand_over_id or 0,
    )


def kept_as_signed(message: Message, number: int) -> Message:
    """Return what is said of a change with the word that a closed hand-over does not follow it."""
    return msg(
        "{said} Pickup sheet {number} is closed and stays as it was signed: tell the carrier.",
        said=message,
        number=number,
    )


def _taken_before(facts: OrderFacts, on: OnSheet, today: date) -> Message:
    when: Message | str = "-" if on.at is None else when_text(on.at, today)
    return msg(
        "{reference} was handed over {when} by {who} (station {station}): sheet {number}. Nothing to do.",
        reference=facts.reference,
        when=when,
        who=on.user_name or "-",
        station=on.station_name or "-",
        number=on.number,
    )
