"""The rules applied to locked orders: what they must know besides an order's facts, read for all of them at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from warehouse_desk.common.messages import Message
from warehouse_desk.data.directories import lookup
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.goods import stock
from warehouse_desk.data.goods.stock import LineQuantity
from warehouse_desk.data.orders.history import pasts
from warehouse_desk.data.orders.tracking import others_with
from warehouse_desk.domain.errors import RuleViolation
from warehouse_desk.domain.orders.already import already_message
from warehouse_desk.domain.orders.naming import NameOf
from warehouse_desk.domain.orders.order import OrderFacts
from warehouse_desk.domain.orders.past import Past, asks_for_past
from warehouse_desk.domain.orders.refusals import not_of_the_order, out_of_use
from warehouse_desk.domain.orders.rules import Already, Step, apply
from warehouse_desk.domain.orders.step_options import StepOptions
from warehouse_desk.domain.orders.tracking import carried_by
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.results import ActionResult, Outcome
from warehouse_desk.domain.shared_settings import SharedSettings
from warehouse_desk.domain.status import Status

_PROMISES_ANEW = frozenset({Action.RENEW, Action.BACK_IN_STOCK})
"""Steps by which an order that holds nothing is promised goods: its products must be in use, as a new order's."""

_NO_PAST = Past()


@dataclass(slots=True)
class StepJudge:
    """Judges one action on some orders."""

    uow: UnitOfWork
    action: Action
    options: StepOptions
    shared: SharedSettings
    today: date | None
    """The station's day; None for what a server says, whose days are not judged."""
    pasts: Mapping[int, Past] = field(default_factory=dict)
    lines: Mapping[int, list[LineQuantity]] = field(default_factory=dict)
    short: frozenset[int] = frozenset()
    """Lines of which too little lies there."""
    out_of_use: Mapping[int, list[str]] = field(default_factory=dict)
    names: dict[NameOf, str] = field(default_factory=dict)
    taken: Mapping[int, list[str]] = field(default_factory=dict)
    """For orders that are pushed: the other orders of the company with the same tracking number."""

    def prepare(self, orders: Iterable[OrderFacts]) -> None:
        """Read what the action must know of its orders besides their facts."""
        found = list(orders)
        self.pasts = pasts(self.uow, [facts.id for facts in found if asks_for_past(facts, self.action)])
        if self.action is Action.OUT_OF_STOCK:
            self._find_short([facts.id for facts in found if facts.status is not Status.OUT_OF_STOCK])
        if self.action is Action.PUSH:
            numbers = {facts.id: facts.tracking_number for facts in found if facts.tracking_number}
            self.taken = others_with(self.uow, numbers, self.options.company_id) if numbers else {}
        if self.action in _PROMISES_ANEW:
            self.out_of_use = stock.skus_out_of_use(self.uow, [facts.id for facts in found])

    def judge(self, facts: OrderFacts) -> Step | ActionResult:
        """Return the step of an order, or the answer for one that takes none."""
        try:
            options = self._options(facts)
            answer = apply(facts, self.action, options, self.shared, self.today, self.pasts.get(facts.id, _NO_PAST))
        except RuleViolation as refusal:
            return facts.answer(Outcome.REFUSED, self._with_names(refusal.message))
        if isinstance(answer, Already):
            return facts.answer(Outcome.ALREADY, already_message(facts, self.action, self.options.date))
        others = self.taken.get(facts.id)
        if others and facts.tracking_number:
            return facts.answer(Outcome.REFUSED, carried_by(facts.tracking_number, others))
        gone = self.out_of_use.get(facts.id)
        return facts.answer(Outcome.REFUSED, out_of_use(facts, self.action, gone)) if gone else answer

    def _find_short(self, order_ids: list[int]) -> None:
        lines = stock.lines_of(self.uow, order_ids)
        self.lines = {order_id: [] for order_id in order_ids}
        for line in lines:
            self.lines[line.order_id].append(line)
        if not self.options.short_skus:
            have = stock.on_hand_everywhere(self.uow, (line.product_id for line in lines))
            self.short = frozenset(line.line_id for line in lines if have.get(line.product_id, 0) < line.quantity)

    def _options(self, facts: OrderFacts) -> StepOptions:
        """Return what is given for one order: of *out of stock*, which of its own SKUs are short."""
        lines = self.lines.get(facts.id)
        if lines is None:
            return self.options
        own = [line.sku for line in lines]
        skus = self.options.short_skus
        if not skus:
            short = [line.sku for line in lines if line.line_id in self.short]
            return replace(self.options, short_skus=tuple(short or own))
        foreign = sorted(set(skus) - set(own))
        if foreign:
            raise RuleViolation(not_of_the_order(facts, foreign, own))
        return replace(self.options, short_skus=tuple(sorted(set(skus))))

    def _with_names(self, message: Message) -> Message:
        """Return a refusal with the names of what the rules know by number."""
        numbers = {name: value for name, value in message.params.items() if isinstance(value, NameOf)}
        return message.with_params(**{name: self._name(value) for name, value in numbers.items()})

    def _name(self, of: NameOf) -> str:
        if of not in self.names:
            self.names[of] = lookup.name_of(self.uow, of.what, of.number) or str(of)
        return self.names[of]
