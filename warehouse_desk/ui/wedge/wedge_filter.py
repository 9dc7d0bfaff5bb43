"""Watches the keys of every window for scans, before shortcuts and widgets see them.

Installed on the QWindow of each window that gets the keyboard: there both ``ShortcutOverride`` and key
presses pass first, and Python is not called for every event of the program.

What happens to the keys of a scan while it comes in:

- In a text field they are typed, for holding keys back would break input methods, dead keys and the order of
  fast typing. When they turn out to be a scan, the field returns to its state before the first of them and
  the suffix reaches nobody. Search-as-you-type and a spin box's value may follow for that short while.
- Anywhere else (tables, buttons, menus) they are held from the first one on and handed on in order as soon
  as they turn out to be typing, ``gap_max`` (100 ms) later at most. Space and Enter at rest are not held.
- On a page marked by :func:`mark_scan_page` shortcuts on single letters never fire. Elsewhere such a shortcut
  may fire on the first three keys of a scan, for a single letter cannot be known for a scan's: give no action
  a shortcut without Ctrl, Alt or an F key.
- A :class:`ReadingField` that has the keyboard gets the reading itself, in a dialog too.
- In password fields only a reference or a code of the desk is taken out, as a badge that is scanned while the
  sign-in waits in its password field; whatever else is typed there is neither logged nor told to anybody.
- A dialog makes no difference: its fields are text fields, its buttons are held keys. Native dialogs would be
  one, for their keys never come here; the program has none (see ``ScanController``).
"""

import time
from collections.abc import Callable
from enum import Enum

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from warehouse_desk.ui.wedge.editors import Snapshot, is_secret, records_shortcuts, snapshot_of, takes_typing
from warehouse_desk.ui.wedge.held_keys import HeldKeys
from warehouse_desk.ui.wedge.platform_keys import caps_lock_on, modifiers_of, physical_code
from warehouse_desk.ui.wedge.reading_field import ReadingField
from warehouse_desk.wedge.burstlog import Burst
from warehouse_desk.wedge.grammar import STRONG_KINDS, Kind
from warehouse_desk.wedge.keys import RIGHT_ALT, Key, Role, role_of
from warehouse_desk.wedge.learning import READING_SILENCE_MS, ReadingRecorder
from warehouse_desk.wedge.recogniser import Recogniser, State
from warehouse_desk.wedge.results import Incomplete, Released, Result, Scan
from warehouse_desk.wedge.timing import EventClock, Heartbeat

HEARTBEAT_MS = 25
_SCAN_PAGE = "wedgeScanPage"
_RECORDED = (Role.DATA, Role.END, Role.STX, Role.ETX, Role.CONTROL, Role.ALT_DIGIT)
_LATE_MS, _POSTPONED_MS, _MARGIN_MS = 60, 30, 5


def mark_scan_page(page: QWidget) -> None:
    """Declare that keys pressed anywhere on a page, outside its text fields, are for scanning."""
    page.setProperty(_SCAN_PAGE, True)


class _Way(Enum):
    PASS = 0
    HOLD = 1
    HOLD_BEFORE_SHORTCUTS = 2
    SWALLOW = 3


def _monotonic_ms() -> int:
    return time.monotonic_ns() // 1_000_000


class WedgeFilter(QObject):
    """Feeds a recogniser with the keys of the program's windows and reports what it found.

    Signals, each after the key event is over: ``scanned(Scan)``; ``incomplete(Incomplete)``: scan again;
    ``typing(Released)``;
    ``raw_burst(Burst)`` for diagnosis; ``recorded(tuple of Key)`` for the set-up assistant while
    :meth:`record` is on.
    """

    scanned = Signal(object)
    incomplete = Signal(object)
    typing = Signal(object)
    raw_burst = Signal(object)
    recorded = Signal(object)
    _outgoing = Signal(object, object)

    def __init__(
        self,
        recogniser: Recogniser,
        parent: QObject | None = None,
        platform: str | None = None,
        now_ms: Callable[[], int] = _monotonic_ms,
    ) -> None:
        super().__init__(parent)
        self.recogniser = recogniser
        self._platform = platform or QGuiApplication.platformName()
        self._now = now_ms
        self._clock = EventClock()
        self._held = HeldKeys()
        self._snapshot: Snapshot | None = None
        self._decided: tuple[tuple[int, ...], _Way] | None = None
        self._altgr_down = False
        self._focus_object: QObject | None = None
        self._recorder: ReadingRecorder | None = None
        self._last_burst: Burst | None = None
        self._due = 0
        self.last_key_ms = now_ms()
        """When the last key was pressed or let go (ms, monotonic): whether anybody is at work."""
        self._silence = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._silence.timeout.connect(self._on_silence)
        # Slots may open dialogs; a key must be done with before they run.
        self._outgoing.connect(self._emit, Qt.ConnectionType.QueuedConnection)
        self._heartbeat = Heartbeat()
        self._beats = QTimer(self, interval=HEARTBEAT_MS)
        self._beats.timeout.connect(lambda: self._heartbeat.beat(self._now()))
        self._start()

    def _start(self) -> None:
        application = QApplication.instance()
        if not isinstance(application, QApplication):
            raise TypeError("the wedge filter needs a running QApplication")
        application.focusWindowChanged.connect(self.watch)
        application.focusObjectChanged.connect(self._follow_focus)
        application.applicationStateChanged.connect(self._on_application_state)
        self.watch(QGuiApplication.focusWindow())
        self._follow_focus(QGuiApplication.focusObject())
        # Elsewhere events carry the moment when they happened; Windows stamps them when they are handled.
        if self._platform == "windows":
            self._beats.start()

    def watch(self, window: QWindow | None) -> None:
        """Watch a window. Every window that gets the keyboard is watched by itself."""
        if window is not None:
            window.installEventFilter(self)

    def record(self, on: bool) -> None:
        """Gather whole readings for the set-up assistant instead of recognising; no widget gets the keys."""
        self._recorder = ReadingRecorder() if on else None
        self._forget()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Take what belongs to a scan; let everything else pass."""
        kind = event.type()
        if isinstance(event, QKeyEvent) and isinstance(watched, QWindow) and not self._held.replaying:
            self.last_key_ms = self._now()
            if kind == QEvent.Type.ShortcutOverride:
                return self._on_shortcut_override(event)
            if kind == QEvent.Type.KeyPress:
                return self._on_press(watched, event)
            if kind == QEvent.Type.KeyRelease:
                return self._on_release(watched, event)
        elif kind == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            self._on_commit(event.commitString())
        return False

    def _on_shortcut_override(self, event: QKeyEvent) -> bool:
        way = self._decide(event)
        self._decided = (_fingerprint(event), way)
        if way in (_Way.HOLD_BEFORE_SHORTCUTS, _Way.SWALLOW):
            event.accept()
            return True
        return False

    def _on_press(self, window: QWindow, event: QKeyEvent) -> bool:
        decided, self._decided = self._decided, None
        way = decided[1] if decided and decided[0] == _fingerprint(event) else self._decide(event)
        if way is _Way.PASS:
            return False
        if way is _Way.SWALLOW:
            self._held.swallow(event)
        else:
            self._held.hold(window, event)
        return True

    def _on_release(self, window: QWindow, event: QKeyEvent) -> bool:
        if self._held.takes_release(window, event):
            return True
        key = self._key(event, pressed=False)
        if key.phys == RIGHT_ALT and not event.isAutoRepeat():
            self._altgr_down = False
        if role_of(key) is not Role.ALT_UP or records_shortcuts(_target()):
            return False
        # Alt going up completes an Alt code, and must then not open the menu.
        return self._feed(key) is not _Way.PASS

    def _on_commit(self, text: str) -> None:
        if text and not is_secret(_target()):
            self._feed(Key(self._clock.now(self._now()), text=text, source="ime"))

    def _decide(self, event: QKeyEvent) -> _Way:
        if records_shortcuts(_target()):
            self._forget()
            return _Way.PASS
        key = self._key(event)
        if key.phys == RIGHT_ALT and event.key() == Qt.Key.Key_AltGr:
            self._altgr_down = True
        return self._feed(key)

    def _feed(self, key: Key) -> _Way:
        if self._recorder is not None:
            return self._record_key(key, self._recorder)
        focus = _target()
        in_editor = takes_typing(focus)
        on_page = not in_editor and _within_scan_page(focus)
        self.recogniser.scan_page = on_page
        self.recogniser.private = is_secret(focus)
        step = self.recogniser.feed(key)
        settled = [self._settle(result) for result in step.results]
        if step.began:
            self._snapshot = snapshot_of(focus) if in_editor else None
        self._wait_for_silence()
        if step.consumed and all(settled):
            return _Way.SWALLOW
        if not step.took or (in_editor and self._snapshot is not None and self._snapshot.widget is focus):
            return _Way.PASS
        in_burst = self.recogniser.state is State.BURST
        return _Way.HOLD_BEFORE_SHORTCUTS if in_burst or on_page else _Way.HOLD

    def _record_key(self, key: Key, recorder: ReadingRecorder) -> _Way:
        self._report_reading(recorder.feed(key))
        self._arm(READING_SILENCE_MS)
        return _Way.SWALLOW if recorder.under_way and role_of(key) in _RECORDED else _Way.PASS

    def _settle(self, result: Result) -> bool:
        """Carry out one result; false when its keys stay typed although they came fast."""
        snapshot, self._snapshot = self._snapshot, None
        if isinstance(result, Released):
            self._held.hand_on()
            if not (snapshot and snapshot.secret):
                self._send(self.typing, result)
            self._report_burst()
            return True
        if not _is_for_us(result, snapshot):
            self._held.hand_on()
            self._report_burst()
            return False
        self._held.drop()
        if snapshot is not None:
            snapshot.restore()
        target = _target()
        if isinstance(result, Incomplete):
            self._send(self.incomplete, result)
        elif isinstance(target, ReadingField) and isinstance(result, Scan):
            self._send(target.read, result)
        else:
            self._send(self.scanned, result)
        self._report_burst()
        return True

    def _wait_for_silence(self) -> None:
        deadline = self.recogniser.deadline_ms
        if deadline is None:
            self._silence.stop()
        else:
            self._arm(deadline - self._clock.now(self._now()))

    def _arm(self, wait_ms: int) -> None:
        wait = max(wait_ms, 0) + _MARGIN_MS
        self._due = self._now() + wait
        self._silence.start(wait)

    def _on_silence(self) -> None:
        now = self._now()
        if now - self._due > _LATE_MS:
            # The window was busy: keys of this very scan may still wait to be delivered.
            self._due = now
            self._silence.start(_POSTPONED_MS)
            return
        if self._recorder is not None:
            self._report_reading(self._recorder.tick(self._clock.now(now) + _MARGIN_MS))
            return
        for result in self.recogniser.tick(self._clock.now(now)):
            self._settle(result)
        self._wait_for_silence()

    def _key(self, event: QKeyEvent, *, pressed: bool = True) -> Key:
        now = self._now()
        modifiers = modifiers_of(self._platform, event)
        modifiers["altgr"] = modifiers["altgr"] or self._altgr_down
        return Key(
            t_ms=self._clock.of_event(int(event.timestamp()), now),
            phys=physical_code(self._platform, event),
            text=event.text(),
            caps=caps_lock_on(self._platform, event),
            pressed=pressed,
            auto_repeat=event.isAutoRepeat(),
            reliable=not self._beats.isActive() or self._heartbeat.reliable(now),
            **modifiers,
        )

    def _follow_focus(self, focus_object: QObject | None) -> None:
        # Input methods send their text to the object in focus and not to its window.
        if self._focus_object is not None and shiboken6.isValid(self._focus_object):
            self._focus_object.removeEventFilter(self)
        self._focus_object = focus_object
        if focus_object is not None and not isinstance(focus_object, QWindow):
            focus_object.installEventFilter(self)

    def _on_application_state(self, state: Qt.ApplicationState) -> None:
        if state != Qt.ApplicationState.ApplicationActive:
            self._forget()

    def _forget(self) -> None:
        self.recogniser.reset()
        self._held.forget()
        self._snapshot = None
        self._altgr_down = False
        self._silence.stop()

    def _report_reading(self, keys: tuple[Key, ...]) -> None:
        if keys:
            self._send(self.recorded, keys)

    def _report_burst(self) -> None:
        burst = self.recogniser.log.latest
        if burst is not None and burst is not self._last_burst:
            self._last_burst = burst
            self._send(self.raw_burst, burst)

    def _send(self, signal: SignalInstance, what: object) -> None:
        self._outgoing.emit(signal, what)

    def _emit(self, signal: SignalInstance, what: object) -> None:
        signal.emit(what)


def _target() -> QWidget | None:
    """Return the widget that gets the keys: an open menu before the field behind it."""
    popup = QApplication.activePopupWidget()
    # The list of a completer hands its keys to the field that it completes.
    target = QApplication.focusWidget() if popup is None else popup.focusProxy() or popup
    # Where a new field lies at the address of one that is gone, the binding may still answer with the old one.
    return target if target is not None and isValid(target) else None


def _is_for_us(result: Scan | Incomplete, snapshot: Snapshot | None) -> bool:
    """Tell fast text that a tool types into a text field from a code meant for the desk."""
    if snapshot is None:
        return True
    if snapshot.secret:
        return isinstance(result, Scan) and result.kind in STRONG_KINDS
    if isinstance(result, Incomplete):
        return result.plausible
    return result.kind is not Kind.UNKNOWN or not snapshot.many_lines


def _within_scan_page(widget: QWidget | None) -> bool:
    while widget is not None:
        if widget.property(_SCAN_PAGE):
            return True
        widget = widget.parentWidget()
    return False


def _fingerprint(event: QKeyEvent) -> tuple[int, ...]:
    """Return what a ShortcutOverride and the KeyPress that follows it have in common."""
    return int(event.timestamp()), int(event.nativeScanCode()), int(event.key()), int(event.isAutoRepeat())
