"""Event times made comparable, and the doubt about them after the window was busy."""

_WRAP = 1 << 32


class EventClock:
    """Turns the time stamps of key events into one rising count of ms.

    X11 stamps are 32 bits and start anew after 49.7 days. Events without a stamp (0) and timers are placed on
    the same count through the smallest delay seen between an event's stamp and its delivery.
    """

    def __init__(self) -> None:
        self._last_stamp: int | None = None
        self._last = 0
        self._delay: int | None = None

    def of_event(self, stamp_ms: int, handled_ms: int) -> int:
        """Return the moment of an event stamped ``stamp_ms`` and handled at ``handled_ms`` (monotonic ms)."""
        if not stamp_ms:
            return self.now(handled_ms)
        if self._last_stamp is None:
            self._last = stamp_ms
        else:
            step = (stamp_ms - self._last_stamp) % _WRAP
            self._last += step if step < _WRAP // 2 else 0
        self._last_stamp = stamp_ms
        delay = handled_ms - self._last
        self._delay = delay if self._delay is None else min(self._delay, delay)
        return self._last

    def now(self, handled_ms: int) -> int:
        """Return the present on the events' own count."""
        return handled_ms - (self._delay or 0)


class Heartbeat:
    """Tells whether the window was busy a moment ago, where events are stamped only when they are handled.

    Fed by a timer every 25 ms. On Windows six keys typed slowly while the window is busy all arrive within
    1 ms; such times prove nothing.
    """

    def __init__(self, tolerance_ms: int = 100, settle_ms: int = 150) -> None:
        self._tolerance = tolerance_ms
        self._settle = settle_ms
        self._last: int | None = None
        self._doubt_until = 0

    def beat(self, now_ms: int) -> None:
        """Note that the event loop is running now."""
        self._look(now_ms)
        self._last = now_ms

    def reliable(self, now_ms: int) -> bool:
        """Tell whether an event handled now also happened about now."""
        self._look(now_ms)
        return now_ms >= self._doubt_until

    def _look(self, now_ms: int) -> None:
        if self._last is not None and now_ms - self._last > self._tolerance:
            self._doubt_until = now_ms + self._settle
