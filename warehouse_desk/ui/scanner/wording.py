"""What the scanner says: one word that is read from two metres, one sentence with the way out."""

from dataclasses import dataclass
from datetime import datetime

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.domain.results import ActionResult, Outcome
from warehouse_desk.domain.status import status_name
from warehouse_desk.domain.transitions import Action, Need


@dataclass(frozen=True, slots=True)
class ScanMode:
    """What a reading does to the order it names."""

    name: str
    """As ``Desk.scan`` knows it."""
    action: Action
    button: Message
    icon: str
    shortcut: str
    needs: tuple[Need, ...]
    done: Message
    already: Message
    refused: Message


MODES = (
    ScanMode(
        "pack",
        Action.PACK,
        msg("Pack"),
        "pack",
        "F6",
        (Need.DATE,),
        msg("PACKED"),
        msg("ALREADY PACKED"),
        msg("DO NOT PACK"),
    ),
    ScanMode(
        "ship",
        Action.SHIP,
        msg("Ship"),
        "ship",
        "F7",
        (Need.DATE, Need.WAREHOUSE),
        msg("SHIPPED"),
        msg("ALREADY SHIPPED"),
        msg("DO NOT SHIP"),
    ),
    ScanMode(
        "deliver",
        Action.DELIVER,
        msg("Deliver"),
        "deliver",
        "F8",
        (Need.DATE,),
        msg("DELIVERED"),
        msg("ALREADY DELIVERED"),
        msg("NOT DELIVERED"),
    ),
    ScanMode(
        "return",
        Action.RETURN,
        msg("Return"),
        "return",
        "Shift+F8",
        (Need.DATE,),
        msg("RETURNED"),
        msg("ALREADY RETURNED"),
        msg("NOT RETURNED"),
    ),
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """An answer as it stands on the screen."""

    level: str
    """``done``, ``already``, ``refused``, ``pending`` or ``info``: colour and shape."""
    word: str
    reference: str
    sentence: str
    at: datetime | None = None
    order_id: int | None = None
    undoable: bool = False


def verdict_of(mode: ScanMode, result: ActionResult, at: datetime) -> Verdict:
    """Put an answer into a word and a sentence."""
    match result.outcome:
        case Outcome.DONE:
            word, level = mode.done, "done"
        case Outcome.ALREADY:
            word, level = mode.already, "already"
        case Outcome.UNKNOWN:
            word, level = msg("UNKNOWN"), "refused"
        case _:
            word, level = mode.refused, "refused"
    sentence = result.message
    if result.outcome is Outcome.DONE and result.status_before is not None:
        sentence = msg("It was {status}. Next parcel.", status=status_name(result.status_before))
    return Verdict(
        level, str(word), result.reference, str(sentence), at, result.order_id, result.outcome is Outcome.DONE
    )
