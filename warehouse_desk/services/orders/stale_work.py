"""What an edit leaves behind: a label that says something else now, pieces that were counted for other lines."""

from collections import Counter
from dataclasses import dataclass

from warehouse_desk.common.messages import Message
from warehouse_desk.data import shared_settings
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.orders import details, inserts
from warehouse_desk.data.paper import labels
from warehouse_desk.domain.orders.label_content import content_of_detail
from warehouse_desk.domain.orders.leaving import with_note
from warehouse_desk.domain.orders.order import OrderDetail, OrderFacts
from warehouse_desk.domain.status import Status

_PACKED_BEFORE = frozenset({Status.PACKED, Status.WAITING, Status.ROLLBACK})
"""Statuses of an order that was packed and can still be given other lines; one that is NEW is packed with them."""


@dataclass(frozen=True, slots=True)
class StaleWork:
    """The marks of an order after an edit."""

    label_outdated: bool
    recount: bool


def mark_stale_work(uow: UnitOfWork, before: OrderDetail) -> OrderFacts:
    """Mark what an edit that was just written made stale, and return the order's facts as they are now.

    The label is compared with what was printed, not with what was edited: an order that is changed and changed back
    carries a good label.
    """
    now = details.order_detail(uow, before.facts.id)
    if now is None:
        raise AssertionError("the order was just written")
    marks = StaleWork(_outdated(uow, before, now), before.facts.recount or _other_pieces(before, now))
    if marks != StaleWork(before.facts.label_outdated, before.facts.recount):
        inserts.mark(uow, before.facts.id, label_outdated=marks.label_outdated, recount=marks.recount)
    return now.facts._replace(label_outdated=marks.label_outdated, recount=marks.recount)


def _outdated(uow: UnitOfWork, before: OrderDetail, now: OrderDetail) -> bool:
    facts = before.facts
    said, says = content_of_detail(before), content_of_detail(now)
    if not facts.label_count or said == says:
        return facts.label_outdated
    # Labels of older programs keep no content: such a one said what the order said until now.
    return (labels.last_content(uow, facts.id, facts.attempt) or said) != says


def _other_pieces(before: OrderDetail, now: OrderDetail) -> bool:
    return before.facts.status in _PACKED_BEFORE and _pieces(before) != _pieces(now)


def _pieces(order: OrderDetail) -> Counter[int]:
    pieces: Counter[int] = Counter()
    for line in order.lines:
        pieces[line.product_id] += line.quantity
    return pieces


def with_stale_work(uow: UnitOfWork, message: Message, facts: OrderFacts) -> Message:
    """Return the answer of an edit with what is to be done again."""
    return with_note(message, facts, shared_settings.read(uow))
