"""Hand-over: parcels are scanned while a company or a delivery person takes them, against what is expected."""

from datetime import UTC, date, datetime, time

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.data import handed, order_facts
from warehouse_desk.data.scans import StoredAnswer
from warehouse_desk.domain.abilities import Ability
from warehouse_desk.domain.errors import WrongUsage
from warehouse_desk.domain.orders import OrderFacts
from warehouse_desk.domain.results import ActionResult, Outcome
from warehouse_desk.domain.scans import HandOverCount
from warehouse_desk.domain.status import Status, status_name
from warehouse_desk.services.act import check_named
from warehouse_desk.services.context import Context
from warehouse_desk.services.resolving import not_an_order
from warehouse_desk.services.scan_request import Asked


def hand_over_scan(asked: Asked) -> StoredAnswer:
    """Note that a parcel is given to the company or person set at the station; the order's status stays.

    Raises:
        NotAllowed: the role may not ship.
        WrongUsage: neither company nor person is set, or both are.
        NotFound: the one that is set is not in use.
    """
    asked.ctx.caller.require(Ability.SHIP)
    given = asked.given
    if (given.company_id is None) == (given.person_id is None):
        raise WrongUsage(msg("Choose the company or the delivery person who takes the parcels, then scan again."))
    check_named(asked.uow, given)
    facts = order_facts.facts_by_code(asked.uow, asked.code, lock=True) if asked.code else None
    if facts is None or facts.deleted:
        return StoredAnswer(not_an_order(asked.uow, asked.code))
    refusal = _refusal(asked, facts)
    if refusal is not None:
        return StoredAnswer(refusal)
    handed.note_handed(asked.uow, facts, given.company_id, given.person_id, asked.writer)
    return StoredAnswer(_answer(facts, Outcome.DONE, msg("{reference} is handed over.", reference=facts.reference)))


def count(ctx: Context, company_id: int | None, person_id: int | None) -> HandOverCount:
    """Return the parcels handed to a company or person today and those still expected."""
    ctx.caller.require(Ability.VIEW)
    today = ctx.today()
    with ctx.database.read() as uow:
        return handed.count_for(uow, company_id, person_id, start_of(today), today)


def start_of(day: date) -> datetime:
    """Return the moment at which a day began in the station's time zone."""
    return datetime.combine(day, time.min).astimezone(UTC)


def _refusal(asked: Asked, facts: OrderFacts) -> ActionResult | None:
    before = handed.handed_at(asked.uow, facts)
    if before is not None:
        at, who = before
        message = msg(
            "{reference} was handed over before: {when}, {who}. Nothing to do.",
            reference=facts.reference,
            when=at.astimezone().strftime("%Y-%m-%d %H:%M"),
            who=who or "-",
        )
        return _answer(facts, Outcome.ALREADY, message)
    if facts.held:
        message = msg(
            "{reference} is on hold: {reason}. Keep the parcel here; a supervisor must release it first.",
            reference=facts.reference,
            reason=facts.hold_reason or "",
        )
        return _answer(facts, Outcome.REFUSED, message)
    given = asked.given
    ready = (Status.WAITING, Status.SHIPPED) if given.company_id is not None else (Status.SHIPPED,)
    if facts.status not in ready:
        message = msg(
            "{reference} is {status}: keep the parcel here. It goes with: {wanted}.",
            reference=facts.reference,
            status=status_name(facts.status),
            wanted=[status_name(status) for status in ready],
        )
        return _answer(facts, Outcome.REFUSED, message)
    expected = (facts.shipping_company_id, facts.delivery_person_id)
    if given.company_id not in (None, expected[0]) or given.person_id not in (None, expected[1]):
        message = msg(
            "{reference} does not go with this one: it is for somebody else. Keep the parcel here and look it up.",
            reference=facts.reference,
        )
        return _answer(facts, Outcome.REFUSED, message)
    return None


def _answer(facts: OrderFacts, outcome: Outcome, message: Message) -> ActionResult:
    return ActionResult(facts.reference, outcome, facts.status, facts.status, message, facts.id)
