"""Key presses as X11 delivers them: to the window, with scan code, time stamp and release."""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent

from warehouse_desk.wedge.keys import Key

_NAMED = {"\r": Qt.Key.Key_Return, "\t": Qt.Key.Key_Tab, " ": Qt.Key.Key_Space}
X11_OFFSET, X11_SHIFT, X11_LOCK = 8, 1, 2


class Clock:
    """The moment at which events are handled, set by the test."""

    def __init__(self) -> None:
        self.now_ms = 500

    def __call__(self) -> int:
        return self.now_ms


def event_of(kind: QEvent.Type, key: Key) -> QKeyEvent:
    modifiers = Qt.KeyboardModifier.NoModifier
    for held, flag in (
        (key.shift, Qt.KeyboardModifier.ShiftModifier),
        (key.ctrl, Qt.KeyboardModifier.ControlModifier),
        (key.alt, Qt.KeyboardModifier.AltModifier),
    ):
        modifiers = modifiers | flag if held else modifiers
    native = key.shift * X11_SHIFT + key.caps * X11_LOCK
    code = _NAMED.get(key.text, Qt.Key(ord(key.text[0].upper())) if key.text else Qt.Key.Key_unknown)
    event = QKeyEvent(
        kind,
        code,
        modifiers,
        key.phys + X11_OFFSET if key.phys else 0,
        0,
        native,
        key.text,
        key.auto_repeat,
        1,
    )
    event.setTimestamp(key.t_ms)
    return event


def press(clock: Clock, keys: Iterable[Key], handled_ms: int | None = None) -> list[bool]:
    """Press and release keys on the window in focus; tells for each whether shortcuts were kept off it."""
    kept = []
    for key in keys:
        clock.now_ms = key.t_ms if handled_ms is None else handled_ms
        kept.append(press_one(key))
    return kept


def press_one(key: Key) -> bool:
    """Press and release a key on the window in focus; tells whether shortcuts were kept off it."""
    override = event_of(QEvent.Type.ShortcutOverride, key)
    override.ignore()
    for event in (override, event_of(QEvent.Type.KeyPress, key), event_of(QEvent.Type.KeyRelease, key)):
        window = QGuiApplication.focusWindow()
        assert window is not None
        QCoreApplication.sendEvent(window, event)
    return override.isAccepted()
