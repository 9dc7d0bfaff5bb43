"""One keystroke as the recogniser sees it, and what role a physical key may play in a scan.

Physical codes are Linux evdev codes. For the main block they equal the Windows set-1 scan codes, so one
table serves Windows, X11 and Wayland; the keys outside the main block are brought to evdev numbers by the
window's adapter. 0 means that the platform did not tell which key it was.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Literal

ENTER, KEYPAD_ENTER, TAB = 28, 96, 15
LEFT_ALT, RIGHT_ALT = 56, 100
MODIFIERS = frozenset({29, 97, 42, 54, LEFT_ALT, RIGHT_ALT, 58, 69, 70, 125, 126})

#: Keypad keys are the same on every layout: physical code -> character.
KEYPAD = {
    71: "7", 72: "8", 73: "9", 74: "-", 75: "4", 76: "5", 77: "6", 78: "+",
    79: "1", 80: "2", 81: "3", 82: "0", 83: ".", 55: "*", 98: "/",
}  # fmt: skip

MAIN_BLOCK = frozenset([*range(2, 14), *range(16, 28), *range(30, 42), *range(43, 54), 57, 86])

STX, ETX, GS = "\x02", "\x03", "\x1d"

# A scanner sends a control character as Ctrl and the key of its own layout. The text that the host makes
# of it is no help: Ctrl and the US "]" key give "$" on an AZERTY host. "m" sits on 50 (US) or 39 (AZERTY).
_CONTROL_KEYS = {48: STX, 46: ETX, 27: GS, 36: "\n", 50: "\r", 39: "\r", 23: "\t"}


@dataclass(frozen=True, slots=True)
class Key:
    """One key event: when (ms of the event's own clock), which key, under which modifiers, giving what text.

    ``reliable`` is false when ``t_ms`` is the moment of delivery after the window was busy. ``source`` is
    "key" for keystrokes, "ime" for text committed by an input method, "alt" for a composed Alt code.
    """

    t_ms: int
    phys: int = 0
    text: str = ""
    shift: bool = False
    ctrl: bool = False
    alt: bool = False
    altgr: bool = False
    meta: bool = False
    caps: bool = False
    pressed: bool = True
    auto_repeat: bool = False
    reliable: bool = True
    source: Literal["key", "ime", "alt"] = "key"

    def held_down(self) -> str:
        """Return the modifiers and lock that were on, for the diagnosis page, such as ``Shift+Caps``."""
        flags = {
            "Shift": self.shift,
            "Ctrl": self.ctrl,
            "Alt": self.alt,
            "AltGr": self.altgr,
            "Meta": self.meta,
            "Caps": self.caps,
        }
        return "+".join(name for name, on in flags.items() if on)


class Role(Enum):
    """What a key may be within a scan."""

    DATA = "data"
    END = "end"
    STX = "stx"
    ETX = "etx"
    CONTROL = "control"
    ALT_DIGIT = "alt digit"
    ALT_UP = "alt up"
    REPEAT = "repeat"
    MODIFIER = "modifier"
    OTHER = "other"


_BY_CONTROL = {STX: Role.STX, ETX: Role.ETX, GS: Role.CONTROL, "\n": Role.END, "\r": Role.END, "\t": Role.END}


def role_of(key: Key) -> Role:
    """Say what a key may be within a scan, from the key alone."""
    if not key.pressed:
        return Role.ALT_UP if key.phys in (LEFT_ALT, RIGHT_ALT) and key.source == "key" else Role.MODIFIER
    if key.phys in MODIFIERS and not key.text:
        return Role.MODIFIER
    if key.auto_repeat:
        return Role.REPEAT
    return _with_modifiers(key) if key.altgr or key.meta or key.alt or key.ctrl else _plain(key)


def _with_modifiers(key: Key) -> Role:
    if key.altgr:
        return Role.DATA if key.phys in MAIN_BLOCK or (key.text and key.text.isprintable()) else Role.OTHER
    if key.meta or (key.alt and key.ctrl):
        return Role.OTHER
    if key.ctrl:
        return _with_ctrl(key)
    return Role.ALT_DIGIT if KEYPAD.get(key.phys, "").isdigit() else Role.OTHER


def _with_ctrl(key: Key) -> Role:
    # Without a physical code Ctrl+M and Ctrl+Enter look alike, so only the others count.
    control = _CONTROL_KEYS.get(key.phys, "") if key.phys else key.text.strip("\r\t")
    return _BY_CONTROL.get(control, Role.OTHER)


def _plain(key: Key) -> Role:
    if key.phys in (ENTER, KEYPAD_ENTER) or key.text in ("\r", "\n"):
        return Role.END
    if key.phys == TAB or key.text == "\t":
        return Role.OTHER if key.shift else Role.END
    if key.text in _BY_CONTROL:
        return _BY_CONTROL[key.text]
    # Without NumLock the keypad moves the cursor: no text, hence no data.
    if key.phys in MAIN_BLOCK or (key.text and key.text.isprintable()):
        return Role.DATA
    return Role.OTHER
