"""What the text of a barcode can be, decided from the text alone.

Command, badge and station codes of the desk are made of :data:`SAFE_LETTERS` only: the letters that sit on
the same key of QWERTY, AZERTY and QWERTZ boards (so not A, Q, W, Z, M, Y), that are letters with or without
Shift and Caps Lock, and that an Arabic board writes as one letter of its own (so not B, which Windows writes
as two). No digit, hyphen or star is among them: those move with the layout, and the digits of an AZERTY
board need Shift. Such a code is read rightly even where the platform tells nothing but the text.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from warehouse_desk.common.codes import check_digit_holds

MAX_LENGTH = 64
SAFE_LETTERS = "CDEFGHIJKLNOPRSTUVX"
COMMAND_PREFIX, BADGE_PREFIX, STATION_PREFIX = "XCX", "XUX", "XSX"

_SAFE = f"[{SAFE_LETTERS}]"
_COMMAND = re.compile(f"{COMMAND_PREFIX}({_SAFE}{{2,16}})")
_BADGE = re.compile(f"{BADGE_PREFIX}({_SAFE}{{8,24}})")
_STATION = re.compile(f"{STATION_PREFIX}({_SAFE}{{2,16}})")
_TRACKING = re.compile(r"(?=[A-Z]*[0-9])[A-Z0-9]{8,30}")
_GTIN_LENGTHS = (8, 12, 13, 14)


class Kind(StrEnum):
    """What a scanned code stands for."""

    ORDER = "order"
    PRODUCT = "product"
    TRACKING = "tracking"
    COMMAND = "command"
    BADGE = "badge"
    STATION = "station"
    UNKNOWN = "unknown"


#: Codes made of safe letters: no layout can change them.
DESK_KINDS = frozenset({Kind.COMMAND, Kind.BADGE, Kind.STATION})

#: Kinds with so much form that typing by chance, or by an input method, does not make one.
STRONG_KINDS = DESK_KINDS | {Kind.ORDER}


def command_code(word: str) -> str:
    """Return the barcode text of a command word (2-16 safe letters); ValueError for any other word."""
    return _desk_code(COMMAND_PREFIX, word, _COMMAND)


def badge_code(token: str) -> str:
    """Return the barcode text of a badge token (8-24 safe letters); ValueError for any other token."""
    return _desk_code(BADGE_PREFIX, token, _BADGE)


def station_code(word: str) -> str:
    """Return the barcode text of a station (2-16 safe letters); ValueError for any other word."""
    return _desk_code(STATION_PREFIX, word, _STATION)


_STATION_LETTERS = 6


def station_word(number: int) -> str:
    """Return the letters that stand for a station's number on its sign: base 19 in letters that no layout moves."""
    letters = ""
    while number or len(letters) < _STATION_LETTERS:
        number, rest = divmod(number, len(SAFE_LETTERS))
        letters = SAFE_LETTERS[rest] + letters
    return letters


def station_number(word: str) -> int:
    """Return the station's number that letters stand for."""
    number = 0
    for letter in word:
        number = number * len(SAFE_LETTERS) + SAFE_LETTERS.index(letter)
    return number


def desk_word(text: str) -> str:
    """Return the word of a command, badge or station code: the text behind its prefix."""
    return text[len(COMMAND_PREFIX) :]


def is_reserved(text: str) -> bool:
    """Tell whether a text begins like a code of the desk, so that no reference or SKU may be named so."""
    return text.upper().startswith((COMMAND_PREFIX, BADGE_PREFIX, STATION_PREFIX))


@dataclass(frozen=True)
class Grammar:
    """The forms of codes at one desk. ``prefixes`` are the letters before the hyphen of a reference."""

    prefixes: tuple[str, ...] = ("ORD",)
    digits: int = 5

    @cached_property
    def _reference(self) -> re.Pattern[str]:
        # [0-9] and not \d, which also takes Arabic-Indic digits.
        return re.compile(f"(?:{'|'.join(map(re.escape, self.prefixes))})-[0-9]{{{self.digits},}}")

    def kind_of(self, text: str) -> Kind | None:
        """Classify an upper-case text; None when it has no known form."""
        if len(text) > MAX_LENGTH:
            return None
        if self._reference.fullmatch(text):
            return Kind.ORDER
        for pattern, kind in ((_COMMAND, Kind.COMMAND), (_BADGE, Kind.BADGE), (_STATION, Kind.STATION)):
            if pattern.fullmatch(text):
                return kind
        if not _TRACKING.fullmatch(text):
            return None
        is_gtin = text.isdigit() and len(text) in _GTIN_LENGTHS and check_digit_holds(text)
        return Kind.PRODUCT if is_gtin else Kind.TRACKING

    def joined_references(self, text: str) -> tuple[str, ...]:
        """Return the references of a text that is two or more of them and nothing else, in order."""
        found = tuple(self._reference.findall(text))
        return found if len(found) > 1 and "".join(found) == text else ()

    def begins_like_reference(self, texts: Iterable[str]) -> bool:
        """Tell whether any text begins with a reference's prefix, as a reference cut short does."""
        return any(text.startswith(self.prefixes) for text in texts)


def without_badges(text: str) -> str:
    """Return a text in which a badge's code, or a part of one, cannot be read: it opens the program."""
    return _BADGE_IN_TEXT.sub(f"{BADGE_PREFIX}…", text)


_BADGE_IN_TEXT = re.compile(f"{BADGE_PREFIX}[{SAFE_LETTERS}]{{4,}}", re.IGNORECASE)


def _desk_code(prefix: str, word: str, pattern: re.Pattern[str]) -> str:
    code = prefix + word.upper()
    if not pattern.fullmatch(code):
        raise ValueError(f"{word!r} cannot be a code: use letters of {SAFE_LETTERS}, in the allowed number")
    return code
