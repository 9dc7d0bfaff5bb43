"""The transition table: what an order may do. The one place where the life cycle is written down.

Toolbar, scanner, bulk results, tests and docs/order-life-cycle.md read this table; what surrounds it is told in
docs/rules.md#statuses-and-steps.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.status import Holding, Status, holding


class Action(StrEnum):
    """A step that a worker, a file or another program can ask for, by the name the command line uses."""

    CREATE = "create"
    PACK = "pack"
    LABELS = "labels"
    PUSH = "push"
    ASSIGN = "assign"
    SHIP = "ship"
    DELIVER = "deliver"
    RETURN = "return"
    CANCEL = "cancel"
    OUT_OF_STOCK = "out-of-stock"
    BACK_IN_STOCK = "back-in-stock"
    RENEW = "renew"
    ROLLBACK = "rollback"
    RESUME = "resume"
    DELETE = "delete"
    HOLD = "hold"
    RELEASE = "release"
    STRIKE = "strike"
    HAND_OVER = "hand-over"
    COUNT = "count"
    LET_GO = "let-go"
    UNDO = "undo"
    UPDATE = "update"
    TRACK = "track"
    RESTOCK = "restock"
    WRITE_OFF = "write-off"


class Need(StrEnum):
    """A fact that the asker must give with an action."""

    DATE = "date"
    WAREHOUSE = "warehouse"
    REASON = "reason"
    PERSON = "person"
    COMPANY = "company"
    FROM_STOCK = "from_stock"
    SHORT_SKUS = "short_skus"


class Effect(StrEnum):
    """What a step does to stock. It follows from what the two statuses hold; the table states it to be checked."""

    NONE = "-"
    COMMITS = "commits"
    RELEASES = "releases"
    PURGES = "purges"
    INSPECTS = "into inspection"
    REVERSES = "reverses the undone step"


class Target(StrEnum):
    """Where a step leads when it is not to one fixed status."""

    UNCHANGED = "unchanged"
    GONE = "(gone from lists)"
    RESUMED = "the status before the undone step, or NEW"


class Condition(StrEnum):
    """A further condition on a row of the table."""

    ALWAYS = ""
    PUSH_UNPACKED = "when the setting push_requires_packed is off"
    WITH_PERSON = "with a delivery person"
    NO_TRACKING = "without tracking number"
    ON_SHEET = "on a closed hand-over sheet"
    GOODS_HERE = "with its goods still here"


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of the table."""

    action: Action
    sources: tuple[Status, ...]
    target: Status | Target
    ability: Ability
    needs: tuple[Need, ...] = ()
    effect: Effect = Effect.NONE
    condition: Condition = Condition.ALWAYS
    variant: str = ""
    """The row's own name where it differs from the action's: a reprint, a reassignment."""


_S = Status
_EVERY = tuple(Status)

TRANSITIONS: tuple[Transition, ...] = (
    Transition(Action.CREATE, (), _S.NEW, Ability.REST_CREATE, effect=Effect.COMMITS),
    Transition(Action.PACK, (_S.NEW,), _S.PACKED, Ability.PACK, (Need.DATE,)),
    Transition(Action.LABELS, (_S.NEW,), _S.PACKED, Ability.LABELS),
    Transition(
        Action.LABELS,
        (_S.PACKED, _S.WAITING, _S.SHIPPED),
        Target.UNCHANGED,
        Ability.LABELS,
        variant="reprint",
    ),
    Transition(Action.PUSH, (_S.PACKED,), _S.WAITING, Ability.PUSH, (Need.COMPANY, Need.FROM_STOCK)),
    Transition(
        Action.PUSH,
        (_S.NEW,),
        _S.WAITING,
        Ability.PUSH,
        (Need.COMPANY, Need.FROM_STOCK),
        condition=Condition.PUSH_UNPACKED,
    ),
    Transition(Action.ASSIGN, (_S.PACKED,), _S.SHIPPED, Ability.ASSIGN, (Need.PERSON, Need.WAREHOUSE), Effect.PURGES),
    Transition(
        Action.ASSIGN,
        (_S.SHIPPED,),
        Target.UNCHANGED,
        Ability.ASSIGN,
        (Need.PERSON,),
        condition=Condition.WITH_PERSON,
        variant="reassign",
    ),
    Transition(
        Action.SHIP,
        (_S.PACKED, _S.WAITING),
        _S.SHIPPED,
        Ability.SHIP,
        (Need.DATE, Need.WAREHOUSE),
        Effect.PURGES,
    ),
    Transition(Action.DELIVER, (_S.SHIPPED,), _S.DELIVERED, Ability.DELIVER, (Need.DATE,)),
    Transition(Action.RETURN, (_S.SHIPPED, _S.DELIVERED), _S.RETURNED, Ability.RETURN, (Need.DATE,), Effect.INSPECTS),
    Transition(
        Action.CANCEL,
        (_S.NEW, _S.PACKED, _S.WAITING, _S.OUT_OF_STOCK),
        _S.CANCELED,
        Ability.CANCEL,
        (Need.REASON,),
        Effect.RELEASES,
    ),
    Transition(
        Action.CANCEL,
        (_S.ROLLBACK,),
        _S.CANCELED,
        Ability.CANCEL,
        (Need.REASON,),
        Effect.RELEASES,
        Condition.GOODS_HERE,
    ),
    Transition(
        Action.OUT_OF_STOCK,
        (_S.NEW, _S.PACKED),
        _S.OUT_OF_STOCK,
        Ability.OUT_OF_STOCK,
        (Need.SHORT_SKUS,),
        Effect.RELEASES,
    ),
    Transition(
        Action.OUT_OF_STOCK,
        (_S.ROLLBACK,),
        _S.OUT_OF_STOCK,
        Ability.OUT_OF_STOCK,
        (Need.SHORT_SKUS,),
        Effect.RELEASES,
        Condition.GOODS_HERE,
    ),
    Transition(Action.BACK_IN_STOCK, (_S.OUT_OF_STOCK,), _S.NEW, Ability.OUT_OF_STOCK, effect=Effect.COMMITS),
    Transition(Action.RENEW, (_S.CANCELED, _S.RETURNED), _S.NEW, Ability.RENEW, effect=Effect.COMMITS),
    Transition(
        Action.ROLLBACK,
        (_S.PACKED, _S.WAITING, _S.SHIPPED, _S.DELIVERED, _S.RETURNED),
        _S.ROLLBACK,
        Ability.ROLLBACK,
        (Need.REASON,),
        Effect.REVERSES,
    ),
    Transition(Action.RESUME, (_S.ROLLBACK,), Target.RESUMED, Ability.ROLLBACK),
    Transition(
        Action.DELETE,
        (_S.NEW, _S.CANCELED, _S.OUT_OF_STOCK),
        Target.GONE,
        Ability.DELETE,
        effect=Effect.RELEASES,
        condition=Condition.NO_TRACKING,
    ),
    Transition(Action.HOLD, _EVERY, Target.UNCHANGED, Ability.HOLD, (Need.REASON,)),
    Transition(Action.RELEASE, _EVERY, Target.UNCHANGED, Ability.RELEASE_HOLD),
    Transition(
        Action.STRIKE,
        (_S.WAITING, _S.SHIPPED, _S.DELIVERED, _S.RETURNED, _S.ROLLBACK),
        Target.UNCHANGED,
        Ability.ROLLBACK,
        (Need.REASON,),
        condition=Condition.ON_SHEET,
    ),
)

_BY_PAIR: Mapping[tuple[Action, Status], Transition] = {
    (row.action, source): row for row in TRANSITIONS for source in row.sources
}

STATUS_ACTIONS: tuple[Action, ...] = tuple(
    dict.fromkeys(row.action for row in TRANSITIONS if row.action is not Action.CREATE)
)
"""The actions on existing orders, in the order in which a parcel meets them."""

_ACTION_NAMES: Mapping[Action, Message] = {
    Action.CREATE: msg("Create"),
    Action.PACK: msg("Mark packed"),
    Action.LABELS: msg("Generate labels"),
    Action.PUSH: msg("Push to shipping company"),
    Action.ASSIGN: msg("Assign to delivery person"),
    Action.SHIP: msg("Mark shipped"),
    Action.DELIVER: msg("Mark delivered"),
    Action.RETURN: msg("Mark returned"),
    Action.CANCEL: msg("Cancel"),
    Action.OUT_OF_STOCK: msg("Out of stock"),
    Action.BACK_IN_STOCK: msg("Back in stock"),
    Action.RENEW: msg("Renew"),
    Action.ROLLBACK: msg("Roll back"),
    Action.RESUME: msg("Resume"),
    Action.DELETE: msg("Delete"),
    Action.HOLD: msg("Hold"),
    Action.RELEASE: msg("Release hold"),
    Action.STRIKE: msg("Strike off the pickup sheet"),
    Action.HAND_OVER: msg("Handed over"),
    Action.COUNT: msg("Counted again"),
    Action.LET_GO: msg("Allowed as it is"),
    Action.UNDO: msg("Undo"),
    Action.UPDATE: msg("Edit"),
    Action.TRACK: msg("Tracking number"),
    Action.RESTOCK: msg("Restock"),
    Action.WRITE_OFF: msg("Write off"),
}


def action_name(action: Action) -> Message:
    """Return the name of an action for people."""
    return _ACTION_NAMES[action]


def transition_for(action: Action, status: Status) -> Transition | None:
    """Return the row that governs an action on an order in a status, or None where the table has none."""
    return _BY_PAIR.get((action, status))


@cache
def rows_of(action: Action) -> tuple[Transition, ...]:
    """Return the rows of one action, in the order of the table."""
    return tuple(row for row in TRANSITIONS if row.action is action)


@cache
def main_target(action: Action) -> Status | None:
    """Return the status that an action asks for, or None when it asks for no fixed status."""
    target = rows_of(action)[0].target
    return target if isinstance(target, Status) else None


@cache
def ability_of(action: Action) -> Ability:
    """Return the ability that an action wants."""
    return rows_of(action)[0].ability


UNDOABLE = frozenset(
    {
        Action.PACK,
        Action.LABELS,
        Action.PUSH,
        Action.ASSIGN,
        Action.SHIP,
        Action.DELIVER,
        Action.RETURN,
        Action.CANCEL,
        Action.OUT_OF_STOCK,
        Action.BACK_IN_STOCK,
    }
)
"""Steps that their worker may take back at once; the others have a way back of their own in the table."""


def action_towards(source: Status, target: Status) -> Action | None:
    """Return the action that leads from one status to another, for entrances that name only a status."""
    if source is Status.ROLLBACK and target not in {Status.CANCELED, Status.OUT_OF_STOCK}:
        return Action.RESUME
    wanted = [
        row.action
        for row in TRANSITIONS
        if source in row.sources and row.target is target and row.action is not Action.LABELS
    ]
    if Action.SHIP in wanted:
        return Action.SHIP
    return wanted[0] if wanted else None


def _expected_effect(row: Transition, source: Status) -> Effect:
    if row.action is Action.ROLLBACK:
        return Effect.REVERSES
    before = holding(source)
    if row.target is Target.GONE:
        after = Holding.NOTHING
    elif isinstance(row.target, Status):
        after = holding(row.target)
    else:
        return Effect.NONE
    changes = {
        (Holding.COMMITTED, Holding.PURGED): Effect.PURGES,
        (Holding.PURGED, Holding.INSPECTION): Effect.INSPECTS,
        (Holding.COMMITTED, Holding.NOTHING): Effect.RELEASES,
        (Holding.NOTHING, Holding.COMMITTED): Effect.COMMITS,
        (Holding.INSPECTION, Holding.COMMITTED): Effect.COMMITS,
    }
    return changes.get((before, after), Effect.NONE)


def _faults() -> list[str]:
    faults = []
    reachable = {row.target for row in TRANSITIONS if isinstance(row.target, Status)}
    faults += [f"no step leads to {status}" for status in Status if status not in reachable]
    leavable = {source for row in TRANSITIONS if isinstance(row.target, Status) for source in row.sources}
    faults += [f"no step leads out of {s}" for s in Status if s not in leavable and s is not Status.DELIVERED]
    faults += [f"unknown ability {row.ability} of {row.action}" for row in TRANSITIONS if row.ability not in Ability]
    pairs = [(row.action, source) for row in TRANSITIONS for source in row.sources]
    faults += [f"two rows for {pair}" for pair in set(pairs) if pairs.count(pair) > 1]
    for row in TRANSITIONS:
        effects = {_expected_effect(row, source) for source in row.sources} - {Effect.NONE}
        if row.sources and effects != ({row.effect} - {Effect.NONE}):
            faults.append(f"{row.action}: states {row.effect}, the statuses imply {sorted(effects)}")
    return faults


if _found := _faults():
    raise RuntimeError(f"the transition table is inconsistent: {'; '.join(_found)}")
