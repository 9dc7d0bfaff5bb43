"""Reads the count that goes with the mode: the pieces of the open order, or the parcels handed over."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from warehouse_desk.domain.scanning.modes import Counted
from warehouse_desk.domain.scanning.scans import HandOverCount, Verification
from warehouse_desk.ui.controller import Controller
from warehouse_desk.ui.scanner.controls import ScanControls
from warehouse_desk.ui.scanner.tally import TallyPanel
from warehouse_desk.ui.workplace import Workplace

if TYPE_CHECKING:
    from warehouse_desk.services.desk import Desk


class TallyController(Controller):
    """Keeps the tally beside the answer true; it is hidden where the mode counts nothing."""

    changed = Signal()
    """The tally has appeared, changed or gone."""

    def __init__(self, workplace: Workplace, controls: ScanControls, tally: TallyPanel, parent: QObject) -> None:
        super().__init__(workplace, parent)
        self._controls = controls
        self._tally = tally

    @Slot()
    def read(self) -> None:
        """Read the count in the background."""
        question = self._question()
        if question is None or not self._at_desk(question, done=self._on_count, key="scan.count"):
            self._tally.hide()
            self.changed.emit()

    def _question(self) -> "Callable[[Desk], Verification | HandOverCount | None] | None":
        counts = self._controls.mode.counts
        if counts is Counted.PIECES:
            return lambda desk: desk.scanning.verification()
        company, person = self._controls.sticky.taker()
        if counts is not Counted.PARCELS or (company is None and person is None):
            return None
        return lambda desk: desk.scanning.hand_over_count(company, person)

    def _on_count(self, count: Verification | HandOverCount | None) -> None:
        if isinstance(count, HandOverCount):
            self._tally.show_hand_over(count)
        elif self._controls.mode.counts is Counted.PIECES:
            self._tally.show_verification(count)
        self.changed.emit()
