"""Goods received, corrected, and what becomes of returned ones (docs/rules.md#returned-goods)."""

from collections.abc import Sequence

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.data.directories import lookup
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.goods import products, stock
from warehouse_desk.data.goods.stock import MovementOf
from warehouse_desk.data.orders import facts as order_facts
from warehouse_desk.domain.directories.entries import StockRow, Warehouse
from warehouse_desk.domain.errors import NotFound, RuleViolation, WrongUsage
from warehouse_desk.domain.goods.product_sheet import MovementPage, ShelfCount, WaitingReturn
from warehouse_desk.domain.goods.stock import Movement
from warehouse_desk.domain.orders.drafts import MAX_AMOUNT
from warehouse_desk.domain.orders.order import OrderFacts
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.results import ActionResult, BulkResult, ChangeSet, Outcome, unknown
from warehouse_desk.domain.signature import Signature
from warehouse_desk.domain.status import Status, status_name
from warehouse_desk.services.goods.products import product_id_of
from warehouse_desk.services.subject import Subject

MOST_ROWS = 1_000
"""Rows that one reading of the ledger or of the waiting returns holds."""


class Stock(Subject):
    """What lies where, what moved it, and the returned goods that wait for a decision."""

    def stock(self) -> list[StockRow]:
        """Return what lies of each product in each warehouse."""
        self.context.caller.require_view()
        with self.context.database.read() as uow:
            return lookup.stock_rows(uow)

    def receive(self, warehouse_id: int, sku: str, quantity: int, reason: str = "") -> ShelfCount:
        """Add goods that have arrived and return what lies there now.

        Raises:
            WrongUsage: not a whole number from 1 to 999,999.
            NotFound: no such product or warehouse.
            NotAllowed: the role lacks ``manageStock``.
        """
        if not 1 <= quantity <= MAX_AMOUNT:
            raise WrongUsage(_bad_quantity(quantity))
        return self._move(Movement.RECEIVE, warehouse_id, sku, quantity, reason)

    def adjust(self, warehouse_id: int, sku: str, difference: int, reason: str) -> ShelfCount:
        """Correct what lies there by a difference, up or down, for a reason; return what lies there now.

        Raises:
            WrongUsage: no reason, no difference, or more than 999,999.
            RuleViolation: less than nothing would be left.
            NotFound: no such product or warehouse.
            NotAllowed: the role lacks ``manageStock``.
        """
        if not reason.strip():
            raise WrongUsage(msg("A correction of stock needs a reason. Give it and try again."))
        if not 1 <= abs(difference) <= MAX_AMOUNT:
            raise WrongUsage(_bad_quantity(difference))
        return self._move(Movement.ADJUST, warehouse_id, sku, difference, reason)

    def _move(self, kind: Movement, warehouse_id: int, sku: str, quantity: int, reason: str) -> ShelfCount:
        self.context.caller.require(Ability.MANAGE_STOCK)

        def work(uow: UnitOfWork) -> ShelfCount:
            product = lookup.products_by_sku(uow, [sku]).get(sku)
            if product is None:
                raise NotFound(msg("No product carries the SKU {sku}. Correct it, or create the product.", sku=sku))
            place = warehouse_of(uow, warehouse_id, in_use=kind is Movement.RECEIVE)
            stock.move_goods(uow, kind, warehouse_id, {product.id: quantity}, self.context.signature(reason.strip()))
            left = stock.lock_on_hand(uow, warehouse_id, [product.id])[product.id]
            if quantity < 0 and left < 0:
                raise RuleViolation(
                    msg("Only {n} of {sku} lie there: take away no more than that.", n=max(0, left - quantity), sku=sku)
                )
            told = msg("{sku} in {warehouse}: {on_hand} on hand now.", sku=sku, warehouse=place.code, on_hand=left)
            return ShelfCount(product.id, told, on_hand=left)

        return self.context.database.transact(work)

    def movements(self, key: int | str, *, before: int | None = None, limit: int = 100) -> MovementPage:
        """Return the ledger of a product (by id or SKU), newest first; ``before`` is the ``next`` of the page before.

        Raises:
            WrongUsage: a limit other than 1 to 1,000.
            NotFound: no such product.
            NotAllowed: the role lacks ``view``.
        """
        self.context.caller.require_view()
        _check_limit(limit)
        with self.context.database.read() as uow:
            rows = products.movements(uow, product_id_of(uow, key), before, limit + 1)
        return MovementPage(tuple(rows[:limit]), rows[limit - 1].id if len(rows) > limit else None)

    def waiting_returns(self, *, before: int | None = None, limit: int = 200) -> list[WaitingReturn]:
        """Return the returned orders whose goods wait in inspection, newest first, older than the order ``before``.

        Raises:
            WrongUsage: a limit other than 1 to 1,000.
            NotAllowed: the role lacks ``view``.
        """
        self.context.caller.require_view()
        _check_limit(limit)
        with self.context.database.read() as uow:
            return products.waiting_returns(uow, before, limit) if products.anything_waits(uow) else []

    def settle_returns(self, keys: Sequence[int | str], *, restock: bool, reason: str = "") -> BulkResult:
        """Decide on returned goods waiting in inspection: back on the shelf, or written off.

        Raises:
            NotAllowed: the role lacks ``manageStock``.
        """
        self.context.caller.require(Ability.MANAGE_STOCK)

        def work(uow: UnitOfWork) -> BulkResult:
            results = [self._settle(uow, key, restock=restock, reason=reason) for key in dict.fromkeys(keys)]
            return BulkResult(tuple(results), ChangeSet(frozenset(), products=True))

        return self.context.database.transact(work)

    def _settle(self, uow: UnitOfWork, key: int | str, *, restock: bool, reason: str) -> ActionResult:
        facts = order_facts.facts_of(uow, [key], lock=True).get(key)
        if facts is None or facts.deleted:
            return unknown(str(key))
        return settle_order(uow, facts, self.context.signature(reason.strip()), restock=restock)

    def ledger_faults(self) -> list[Message]:
        """Compare the kept totals with the ledger and return a sentence for each that differs; none is right."""
        with self.context.database.read() as uow:
            found = stock.ledger_differences(uow)
        return [
            msg(
                "Product {product}, warehouse {warehouse}: {total} is kept as {kept}, the ledger says {ledger}.",
                product=product,
                warehouse=warehouse or "-",
                total=total,
                kept=kept,
                ledger=ledger,
            )
            for product, warehouse, total, kept, ledger in found
        ]


def warehouse_of(uow: UnitOfWork, number: int, *, in_use: bool) -> Warehouse:
    """Return the warehouse of a number; ``in_use``: it must be one that goods may come to.

    Raises:
        NotFound: there is none.
        RuleViolation: it is no longer in use.
    """
    found = next((each for each in lookup.warehouses(uow) if each.id == number), None)
    if found is None:
        raise NotFound(msg("There is no warehouse {number}. Choose one from the list of warehouses.", number=number))
    if in_use and not found.active:
        raise RuleViolation(msg("Warehouse {number} is no longer in use. Choose another one.", number=number))
    return found


def _bad_quantity(quantity: int) -> Message:
    return msg("The quantity {quantity} is not a whole number from 1 to {limit}.", quantity=quantity, limit=MAX_AMOUNT)


def _check_limit(limit: int) -> None:
    if not 1 <= limit <= MOST_ROWS:
        raise WrongUsage(msg("{number} rows: give a number from 1 to {limit}.", number=limit, limit=MOST_ROWS))


def settle_order(uow: UnitOfWork, facts: OrderFacts, signature: Signature, *, restock: bool) -> ActionResult:
    """Decide on the returned goods of one locked order."""
    kinds = stock.kinds_in_cycle(uow, [facts.id])[facts.id]
    if facts.status is not Status.RETURNED or Movement.RETURN_IN not in kinds:
        message = msg(
            "{reference} is {status}: none of its goods wait in inspection.",
            reference=facts.reference,
            status=status_name(facts.status),
        )
        return facts.answer(Outcome.REFUSED, message)
    if kinds & {Movement.RESTOCK, Movement.WRITE_OFF}:
        message = msg("The goods of {reference} have been decided on already.", reference=facts.reference)
        return facts.answer(Outcome.ALREADY, message)
    kind = Movement.RESTOCK if restock else Movement.WRITE_OFF
    lines = stock.lines_of(uow, [facts.id])
    stock.move_lines(uow, [MovementOf(kind, [facts.id], facts.warehouse_id)], lines, signature)
    told = msg("The goods of {reference} are back on the shelf.") if restock else _WRITTEN_OFF
    return facts.answer(Outcome.DONE, told.with_params(reference=facts.reference))


_WRITTEN_OFF = msg("The goods of {reference} are written off.")
