"""Keyboard layouts as data: what a scanner means by a key, and which key a host's character came from.

Sources: the US and French columns are Microsoft's kbdus/kbdfr and xkb-data's ``us``/``fr`` (equal but for
the key left of 1); the Arabic columns are xkb-data's ``ara`` and ``ma`` (near Windows Arabic 101 and 102).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from warehouse_desk.wedge.keys import KEYPAD

_DIGITS, _UPPER, _HOME, _LOWER = range(2, 14), range(16, 28), range(30, 41), range(44, 54)
_LEFT_OF_1, _BACKSLASH, _LESS, _SPACE = 41, 43, 86, 57

Rows = Sequence[str]


def _table(rows: tuple[Rows, Rows, Rows, Rows], left_of_1: str, backslash: str, less: str) -> dict[int, str]:
    table = {_LEFT_OF_1: left_of_1, _BACKSLASH: backslash, _LESS: less, _SPACE: " "}
    for codes, row in zip((_DIGITS, _UPPER, _HOME, _LOWER), rows, strict=True):
        table.update(zip(codes, row, strict=True))
    return table


@dataclass(frozen=True)
class Layout:
    """Characters by physical code, without and with Shift, and with AltGr."""

    name: str
    plain: Mapping[int, str]
    shifted: Mapping[int, str]
    altgr: Mapping[int, str] = field(default_factory=dict)

    def char(self, phys: int, *, shift: bool, altgr: bool = False) -> str:
        """Return the character of a key, or "" when this layout has none there."""
        if phys in KEYPAD:
            return KEYPAD[phys]
        if altgr:
            return self.altgr.get(phys, "")
        return (self.shifted if shift else self.plain).get(phys, "")

    @cached_property
    def keys_by_char(self) -> Mapping[str, tuple[int, bool]]:
        """Character -> (physical code, Shift). The unshifted key wins where a character is on two."""
        found: dict[str, tuple[int, bool]] = {}
        for table, shift in ((self.plain, False), (self.shifted, True)):
            for phys, char in table.items():
                found.setdefault(char, (phys, shift))
                # With Caps Lock X11 writes the capitals of é è ç à ù, which no key gives by itself.
                if not shift and not char.isascii():
                    found.setdefault(char.upper(), (phys, shift))
        return found


US = Layout(
    "us",
    _table(("1234567890-=", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./"), "`", "\\", "<"),
    _table(("!@#$%^&*()_+", "QWERTYUIOP{}", 'ASDFGHJKL:"', "ZXCVBNM<>?"), "~", "|", ">"),
)

_FR_DIGITS, _FR_DIGITS_SHIFT = "&é\"'(-è_çà)=", "1234567890°+"

FR = Layout(
    "fr",
    _table((_FR_DIGITS, "azertyuiop^$", "qsdfghjklmù", "wxcvbn,;:!"), "²", "*", "<"),
    _table((_FR_DIGITS_SHIFT, "AZERTYUIOP¨£", "QSDFGHJKLM%", "WXCVBN?./§"), "~", "µ", ">"),
    {3: "~", 4: "#", 5: "{", 6: "[", 7: "|", 8: "`", 9: "\\", 10: "^", 11: "@", 12: "]", 13: "}"},
)

_ARABIC = ("ضصثقفغعهخحجد", "شسيبلاتنمكط", "ئءؤرﻻىةوزظ")
_ARABIC_SHIFT = (
    "\u064e\u064b\u064f\u064c\ufef9إ`÷×؛<>",
    '\u0650\u064d][\ufef7أ\u0640،/:"',
    "~\u0652}{\ufef5آ',.؟",
)

ARABIC_101 = Layout(
    "ar101",
    _table(("1234567890-=", *_ARABIC), "ذ", "\\", "|"),
    _table(("!@#$%^&*)(_+", *_ARABIC_SHIFT), "\u0651", "|", "¦"),
)

ARABIC_102 = Layout(
    "ar102",
    _table((_FR_DIGITS, *_ARABIC), "ذ", "\\", "|"),
    _table((_FR_DIGITS_SHIFT, *_ARABIC_SHIFT), "\u0651", "|", "¦"),
)

#: Layouts that scanners are set to.
SCANNER_LAYOUTS = {layout.name: layout for layout in (US, FR)}

#: Layouts whose text can be traced back to keys when the platform does not tell the keys.
HOST_LAYOUTS = (US, FR, ARABIC_101, ARABIC_102)

#: Windows writes the lam-alef keys as two letters where X11 writes one presentation form.
LAM_ALEF = {
    "\u0644\u0627": "\ufefb",
    "\u0644\u0625": "\ufef9",
    "\u0644\u0623": "\ufef7",
    "\u0644\u0622": "\ufef5",
}
