"""What the scanner says: one word that is read from two metres, what the thing is, and what to do now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.domain.money import money_text
from warehouse_desk.domain.results import Outcome
from warehouse_desk.domain.scanning.modes import SCAN_MODES, ScanMode
from warehouse_desk.domain.scanning.scans import PastScan, ScanAnswer
from warehouse_desk.domain.status import status_name

MODES: tuple[ScanMode, ...] = tuple(SCAN_MODES.values())

_LOOKS: Mapping[str, tuple[str, str]] = {
    "pack": ("pack", "F6"),
    "verify": ("scan", "Shift+F6"),
    "ship": ("ship", "F7"),
    "hand-over": ("assign", "Shift+F7"),
    "deliver": ("deliver", "F8"),
    "return": ("return", "Shift+F8"),
    "restock": ("back-in-stock", "Shift+F9"),
    "cancel": ("cancel", "Shift+F10"),
    "look-up": ("search", "F10"),
}


def icon_of(mode: ScanMode) -> str:
    """Return the icon of a mode's button."""
    return _LOOKS[mode.name][0]


def short_label(mode: ScanMode) -> Message:
    """Return the word on a mode's button."""
    return msg("Verify") if mode.name == "verify" else mode.label


def shortcut_of(mode: ScanMode) -> str:
    """Return the key that chooses a mode."""
    return _LOOKS[mode.name][1]


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
    scan_id: str = ""
    mode: str = ""
    user_name: str = ""


_LEVELS = {Outcome.DONE: "done", Outcome.ALREADY: "already"}
_NOT_UNDOABLE = frozenset({"look-up", "restock"})


def verdict_of(answer: ScanAnswer) -> Verdict:
    """Put an answer into a word and a sentence."""
    result = answer.result
    sentence: Message | str = result.message
    moved = result.status_before is not result.status_after
    if result.outcome is Outcome.DONE and moved and answer.mode != "verify" and result.status_before is not None:
        sentence = msg(
            "{parcel}. It was {status}. Next parcel.", parcel=_parcel(answer), status=status_name(result.status_before)
        )
    elif result.outcome is Outcome.DONE and answer.mode in {"look-up", "hand-over"} and answer.customer:
        sentence = msg("{parcel}. {said}", parcel=_parcel(answer), said=result.message)
    if answer.recovered:
        sentence = msg("From before the restart: {said}", said=sentence)
    return Verdict(
        _LEVELS.get(result.outcome, "refused"),
        str(_word(answer.mode, result.outcome, packed=moved)),
        result.reference,
        str(sentence),
        answer.at,
        result.order_id,
        result.outcome is Outcome.DONE and answer.mode not in _NOT_UNDOABLE,
        answer.scan_id,
        answer.mode,
        answer.user_name,
    )


def verdict_of_past(past: PastScan) -> Verdict:
    """Put a stored reading into the words it had."""
    outcome = past.outcome or Outcome.FAILED
    done = outcome is Outcome.DONE and past.undone_at is None
    return Verdict(
        "info" if past.undone_at is not None else _LEVELS.get(outcome, "refused"),
        str(_word(past.mode, outcome, packed=past.status_before is not past.status_after)),
        past.reference,
        "" if past.message is None else str(past.message),
        past.at,
        past.order_id,
        done and past.mode not in _NOT_UNDOABLE,
        past.scan_id,
        past.mode,
        past.user_name,
    )


def _word(mode_name: str, outcome: Outcome, *, packed: bool) -> Message:
    mode = SCAN_MODES.get(mode_name)
    if outcome is Outcome.UNKNOWN or mode is None:
        return msg("UNKNOWN")
    if outcome is Outcome.FAILED:
        return msg("FAILED")
    if outcome is Outcome.DONE:
        return SCAN_MODES["pack"].done if mode_name == "verify" and packed else mode.done
    return mode.already if outcome is Outcome.ALREADY else mode.refused


def _parcel(answer: ScanAnswer) -> str:
    amount = "" if answer.total is None else money_text(answer.total)
    return " · ".join(filter(None, (answer.customer, answer.city, amount)))
