"""Create orders in bulk: all of them or none, with every fault named by its path."""

import logging
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import Any

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.common.text import fold, search_key
from warehouse_desk.data import counters
from warehouse_desk.data.directories import lookup
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.goods import stock
from warehouse_desk.data.goods.stock import MovementOf
from warehouse_desk.data.orders import inserts, steps, twins
from warehouse_desk.data.orders.steps import JournalEntry
from warehouse_desk.domain.directories.entries import Product
from warehouse_desk.domain.errors import PossibleTwin
from warehouse_desk.domain.fields import raise_faults
from warehouse_desk.domain.goods.stock import Movement
from warehouse_desk.domain.orders.drafts import OrderDraft, read_new_orders, unread_of_new_orders
from warehouse_desk.domain.orders.fingerprint import TWIN_HOURS, content_hash, fingerprint, twin_key
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.orders.wire import create_body
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.phone import phone_keys
from warehouse_desk.domain.results import ChangeSet
from warehouse_desk.domain.signature import Signature
from warehouse_desk.domain.status import Status
from warehouse_desk.services.requests import Stored, once, read_messages, request_of, stored_messages
from warehouse_desk.services.subject import Subject

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Created:
    """The orders that were created, in the order in which they were given."""

    references: tuple[str, ...]
    changes: ChangeSet
    notices: tuple[Message, ...] = ()
    """What else is to be said of the request: possible twins, and fields of it that nobody reads."""


class Creation(Subject):
    """New orders, as a program or a person gives them."""

    def create(self, body: object, *, accept_twins: bool = True, request_id: str | None = None) -> Created:
        """Create the orders of a bulk create body, at most 1,000; the caller needs ``CREATE ORDERS``.

        Possible twins are created too, marked and told, unless they are not accepted: a person is asked first.
        The same request id again is answered with the orders that the first one made.

        Raises:
            InvalidInput: any fault in any order, or a SKU that no active product carries; nothing is created.
            NotAllowed: the role lacks the ability.
            PossibleTwin: twins are not accepted, and there is one; nothing is created.
            RuleViolation: the request id belongs to another request.
            AnswerLost: they are perhaps created, and the database cannot be asked.
        """
        self.context.caller.require(Ability.REST_CREATE)
        drafts = read_new_orders(body)
        created = once(
            self.context,
            request_of(Action.CREATE.value, [asdict(draft) for draft in drafts], request_id),
            lambda uow: _write(uow, self.context.signature(), drafts, accept_twins=accept_twins),
            _stored,
            _read,
        )
        _log.info("created %d orders", len(created.references))
        return replace(created, notices=(*created.notices, *unread_of_new_orders(body)))


def _stored(created: Created) -> Stored:
    orders, notices = sorted(created.changes.order_ids), stored_messages(created.notices)
    return {"references": created.references, "orders": orders, "notices": notices}


def _read(stored: Stored) -> Created:
    changes = ChangeSet(frozenset(stored["orders"]), products=True)
    return Created(tuple(stored["references"]), changes, read_messages(stored["notices"]))


def _write(uow: UnitOfWork, signature: Signature, drafts: Sequence[OrderDraft], *, accept_twins: bool) -> Created:
    """Write drafts as NEW orders: stock committed, audit, outbox and change log in the same unit of work.

    Raises:
        InvalidInput: a SKU that no active product carries.
        PossibleTwin: twins are not accepted, and there is one.
    """
    products = _products(uow, drafts)
    references = counters.next_references(uow, len(drafts))
    rows = _order_rows(uow, drafts, references, signature)
    mark_twins(uow, rows, signature)
    found = [(row["reference"], row["twin_of"]) for row in rows if row["twin_of"]]
    if found and not accept_twins:
        raise PossibleTwin(_ASK.with_params(twin=found[0][1], hours=TWIN_HOURS))
    notices = tuple(_TWIN.with_params(reference=reference, twin=twin) for reference, twin in found)
    ids = inserts.insert_orders(uow, rows)
    order_ids = [ids[reference] for reference in references]
    inserts.insert_lines(uow, _line_rows(drafts, order_ids, products))
    entry = JournalEntry(Action.CREATE.value, None, Status.NEW, {}, {"status": Status.NEW.value})
    steps.write_event(uow, order_ids, entry, signature)
    inserts.insert_create_ops(uow, _operations(drafts, order_ids, rows), signature)
    stock.move_lines(uow, [MovementOf(Movement.COMMIT, order_ids)], stock.lines_of(uow, order_ids), signature)
    steps.write_change(uow, order_ids, Action.CREATE.value, signature)
    return Created(tuple(references), ChangeSet(frozenset(order_ids), products=True), notices)


def mark_twins(uow: UnitOfWork, rows: Sequence[dict[str, Any]], signature: Signature) -> None:
    """Put into rows of new orders which earlier order each is possibly a twin of, among them or in the database."""
    since = signature.moment.at - timedelta(hours=TWIN_HOURS)
    known = twins.twins(uow, [row["twin_key"] for row in rows], since)
    for row in rows:
        row["twin_of"] = known.get(row["twin_key"])
        known[row["twin_key"]] = row["reference"]


_TWIN = msg("{reference} is possibly a twin of {twin}: the same phone and products.")
_ASK = msg(
    "{twin} has the same phone and products and is less than {hours} hours old. Save "
    "this order only if it is really another one."
)

_NO_PRODUCT = msg("{path}: no product has the SKU {sku}. Correct it, or create the product.")
INACTIVE = msg("{path}: the product {sku} is no longer active. Choose another one.")


def _products(uow: UnitOfWork, drafts: Sequence[OrderDraft]) -> dict[str, Product]:
    lines = [line for draft in drafts for line in draft.lines]
    found = lookup.products_by_sku(uow, [line.sku for line in lines])
    faults: dict[str, Message] = {}
    for line in lines:
        path = f"{line.path}.sku"
        if line.sku not in found:
            faults[path] = _NO_PRODUCT.with_params(path=path, sku=line.sku)
        elif not found[line.sku].active:
            faults[path] = INACTIVE.with_params(path=path, sku=line.sku)
    raise_faults(faults)
    return found


def _order_rows(
    uow: UnitOfWork, drafts: Sequence[OrderDraft], references: Sequence[str], signature: Signature
) -> list[dict[str, Any]]:
    city_ids = lookup.city_ids(uow, [fold(draft.city) for draft in drafts])
    return [
        {
            "reference": reference,
            "status": Status.NEW.value,
            "created_at": signature.moment.at,
            "updated_at": signature.moment.at,
            "origin": signature.caller.source.value,
            "city_id": city_ids.get(fold(draft.city)),
            **columns_of(draft),
        }
        for draft, reference in zip(drafts, references, strict=True)
    ]


def columns_of(draft: OrderDraft, key: str = "") -> dict[str, Any]:
    """Return a draft's own columns, with the forms in which it is searched and recognised.

    ``key`` is its content hash, where that is known already.
    """
    return {
        "full_name": draft.full_name,
        "phone": draft.phone,
        "second_phone": draft.second_phone,
        "email": draft.email,
        "city": draft.city,
        "area": draft.area,
        "address": draft.address,
        "shipment_way": draft.shipment_way,
        "is_fees_paid_by_customer": draft.is_fees_paid_by_customer,
        "total": draft.total,
        "notes": draft.notes,
        "name_folded": search_key(draft.full_name),
        "city_folded": search_key(draft.city),
        "phone_keys": phone_keys(draft.phone, draft.second_phone),
        "content_hash": key or _key_of(draft),
        "twin_key": twin_key(draft.phone, [(line.sku, line.quantity) for line in draft.lines]),
        "twin_of": None,
    }


def _key_of(draft: OrderDraft) -> str:
    lines = [(line.sku, line.quantity, line.price) for line in draft.lines]
    return content_hash(draft.phone, draft.full_name, draft.total, draft.address, lines)


def _line_rows(
    drafts: Sequence[OrderDraft], order_ids: Sequence[int], products: dict[str, Product]
) -> list[dict[str, Any]]:
    return [
        {
            "order_id": order_id,
            "position": position,
            "product_id": products[line.sku].id,
            "quantity": line.quantity,
            "price": line.price,
            "total": line.total,
        }
        for draft, order_id in zip(drafts, order_ids, strict=True)
        for position, line in enumerate(draft.lines, start=1)
    ]


def _operations(
    drafts: Sequence[OrderDraft], order_ids: Sequence[int], rows: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    return [
        {
            "order_id": order_id,
            "payload": create_body(draft),
            "fingerprint": fingerprint(draft.phone, draft.full_name, draft.total),
            "content_hash": row["content_hash"],
            "status": Status.NEW.value,
        }
        for draft, order_id, row in zip(drafts, order_ids, rows, strict=True)
    ]
