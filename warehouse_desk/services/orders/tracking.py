"""The courier's number on a parcel, noted by hand; scanned, it is noted by :mod:`services.scanning.tracking_mode`."""

import logging
from collections.abc import Mapping
from typing import Any

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.orders import facts as order_facts
from warehouse_desk.data.orders import steps, tracking
from warehouse_desk.domain.errors import NotFound, RuleViolation
from warehouse_desk.domain.goods.stock import StockShift
from warehouse_desk.domain.orders.hand_over import kept_as_signed
from warehouse_desk.domain.orders.order import OrderFacts
from warehouse_desk.domain.orders.rules import Step
from warehouse_desk.domain.orders.tracking import (
    TRACKING_ABILITY,
    carried_by,
    check_takes_number,
    noted_message,
    read_tracking,
)
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.results import ActionResult, Outcome
from warehouse_desk.domain.signature import Signature
from warehouse_desk.services.directories.validation import written
from warehouse_desk.services.orders.absent import why_absent
from warehouse_desk.services.subject import Subject

_log = logging.getLogger(__name__)


class Tracking(Subject):
    """Tracking numbers of orders."""

    def track(self, key: int | str, number: str) -> ActionResult:
        """Note the courier's number of a parcel; an empty one takes it away.

        Raises:
            NotFound: no such order.
            WrongUsage: the text is no tracking number, or another station noted it at the same moment.
            RuleViolation: the order is no parcel or on hold, or another order of the company carries the number.
            NotAllowed: the role lacks ``generateLabels``.
        """
        self.context.caller.require(TRACKING_ABILITY)
        wanted = read_tracking(number) if number.strip() else None

        def work(uow: UnitOfWork) -> ActionResult:
            facts = order_facts.facts_of(uow, [key], lock=True).get(key)
            if facts is None or facts.deleted:
                raise NotFound(why_absent(uow, key, facts, self.context.today()))
            return note_number(uow, self.context.signature(), facts, wanted)

        result = written(self.context, carried_by(wanted or "", ["-"]), work)
        _log.info("track %s: %s", result.reference, result.outcome)
        return result


def note_number(uow: UnitOfWork, signature: Signature, facts: OrderFacts, number: str | None) -> ActionResult:
    """Note a number on a locked order, or (None) take the one it has away.

    Raises:
        RuleViolation: the order takes no number, or the number is another's.
    """
    if number == facts.tracking_number:
        return facts.answer(Outcome.ALREADY, _already(facts))
    if number is not None:
        check_takes_number(facts)
    changes = {"tracking_number": number}
    check_number_is_free(uow, facts, changes)
    steps.write_steps(uow, [Step(Action.TRACK, "", facts, facts.status, changes, StockShift())], signature)
    if number is None:
        said = msg(
            "{reference} no longer has the tracking number {number}.",
            reference=facts.reference,
            number=facts.tracking_number,
        )
    else:
        said = noted_message(facts, number)
    if facts.hand_over_id is not None:
        said = kept_as_signed(said, facts.hand_over_id)
    return facts.answer(Outcome.DONE, said)


def check_number_is_free(uow: UnitOfWork, facts: OrderFacts, changes: Mapping[str, Any]) -> None:
    """Refuse a change after which another order might be meant by this one's tracking number.

    Raises:
        RuleViolation: another order of the company carries it, or one of which nobody knows whose number it carries.
    """
    after = facts._replace(**{name: changes[name] for name in _WHOSE_NUMBER & changes.keys()})
    if after == facts or after.tracking_number is None:
        return
    others = tracking.others_with(uow, {facts.id: after.tracking_number}, after.shipping_company_id)
    if others:
        raise RuleViolation(carried_by(after.tracking_number, others[facts.id]))


_WHOSE_NUMBER = frozenset({"tracking_number", "shipping_company_id"})


def _already(facts: OrderFacts) -> Message:
    if facts.tracking_number is None:
        return msg("{reference} has no tracking number.", reference=facts.reference)
    return msg(
        "{reference} already has the tracking number {number}.", reference=facts.reference, number=facts.tracking_number
    )
