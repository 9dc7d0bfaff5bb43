"""The menu beside the scanner's field: set-up, diagnosis, lists, sheets of barcodes, sounds."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QFileDialog, QMenu

from warehouse_desk.common.messages import tr
from warehouse_desk.domain.errors import DeskError
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.scanning.scans import PastScan
from warehouse_desk.ui.controller import Controller
from warehouse_desk.ui.scanner.assistant import ScannerAssistant
from warehouse_desk.ui.scanner.lists import DiagnosisDialog, ExceptionsDialog
from warehouse_desk.ui.scanner.pane import ScanPane
from warehouse_desk.ui.scanner.serial import SerialScanner, ports
from warehouse_desk.ui.wedge.wedge_filter import WedgeFilter
from warehouse_desk.ui.workplace import Workplace

if TYPE_CHECKING:
    from warehouse_desk.services.desk import Desk

_PORT_KEY = "scanner/serial-port"


class ScannerMenuController(Controller):
    """Everything about the scanner that is not scanning."""

    profile_learned = Signal(object)

    def __init__(self, workplace: Workplace, pane: ScanPane, wedge: WedgeFilter, serial: SerialScanner) -> None:
        super().__init__(workplace, pane)
        self._pane = pane
        self._wedge = wedge
        self._serial = serial
        self.dialog: QDialog | None = None
        menu = pane.controls.tools
        self._add(menu, tr("Set up the scanner…"), self.set_up)
        self._add(menu, tr("Scanner diagnosis…"), self.diagnose)
        self._ports = menu.addMenu(tr("Serial scanner"))
        self._ports.aboutToShow.connect(self._fill_ports)
        menu.addSeparator()
        self.exceptions_action = self._add(menu, tr("Today's failed scans…"), self.show_exceptions)
        self._add(menu, tr("Print the action codes (PDF)…"), self.save_commands)
        self._add(menu, tr("Print the station barcodes (PDF)…"), self.save_stations)
        menu.addSeparator()
        self._confirming = self._switch(menu, tr("Errors stay until confirmed"), pane.set_acknowledge)
        self._muting = self._switch(menu, tr("No sounds"), pane.set_muted)
        menu.aboutToShow.connect(self._on_menu)

    def _add(self, menu: QMenu, text: str, do: Callable[[], None]) -> QAction:
        action = menu.addAction(text)
        action.triggered.connect(do)
        return action

    def _switch(self, menu: QMenu, text: str, do: Callable[[bool], None]) -> QAction:
        action = menu.addAction(text)
        action.setCheckable(True)
        action.triggered.connect(do)
        return action

    @Slot()
    def _on_menu(self) -> None:
        self._confirming.setChecked(self._pane.must_acknowledge)
        self._muting.setChecked(self._pane.sounds.muted)
        self.exceptions_action.setEnabled(self._station.may(Ability.VIEW_REPORTS))

    @Slot()
    def set_up(self) -> None:
        """Open the set-up assistant."""
        assistant = ScannerAssistant(self._wedge, self._window)
        assistant.profile_learned.connect(self.profile_learned)
        self._open(assistant)

    @Slot()
    def diagnose(self) -> None:
        """Open the diagnosis page; scanning goes on beside it."""
        self._open(DiagnosisDialog(self._wedge, self._window), modal=False)

    @Slot()
    def show_exceptions(self) -> None:
        """Open the list of scans that went wrong today."""
        self._at_desk(
            lambda desk: desk.scanning.exceptions(), done=self._on_exceptions, failed=self._on_failure, key="exceptions"
        )

    def _on_exceptions(self, scans: list[PastScan]) -> None:
        dialog = ExceptionsDialog(self._window)
        dialog.show_scans(scans)
        self._open(dialog, modal=False)

    @Slot()
    def save_commands(self) -> None:
        """Write the sheet of command barcodes."""
        self._save("command-barcodes.pdf", stations=False)

    @Slot()
    def save_stations(self) -> None:
        """Write the sheet of station barcodes."""
        self._save("station-barcodes.pdf", stations=True)

    def _save(self, name: str, *, stations: bool) -> None:
        if self._station.current is None:
            return
        path, _kind = QFileDialog.getSaveFileName(self._window, tr("Save as PDF"), name, "PDF (*.pdf)")
        if path:
            file = Path(path)
            self._at_desk(
                lambda desk: _write(desk, file, stations=stations), done=self._on_saved, failed=self._on_failure
            )

    def _on_saved(self, file: Path) -> None:
        self._pane.inform(tr("SAVED"), str(file))

    def _on_failure(self, error: Exception) -> None:
        if not isinstance(error, DeskError | OSError):
            raise error
        self._pane.refuse(tr("NOT DONE"), "", str(error))

    def _open(self, dialog: QDialog, *, modal: bool = True) -> None:
        self.dialog = dialog
        dialog.finished.connect(dialog.deleteLater)
        dialog.finished.connect(self._on_closed)
        if modal:
            dialog.open()
        else:
            dialog.show()

    @Slot()
    def _on_closed(self) -> None:
        self.dialog = None

    @Slot()
    def _fill_ports(self) -> None:
        self._ports.clear()
        chosen = self._serial.port
        for device, said in [("", tr("None")), *ports()]:
            action = self._ports.addAction(f"{device} {said}".strip())
            action.setCheckable(True)
            action.setChecked(device == chosen)
            action.setData(device)
            action.triggered.connect(self._on_port)

    @Slot()
    def _on_port(self) -> None:
        sender = self.sender()
        if isinstance(sender, QAction):
            port = str(sender.data())
            self._settings.setValue(_PORT_KEY, port)
            self._serial.open(port)

    def open_stored_port(self) -> None:
        """Listen to the serial port chosen the last time."""
        self._serial.open(str(self._settings.value(_PORT_KEY, "")))


def _write(desk: "Desk", file: Path, *, stations: bool) -> Path:
    cards = desk.paper.cards
    file.write_bytes((cards.stations() if stations else cards.commands()).pdf)
    return file
