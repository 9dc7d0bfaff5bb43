"""From the scanner's keys to the scanner pane: whatever has the keyboard, a reading goes where readings go."""

import json

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QApplication

from warehouse_desk.common.codes import plain_code
from warehouse_desk.common.messages import tr
from warehouse_desk.ui.controller import Controller
from warehouse_desk.ui.scanner.desk_code_controller import DeskCodeController
from warehouse_desk.ui.scanner.pane import ScanPane
from warehouse_desk.ui.scanner.scanner_menu_controller import ScannerMenuController
from warehouse_desk.ui.scanner.serial import SerialScanner
from warehouse_desk.ui.wedge.wedge_filter import WedgeFilter, mark_scan_page
from warehouse_desk.ui.workplace import Workplace
from warehouse_desk.wedge.grammar import DESK_KINDS, Grammar, Kind
from warehouse_desk.wedge.profile import StationProfile
from warehouse_desk.wedge.recogniser import Recogniser
from warehouse_desk.wedge.results import Incomplete, Scan
from warehouse_desk.wedge.sentences import on_incomplete

PROFILE_KEY = "scanner/profile"


class ScanController(Controller):
    """Watches all windows of the program for a scanner, and a serial one besides."""

    def __init__(self, workplace: Workplace, pane: ScanPane) -> None:
        super().__init__(workplace, pane)
        self._pane = pane
        # The keys of the system's own file dialogs never reach the program: a scan would be typed into the file's
        # name, its Enter would save, and the parcel would be lost. Qt's dialogs are windows like any other.
        QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
        mark_scan_page(pane)
        self.filter = WedgeFilter(Recogniser(self._stored_profile()), self)
        self.filter.scanned.connect(self._on_scanned)
        self.filter.incomplete.connect(self._on_incomplete)
        self.codes = DeskCodeController(workplace, pane)
        self.serial = SerialScanner(self)
        self.serial.read.connect(self._take_text)
        self.serial.unplugged.connect(self._on_serial_unplugged)
        self.tools = ScannerMenuController(workplace, pane, self.filter, self.serial)
        self.tools.profile_learned.connect(self._on_profile)
        self.tools.open_stored_port()
        # What is typed into the field may be a code of the desk as well.
        pane.controls.code_entered.disconnect(pane.enter)
        pane.controls.code_entered.connect(self._take_text)

    def _stored_profile(self) -> StationProfile:
        stored = str(self._settings.value(PROFILE_KEY, ""))
        try:
            return StationProfile.from_json(json.loads(stored)) if stored else StationProfile()
        except (ValueError, TypeError):
            return StationProfile()

    @Slot(object)
    def _on_profile(self, profile: StationProfile) -> None:
        self._settings.setValue(PROFILE_KEY, json.dumps(profile.to_json()))
        self.filter.recogniser.set_profile(profile)

    @Slot(object)
    def _on_scanned(self, scan: Scan) -> None:
        if scan.kind in DESK_KINDS:
            self.codes.take(scan.kind, scan.text)
        elif scan.needs_confirmation and scan.candidates:
            self._pane.scan_doubtful(tuple(candidate.text for candidate in scan.candidates))
        elif scan.text:
            # A code of a form that the desk does not know is stored and answered like any other: as unknown.
            self._pane.scan(scan.text)
        else:
            self._pane.refuse(tr("SCAN AGAIN"), "", tr("Nothing readable arrived. Scan the label again."))

    @Slot(str)
    def _take_text(self, code: str) -> None:
        text = plain_code(code)
        kind = Grammar().kind_of(text.upper()) or Kind.UNKNOWN
        if kind in DESK_KINDS:
            self.codes.take(kind, text)
        else:
            self._pane.enter(code)

    @Slot(str)
    def _on_serial_unplugged(self, port: str) -> None:
        self._pane.refuse(tr("SCANNER UNPLUGGED"), port, tr("Plug it in again: it will be found within seconds."))

    @Slot(object)
    def _on_incomplete(self, reading: Incomplete) -> None:
        self._pane.refuse(tr("SCAN AGAIN"), "", str(on_incomplete(reading)))
