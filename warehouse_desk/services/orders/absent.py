"""Codes behind which there is no order to work on: never heard of, or deleted, and then by whom."""

from datetime import date

from warehouse_desk.common.formats import when_text
from warehouse_desk.common.messages import Message, msg
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.orders.details import deletion_of
from warehouse_desk.data.orders.facts import several_by_code
from warehouse_desk.domain.orders.order import OrderFacts
from warehouse_desk.domain.orders.tracking import means_several
from warehouse_desk.domain.results import ActionResult, Outcome, unknown


def absent(uow: UnitOfWork, key: int | str, facts: OrderFacts | None, today: date) -> ActionResult:
    """Answer a code without a living order: ``facts`` are those of a deleted one, or None."""
    if facts is None:
        several = several_by_code(uow, key) if isinstance(key, str) else []
        if several:
            return ActionResult(str(key), Outcome.REFUSED, None, None, means_several(str(key), several))
        return unknown(str(key))
    return ActionResult(facts.reference, Outcome.UNKNOWN, None, None, _deleted(uow, facts, today))


def why_absent(uow: UnitOfWork, key: int | str, facts: OrderFacts | None, today: date) -> Message:
    """Return the sentence of :func:`absent`, for requests that are refused as a whole."""
    return absent(uow, key, facts, today).message


def _deleted(uow: UnitOfWork, facts: OrderFacts, today: date) -> Message:
    event = deletion_of(uow, facts.id)
    return msg(
        "{reference} was deleted {when} by {who} (station {station}). Keep its parcel here "
        "and ask them; if the order is still needed, create it again.",
        reference=facts.reference,
        when="-" if event is None else when_text(event.at, today),
        who=(event and event.user_name) or "-",
        station=(event and event.station_name) or "-",
    )
