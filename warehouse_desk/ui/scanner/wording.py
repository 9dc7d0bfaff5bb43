"""What the scanner says: one word that is read from two metres, what the thing is, and what to do now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.domain.money import money_text
from warehouse_desk.domain.orders.tracking import says_noted
from warehouse_desk.domain.results import Outcome
from warehouse_desk.domain.scanning.modes import SCAN_MODES, ModeName, ScanMode, mode_named
from warehouse_desk.domain.scanning.scans import PastScan, ScanAnswer
from warehouse_desk.domain.status import status_name

MODES: tuple[ScanMode, ...] = tuple(SCAN_MODES.values())


@dataclass(frozen=True, slots=True)
class _Look:
    icon: str
    shortcut: str


_LOOKS: Mapping[ModeName, _Look] = {
    ModeName.PACK: _Look("pack", "F6"),
    ModeName.VERIFY: _Look("scan", "Shift+F6"),
    ModeName.TRACKING: _Look("track", "Ctrl+F6"),
    ModeName.SHIP: _Look("ship", "F7"),
    ModeName.HAND_OVER: _Look("assign", "Shift+F7"),
    ModeName.DELIVER: _Look("deliver", "F8"),
    ModeName.RETURN: _Look("return", "Shift+F8"),
    ModeName.RESTOCK: _Look("back-in-stock", "Shift+F9"),
    ModeName.CANCEL: _Look("cancel", "Shift+F10"),
    ModeName.LOOK_UP: _Look("search", "F10"),
}

if _without := SCAN_MODES.keys() - _LOOKS.keys():
    raise RuntimeError(f"scan modes without icon and key: {', '.join(sorted(_without))}")


def icon_of(mode: ScanMode) -> str:
    """Return the icon of a mode's button."""
    return _LOOKS[mode.name].icon


def shortcut_of(mode: ScanMode) -> str:
    """Return the key that chooses a mode."""
    return _LOOKS[mode.name].shortcut


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


def verdict_of(answer: ScanAnswer) -> Verdict:
    """Put an answer into a word and a sentence."""
    result = answer.result
    sentence: Message | str = result.message
    moved = result.status_before is not result.status_after
    mode = mode_named(answer.mode)
    if result.outcome is Outcome.DONE and mode is not None:
        if moved and mode.action is not None and result.status_before is not None:
            was = status_name(result.status_before)
            sentence = msg("{parcel}. It was “{status}”. Next parcel.", parcel=_parcel(answer), status=was)
        elif mode.tells_customer and answer.customer:
            sentence = msg("{parcel}. {said}", parcel=_parcel(answer), said=result.message)
    if answer.recovered:
        sentence = msg("Scanned before the restart: {said}", said=sentence)
    return Verdict(
        _LEVELS.get(result.outcome, "refused"),
        str(_word(mode, result.outcome, ended=moved or says_noted(result.message))),
        result.reference,
        str(sentence),
        answer.at,
        result.order_id,
        result.outcome is Outcome.DONE and mode is not None and mode.undoable,
        answer.scan_id,
        answer.mode,
        answer.user_name,
    )


def verdict_of_past(past: PastScan) -> Verdict:
    """Put a stored reading into the words it had."""
    outcome = past.outcome or Outcome.FAILED
    done = outcome is Outcome.DONE and past.undone_at is None
    mode = mode_named(past.mode)
    return Verdict(
        "info" if past.undone_at is not None else _LEVELS.get(outcome, "refused"),
        str(_word(mode, outcome, ended=_ended(past))),
        past.reference,
        "" if past.message is None else str(past.message),
        past.at,
        past.order_id,
        done and mode is not None and mode.undoable,
        past.scan_id,
        past.mode,
        past.user_name,
    )


def _ended(past: PastScan) -> bool:
    noted = past.message is not None and says_noted(past.message)
    return noted or past.status_before is not past.status_after


def _word(mode: ScanMode | None, outcome: Outcome, *, ended: bool) -> Message:
    if outcome is Outcome.UNKNOWN or mode is None:
        return msg("UNKNOWN")
    if outcome is Outcome.FAILED:
        return msg("FAILED")
    if outcome is Outcome.DONE:
        return (mode.completed if ended else None) or mode.done
    return mode.already if outcome is Outcome.ALREADY else mode.refused


def _parcel(answer: ScanAnswer) -> str:
    amount = "" if answer.total is None else money_text(answer.total)
    return " · ".join(filter(None, (answer.customer, answer.city, amount)))
