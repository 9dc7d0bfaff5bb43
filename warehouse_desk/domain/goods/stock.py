"""The stock ledger's kinds of movement, and which of them a change of holding asks for: docs/rules.md#the-ledger."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.domain.status import Holding


class Movement(StrEnum):
    """A kind of movement in the append-only ledger."""

    COMMIT = "COMMIT"
    RELEASE = "RELEASE"
    PURGE = "PURGE"
    UNPURGE = "UNPURGE"
    RETURN_IN = "RETURN_IN"
    UNRETURN = "UNRETURN"
    """Takes a RETURN_IN back, when a returned scan is undone before anybody inspected the goods."""
    RESTOCK = "RESTOCK"
    WRITE_OFF = "WRITE_OFF"
    UNRESTOCK = "UNRESTOCK"
    """Takes a RESTOCK back: the goods wait in inspection again."""
    UNWRITE_OFF = "UNWRITE_OFF"
    """Takes a WRITE_OFF back."""
    RECEIVE = "RECEIVE"
    ADJUST = "ADJUST"
    MOVE = "MOVE"
    """Goods go from one warehouse to another: one row takes them away, one adds them."""


_NAMES = {
    Movement.COMMIT: msg("Reserved for an order"),
    Movement.RELEASE: msg("No longer reserved"),
    Movement.PURGE: msg("Sent out"),
    Movement.UNPURGE: msg("Shipment undone"),
    Movement.RETURN_IN: msg("Returned, in inspection"),
    Movement.UNRETURN: msg("Return undone"),
    Movement.RESTOCK: msg("Restocked"),
    Movement.WRITE_OFF: msg("Written off"),
    Movement.UNRESTOCK: msg("Back in inspection"),
    Movement.UNWRITE_OFF: msg("Write-off undone"),
    Movement.RECEIVE: msg("Received"),
    Movement.ADJUST: msg("Corrected"),
    Movement.MOVE: msg("Moved to another warehouse"),
}


def movement_name(kind: Movement) -> Message:
    """Return the name of a movement for people."""
    return _NAMES[kind]


@dataclass(frozen=True, slots=True)
class Weight:
    """How much one unit of a movement adds to each total: on hand, in inspection, committed."""

    on_hand: int = 0
    inspection: int = 0
    committed: int = 0


WEIGHTS: dict[Movement, Weight] = {
    Movement.COMMIT: Weight(committed=1),
    Movement.RELEASE: Weight(committed=-1),
    Movement.PURGE: Weight(on_hand=-1, committed=-1),
    Movement.UNPURGE: Weight(on_hand=1, committed=1),
    Movement.RETURN_IN: Weight(inspection=1),
    Movement.UNRETURN: Weight(inspection=-1),
    Movement.RESTOCK: Weight(on_hand=1, inspection=-1),
    Movement.WRITE_OFF: Weight(inspection=-1),
    Movement.UNRESTOCK: Weight(on_hand=-1, inspection=1),
    Movement.UNWRITE_OFF: Weight(inspection=1),
    Movement.RECEIVE: Weight(on_hand=1),
    Movement.ADJUST: Weight(on_hand=1),
    Movement.MOVE: Weight(on_hand=1),
}
"""A movement's quantity is positive, except that of ADJUST and MOVE, which carry their own sign."""

INSPECTING: Mapping[Movement, int] = {kind: weight.inspection for kind, weight in WEIGHTS.items() if weight.inspection}
"""The movements into and out of inspection, with what one unit adds there."""


class ReturnPolicy(StrEnum):
    """What becomes of returned goods (setting ``return_stock``)."""

    INSPECT = "inspect"
    RESTOCK = "restock"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class StockShift:
    """The movements a change of holding writes for every line of the order.

    A movement is unique on (line, cycle, kind): a purge or its reversal happens once, whoever retries. A new cycle
    begins with each commitment and after each reversal, so that the same parcel may be shipped again after a roll
    back.
    """

    kinds: tuple[Movement, ...] = ()
    opens_cycle: bool = False
    in_new_cycle: bool = False
    """Whether the movements belong to the cycle they open (a commitment) or to the one they close (a reversal)."""


_NOTHING = StockShift()
_COMMIT = StockShift((Movement.COMMIT,), opens_cycle=True, in_new_cycle=True)
_SHIFTS = {
    (Holding.NOTHING, Holding.COMMITTED): _COMMIT,
    (Holding.INSPECTION, Holding.COMMITTED): _COMMIT,
    (Holding.COMMITTED, Holding.NOTHING): StockShift((Movement.RELEASE,)),
    (Holding.COMMITTED, Holding.PURGED): StockShift((Movement.PURGE,)),
    (Holding.PURGED, Holding.COMMITTED): StockShift((Movement.UNPURGE,), opens_cycle=True),
    (Holding.INSPECTION, Holding.PURGED): StockShift((Movement.UNRETURN,), opens_cycle=True),
}
_RETURNS = {
    ReturnPolicy.INSPECT: StockShift((Movement.RETURN_IN,)),
    ReturnPolicy.RESTOCK: StockShift((Movement.RETURN_IN, Movement.RESTOCK)),
    ReturnPolicy.NONE: _NOTHING,
}


def stock_shift(before: Holding, after: Holding, policy: ReturnPolicy = ReturnPolicy.INSPECT) -> StockShift:
    """Return the movements that lead from one holding to another.

    Raises:
        ValueError: no step of the table makes that change.
    """
    if before is after:
        return _NOTHING
    if (before, after) == (Holding.PURGED, Holding.INSPECTION):
        return _RETURNS[policy]
    shift = _SHIFTS.get((before, after))
    if shift is None:
        raise ValueError(f"stock cannot go from {before} to {after}")
    return shift
