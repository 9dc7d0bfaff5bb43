"""Tracking: first the parcel's own label, then the courier's; the second is noted on the first."""

from datetime import timedelta

from warehouse_desk.common.codes import plain_code
from warehouse_desk.common.messages import Message, msg
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.orders import facts as order_facts
from warehouse_desk.data.orders import tracking
from warehouse_desk.data.scanning.scans import StoredAnswer
from warehouse_desk.domain.errors import RuleViolation
from warehouse_desk.domain.orders.order import OrderFacts
from warehouse_desk.domain.orders.tracking import check_takes_number, read_tracking
from warehouse_desk.domain.results import ActionResult, Outcome
from warehouse_desk.domain.scanning.scans import CodeKind, PastScan
from warehouse_desk.services.context import Context
from warehouse_desk.services.orders import undo
from warehouse_desk.services.orders.tracking import note_number
from warehouse_desk.services.scanning.codes import not_an_order, resolve
from warehouse_desk.services.scanning.request import ScanInMode

_AT_HAND = timedelta(minutes=5)
"""How long a parcel stays at hand: later, a courier's label would be stuck on who knows what."""

_NOTED = "noted"


def tracking_scan(scan: ScanInMode) -> StoredAnswer:
    """Take a parcel to hand, or note the number that was scanned on the one at hand."""
    uow = scan.uow
    own = order_facts.facts_by_own_code(uow, scan.code, lock=True)
    if own is not None and not own.deleted:
        return StoredAnswer(_take_to_hand(scan, own))
    at_hand = _at_hand(scan)
    if at_hand is None:
        return StoredAnswer(_none_at_hand(scan))
    other = resolve(uow, scan.code)
    if other.kind in {CodeKind.PRODUCT, CodeKind.DELETED} or other.kind in _OF_THE_DESK:
        return StoredAnswer(not_an_order(scan))
    return _note(scan, at_hand)


_OF_THE_DESK = frozenset({CodeKind.COMMAND, CodeKind.BADGE, CodeKind.STATION})


def _take_to_hand(scan: ScanInMode, facts: OrderFacts) -> ActionResult:
    try:
        check_takes_number(facts)
    except RuleViolation as refusal:
        _put(scan, None)
        return facts.answer(Outcome.REFUSED, refusal.message)
    _put(scan, facts.id)
    if facts.tracking_number is not None:
        said = msg(
            "{reference} already has the tracking number {number}. If its label was replaced, scan the new one.",
            reference=facts.reference,
            number=facts.tracking_number,
        )
        return facts.answer(Outcome.DONE, said)
    return facts.answer(Outcome.DONE, msg("{reference}: now scan the courier's label.", reference=facts.reference))


def _note(scan: ScanInMode, facts: OrderFacts) -> StoredAnswer:
    try:
        number = read_tracking(scan.code)
        result = note_number(scan.uow, scan.signature, facts, number)
    except RuleViolation as refusal:
        return StoredAnswer(facts.answer(Outcome.REFUSED, refusal.message))
    _put(scan, None)
    detail = {_NOTED: number} if result.outcome is Outcome.DONE else {}
    return StoredAnswer(result, detail)


def _at_hand(scan: ScanInMode) -> OrderFacts | None:
    """Return the parcel at hand, locked; None where there is none, or it has lain there too long."""
    station = scan.ctx.caller.station_id
    found = None if station is None else tracking.parcel_at(scan.uow, station)
    if found is None or not timedelta(0) <= scan.signature.moment.at - found[1] <= _AT_HAND:
        return None
    facts = order_facts.facts_by_id(scan.uow, found[0], lock=True)
    return None if facts is None or facts.deleted else facts


def _put(scan: ScanInMode, order_id: int | None) -> None:
    if scan.ctx.caller.station_id is not None:
        tracking.put_parcel_at(scan.uow, scan.ctx.caller.station_id, order_id, scan.signature.moment.at)


def _none_at_hand(scan: ScanInMode) -> ActionResult:
    carrier = order_facts.facts_by_code(scan.uow, scan.code, lock=False)
    if carrier is not None and not carrier.deleted:
        said: Message = msg(
            "This is the courier's label of {reference}. Scan our own label on a parcel first.",
            reference=carrier.reference,
        )
        return carrier.answer(Outcome.REFUSED, said)
    if resolve(scan.uow, scan.code).kind is not CodeKind.UNKNOWN:
        return not_an_order(scan)
    said = msg(
        "No order has the code {code}. Scan our own label on the parcel first, then the courier's.",
        code=plain_code(scan.code)[:64],
    )
    return ActionResult(scan.code, Outcome.REFUSED, None, None, said)


def take_number_back(uow: UnitOfWork, ctx: Context, past: PastScan, facts: OrderFacts) -> ActionResult | None:
    """Take back the number that a reading noted; one that only took the parcel to hand noted none."""
    return undo.undo_in(uow, ctx, facts) if _NOTED in past.detail else None
