"""What a code is: found out by looking it up, not by its form."""

from warehouse_desk.common.codes import plain_code
from warehouse_desk.common.messages import Message, msg
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.goods import codes
from warehouse_desk.data.orders import facts as order_facts
from warehouse_desk.domain.results import ActionResult, Outcome, unknown
from warehouse_desk.domain.scanning.scans import CodeKind, Resolved
from warehouse_desk.services.orders.absent import absent
from warehouse_desk.services.scanning.request import ScanInMode
from warehouse_desk.wedge.grammar import BADGE_PREFIX, COMMAND_PREFIX, STATION_PREFIX

_DESK_PREFIXES = {
    COMMAND_PREFIX: CodeKind.COMMAND,
    BADGE_PREFIX: CodeKind.BADGE,
    STATION_PREFIX: CodeKind.STATION,
}


def resolve(uow: UnitOfWork, code: str) -> Resolved:
    """Say what a code is: an order by reference, server reference or tracking number, a product, or one of the desk."""
    text = plain_code(code)
    desk_kind = _DESK_PREFIXES.get(text[:3].upper())
    if desk_kind is not None:
        return Resolved(desk_kind, text.upper())
    facts = order_facts.facts_by_code(uow, text, lock=False) if text else None
    if facts is not None:
        kind = CodeKind.DELETED if facts.deleted else CodeKind.ORDER
        return Resolved(kind, text, order_id=facts.id, name=facts.reference)
    several = order_facts.several_by_code(uow, text) if text else []
    if several:
        return Resolved(CodeKind.SEVERAL, text, name=", ".join(several))
    found = codes.product_by_code(uow, text) if text else None
    if found is not None:
        number, _sku, name, pieces = found
        return Resolved(CodeKind.PRODUCT, text, product_id=number, name=name, pieces=pieces)
    return Resolved(CodeKind.UNKNOWN, text)


def not_an_order(scan: ScanInMode) -> ActionResult:
    """Answer a code that no living order carries: say what it is instead, or who deleted the order."""
    uow, code = scan.uow, scan.code
    found = resolve(uow, code)
    if found.kind is CodeKind.DELETED and found.order_id is not None:
        return absent(uow, code, order_facts.facts_by_id(uow, found.order_id, lock=False), scan.ctx.today())
    if found.kind is CodeKind.SEVERAL:
        return absent(uow, code, None, scan.ctx.today())
    sentence = _OTHER.get(found.kind)
    if sentence is None:
        return unknown(code)
    message = sentence.with_params(code=code[:64], name=found.name)
    return ActionResult(code, Outcome.REFUSED, None, None, message)


_OTHER: dict[CodeKind, Message] = {
    CodeKind.PRODUCT: msg("{code} is the product {name}, not an order. Scan the barcode of the order's label."),
    CodeKind.COMMAND: msg("{code} is an action code, not an order. Scan the barcode of the order's label."),
    CodeKind.BADGE: msg("This is a worker's badge, not an order. Scan the barcode of the order's label."),
    CodeKind.STATION: msg("{code} is the barcode of a station, not an order. Scan the barcode of the order's label."),
}
