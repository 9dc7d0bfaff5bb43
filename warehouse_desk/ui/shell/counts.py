"""How many orders stand in each status, read again in the background when orders change."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from warehouse_desk.domain.status import Status
from warehouse_desk.ui.changes import ChangeBus
from warehouse_desk.ui.tasks import Tasks

if TYPE_CHECKING:
    from warehouse_desk.services.desk import Desk

_COUNTS_MS = 1_000
"""Counts are read at most once in this time (ms): at a million orders they cost a tenth of a second."""


class StatusCounts(QObject):
    """Reads the counts of the nine statuses; the newest reading wins."""

    counted = Signal(object)
    """The number of orders of each status."""

    def __init__(self, tasks: Tasks, changes: ChangeBus, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._desk: Desk | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_COUNTS_MS)
        self._timer.timeout.connect(self.read)
        changes.orders_changed.connect(self._on_orders_changed)

    def set_desk(self, desk: "Desk") -> None:
        """Count a station's orders from now on."""
        self._desk = desk
        self.read()

    def stop(self) -> None:
        """Read nothing any more."""
        self._timer.stop()

    @Slot()
    def read(self) -> None:
        """Read the counts in the background."""
        if self._desk is not None:
            self._tasks.run(self._desk.counts, owner=self, done=self._on_counts, key="counts")

    @Slot(object)
    def _on_orders_changed(self, _changes: object) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _on_counts(self, counts: dict[Status, int]) -> None:
        self.counted.emit(counts)
