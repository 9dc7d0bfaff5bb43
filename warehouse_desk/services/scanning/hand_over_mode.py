"""Hand-over: parcels scanned while a company or a delivery person takes them are the lines of its open sheet."""

from warehouse_desk.common.messages import msg
from warehouse_desk.data import shared_settings
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.orders import facts as order_facts
from warehouse_desk.data.paper import hand_overs as store
from warehouse_desk.data.scanning.scans import StoredAnswer
from warehouse_desk.domain.errors import WrongUsage
from warehouse_desk.domain.orders.hand_over import Carrier, judge_hand_over
from warehouse_desk.domain.orders.order import OrderFacts
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.results import ActionResult, Outcome
from warehouse_desk.domain.scanning.scans import HandOverCount, PastScan
from warehouse_desk.services.context import Context
from warehouse_desk.services.orders.steps import check_named, let_go, require_allowances
from warehouse_desk.services.scanning.codes import not_an_order
from warehouse_desk.services.scanning.request import ScanInMode
from warehouse_desk.services.subject import Subject


def hand_over_scan(scan: ScanInMode) -> StoredAnswer:
    """Put a parcel on the open sheet of the company or person set at the station; the order's status stays.

    Raises:
        WrongUsage: neither company nor person is set, or both are.
        NotFound: the one that is set is not in use.
    """
    options = scan.options
    if (options.company_id is None) == (options.person_id is None):
        raise WrongUsage(msg("Choose the company or the delivery person who takes the parcels, then scan again."))
    check_named(scan.uow, options)
    require_allowances(scan.ctx.caller, options)
    carrier = Carrier(options.company_id, options.person_id)
    # The sheet before the order: whoever closes it takes its locks in the same order.
    number = store.lock_draft(scan.uow, carrier)
    facts = order_facts.facts_by_code(scan.uow, scan.code, lock=True) if scan.code else None
    if facts is None or facts.deleted:
        return StoredAnswer(not_an_order(scan))
    on = store.sheets_of(scan.uow, carrier, [facts.id]).get(facts.id)
    shared = shared_settings.read(scan.uow)
    refusal = judge_hand_over(facts, carrier, on, scan.ctx.today(), options, shared)
    if refusal is not None:
        return StoredAnswer(refusal)
    if number is None:
        number = store.draft_of(scan.uow, carrier, options.date, scan.signature)
    store.set_day(scan.uow, number, options.date)
    let_go(scan.uow, [facts], options, shared, scan.signature)
    store.add_parcels(scan.uow, number, [facts.id], scan.signature)
    message = msg(
        "{reference} is handed over: parcel {count} of sheet {number}.",
        reference=facts.reference,
        count=len(store.order_ids(scan.uow, number)),
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
        message = msg(
            "{reference} is here again, removed from sheet {number}.", reference=facts.reference, number=number
        )
        return facts.answer(Outcome.DONE, message)
    on = store.sheets_of(uow, None, [facts.id]).get(facts.id)
    if on is None:
        message = msg("{reference} is on no pickup sheet. Nothing to do.", reference=facts.reference)
    else:
        message = msg(
            "{reference} is on pickup sheet {number}, which is closed: this cannot be undone.",
            reference=facts.reference,
            number=on.number,
        )
    return facts.answer(Outcome.REFUSED, message)
