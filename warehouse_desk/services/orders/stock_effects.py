"""The stock side of status steps: who gets the goods that lie there, and the movements that a step writes."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.goods import stock
from warehouse_desk.data.goods.stock import LineQuantity, MovementOf
from warehouse_desk.domain.goods.stock import Movement
from warehouse_desk.domain.orders.rules import Step
from warehouse_desk.domain.shared_settings import SharedSettings
from warehouse_desk.domain.signature import Signature

_FROM_AFTER = frozenset({Movement.PURGE})
_WITHOUT_PLACE = frozenset({Movement.COMMIT, Movement.RELEASE})


class StockLedger:
    """Sees whether the goods are there for each step, in the order in which the orders were named, and moves them."""

    def __init__(self, uow: UnitOfWork, shared: SharedSettings, *, allow_negative: bool) -> None:
        self._uow = uow
        self._virtual = frozenset(shared.virtual_warehouses.values())
        self._allow_negative = allow_negative
        self._lines: list[LineQuantity] = []
        self._in_inspection: set[int] = set()

    def refusals(self, steps: Mapping[int, Step]) -> dict[int, Message]:
        """Return the steps that stock does not allow, with the sentence."""
        moving = [step.before.id for step in steps.values() if step.shift.kinds]
        if not moving:
            return {}
        self._lines = stock.lines_of(self._uow, moving)
        return self._short(steps) | self._settled(steps)

    def _short(self, steps: Mapping[int, Step]) -> dict[int, Message]:
        wanted = self._wanted()
        refused: dict[int, Message] = {}
        by_warehouse: defaultdict[int, list[int]] = defaultdict(list)
        for index, step in steps.items():
            if Movement.PURGE in step.shift.kinds:
                by_warehouse[_place(step, Movement.PURGE) or 0].append(index)
        for warehouse_id, indexes in sorted(by_warehouse.items()):
            products = {p for i in indexes for p in wanted[steps[i].before.id]}
            have = stock.lock_on_hand(self._uow, warehouse_id, products)
            if self._allow_negative:
                continue
            for index in indexes:
                if warehouse_id in self._virtual and steps[index].before.from_stock:
                    # What the company keeps for us is the company's to count.
                    continue
                short = self._take(have, wanted[steps[index].before.id])
                if short:
                    refused[index] = _too_little(steps[index].before.reference, short)
        return refused

    def _wanted(self) -> dict[int, dict[int, tuple[str, int]]]:
        """Return SKU and quantity of each product of each order; two lines of one product add up."""
        wanted: defaultdict[int, dict[int, tuple[str, int]]] = defaultdict(dict)
        for line in self._lines:
            already = wanted[line.order_id].get(line.product_id, ("", 0))[1]
            wanted[line.order_id][line.product_id] = (line.sku, already + line.quantity)
        return wanted

    @staticmethod
    def _take(have: dict[int, int], wanted: Mapping[int, tuple[str, int]]) -> list[Message]:
        """Take an order's goods from what is left, or return what is short and take nothing."""
        short = [
            msg("{sku} (wanted {wanted}, available {available})", sku=sku, wanted=n, available=max(0, have.get(p, 0)))
            for p, (sku, n) in wanted.items()
            if have.get(p, 0) < n
        ]
        if not short:
            for product_id, (_, quantity) in wanted.items():
                have[product_id] -= quantity
        return short

    def _settled(self, steps: Mapping[int, Step]) -> dict[int, Message]:
        """Refuse to take returned goods back out of inspection once somebody has decided on them."""
        undone = {i: s for i, s in steps.items() if Movement.UNRETURN in s.shift.kinds}
        if not undone:
            return {}
        kinds = stock.kinds_in_cycle(self._uow, [step.before.id for step in undone.values()])
        self._in_inspection = {order_id for order_id, found in kinds.items() if Movement.RETURN_IN in found}
        return {
            index: msg(
                "The goods of {reference} have left inspection (restocked or written off): "
                "its return cannot be undone. Renew it instead.",
                reference=step.before.reference,
            )
            for index, step in undone.items()
            if kinds[step.before.id] & {Movement.RESTOCK, Movement.WRITE_OFF}
        }

    def move(self, steps: Sequence[Step], signature: Signature) -> None:
        """Write the movements of steps that have just been written to their orders."""
        groups: defaultdict[tuple[Movement, int | None, bool], list[int]] = defaultdict(list)
        for step in steps:
            back = step.shift.opens_cycle and not step.shift.in_new_cycle
            for kind in step.shift.kinds:
                place = _place(step, kind)
                if self._concerns(step, kind, place):
                    groups[kind, place, back].append(step.before.id)
        moves = [MovementOf(kind, ids, place, back) for (kind, place, back), ids in groups.items()]
        stock.move_lines(self._uow, moves, self._lines, signature)

    def _concerns(self, step: Step, kind: Movement, place: int | None) -> bool:
        """Tell whether a movement takes place: goods that never came into inspection cannot leave it."""
        if kind in _WITHOUT_PLACE:
            return True
        return place is not None and (kind is not Movement.UNRETURN or step.before.id in self._in_inspection)


def _too_little(reference: str, short: Sequence[Message]) -> Message:
    return msg(
        "Too little stock for {reference}: {short}. Receive the goods, choose another warehouse, "
        "or mark it out of stock.",
        reference=reference,
        short=list(short),
    )


def _place(step: Step, kind: Movement) -> int | None:
    """Return the warehouse that a movement of a step concerns."""
    if kind in _WITHOUT_PLACE:
        return None
    if kind in _FROM_AFTER:
        number: int | None = step.changes.get("warehouse_id", step.before.warehouse_id)
        return number
    return step.before.warehouse_id
