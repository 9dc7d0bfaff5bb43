"""The days of steps: none after today, none before the order was made, none before the step before it.

docs/rules.md#days says why; a day that a server says is not judged.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from warehouse_desk.common.clock import local_day
from warehouse_desk.common.formats import day_text
from warehouse_desk.common.messages import Message, msg
from warehouse_desk.domain.errors import RuleViolation, WrongUsage
from warehouse_desk.domain.orders.order import OrderFacts
from warehouse_desk.domain.orders.transitions import Action, action_name, main_target
from warehouse_desk.domain.status import Status, status_name

DAY_OF: Mapping[Status, str] = {
    Status.PACKED: "packed_on",
    Status.SHIPPED: "shipped_on",
    Status.DELIVERED: "delivered_on",
    Status.RETURNED: "returned_on",
    Status.CANCELED: "canceled_on",
}
"""The column that keeps on which day an order came to a status, in the order in which a parcel meets them."""

_OTHER_CLOCK = timedelta(days=1)
"""How far ahead of this station's another station's calendar may be: its clock, or its time zone."""


def sets_a_day(action: Action) -> bool:
    """Tell whether an action keeps the day that it is given."""
    return main_target(action) in DAY_OF


def day_in(facts: OrderFacts, status: Status) -> date | None:
    """Return the day that an order keeps of a status, None where it keeps none."""
    column = DAY_OF.get(status)
    day: date | None = None if column is None else getattr(facts, column)
    return day


def check_not_ahead(action: Action, day: date, today: date) -> None:
    """Refuse a day that has not come yet, whatever the order.

    Raises:
        WrongUsage: it is after today.
    """
    if day > today:
        raise WrongUsage(_ahead(action, day, today), "date")


def check_day(facts: OrderFacts, action: Action, day: date, today: date, earlier_journey: date | None) -> None:
    """Refuse a day on which an order cannot have taken a step.

    ``earlier_journey`` is the last day of the order's attempt before this one, where it is known. Today is possible
    even if another station, whose clock is ahead or whose day has begun, wrote tomorrow.

    Raises:
        RuleViolation: the day is after today, or before the order was made or last took a step.
    """
    if day > today:
        raise RuleViolation(msg("{reference}: {reason}", reference=facts.reference, reason=_ahead(action, day, today)))
    last = _last_before(facts, earlier_journey)
    if last is None:
        return
    since, event = last
    if day < min(since, today) or since > today + _OTHER_CLOCK:
        raise RuleViolation(_too_early(action, day, today, since, event))


def _ahead(action: Action, day: date, today: date) -> Message:
    return msg(
        "“{action}” cannot be on {day}, because today is {today}. Choose today or an earlier day.",
        action=action_name(action),
        day=day_text(day),
        today=day_text(today),
    )


def _too_early(action: Action, day: date, today: date, since: date, event: Message) -> Message:
    if since > today:
        return msg(
            "{happened}, but on this station today is {today}. Correct its clock, then repeat the step.",
            happened=event,
            today=day_text(today),
        )
    return msg(
        "{happened}: “{action}” cannot be earlier, on {day}. Choose {since} or later.",
        happened=event,
        action=action_name(action),
        day=day_text(day),
        since=day_text(since),
    )


def _last_before(facts: OrderFacts, earlier_journey: date | None) -> tuple[date, Message] | None:
    """Return the latest day that is known of an order, and what happened on it."""
    known: list[tuple[date, Message]] = []
    if facts.created_at is not None:
        known.append((local_day(facts.created_at), msg("{reference} was created on {since}")))
    if earlier_journey is not None:
        known.append((earlier_journey, msg("The previous journey of {reference} ended on {since}")))
    for status in DAY_OF:
        day = day_in(facts, status)
        if day is not None:
            known.append((day, msg("{reference} became “{status}” on {since}").with_params(status=status_name(status))))
    if not known:
        return None
    since, event = max(reversed(known), key=lambda entry: entry[0])
    return since, event.with_params(reference=facts.reference, since=day_text(since))
