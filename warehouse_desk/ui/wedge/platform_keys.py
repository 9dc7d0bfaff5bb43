"""Which key it was, under which lock: each platform's native numbers brought to one count (evdev codes).

Sources: Qt's platform plug-ins. ``windows`` gives the set-1 scan code with 0x100 for extended keys, ``xcb``
and ``wayland`` the evdev code plus 8, ``cocoa`` only its virtual key, which is physical there. ``offscreen``
and test helpers tell nothing.
"""

from typing import TypedDict

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

_XKB_OFFSET = 8
_WINDOWS_EXTENDED = {0x11C: 96, 0x11D: 97, 0x135: 98, 0x138: 100, 0x15B: 125, 0x15C: 126}
_WINDOWS_MASK = 0x1FF

_CAPS_BITS = {"xcb": 0x2, "wayland": 0x2, "windows": 0x100, "cocoa": 0x10000}

# kVK_* of Carbon's Events.h in the order of evdev codes; the main block first, then the keypad.
_COCOA = {
    18: 2, 19: 3, 20: 4, 21: 5, 23: 6, 22: 7, 26: 8, 28: 9, 25: 10, 29: 11, 27: 12, 24: 13,
    12: 16, 13: 17, 14: 18, 15: 19, 17: 20, 16: 21, 32: 22, 34: 23, 31: 24, 35: 25, 33: 26, 30: 27,
    0: 30, 1: 31, 2: 32, 3: 33, 5: 34, 4: 35, 38: 36, 40: 37, 37: 38, 41: 39, 39: 40, 50: 41, 42: 43,
    6: 44, 7: 45, 8: 46, 9: 47, 11: 48, 45: 49, 46: 50, 43: 51, 47: 52, 44: 53, 49: 57, 10: 86,
    36: 28, 48: 15, 76: 96, 58: 56, 61: 100,
    89: 71, 91: 72, 92: 73, 78: 74, 86: 75, 87: 76, 88: 77, 69: 78, 83: 79, 84: 80, 85: 81, 82: 82,
    65: 83, 67: 55, 75: 98,
}  # fmt: skip


def physical_code(platform: str, event: QKeyEvent) -> int:
    """Return the evdev code of the pressed key; 0 when the platform does not tell."""
    code = int(event.nativeScanCode())
    if platform in ("xcb", "wayland"):
        return code - _XKB_OFFSET if code > _XKB_OFFSET else 0
    if platform == "windows":
        code &= _WINDOWS_MASK
        return _WINDOWS_EXTENDED.get(code, code)
    if platform == "cocoa":
        return _cocoa_code(event)
    return 0


def _cocoa_code(event: QKeyEvent) -> int:
    virtual = int(event.nativeVirtualKey())
    # Number 0 is the "A" key and also what an event without a number says.
    if virtual == 0 and not event.text():
        return 0
    return _COCOA.get(virtual, 0)


def caps_lock_on(platform: str, event: QKeyEvent) -> bool:
    """Tell whether Caps Lock was on; false where the platform does not tell."""
    return bool(int(event.nativeModifiers()) & _CAPS_BITS.get(platform, 0))


class Modifiers(TypedDict):
    """The modifiers held with a key."""

    shift: bool
    ctrl: bool
    alt: bool
    altgr: bool
    meta: bool


def modifiers_of(platform: str, event: QKeyEvent) -> Modifiers:
    """Return the modifiers as physical keys: Qt swaps Control and Command on macOS."""
    held = event.modifiers()
    control = bool(held & Qt.KeyboardModifier.ControlModifier)
    meta = bool(held & Qt.KeyboardModifier.MetaModifier)
    alt = bool(held & Qt.KeyboardModifier.AltModifier)
    if platform == "cocoa":
        control, meta = meta, control
    # Windows tells AltGr as Ctrl and Alt together.
    altgr = bool(held & Qt.KeyboardModifier.GroupSwitchModifier) or (platform == "windows" and control and alt)
    return {
        "shift": bool(held & Qt.KeyboardModifier.ShiftModifier),
        "ctrl": control and not altgr,
        "alt": alt and not altgr,
        "altgr": altgr,
        "meta": meta,
    }
