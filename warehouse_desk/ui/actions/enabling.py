"""Which actions make sense now, and the sentence why the others do not."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.domain.orders.order import OrderFacts, OrderRow
from warehouse_desk.domain.orders.rules import allowed_actions
from warehouse_desk.domain.orders.transitions import Action, Need, transition_for
from warehouse_desk.domain.people.caller import Caller, missing_ability
from warehouse_desk.domain.shared_settings import SharedSettings
from warehouse_desk.domain.status import Status
from warehouse_desk.ui.actions.catalogue import ActionSpec, Wants

_SOMEBODY = -1
"""Stands for a delivery person where a row does not tell: the service knows and judges."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether an action may be asked for, and what its tooltip says about that."""

    enabled: bool
    note: Message | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Selected orders that the rules treat alike, by one of them."""

    facts: OrderFacts
    count: int


@dataclass(frozen=True, slots=True)
class ActionContext:
    """All that enabling depends on."""

    caller: Caller | None = None
    """None while the station is not connected."""
    shared: SharedSettings = field(default_factory=SharedSettings)
    groups: tuple[Group, ...] = ()
    undoable: Judgement | None = None
    """Whether what was done last can be taken back: its name and order, or why not."""
    busy: bool = False
    """Whether a bulk action runs."""
    estimated: bool = False
    """Whether the groups tell only which orders may be among those meant, not how many of each."""
    view: str = ""
    """The saved view looked at, where there is one."""
    view_changed: bool = False
    """Whether the list is no longer quite that view."""

    @property
    def selected(self) -> int:
        """How many orders are selected."""
        return sum(group.count for group in self.groups)


def groups_of_rows(rows: Iterable[OrderRow]) -> tuple[Group, ...]:
    """Group rows by what the rules look at; a dozen groups at most, however many rows."""
    counts: Counter[tuple[Status, bool, bool]] = Counter()
    first: dict[tuple[Status, bool, bool], OrderRow] = {}
    for row in rows:
        key = (row.status, row.held, row.hand_over_id is None)
        counts[key] += 1
        first.setdefault(key, row)
    return tuple(Group(_facts(first[key]), count) for key, count in counts.items())


def groups_of_statuses(counts: Iterable[tuple[Status, int]]) -> tuple[Group, ...]:
    """Group a whole list by its statuses; holds are left for the service to judge."""
    return tuple(
        Group(OrderFacts(id=0, reference="-", status=status, version=0, delivery_person_id=_SOMEBODY), count)
        for status, count in counts
        if count
    )


def _facts(row: OrderRow) -> OrderFacts:
    return OrderFacts(
        id=row.id,
        reference=row.reference,
        status=row.status,
        version=row.version,
        held=row.held,
        label_count=row.label_count,
        hand_over_id=row.hand_over_id,
        delivery_person_id=_SOMEBODY,
    )


def with_exact_facts(context: ActionContext, facts: OrderFacts) -> ActionContext:
    """Return the context with what is exactly known of the single selected order."""
    if len(context.groups) == 1 and context.groups[0].count == 1 and context.groups[0].facts.id == facts.id:
        return replace(context, groups=(Group(facts, 1),))
    return context


_CONNECTING = msg("The station is not connected yet.")
_SELECT_ONE = msg("Select one order first.")
_SELECT_SOME = msg("Select one order or more first.")
_ABOUT_VIEW = frozenset({"views.overwrite", "views.rename", "views.delete"})
NOTHING_TO_UNDO = msg("You have no step to undo.")
_BUSY = msg("Another action on many orders is still running.")


def judge(spec: ActionSpec, context: ActionContext) -> Judgement:
    """Tell whether an action may be asked for now, and why not."""
    if context.caller is None:
        return Judgement(False, _CONNECTING)
    if spec.ability is not None and not context.caller.may(spec.ability):
        return Judgement(False, missing_ability(context.caller, spec.ability))
    if spec.id == "order.undo":
        return _judge_undo(context)
    if spec.id in _ABOUT_VIEW:
        return _judge_view(spec, context)
    if spec.wants is Wants.ONE and context.selected != 1:
        return Judgement(False, _SELECT_ONE)
    if spec.wants is Wants.SOME and not context.selected:
        return Judgement(False, _SELECT_SOME)
    if spec.action is None:
        return Judgement(True)
    if context.busy:
        return Judgement(False, _BUSY)
    return _judge_step(spec.action, context, context.caller)


def _judge_view(spec: ActionSpec, context: ActionContext) -> Judgement:
    if not context.view:
        return Judgement(False, msg("Choose one of the saved lists first."))
    if spec.id == "views.overwrite" and not context.view_changed:
        return Judgement(False, msg("The list is as it was saved: “{name}”.", name=context.view))
    return Judgement(True, msg("Saved list: {name}", name=context.view))


def _judge_undo(context: ActionContext) -> Judgement:
    if context.busy:
        return Judgement(False, _BUSY)
    return context.undoable or Judgement(False, NOTHING_TO_UNDO)


def _judge_step(action: Action, context: ActionContext, caller: Caller) -> Judgement:
    """An action is offered when it fits at least one of the selected orders: each is judged alone."""
    fitting = 0
    reason: Message | None = None
    for group in context.groups:
        why_not = allowed_actions(group.facts, caller, context.shared)[action]
        if why_not is None:
            fitting += group.count
        elif reason is None:
            reason = why_not
    if not fitting:
        return Judgement(False, reason)
    if fitting < context.selected and not context.estimated:
        return Judgement(
            True,
            msg(
                "Possible for {fitting} of the {selected} selected orders.", fitting=fitting, selected=context.selected
            ),
        )
    return Judgement(True)


def needs_of(action: Action, groups: Iterable[Group]) -> tuple[Need, ...]:
    """Return what must be asked for an action on some orders: the needs of every row of the table it meets."""
    rows = [transition_for(action, group.facts.status) for group in groups]
    return tuple(dict.fromkeys(need for row in rows if row is not None for need in row.needs))
