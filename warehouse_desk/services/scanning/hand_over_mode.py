"""Hand-over: parcels scanned while a company or a delivery person takes them are the lines of its open sheet."""

from warehouse_desk.common.formats import said_moment
from warehouse_desk.common.messages import Message, msg
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.orders import facts as order_facts
from warehouse_desk.data.paper import hand_overs as store
from warehouse_desk.data.paper.hand_overs import Carrier
from warehouse_desk.data.scanning.scans import StoredAnswer
from warehouse_desk.domain.errors import WrongUsage
from warehouse_desk.domain.orders.order import OrderFacts
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.results import ActionResult, Outcome
from warehouse_desk.domain.scanning.scans import HandOverCount, PastScan
from warehouse_desk.domain.status import Status, status_name
from warehouse_desk.services.context import Context
from warehouse_desk.services.orders.steps import check_named
from warehouse_desk.services.scanning.codes import not_an_order
from warehouse_desk.services.scanning.request import Asked
from warehouse_desk.services.subject import Subject


def hand_over_scan(asked: Asked) -> StoredAnswer:
    """Put a parcel on the open sheet of the company or person set at the station; the order's status stays.

    Raises:
        WrongUsage: neither company nor person is set, or both are.
        NotFound: the one that is set is not in use.
    """
    given = asked.given
    if (given.company_id is None) == (given.person_id is None):
        raise WrongUsage(msg("Choose the company or the delivery person who takes the parcels, then scan again."))
    check_named(asked.uow, given)
    carrier = Carrier(given.company_id, given.person_id)
    # The sheet before the order: whoever closes it takes its locks in the same order.
    number = store.lock_draft(asked.uow, carrier)
    facts = order_facts.facts_by_code(asked.uow, asked.code, lock=True) if asked.code else None
    if facts is None or facts.deleted:
        return StoredAnswer(not_an_order(asked.uow, asked.code))
    refusal = _refusal(asked, carrier, facts)
    if refusal is not None:
        return StoredAnswer(refusal)
    if number is None:
        number = store.draft_of(asked.uow, carrier, given.date, asked.signature)
    store.set_day(asked.uow, number, given.date)
    store.add_parcels(asked.uow, number, [facts.id], asked.signature)
    message = msg(
        "{reference} is handed over: parcel {count} of sheet {number}.",
        reference=facts.reference,
        count=len(store.order_ids(asked.uow, number)),
        number=number,
    )
    return StoredAnswer(facts.answer(Outcome.DONE, message))


class HandOverCounts(Subject):
    """The parcels that a carrier takes."""

    def hand_over_count(self, company_id: int | None, person_id: int | None) -> HandOverCount:
        """Return the parcels on the open sheet of a company or person and those still expected."""
        self.context.caller.require(Ability.VIEW)
        with self.context.database.read() as uow:
            return store.count_of(uow, Carrier(company_id, person_id), self.context.today())


def take_parcel_back(uow: UnitOfWork, _ctx: Context, _past: PastScan, facts: OrderFacts) -> ActionResult:
    """Take a parcel off the open sheet again; what a closed sheet says stays."""
    number = store.take_back(uow, facts)
    if number is not None:
        message = msg("{reference} is here again, off sheet {number}.", reference=facts.reference, number=number)
        return facts.answer(Outcome.DONE, message)
    on = store.sheet_of(uow, None, facts)
    if on is None:
        message = msg("{reference} is on no hand-over sheet. Nothing to do.", reference=facts.reference)
    else:
        message = msg(
            "{reference} stands on hand-over {number}, which is closed: it cannot be taken back.",
            reference=facts.reference,
            number=on.number,
        )
    return facts.answer(Outcome.REFUSED, message)


def _taken_before(asked: Asked, carrier: Carrier, facts: OrderFacts) -> Message | None:
    on = store.sheet_of(asked.uow, carrier, facts)
    if on is None:
        return None
    when: Message | str = "-" if on.at is None else said_moment(on.at, asked.ctx.today())
    return msg(
        "{reference} was handed over {when} by {station}, {who}: sheet {number}. Nothing to do.",
        reference=facts.reference,
        when=when,
        who=on.user_name or "-",
        station=on.station_name or "-",
        number=on.number,
    )


def _refusal(asked: Asked, carrier: Carrier, facts: OrderFacts) -> ActionResult | None:
    before = _taken_before(asked, carrier, facts)
    if before is not None:
        return facts.answer(Outcome.ALREADY, before)
    if facts.held:
        message = msg(
            "{reference} is on hold: {reason}. Keep the parcel here; a supervisor must release it first.",
            reference=facts.reference,
            reason=facts.hold_reason or "",
        )
        return facts.answer(Outcome.REFUSED, message)
    given = asked.given
    ready = (Status.WAITING, Status.SHIPPED) if given.company_id is not None else (Status.SHIPPED,)
    if facts.status not in ready:
        message = msg(
            "{reference} is {status}: keep the parcel here. It goes with: {wanted}.",
            reference=facts.reference,
            status=status_name(facts.status),
            wanted=[status_name(status) for status in ready],
        )
        return facts.answer(Outcome.REFUSED, message)
    expected = (facts.shipping_company_id, facts.delivery_person_id)
    if given.company_id not in (None, expected[0]) or given.person_id not in (None, expected[1]):
        message = msg(
            "{reference} does not go with this one: it is for somebody else. Keep the parcel here and look it up.",
            reference=facts.reference,
        )
        return facts.answer(Outcome.REFUSED, message)
    return None
