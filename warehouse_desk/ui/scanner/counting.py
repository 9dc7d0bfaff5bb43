"""Reads the count that goes with the mode: the pieces of the open order, or the parcels handed over."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from warehouse_desk.domain.scanning.modes import Counted
from warehouse_desk.domain.scanning.scans import HandOverCount, Verification
from warehouse_desk.ui.scanner.controls import ScanControls
from warehouse_desk.ui.scanner.tally import TallyPanel
from warehouse_desk.ui.tasks import Tasks

if TYPE_CHECKING:
    from warehouse_desk.services.desk import Desk


class ModeCount(QObject):
    """Keeps the tally beside the answer true; it is hidden where the mode counts nothing."""

    shown = Signal()
    """The tally has appeared, changed or gone."""

    def __init__(self, tasks: Tasks, controls: ScanControls, tally: TallyPanel, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._controls = controls
        self._tally = tally

    def read(self, desk: "Desk | None") -> None:
        """Read the count at a desk, in the background."""
        read = None if desk is None else self._question(desk)
        if read is None:
            self._tally.hide()
            self.shown.emit()
        else:
            self._tasks.run(read, owner=self, done=self._on_count, key="scan.count")

    def _question(self, desk: "Desk") -> Callable[[], Verification | HandOverCount | None] | None:
        counts = self._controls.mode.counts
        if counts is Counted.PIECES:
            return desk.verification
        company, person = self._controls.sticky.taker()
        if counts is not Counted.PARCELS or (company is None and person is None):
            return None
        return lambda: desk.hand_over_count(company, person)

    def _on_count(self, count: Verification | HandOverCount | None) -> None:
        if isinstance(count, HandOverCount):
            self._tally.show_hand_over(count)
        elif self._controls.mode.counts is Counted.PIECES:
            self._tally.show_verification(count)
        self.shown.emit()
