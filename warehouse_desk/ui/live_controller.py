"""Brings what the live feed tells into the window: changes onto the bus, an absence into the banner."""

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Signal, Slot

from warehouse_desk.domain.results import ChangeSet
from warehouse_desk.ui.controller import Controller
from warehouse_desk.ui.station import Station
from warehouse_desk.ui.workplace import Workplace

if TYPE_CHECKING:
    from warehouse_desk.services.change_feed import LiveState


class _Feed(Protocol):
    def stop(self) -> bool: ...


class LiveController(Controller):
    """Listens for the window; the feed's thread only emits, everything else happens in the GUI thread."""

    went_away = Signal(str)
    """The database is away; carries the sentence."""
    came_back = Signal()
    _changed = Signal(object)
    _state = Signal(object)

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._feed: _Feed | None = None
        self._changed.connect(self._on_changed)
        self._state.connect(self._on_state)
        self._station.opened.connect(self._start)

    @Slot(object)
    def _start(self, station: Station) -> None:
        """Listen at a desk instead of the one before; whoever leaves a station does not end it."""
        self.stop()
        self._feed = station.desk.watch(self._changed.emit, self._state.emit)

    def stop(self) -> None:
        """Listen no more; takes a second at most."""
        if self._feed is not None:
            self._feed.stop()
            self._feed = None

    @Slot(object)
    def _on_changed(self, changes: ChangeSet) -> None:
        if self._feed is not None:
            self._workplace.changes.publish(changes)

    @Slot(object)
    def _on_state(self, state: "LiveState") -> None:
        if self._feed is None:
            return
        if state.online:
            self.came_back.emit()
        else:
            self.went_away.emit(str(state.message))
