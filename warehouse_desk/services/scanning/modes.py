"""What a reading does in each mode, inside the transaction that answers it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from warehouse_desk.common.clock import local_day
from warehouse_desk.common.formats import when_text
from warehouse_desk.common.messages import Message, msg
from warehouse_desk.data import shared_settings
from warehouse_desk.data.directories import lookup
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.goods import stock
from warehouse_desk.data.orders import details
from warehouse_desk.data.orders import facts as order_facts
from warehouse_desk.data.scanning.scans import StoredAnswer
from warehouse_desk.domain.errors import NotAllowed
from warehouse_desk.domain.goods.returns import Decision
from warehouse_desk.domain.orders.leaving import with_note
from warehouse_desk.domain.orders.order import OrderFacts
from warehouse_desk.domain.orders.step_options import check_options
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.results import ActionResult, Outcome
from warehouse_desk.domain.scanning.modes import SCAN_MODES, STATUS_MODES, ModeName, mode_named
from warehouse_desk.domain.scanning.scans import CodeKind, PastScan
from warehouse_desk.domain.status import status_name
from warehouse_desk.services.context import Context
from warehouse_desk.services.goods.returns import settle_order, still_waits
from warehouse_desk.services.orders import undo
from warehouse_desk.services.orders.steps import check_named, judge_and_write, require_ability, require_allowances
from warehouse_desk.services.scanning.codes import not_an_order, resolve
from warehouse_desk.services.scanning.hand_over_mode import hand_over_scan, take_parcel_back
from warehouse_desk.services.scanning.request import ScanInMode
from warehouse_desk.services.scanning.tracking_mode import take_number_back, tracking_scan
from warehouse_desk.services.scanning.verification import take_pieces_back, verify_scan

Answer = Callable[[ScanInMode], StoredAnswer]
TakeBack = Callable[[UnitOfWork, Context, PastScan, OrderFacts], ActionResult | None]


@dataclass(frozen=True, slots=True)
class ModeWork:
    """What a reading does in one mode, and how it is undone."""

    answer: Answer
    take_back: TakeBack | None = None
    """Gives None where the reading left nothing to undo; is None in a mode whose readings cannot be taken back."""


def answer(scan: ScanInMode) -> StoredAnswer:
    """Judge a reading in its mode and write what follows.

    Raises:
        DeskError: what was set at the station does not do; nothing was written.
    """
    code = scan.code
    if not code:
        return StoredAnswer(_refused_code("", msg("Nothing was read. Scan the label again.")))
    mode = SCAN_MODES[scan.request.mode]
    if mode.action is None:
        scan.ctx.caller.require(mode.ability)
    return _WORK[mode.name].answer(scan)


def take_back(uow: UnitOfWork, ctx: Context, past: PastScan, facts: OrderFacts) -> ActionResult | None:
    """Undo what a reading did to an order, in the way of its mode; None where it left nothing to undo."""
    mode = mode_named(past.mode)
    undoing = None if mode is None else _WORK[mode.name].take_back
    return None if undoing is None else undoing(uow, ctx, past, facts)


def _refused_code(code: str, message: Message) -> ActionResult:
    return ActionResult(code, Outcome.UNKNOWN, None, None, message)


def _work_of_step(name: ModeName, action: Action) -> ModeWork:
    undoable = SCAN_MODES[name].undoable
    return ModeWork(lambda scan: StoredAnswer(_act(scan, action)), _step_back if undoable else None)


def _step_back(uow: UnitOfWork, ctx: Context, past: PastScan, facts: OrderFacts) -> ActionResult | None:
    return None if past.status_before is past.status_after else undo.undo_in(uow, ctx, facts)


def _act(scan: ScanInMode, action: Action) -> ActionResult:
    check_options(action, scan.options, scan.ctx.today())
    uow, options = scan.uow, scan.options
    facts = order_facts.facts_by_code(uow, scan.code, lock=True)
    if facts is None or facts.deleted:
        return not_an_order(scan)
    try:
        require_ability(scan.ctx, action)
        require_allowances(scan.ctx.caller, options)
    except NotAllowed as refusal:
        return facts.answer(Outcome.REFUSED, refusal.message)
    check_named(uow, options)
    return judge_and_write(uow, scan.signature, action, [(facts.reference, facts)], options)[0]


def _restock(scan: ScanInMode) -> StoredAnswer:
    facts = order_facts.facts_by_code(scan.uow, scan.code, lock=True)
    if facts is None or (facts.deleted and not still_waits(scan.uow, facts)):
        return StoredAnswer(not_an_order(scan))
    decision = Decision(restock=not scan.request.write_off, spare_id=scan.options.warehouse_id)
    return StoredAnswer(settle_order(scan.uow, facts, scan.signature, decision))


def _decision_back(uow: UnitOfWork, ctx: Context, _past: PastScan, facts: OrderFacts) -> ActionResult | None:
    return undo.undo_in(uow, ctx, facts)


def _look_up(scan: ScanInMode) -> StoredAnswer:
    found = resolve(scan.uow, scan.code)
    if found.kind is CodeKind.ORDER and found.order_id is not None:
        return StoredAnswer(_order_answer(scan, found.order_id))
    if found.product_id is not None:
        return StoredAnswer(_product_answer(scan, found.product_id))
    return StoredAnswer(not_an_order(scan))


def _order_answer(scan: ScanInMode, order_id: int) -> ActionResult:
    facts = order_facts.facts_by_id(scan.uow, order_id, lock=False)
    if facts is None:
        return not_an_order(scan)
    today = local_day(scan.signature.moment.at)
    event = details.last_status_event(scan.uow, order_id, facts.status)
    said = msg("{reference} is “{status}”.", reference=facts.reference, status=status_name(facts.status))
    if event is not None:
        said = msg(
            "{reference} is “{status}” since {when}: {who} (station {station}).",
            reference=facts.reference,
            status=status_name(facts.status),
            when=when_text(event.at, today),
            who=event.user_name or "-",
            station=event.station_name or "-",
        )
    if facts.held:
        said = msg("{said} On hold: {reason}.", said=said, reason=facts.hold_reason or "")
    said = with_note(said, facts, shared_settings.read(scan.uow))
    return facts.answer(Outcome.DONE, said)


def _product_answer(scan: ScanInMode, product_id: int) -> ActionResult:
    on_hand = stock.on_hand_everywhere(scan.uow, [product_id]).get(product_id, 0)
    product = lookup.products_by_id(scan.uow, [product_id])[product_id]
    said = msg(
        "{code} is the product {name}. In stock: {on_hand}, reserved: {committed}.",
        code=scan.code,
        name=product.name,
        on_hand=on_hand,
        committed=product.committed,
    )
    return ActionResult(product.sku, Outcome.DONE, None, None, said)


_OWN_WORK = {
    ModeName.VERIFY: ModeWork(verify_scan, take_pieces_back),
    ModeName.TRACKING: ModeWork(tracking_scan, take_number_back),
    ModeName.HAND_OVER: ModeWork(hand_over_scan, take_parcel_back),
    ModeName.RESTOCK: ModeWork(_restock, _decision_back),
    ModeName.LOOK_UP: ModeWork(_look_up),
}
"""The modes that do more, or other things, than one status action."""

_WORK: Mapping[ModeName, ModeWork] = MappingProxyType(
    {**{name: _work_of_step(name, action) for name, action in STATUS_MODES.items()}, **_OWN_WORK}
)


def _faults() -> list[str]:
    faults = [f"{name} does a status action and work of its own" for name in _OWN_WORK if name in STATUS_MODES]
    faults += [f"{name} has neither a status action nor work of its own" for name in SCAN_MODES if name not in _WORK]
    faults += [
        f"{name}: its entry and its work do not agree on whether a reading can be taken back"
        for name, work in _WORK.items()
        if SCAN_MODES[name].undoable is (work.take_back is None)
    ]
    return faults


if _found := _faults():
    raise RuntimeError(f"the work of the scan modes is inconsistent: {'; '.join(_found)}")
