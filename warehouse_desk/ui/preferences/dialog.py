"""The window of settings: this station's own, and those that all stations share."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from warehouse_desk.common.messages import tr
from warehouse_desk.common.setting import as_text
from warehouse_desk.domain import shared_settings
from warehouse_desk.domain.errors import DeskError, InvalidInput
from warehouse_desk.domain.shared_settings import CORRECT_WHAT_IS_MARKED
from warehouse_desk.settings import station_settings
from warehouse_desk.ui.preferences.page import SettingsPage
from warehouse_desk.ui.preferences.values import Changes, Preferences
from warehouse_desk.ui.widgets.field import Field
from warehouse_desk.ui.widgets.make import named, text_label


class PreferencesDialog(QDialog):
    """Two pages and one Save; nothing counts before it. It is opened, never executed."""

    save_requested = Signal(object)
    """The ``Changes``."""

    def __init__(self, preferences: Preferences, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.setWindowTitle(tr("Station and settings"))
        self.resize(760, 640)
        own = {key: getattr(preferences.station, key) for key in station_settings.table()}
        self._station = SettingsPage(station_settings.table(), own)
        self._shared = SettingsPage(shared_settings.table(), preferences.shared)
        self.fields: dict[str, Field] = {**self._station.fields, **self._shared.fields}
        """The editor of each setting by its key."""
        name = self.fields["station_name"].editor
        if isinstance(name, QLineEdit):
            name.setPlaceholderText(preferences.station_name)
        self.sounds = QCheckBox(tr("Play sounds"))
        self.sounds.setChecked(preferences.sounds)
        self.acknowledge = QCheckBox(tr("Errors stay until they are confirmed"))
        self.acknowledge.setChecked(preferences.acknowledge)
        self._add_scanner_and_printers()
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(_scrolled(self._station), tr("This station"))
        self.tabs.addTab(_scrolled(self._shared), tr("All stations"))
        self.fault = text_label(role="fault", wrap=True)
        self._lay_out()

    def _add_scanner_and_printers(self) -> None:
        """Add what this station keeps beside its settings file."""
        page = self._station
        page.add_heading(tr("SCANNER"))
        page.form.addRow(self.sounds)
        page.form.addRow(self.acknowledge)
        page.add_heading(tr("PRINTERS"))
        page.add_note(tr("The printer is chosen where labels are printed (Ctrl+P) and is remembered for each station."))

    def _lay_out(self) -> None:
        leave = QPushButton(tr("Close without saving"), autoDefault=False)
        leave.clicked.connect(self.reject)
        self.save = named(QPushButton(tr("Save"), default=True), "primary")
        self.save.clicked.connect(self._on_save)
        foot = QHBoxLayout()
        foot.addWidget(self.fault, 1)
        foot.addWidget(leave)
        foot.addWidget(self.save)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(12)
        box.addWidget(text_label(self.windowTitle(), "title"))
        box.addWidget(self.tabs, 1)
        box.addLayout(foot)

    def changes(self) -> Changes:
        """Return what differs from what was shown at first."""
        return Changes(
            {key: as_text(value) for key, value in self._shared.changes().items()},
            self._station.changes(),
            self.sounds.isChecked(),
            self.acknowledge.isChecked(),
        )

    @Slot()
    def _on_save(self) -> None:
        for field in self.fields.values():
            field.show_fault("")
        self.fault.clear()
        faults = {**self._station.faults(), **self._shared.faults()}
        if faults:
            self.show_failure(InvalidInput(CORRECT_WHAT_IS_MARKED, faults))
            return
        self.save.setEnabled(False)
        self.save_requested.emit(self.changes())

    def show_failure(self, error: DeskError) -> None:
        """Say beside each field what is wrong with it, or below what else is."""
        self.save.setEnabled(True)
        faults = error.fields if isinstance(error, InvalidInput) else {}
        marked = [self.fields[key] for key in faults if key in self.fields]
        for key, fault in faults.items():
            if key in self.fields:
                self.fields[key].show_fault(str(fault))
        self.fault.setText(str(error))
        if marked:
            self.tabs.setCurrentIndex(int(self._shared.isAncestorOf(marked[0])))
            marked[0].setFocus()


def _scrolled(page: QWidget) -> QScrollArea:
    area = QScrollArea(widgetResizable=True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(page)
    return area
