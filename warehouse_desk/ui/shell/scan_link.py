"""From the scanner's keys to the scan strip: whatever has the keyboard, a reading goes where readings go."""

from PySide6.QtCore import QObject, Slot

from warehouse_desk.common.messages import tr
from warehouse_desk.ui.scanner.pane import ScanPane
from warehouse_desk.ui.wedge.wedge_filter import WedgeFilter, mark_scan_page
from warehouse_desk.wedge.grammar import DESK_KINDS
from warehouse_desk.wedge.recogniser import Recogniser
from warehouse_desk.wedge.results import Incomplete, Scan
from warehouse_desk.wedge.sentences import on_blocked, on_incomplete, on_unconfirmed, on_unknown


class ScanLink(QObject):
    """Watches all windows of the program for a scanner."""

    def __init__(self, pane: ScanPane) -> None:
        super().__init__(pane)
        self._pane = pane
        mark_scan_page(pane)
        self.filter = WedgeFilter(Recogniser(), self)
        self.filter.scanned.connect(self._on_scanned)
        self.filter.incomplete.connect(self._on_incomplete)
        self.filter.blocked_by_dialog.connect(self._on_blocked)

    @Slot(object)
    def _on_scanned(self, scan: Scan) -> None:
        if scan.kind in DESK_KINDS:
            self._pane.refuse(tr("NO ORDER"), scan.text, str(on_unknown(scan)))
        elif scan.needs_confirmation:
            texts = tuple(candidate.text for candidate in scan.candidates)
            self._pane.scan_doubtful(texts, on_unconfirmed(scan))
        else:
            self._pane.scan(scan.text)

    @Slot(object)
    def _on_incomplete(self, reading: Incomplete) -> None:
        self._pane.refuse(tr("SCAN AGAIN"), "", str(on_incomplete(reading)))

    @Slot(object)
    def _on_blocked(self, scan: Scan) -> None:
        self._pane.refuse(tr("NOT SCANNED"), scan.text, str(on_blocked(scan)))
