"""Barcodes that work the program. Their words are made of letters that no keyboard layout moves."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.domain.scanning.modes import SCAN_MODES, ModeName


class Command(StrEnum):
    """What a command barcode asks for, by the word in it."""

    OK = "SURE"
    NO = "REFUSE"
    UNDO = "UNDO"
    HOLD = "HOLD"
    OUT_OF_STOCK = "SHORT"
    PRINT = "PRINT"
    NEXT = "NEXT"
    OVERRIDE = "OVERRIDE"
    SIGN_OUT = "SIGNOUT"


MODE_WORDS: Mapping[str, ModeName] = MappingProxyType({mode.command: mode.name for mode in SCAN_MODES.values()})
"""The mode that a command word chooses."""


@dataclass(frozen=True, slots=True)
class CommandCard:
    """A command as the printed sheet shows it."""

    word: str
    title: Message
    subtitle: Message


_SAID = {
    Command.OK: (msg("OK"), msg("Yes, or: I have seen the error")),
    Command.NO: (msg("NO"), msg("No, leave it as it is")),
    Command.UNDO: (msg("UNDO SCAN"), msg("Undo the last scan")),
    Command.HOLD: (msg("HOLD"), msg("Put the last scanned order on hold")),
    Command.OUT_OF_STOCK: (msg("OUT OF STOCK"), msg("The last scanned order cannot be filled")),
    Command.PRINT: (msg("PRINT"), msg("Print the label of the last scanned order")),
    Command.NEXT: (msg("NEXT"), msg("Set the open order aside")),
    Command.OVERRIDE: (msg("SUPERVISOR"), msg("A supervisor allows the last scan with badge and PIN")),
    Command.SIGN_OUT: (msg("SIGN OUT"), msg("The next worker scans a badge")),
}


def command_cards() -> tuple[CommandCard, ...]:
    """Return every command barcode: first the modes, then the rest."""
    modes = [CommandCard(w, SCAN_MODES[m].label, msg("Each scan from now on")) for w, m in MODE_WORDS.items()]
    return (*modes, *(CommandCard(command.value, *_SAID[command]) for command in Command))


def command_text(word: str) -> Message | None:
    """Return what a command word asks for, in words; None where there is no such command."""
    if word in MODE_WORDS:
        return SCAN_MODES[MODE_WORDS[word]].label
    return _SAID[Command(word)][0] if word in set(Command) else None


def _faults() -> list[str]:
    faults = [f"{command.name} and a mode have the word {command}" for command in Command if command in MODE_WORDS]
    return faults + [f"{command.name} is not said in words" for command in Command if command not in _SAID]


if _found := _faults():
    raise RuntimeError(f"the commands of the scanner are inconsistent: {'; '.join(_found)}")
