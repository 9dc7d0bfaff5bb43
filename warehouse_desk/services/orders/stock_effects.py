"""The stock side of status steps: who gets the goods that lie there, and the movements that a step writes."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.data.directories import lookup
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.goods import returns, stock
from warehouse_desk.data.goods.stock import LineQuantity, MovementOf
from warehouse_desk.domain.goods.returns import goods_texts, waiting_goods
from warehouse_desk.domain.goods.stock import Movement
from warehouse_desk.domain.orders.rules import Step
from warehouse_desk.domain.orders.transitions import Action, Need
from warehouse_desk.domain.shared_settings import SharedSettings
from warehouse_desk.domain.signature import Signature
from warehouse_desk.domain.status import Status

_FROM_AFTER = frozenset({Movement.PURGE})
_TO_SHELF = frozenset({Movement.UNPURGE, Movement.RESTOCK})
_WITHOUT_PLACE = frozenset({Movement.COMMIT, Movement.RELEASE})


class StockLedger:
    """Sees whether the goods are there for each step, in the order in which the orders were named, and moves them."""

    def __init__(self, uow: UnitOfWork, shared: SharedSettings, *, allow_negative: bool) -> None:
        self._uow = uow
        self._virtual = frozenset(shared.virtual_warehouses.values())
        self._allow_negative = allow_negative
        self._lines: list[LineQuantity] = []
        self._came_back: set[int] = set()
        """The orders whose returned goods the ledger knows of."""
        self._at_once: set[int] = set()
        """Those whose goods went on the shelf with the return itself."""
        self._out_of_use: dict[int, str] = {}
        self._names: dict[int, str] = {}

    def refusals(self, steps: Mapping[int, Step]) -> dict[int, Message]:
        """Return the steps that stock does not allow, with the sentence."""
        moving = [step.before.id for step in steps.values() if step.shift.kinds]
        if not moving:
            return {}
        self._lines = stock.lines_of(self._uow, moving)
        self._look_at_places(steps.values())
        return self._settled(steps) | self._short(steps) | self._closed(steps)

    def _look_at_places(self, steps: Collection[Step]) -> None:
        """Read which of the shelves that goods would come to are out of use."""
        coming = {step.before.warehouse_id for step in steps if not _TO_SHELF.isdisjoint(step.shift.kinds)}
        self._out_of_use = lookup.codes_out_of_use(self._uow, {place for place in coming if place})

    def with_stock_notes(self, step: Step, message: Message) -> Message:
        """Return what is said of a step that was done, with what somebody has to do about its goods, if anything."""
        left = step.changes.get("warehouse_id") if Movement.PURGE in step.shift.kinds else None
        if left in self._virtual:
            # Whatever warehouse was named: what a company ships from its own stock leaves that.
            if left not in self._names:
                self._names[left] = lookup.name_of(self._uow, Need.WAREHOUSE, left) or str(left)
            return msg("{said} Its goods leave {warehouse}.", said=message, warehouse=self._names[left])
        closed = self._closed_shelf(step)
        if Movement.RESTOCK in step.shift.kinds and closed:
            return msg("{said} Its goods wait in inspection: {warehouse} is inactive.", said=message, warehouse=closed)
        if step.action is Action.RENEW and step.before.status is Status.RETURNED:
            rows = returns.open_rows(self._uow, [step.before.id]).get(step.before.id)
            if rows:
                goods = goods_texts(waiting_goods(rows))
                return msg("{said} Its returned goods still wait in inspection: {goods}.", said=message, goods=goods)
        return message

    def _short(self, steps: Mapping[int, Step]) -> dict[int, Message]:
        required = self._required()
        refused: dict[int, Message] = {}
        by_warehouse: defaultdict[int, list[int]] = defaultdict(list)
        for index, step in steps.items():
            if Movement.PURGE in step.shift.kinds:
                by_warehouse[_place(step, Movement.PURGE) or 0].append(index)
            elif step.before.id in self._at_once:
                by_warehouse[step.before.warehouse_id or 0].append(index)
        for warehouse_id, indexes in sorted(by_warehouse.items()):
            products = {p for i in indexes for p in required[steps[i].before.id]}
            have = stock.lock_on_hand(self._uow, warehouse_id, products)
            if self._allow_negative:
                continue
            for index in indexes:
                if warehouse_id in self._virtual and steps[index].before.from_stock:
                    # What the company keeps for us is the company's to count.
                    continue
                short = self._take(have, required[steps[index].before.id])
                if short:
                    says = _gone_on if steps[index].before.id in self._at_once else _too_little
                    refused[index] = says(steps[index].before.reference, short)
        return refused

    def _required(self) -> dict[int, dict[int, tuple[str, int]]]:
        """Return SKU and quantity of each product of each order; two lines of one product add up."""
        required: defaultdict[int, dict[int, tuple[str, int]]] = defaultdict(dict)
        for line in self._lines:
            already = required[line.order_id].get(line.product_id, ("", 0))[1]
            required[line.order_id][line.product_id] = (line.sku, already + line.quantity)
        return required

    @staticmethod
    def _take(have: dict[int, int], required: Mapping[int, tuple[str, int]]) -> list[Message]:
        """Take an order's goods from what is left, or return what is short and take nothing."""
        short = [
            msg("{sku} (wanted {wanted}, available {available})", sku=sku, wanted=n, available=max(0, have.get(p, 0)))
            for p, (sku, n) in required.items()
            if have.get(p, 0) < n
        ]
        if not short:
            for product_id, (_, quantity) in required.items():
                have[product_id] -= quantity
        return short

    def _settled(self, steps: Mapping[int, Step]) -> dict[int, Message]:
        """Refuse to take returned goods back out of inspection once somebody has decided on them."""
        undone = {i: s for i, s in steps.items() if Movement.UNRETURN in s.shift.kinds}
        if not undone:
            return {}
        found = returns.returned_goods(self._uow, [step.before.id for step in undone.values()])
        self._came_back = set(found)
        self._at_once = {order_id for order_id, goods in found.items() if goods.at_once and not goods.decided}
        return {
            index: msg(
                "The goods of {reference} have left inspection (restocked or written off): "
                "its return cannot be undone. Renew it instead.",
                reference=step.before.reference,
            )
            for index, step in undone.items()
            if step.before.id in found and found[step.before.id].decided
        }

    def _closed(self, steps: Mapping[int, Step]) -> dict[int, Message]:
        """Refuse to put goods back on a shelf that nobody could take them from."""
        return {
            index: msg(
                "The goods of {reference} would go back to {warehouse}, which is inactive. Reactivate it first.",
                reference=step.before.reference,
                warehouse=self._closed_shelf(step),
            )
            for index, step in steps.items()
            if Movement.UNPURGE in step.shift.kinds and self._closed_shelf(step)
        }

    def _closed_shelf(self, step: Step) -> str:
        """Return the code of the warehouse that an order's goods left, if it is out of use."""
        return self._out_of_use.get(step.before.warehouse_id or 0, "")

    def move(self, steps: Sequence[Step], signature: Signature) -> None:
        """Write the movements of steps that have just been written to their orders."""
        groups: defaultdict[tuple[Movement, int | None, bool], list[int]] = defaultdict(list)
        for step in steps:
            back = step.shift.opens_cycle and not step.shift.in_new_cycle
            for kind in self._kinds(step):
                place = _place(step, kind)
                if place is not None or kind in _WITHOUT_PLACE:
                    groups[kind, place, back].append(step.before.id)
        moves = [MovementOf(kind, ids, place, back) for (kind, place, back), ids in groups.items()]
        stock.move_lines(self._uow, moves, self._lines, signature)

    def _kinds(self, step: Step) -> tuple[Movement, ...]:
        """Return the movements that take place: what the ledger says came back is what can be taken back."""
        kinds = step.shift.kinds
        if Movement.UNRETURN in kinds and step.before.id not in self._came_back:
            return tuple(kind for kind in kinds if kind is not Movement.UNRETURN)
        if Movement.UNRETURN in kinds and step.before.id in self._at_once:
            return (Movement.UNRESTOCK, *kinds)
        if Movement.RESTOCK in kinds and self._closed_shelf(step):
            return tuple(kind for kind in kinds if kind is not Movement.RESTOCK)
        return kinds


def _gone_on(reference: str, short: Sequence[Message]) -> Message:
    return msg(
        "The goods of {reference} were restocked and have left again: {short}. Its return "
        "cannot be undone. Renew it instead.",
        reference=reference,
        short=list(short),
    )


_TOO_LITTLE = msg(
    "Not enough stock for {reference}: {short}. Receive the goods, choose another warehouse, or mark it out of stock."
)


def says_too_little(message: Message) -> bool:
    """Tell whether a step was refused because too little lies there, which a supervisor may allow."""
    return message.text == _TOO_LITTLE.text


def _too_little(reference: str, short: Sequence[Message]) -> Message:
    return _TOO_LITTLE.with_params(reference=reference, short=list(short))


def _place(step: Step, kind: Movement) -> int | None:
    """Return the warehouse that a movement of a step concerns."""
    if kind in _WITHOUT_PLACE:
        return None
    if kind in _FROM_AFTER:
        number: int | None = step.changes.get("warehouse_id", step.before.warehouse_id)
        return number
    return step.before.warehouse_id
