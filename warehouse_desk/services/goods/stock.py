"""Goods received, corrected, and what becomes of returned ones (docs/rules.md#returned-goods)."""

from warehouse_desk.common.messages import Message, message_from_json, msg
from warehouse_desk.data.directories import lookup
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.goods import products, stock
from warehouse_desk.domain.directories.entries import StockRow
from warehouse_desk.domain.errors import NotFound, RuleViolation, WrongUsage
from warehouse_desk.domain.fields import MAX_AMOUNT
from warehouse_desk.domain.goods.product_sheet import MovementPage, ShelfCount
from warehouse_desk.domain.goods.stock import Movement
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.services.goods.ledger_check import ledger_faults
from warehouse_desk.services.goods.places import check_limit, warehouse_of
from warehouse_desk.services.goods.products import product_id_of
from warehouse_desk.services.goods.validation import bad_quantity
from warehouse_desk.services.requests import Stored, once, request_of
from warehouse_desk.services.subject import Subject


class Stock(Subject):
    """What lies where, and what moved it."""

    def stock(self) -> list[StockRow]:
        """Return what lies of each product in each warehouse."""
        self.context.caller.require_view()
        with self.context.database.read() as uow:
            return lookup.stock_rows(uow)

    def receive(
        self, warehouse_id: int, sku: str, quantity: int, reason: str = "", *, request_id: str | None = None
    ) -> ShelfCount:
        """Add goods that have arrived and return what lies there now; the same request id again adds nothing.

        Raises:
            WrongUsage: not a whole number from 1 to 999,999.
            NotFound: no such product or warehouse.
            NotAllowed: the role lacks ``manageStock``.
        """
        if not 1 <= quantity <= MAX_AMOUNT:
            raise WrongUsage(bad_quantity(quantity))
        return self._move(Movement.RECEIVE, warehouse_id, sku, quantity, reason, request_id)

    def adjust(
        self, warehouse_id: int, sku: str, difference: int, reason: str, *, request_id: str | None = None
    ) -> ShelfCount:
        """Correct what lies there by a difference, up or down, for a reason; return what lies there now.

        The same request id again corrects nothing.

        Raises:
            WrongUsage: no reason, no difference, or more than 999,999.
            RuleViolation: less than nothing would be left, or goods would come to a warehouse out of use.
            NotFound: no such product or warehouse.
            NotAllowed: the role lacks ``manageStock``.
        """
        if not reason.strip():
            raise WrongUsage(msg("A correction of stock needs a reason. Enter one and try again."))
        if not 1 <= abs(difference) <= MAX_AMOUNT:
            raise WrongUsage(bad_quantity(difference))
        return self._move(Movement.ADJUST, warehouse_id, sku, difference, reason, request_id)

    def _move(
        self, kind: Movement, warehouse_id: int, sku: str, quantity: int, reason: str, request_id: str | None
    ) -> ShelfCount:
        self.context.caller.require(Ability.MANAGE_STOCK)

        def work(uow: UnitOfWork) -> ShelfCount:
            product = lookup.products_by_sku(uow, [sku]).get(sku)
            if product is None:
                raise NotFound(msg("No product has the SKU {sku}. Correct it, or create the product.", sku=sku))
            place = warehouse_of(uow, warehouse_id, in_use=quantity > 0)
            stock.move_goods(uow, kind, warehouse_id, {product.id: quantity}, self.context.signature(reason.strip()))
            left = stock.lock_on_hand(uow, warehouse_id, [product.id])[product.id]
            if quantity < 0 and left < 0:
                raise RuleViolation(
                    msg("In stock of {sku}: only {n}. Remove {n} or fewer.", n=max(0, left - quantity), sku=sku)
                )
            told = msg("{sku} in {warehouse}: {on_hand} in stock now.", sku=sku, warehouse=place.code, on_hand=left)
            return ShelfCount(product.id, told, on_hand=left)

        request = request_of(kind.value, [warehouse_id, sku, quantity, reason.strip()], request_id)
        return once(self.context, request, work, _stored, _read)

    def movements(self, key: int | str, *, before: int | None = None, limit: int = 100) -> MovementPage:
        """Return the ledger of a product (by id or SKU), newest first; ``before`` is the ``next`` of the page before.

        Raises:
            WrongUsage: a limit other than 1 to 1,000.
            NotFound: no such product.
            NotAllowed: the role lacks ``view``.
        """
        self.context.caller.require_view()
        check_limit(limit)
        with self.context.database.read() as uow:
            rows = products.movements(uow, product_id_of(uow, key), before, limit + 1)
        return MovementPage(tuple(rows[:limit]), rows[limit - 1].id if len(rows) > limit else None)

    def ledger_faults(self) -> list[Message]:
        """Prove the totals and the ledger and return a sentence for each fault; none is right."""
        with self.context.database.read() as uow:
            return ledger_faults(uow)


def _stored(count: ShelfCount) -> Stored:
    return {"id": count.id, "message": count.message.to_json(), "on_hand": count.on_hand}


def _read(stored: Stored) -> ShelfCount:
    return ShelfCount(stored["id"], message_from_json(stored["message"]), on_hand=stored["on_hand"])
