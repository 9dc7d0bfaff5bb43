"""Returned goods that wait in inspection: which they are, and what is decided on them."""

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import astuple

from warehouse_desk.common.messages import msg
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.goods import returns, stock
from warehouse_desk.data.orders import facts as order_facts
from warehouse_desk.data.orders import steps
from warehouse_desk.domain.errors import DeskError, RuleViolation
from warehouse_desk.domain.goods.returns import (
    Decision,
    ReturnedLine,
    Settled,
    WaitingReturn,
    chosen,
    nothing_waits,
    settled_before,
    settled_message,
    standing,
)
from warehouse_desk.domain.goods.stock import Movement
from warehouse_desk.domain.orders.order import OrderFacts
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.results import ActionResult, BulkResult, Outcome, changed, unknown
from warehouse_desk.domain.signature import Signature
from warehouse_desk.domain.status import Status
from warehouse_desk.services.goods.places import check_limit, warehouse_of
from warehouse_desk.services.subject import Subject


class Returns(Subject):
    """The returned goods that wait for a decision."""

    def waiting_returns(
        self, *, before: int | None = None, limit: int = 200, warehouse_id: int | None = None
    ) -> list[WaitingReturn]:
        """Return the orders whose goods wait in inspection, newest first, older than the order ``before``.

        Raises:
            WrongUsage: a limit other than 1 to 1,000.
            NotAllowed: the role lacks ``view``.
        """
        self.context.caller.require_view()
        check_limit(limit)
        with self.context.database.read() as uow:
            if not returns.anything_waits(uow):
                return []
            return returns.waiting_returns(uow, before, limit, warehouse_id)

    def settle_returns(self, keys: Sequence[int | str], decision: Decision) -> BulkResult:
        """Decide on the returned goods of orders, whatever became of the orders since.

        Raises:
            WrongUsage: less than one piece.
            NotAllowed: the role lacks ``manageStock``.
        """
        self.context.caller.require(Ability.MANAGE_STOCK)
        decision.check()

        def work(uow: UnitOfWork) -> BulkResult:
            signature = self.context.signature(decision.reason.strip())
            results = [_settle(uow, key, signature, decision) for key in dict.fromkeys(keys)]
            done = changed(results, products=True)
            return BulkResult(tuple(results), done)

        return self.context.database.transact(work)


def _settle(uow: UnitOfWork, key: int | str, signature: Signature, decision: Decision) -> ActionResult:
    facts = order_facts.facts_of(uow, [key], lock=True).get(key)
    return unknown(str(key)) if facts is None else settle_order(uow, facts, signature, decision)


def still_waits(uow: UnitOfWork, facts: OrderFacts) -> bool:
    """Tell whether any returned goods of an order wait for a decision."""
    return bool(returns.open_rows(uow, [facts.id]))


def settle_order(uow: UnitOfWork, facts: OrderFacts, signature: Signature, decision: Decision) -> ActionResult:
    """Decide on the returned goods of one locked order."""
    rows = returns.open_rows(uow, [facts.id]).get(facts.id, ())
    if not rows:
        return _nothing(uow, facts)
    try:
        settled = chosen(facts.reference, rows, decision)
        elsewhere = _elsewhere(uow, settled)
    except DeskError as refusal:
        return facts.answer(Outcome.REFUSED, refusal.message)
    returns.settle(uow, settled, signature)
    kind = Action.RESTOCK if decision.restock else Action.WRITE_OFF
    steps.write_note(uow, facts, kind.value, _noted(settled), signature)
    left = sum(row.pieces for row in rows) - sum(each.pieces for each in settled)
    message = settled_message(facts.reference, settled, left, elsewhere)
    if facts.held:
        message = msg("{said} The order stays on hold: {reason}.", said=message, reason=facts.hold_reason or "")
    return facts.answer(Outcome.DONE, message)


def _elsewhere(uow: UnitOfWork, settled: Sequence[Settled]) -> str:
    """Return the code of the warehouse that takes goods of another one; those that take any stay in use meanwhile.

    Raises:
        NotFound: there is no such warehouse.
        RuleViolation: it is out of use, or is what a company keeps for us.
    """
    elsewhere = ""
    for number in sorted({each.shelf_id for each in settled if each.shelf_id is not None}):
        place = warehouse_of(uow, number, in_use=True)
        if all(each.line.warehouse_id == number for each in settled if each.shelf_id == number):
            continue
        if place.shipping_company_id is not None:
            raise RuleViolation(
                msg(
                    "{warehouse} is the stock that a shipping company keeps for us. Choose a warehouse "
                    "of ours for the goods.",
                    warehouse=place.code,
                )
            )
        elsewhere = place.code
    return elsewhere


def _nothing(uow: UnitOfWork, facts: OrderFacts) -> ActionResult:
    came_back = Movement.RETURN_IN in stock.kinds_in_cycle(uow, [facts.id])[facts.id]
    if facts.status is Status.RETURNED and came_back and not facts.deleted:
        outcome, message = Outcome.ALREADY, settled_before(facts.reference)
    else:
        outcome, message = (
            Outcome.REFUSED,
            nothing_waits(facts.reference, standing(facts.status, deleted=facts.deleted)),
        )
    return facts.answer(outcome, message)


def _noted(settled: Sequence[Settled]) -> dict[str, object]:
    """Return what the history keeps of a decision, enough to take it back."""
    return {"settled": [[each.sku, each.pieces, each.shelf_id, *astuple(each.line)] for each in settled]}


def take_back(uow: UnitOfWork, facts: OrderFacts, detail: str, signature: Signature) -> ActionResult:
    """Take back a decision on a locked order's goods, as its history noted it: they wait in inspection again."""
    settled = _read(uow, facts, detail)
    needed: dict[int, Counter[int]] = defaultdict(Counter)
    for each in settled:
        if each.shelf_id is not None:
            needed[each.shelf_id][each.line.product_id] += each.pieces
    for warehouse_id, products in sorted(needed.items()):
        have = stock.lock_on_hand(uow, warehouse_id, products)
        if any(have.get(product, 0) < pieces for product, pieces in products.items()):
            message = msg(
                "The restocked goods of {reference} are no longer all in stock: restocking cannot be undone.",
                reference=facts.reference,
            )
            return facts.answer(Outcome.REFUSED, message)
    returns.take_back(uow, settled, signature)
    steps.write_note(uow, facts, Action.UNDO.value, {}, signature)
    message = msg("The goods of {reference} wait in inspection again.", reference=facts.reference)
    return facts.answer(Outcome.DONE, message)


def _read(uow: UnitOfWork, facts: OrderFacts, detail: str) -> list[Settled]:
    parts = returns.next_parts(uow, facts.id)
    settled = []
    for sku, pieces, shelf_id, *key in json.loads(detail)["settled"]:
        line = ReturnedLine(*key)
        settled.append(Settled(line, sku, pieces, shelf_id, parts[line.line_id, line.cycle]))
    return settled
