"""How many orders stand in each status, read again in the background when orders change."""

from PySide6.QtCore import QTimer, Signal, Slot

from warehouse_desk.domain.status import Status
from warehouse_desk.ui.controller import Controller
from warehouse_desk.ui.workplace import Workplace

_COUNTS_MS = 1_000
"""Counts are read at most once in this time (ms): at a million orders they cost a tenth of a second."""


class CountController(Controller):
    """Reads the counts of the nine statuses; the newest reading wins."""

    counted = Signal(object)
    """The number of orders of each status."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_COUNTS_MS)
        self._timer.timeout.connect(self.read)
        workplace.changes.orders_changed.connect(self._on_orders_changed)
        workplace.station.opened.connect(self.read)

    def stop(self) -> None:
        """Read nothing any more."""
        self._timer.stop()

    @Slot()
    def read(self) -> None:
        """Read the counts in the background."""
        self._at_desk(lambda desk: desk.orders.counts(), done=self._on_counts, key="counts")

    @Slot(object)
    def _on_orders_changed(self, _changes: object) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _on_counts(self, counts: dict[Status, int]) -> None:
        self.counted.emit(counts)
