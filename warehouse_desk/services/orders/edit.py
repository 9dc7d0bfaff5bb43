"""Change the details of an order: customer, destination, notes and products."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from warehouse_desk.common.clock import local_day
from warehouse_desk.common.formats import time_text
from warehouse_desk.common.messages import msg
from warehouse_desk.common.text import search_key
from warehouse_desk.data.directories import lookup
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.goods import stock
from warehouse_desk.data.goods.stock import MovementOf
from warehouse_desk.data.orders import details, inserts, steps
from warehouse_desk.data.orders import facts as order_facts
from warehouse_desk.data.orders.steps import JournalEntry
from warehouse_desk.domain.directories.entries import Product
from warehouse_desk.domain.errors import InvalidInput, NotFound, OtherVersion, RuleViolation, StaleOrder
from warehouse_desk.domain.fields import MAX_AMOUNT, raise_faults
from warehouse_desk.domain.goods.stock import Movement
from warehouse_desk.domain.money import CENTIMES, money_words
from warehouse_desk.domain.orders.details import DetailsDraft, read_details, total_after
from warehouse_desk.domain.orders.drafts import LineDraft, OrderDraft
from warehouse_desk.domain.orders.fingerprint import content_hash, fingerprint, twin_key
from warehouse_desk.domain.orders.hand_over import kept_as_signed
from warehouse_desk.domain.orders.order import OrderDetail, OrderFacts, OrderLine
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.orders.wire import create_body
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.people.caller import Source
from warehouse_desk.domain.phone import phone_keys
from warehouse_desk.domain.results import ActionResult, Outcome
from warehouse_desk.domain.signature import Signature
from warehouse_desk.domain.status import Holding, Status, status_name
from warehouse_desk.services.orders.absent import why_absent
from warehouse_desk.services.orders.create import INACTIVE
from warehouse_desk.services.orders.stale_work import mark_stale_work, with_stale_work
from warehouse_desk.services.subject import Subject

_IN_FLIGHT = frozenset({"INFLIGHT", "UNCERTAIN", "ACCEPTED"})
_UNSENT = "PENDING"


class Editing(Subject):
    """The details of an order, changed."""

    def update(
        self,
        key: int | str,
        body: Mapping[str, object],
        *,
        version: int | None = None,
        status: Status | None = None,
        path: str = "",
    ) -> ActionResult:
        """Change an order's details with the fields of the API's PATCH; absent optional fields stay as they are.

        ``version`` is the version that the editor read: given, a change made by somebody else meanwhile is not
        overwritten. ``status`` is where the editor saw the order: given, it is changed only as long as it is there.

        A held order may be edited, and stays on hold. Most are held because an address or a phone number must be
        corrected: were the hold to be released first, a scan could send the parcel off before it is. The hold guards
        the steps, an edit is none (docs/rules.md#holds); the supervisor who releases it sees the correction in the
        life line.

        Raises:
            InvalidInput: a field does not hold what it must, each named by its path.
            NotFound: no such order.
            OtherVersion: somebody else changed the order since ``version``.
            StaleOrder: it is no longer in ``status``.
            RuleViolation: its products have left the shelf, or it is being sent to the server.
            NotAllowed: the role lacks the ability.
        """
        caller = self.context.caller
        caller.require(Ability.REST_UPDATE if caller.source is Source.REST else Ability.UPDATE)
        draft = read_details(body, path)
        return self.context.database.transact(
            lambda uow: _update(uow, self.context.signature(), key, draft, version, status)
        )


def _update(
    uow: UnitOfWork,
    signature: Signature,
    key: int | str,
    draft: DetailsDraft,
    version: int | None,
    status: Status | None,
) -> ActionResult:
    facts = order_facts.facts_of(uow, [key], lock=True).get(key)
    if facts is None or facts.deleted:
        raise NotFound(why_absent(uow, key, facts, local_day(signature.moment.at)))
    before = details.order_detail(uow, facts.id)
    if before is None:
        raise AssertionError("the order was just read")
    _check_status(facts, status)
    _check_version(before, version)
    products = _products(uow, draft.lines, {line.product_id for line in before.lines})
    fields = {**_fields(uow, draft, before), "total": _total(draft, before)}
    edit = _Edit(
        before=before,
        draft=draft,
        products=products,
        fields=fields,
        changed={name: value for name, value in fields.items() if getattr(before, name) != value},
        lines_changed=_contents(before.lines) != _contents(draft.lines),
    )
    if not edit.changed and not edit.lines_changed:
        message = msg("{reference} already has these details.", reference=facts.reference)
        return facts.answer(Outcome.ALREADY, message)
    _write(uow, signature, edit)
    facts = mark_stale_work(uow, before)
    message = msg("{reference} was changed.", reference=facts.reference)
    if "total" in edit.changed:
        now = money_words(fields["total"])
        message = msg("{reference} was changed. To collect: {total}.", reference=facts.reference, total=now)
    if facts.held:
        message = msg("{said} It is still on hold: a supervisor must release it.", said=message)
    if facts.hand_over_id is not None and _ON_SHEETS & edit.changed.keys():
        message = kept_as_signed(message, facts.hand_over_id)
    return facts.answer(Outcome.DONE, with_stale_work(uow, message, facts))


_ON_SHEETS = frozenset({"full_name", "phone", "city", "address", "total"})
"""Details that a hand-over sheet says; the products of an order on a closed one cannot be changed."""


@dataclass(frozen=True, slots=True)
class _Edit:
    before: OrderDetail
    draft: DetailsDraft
    products: Mapping[int, Product]
    fields: Mapping[str, Any]
    changed: Mapping[str, Any]
    lines_changed: bool

    def contents(self) -> list[tuple[str, int, int]]:
        """Return SKU, quantity and unit price of each line as it will be."""
        return [(self.products[line.product_id or 0].sku, line.quantity, line.price) for line in self.draft.lines]


def _contents(lines: Sequence[OrderLine] | Sequence[LineDraft]) -> list[tuple[int | None, int, int]]:
    return [(line.product_id, line.quantity, line.total) for line in lines]


def _check_status(facts: OrderFacts, status: Status | None) -> None:
    if status is not None and facts.status is not status:
        raise StaleOrder(
            msg(
                "{reference} is now “{now}”, no longer “{status}”. Look at it again before you change it.",
                reference=facts.reference,
                now=status_name(facts.status),
                status=status_name(status),
            )
        )


def _check_version(before: OrderDetail, version: int | None) -> None:
    if version is None or before.facts.version == version:
        return
    event = before.events[-1]
    raise OtherVersion(
        msg(
            "{reference} was changed by {who} at {when}, while you were editing. "
            "Look at the new values, then save again.",
            reference=before.facts.reference,
            who=event.user_name or event.station_name or "-",
            when=time_text(event.at),
        )
    )


def _products(uow: UnitOfWork, lines: Sequence[LineDraft], present: Collection[int]) -> dict[int, Product]:
    """Return the products of the lines; one no longer active may stay in the order but not come into it."""
    found = lookup.products_by_id(uow, [line.product_id for line in lines if line.product_id is not None])
    faults = {
        f"{line.path}.id": msg("{path}: there is no product {number}.", path=f"{line.path}.id", number=line.product_id)
        for line in lines
        if line.product_id not in found
    } | {
        f"{line.path}.id": INACTIVE.with_params(path=f"{line.path}.id", sku=found[line.product_id or 0].sku)
        for line in lines
        if line.product_id in found and line.product_id not in present and not found[line.product_id or 0].active
    }
    raise_faults(faults)
    return found


def _fields(uow: UnitOfWork, draft: DetailsDraft, before: OrderDetail) -> dict[str, Any]:
    """Return the order's own columns as they will be."""
    city = lookup.city_by_id(uow, draft.city_to_id)
    if city is None:
        message = msg("city_to_id: there is no city {number}. Choose one from the list.", number=draft.city_to_id)
        raise InvalidInput(message, {"city_to_id": message})
    return {
        "full_name": draft.full_name,
        "phone": draft.phone,
        "city": before.city if before.city_id == city.id else city.name,
        "city_id": city.id,
        "address": draft.address,
        **draft.optional,
    }


def _total(draft: DetailsDraft, before: OrderDetail) -> int:
    """Return the amount to collect as it will be: as it was given, or as it follows from the lines.

    Raises:
        InvalidInput: it follows from the lines and is more than an order may cost.
    """
    if draft.total is not None:
        return draft.total
    if _contents(before.lines) == _contents(draft.lines):
        return before.total
    lines_before, lines_after = (sum(line.total for line in lines) for lines in (before.lines, draft.lines))
    total = total_after(before.total, lines_before, lines_after)
    if total > MAX_AMOUNT * CENTIMES:
        message = msg(
            "total would follow the products to {total}: enter an amount from 1 to {maximum} DH.",
            total=money_words(total),
            maximum=MAX_AMOUNT,
        )
        raise InvalidInput(message, {"total": message})
    return total


def _write(uow: UnitOfWork, signature: Signature, edit: _Edit) -> None:
    facts = edit.before.facts
    holds = facts.holds
    if edit.lines_changed and holds not in {Holding.COMMITTED, Holding.NOTHING}:
        raise RuleViolation(
            msg(
                "{reference} is “{status}”: its products have left the warehouse and cannot be "
                "changed. Change only the customer's details.",
                reference=facts.reference,
                status=status_name(facts.status),
            )
        )
    if edit.lines_changed and facts.hand_over_id is not None:
        raise RuleViolation(
            msg(
                "{reference} is on pickup sheet {number}, which is closed: the carrier took its "
                "products and they cannot be changed. Change only the customer's details.",
                reference=facts.reference,
                number=facts.hand_over_id,
            )
        )
    moves_stock = edit.lines_changed and holds is Holding.COMMITTED
    if moves_stock:
        old = stock.lines_of(uow, [facts.id])
        stock.move_lines(uow, [MovementOf(Movement.RELEASE, [facts.id])], old, signature)
    values = {**edit.fields, **_derived(edit)}
    if moves_stock:
        values["stock_cycle"] = facts.stock_cycle + 1
    if not inserts.update_details(uow, facts, values, signature):
        raise StaleOrder(msg("{reference} was changed at the same moment. Try again.", reference=facts.reference))
    if edit.lines_changed:
        inserts.replace_lines(uow, facts.id, _line_rows(edit))
    if moves_stock:
        new = stock.lines_of(uow, [facts.id])
        stock.move_lines(uow, [MovementOf(Movement.COMMIT, [facts.id])], new, signature)
    _tell(uow, edit, facts)
    entry = JournalEntry(Action.UPDATE.value, facts.status, facts.status, *_audit(edit))
    steps.write_event(uow, [facts.id], entry, signature)
    steps.write_change(uow, [facts.id], Action.UPDATE.value, signature)


def _derived(edit: _Edit) -> dict[str, str]:
    """Return the forms in which the order is searched and recognised."""
    fields = edit.fields
    second = fields.get("second_phone", edit.before.second_phone)
    return {
        "name_folded": search_key(fields["full_name"]),
        "city_folded": search_key(fields["city"]),
        "phone_keys": phone_keys(fields["phone"], second),
        "content_hash": content_hash(
            fields["phone"], fields["full_name"], fields["total"], fields["address"], edit.contents()
        ),
        "twin_key": twin_key(fields["phone"], [(sku, quantity) for sku, quantity, _ in edit.contents()]),
    }


def _line_rows(edit: _Edit) -> list[dict[str, Any]]:
    return [
        {
            "order_id": edit.before.facts.id,
            "position": position,
            "product_id": line.product_id,
            "quantity": line.quantity,
            "price": line.price,
            "total": line.total,
        }
        for position, line in enumerate(edit.draft.lines, start=1)
    ]


def _audit(edit: _Edit) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what the fields were and what they are now."""
    before: dict[str, Any] = {name: getattr(edit.before, name) for name in edit.changed}
    after: dict[str, Any] = dict(edit.changed)
    if edit.lines_changed:
        before["products"] = [[line.sku, line.quantity, line.total] for line in edit.before.lines]
        totals = [line.total for line in edit.draft.lines]
        after["products"] = [
            [sku, quantity, total] for (sku, quantity, _), total in zip(edit.contents(), totals, strict=True)
        ]
    return before, after


def _tell(uow: UnitOfWork, edit: _Edit, facts: OrderFacts) -> None:
    """Change what the server will be told, as long as nothing was sent; the API has no way to tell it later.

    Raises:
        RuleViolation: the order is on its way to the server at this moment.
    """
    found = inserts.create_op_state(uow, facts.id)
    if found is None:
        return
    state, sent = found
    if state in _IN_FLIGHT:
        raise RuleViolation(
            msg("{reference} is being sent to the server. Try again in about 3 minutes.", reference=facts.reference)
        )
    if state != _UNSENT or sent:
        return
    fields, before = edit.fields, edit.before
    draft = OrderDraft(
        path="",
        full_name=fields["full_name"],
        phone=fields["phone"],
        email=fields.get("email", before.email),
        city=fields["city"],
        area=fields.get("area", before.area),
        address=fields["address"],
        shipment_way=fields.get("shipment_way", before.shipment_way),
        is_fees_paid_by_customer=fields.get("is_fees_paid_by_customer", before.is_fees_paid_by_customer),
        total=fields["total"],
        lines=tuple(LineDraft("", n, price, n * price, sku=sku) for sku, n, price in edit.contents()),
    )
    keys = {
        "fingerprint": fingerprint(draft.phone, draft.full_name, draft.total),
        "content_hash": _derived(edit)["content_hash"],
    }
    inserts.rewrite_create_op(uow, facts.id, create_body(draft), keys)
