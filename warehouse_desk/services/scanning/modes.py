"""What a reading does in each mode, inside the transaction that answers it."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from warehouse_desk.common.clock import local_day
from warehouse_desk.common.messages import Message, msg
from warehouse_desk.data.directories import lookup
from warehouse_desk.data.goods import stock
from warehouse_desk.data.orders import details
from warehouse_desk.data.orders import facts as order_facts
from warehouse_desk.data.scanning.scans import StoredAnswer
from warehouse_desk.domain.errors import NotAllowed
from warehouse_desk.domain.orders.rules import check_given
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.results import ActionResult, Outcome
from warehouse_desk.domain.scanning.modes import SCAN_MODES
from warehouse_desk.domain.status import status_name
from warehouse_desk.services.goods.stock import settle_order
from warehouse_desk.services.orders.moments import said_moment
from warehouse_desk.services.orders.steps import check_named, judge_and_write, require_ability
from warehouse_desk.services.scanning.codes import not_an_order, resolve
from warehouse_desk.services.scanning.hand_over_mode import hand_over_scan
from warehouse_desk.services.scanning.request import Asked
from warehouse_desk.services.scanning.verification import verify_scan

Handler = Callable[[Asked], StoredAnswer]


def answer(asked: Asked) -> StoredAnswer:
    """Judge a reading in its mode and write what follows.

    Raises:
        DeskError: what was set at the station does not do; nothing was written.
    """
    code = asked.code
    if not code:
        return StoredAnswer(_refused_code("", msg("Nothing was read. Scan the label again.")))
    mode = SCAN_MODES[asked.request.mode]
    if mode.action is not None:
        return StoredAnswer(_act(asked, mode.action))
    return _HANDLERS[mode.name](asked)


def _refused_code(code: str, message: Message) -> ActionResult:
    return ActionResult(code, Outcome.UNKNOWN, None, None, message)


def _act(asked: Asked, action: Action) -> ActionResult:
    check_given(action, asked.given)
    uow, given = asked.uow, asked.given
    facts = order_facts.facts_by_code(uow, asked.code, lock=True)
    if facts is None or facts.deleted:
        return not_an_order(uow, asked.code)
    try:
        require_ability(asked.ctx, action)
        if given.allow_negative:
            asked.ctx.caller.require(Ability.NEGATIVE_STOCK)
    except NotAllowed as refusal:
        return ActionResult(facts.reference, Outcome.REFUSED, facts.status, facts.status, refusal.message, facts.id)
    check_named(uow, given)
    return judge_and_write(uow, asked.signature, action, [(facts.reference, facts)], given)[0]


def _restock(asked: Asked) -> StoredAnswer:
    asked.ctx.caller.require(Ability.MANAGE_STOCK)
    facts = order_facts.facts_by_code(asked.uow, asked.code, lock=True)
    if facts is None or facts.deleted:
        return StoredAnswer(not_an_order(asked.uow, asked.code))
    restock = not asked.request.write_off
    return StoredAnswer(settle_order(asked.uow, facts, asked.signature, restock=restock))


def _look_up(asked: Asked) -> StoredAnswer:
    asked.ctx.caller.require(Ability.VIEW)
    found = resolve(asked.uow, asked.code)
    if found.order_id is not None:
        return StoredAnswer(_order_found(asked, found.order_id))
    if found.product_id is not None:
        return StoredAnswer(_product_found(asked, found.product_id))
    return StoredAnswer(not_an_order(asked.uow, asked.code))


def _order_found(asked: Asked, order_id: int) -> ActionResult:
    facts = order_facts.facts_by_id(asked.uow, order_id, lock=False)
    if facts is None:
        return not_an_order(asked.uow, asked.code)
    today = local_day(asked.signature.moment.at)
    event = details.last_status_event(asked.uow, order_id, facts.status)
    said = msg("{reference} is {status}.", reference=facts.reference, status=status_name(facts.status))
    if event is not None:
        said = msg(
            "{reference} is {status} since {when}: {who}, {station}.",
            reference=facts.reference,
            status=status_name(facts.status),
            when=said_moment(event.at, today),
            who=event.user_name or "-",
            station=event.station_name or "-",
        )
    if facts.held:
        said = msg("{said} On hold: {reason}.", said=said, reason=facts.hold_reason or "")
    return ActionResult(facts.reference, Outcome.DONE, facts.status, facts.status, said, facts.id)


def _product_found(asked: Asked, product_id: int) -> ActionResult:
    on_hand = stock.on_hand_everywhere(asked.uow, [product_id]).get(product_id, 0)
    product = lookup.products_by_id(asked.uow, [product_id])[product_id]
    said = msg(
        "{code} is the product {name}. On the shelves: {on_hand}, promised: {committed}.",
        code=asked.code,
        name=product.name,
        on_hand=on_hand,
        committed=product.committed,
    )
    return ActionResult(product.sku, Outcome.DONE, None, None, said)


_HANDLERS: Mapping[str, Handler] = MappingProxyType(
    {"verify": verify_scan, "hand-over": hand_over_scan, "restock": _restock, "look-up": _look_up}
)
