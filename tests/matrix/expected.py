"""What the rules want of each cell: generated from the table of transitions, with the exceptions written below it."""

from dataclasses import dataclass
from enum import StrEnum

from tests.matrix.stands import NOW, Stand
from warehouse_desk.domain.orders.days import DAY_OF
from warehouse_desk.domain.orders.transitions import (
    TRANSITIONS,
    Action,
    Condition,
    Target,
    Transition,
    main_target,
    transition_for,
)
from warehouse_desk.domain.results import Outcome
from warehouse_desk.domain.status import Status


class Reason(StrEnum):
    """Why an order is refused, with what the sentence for the worker says."""

    HELD = "is on hold: "
    NO_WAY = "is not possible now. First: |is only for orders with this status: |no step leads from there to "
    AHEAD = "because today is "
    EARLY = "cannot be earlier, on "
    UNPACKED = "is not packed yet"
    NO_PERSON = "was shipped without a delivery person"
    GOODS_OUT = "its goods have left the warehouse"
    SIGNED = "is on pickup sheet 1, which is closed"
    ON_NO_SHEET = "is not on a closed pickup sheet"
    CALM = "already|is not on hold"
    DONE = ""


@dataclass(frozen=True, slots=True)
class Expected:
    """The answer to a step, and what has become of the order."""

    outcome: Outcome
    status: Status
    reason: Reason
    keeps_day: bool = False
    """Whether the order now keeps the day that was given."""


def by_the_rules(action: Action, stand: Stand, day: int, *, held: bool) -> Expected:
    """Return how a step ends where an order is judged alone, by its own status."""
    if _is_so(action, stand, held=held):
        return Expected(Outcome.ALREADY, stand.status, Reason.CALM)
    row = transition_for(action, stand.status)
    refusal = _refusal(action, row, stand, day, held=held)
    if refusal is not None or row is None:
        return Expected(Outcome.REFUSED, stand.status, refusal or Reason.NO_WAY)
    return Expected(Outcome.DONE, _after(row, stand), Reason.DONE, keeps_day=_keeps_day(row))


def _is_so(action: Action, stand: Stand, *, held: bool) -> bool:
    match action:
        case Action.HOLD:
            return held
        case Action.RELEASE:
            return not held
        case Action.LABELS:
            return False  # one more label is printed
        case Action.ASSIGN:
            return stand.with_person
        case _:
            return main_target(action) is stand.status


_WHILE_HELD = frozenset({Action.CANCEL, Action.HOLD, Action.RELEASE})
_DENY_A_SIGNATURE = frozenset({Action.CANCEL, Action.ROLLBACK})


def _refusal(action: Action, row: Transition | None, stand: Stand, day: int, *, held: bool) -> Reason | None:
    if held and action not in _WHILE_HELD:
        return Reason.HELD
    if row is None:
        return Reason.SIGNED if stand.signed and action is Action.DELETE else Reason.NO_WAY
    unmet = {
        Condition.PUSH_UNPACKED: (stand.status is Status.NEW, Reason.UNPACKED),
        Condition.WITH_PERSON: (not stand.with_person, Reason.NO_PERSON),
        Condition.GOODS_HERE: (stand.goods_out, Reason.GOODS_OUT),
        Condition.ON_SHEET: (not stand.signed, Reason.ON_NO_SHEET),
    }.get(row.condition)
    if unmet is not None and unmet[0]:
        return unmet[1]
    if stand.signed and action in _DENY_A_SIGNATURE:
        return Reason.SIGNED
    if not _keeps_day(row):
        return None
    return Reason.AHEAD if day > NOW else Reason.EARLY if day < stand.last_day else None


def _keeps_day(row: Transition) -> bool:
    return row.target in DAY_OF


def _after(row: Transition, stand: Stand) -> Status:
    if row.target is Target.RESUMED:
        return stand.resumes_to or Status.NEW
    return row.target if isinstance(row.target, Status) else stand.status


# --- exceptions of the roads -------------------------------------------------------------------------------------


def all_at_once(action: Action, stand: Stand, day: int, *, held: bool) -> Expected:
    """A step on many orders is given one day: one that has not come refuses all of it before an order is looked at."""
    if day > NOW and main_target(action) in DAY_OF:
        return Expected(Outcome.REFUSED, stand.status, Reason.AHEAD)
    return by_the_rules(action, stand, day, held=held)


def towards(target: Status, stand: Stand, day: int, *, held: bool) -> Expected:
    """An update names the status wanted: an order that has it is calm, then the step that leads there is sought.

    Unlike a step by its name, no step at all is told before a hold, and a day that has not come before both.
    """
    if stand.status is target:
        # Where a warehouse is named too, the step itself is asked whether it left that one: on a day that can be.
        asks_the_step = target is Status.SHIPPED and day > NOW
        return Expected(
            Outcome.REFUSED if asks_the_step else Outcome.ALREADY,
            target,
            Reason.AHEAD if asks_the_step else Reason.CALM,
        )
    action = _step_to(target, stand)
    if action is None:
        return Expected(Outcome.REFUSED, stand.status, Reason.NO_WAY)
    if action is Action.RESUME and target is Status.NEW:
        return _anew(stand, held=held)
    return all_at_once(action, stand, day, held=held)


_NEVER_MEANT = frozenset({Action.LABELS, Action.ASSIGN})
"""Steps that print, or name a person, beside the plain one to the same status."""


def _step_to(target: Status, stand: Stand) -> Action | None:
    if stand.status is Status.ROLLBACK and target in {stand.resumes_to, Status.NEW}:
        return Action.RESUME
    steps = [row.action for row in TRANSITIONS if stand.status in row.sources and row.target is target]
    return next((action for action in steps if action not in _NEVER_MEANT), None)


def _anew(stand: Stand, *, held: bool) -> Expected:
    """An order that was rolled back is resumed to NEW where its goods are here."""
    reason = Reason.HELD if held else Reason.GOODS_OUT if stand.goods_out else None
    if reason is not None:
        return Expected(Outcome.REFUSED, stand.status, reason)
    return Expected(Outcome.DONE, Status.NEW, Reason.DONE)
