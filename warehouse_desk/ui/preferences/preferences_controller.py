"""Opens the window of settings and saves what was changed there, in the background."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Signal, Slot

from warehouse_desk.common.messages import tr
from warehouse_desk.common.setting import Value
from warehouse_desk.domain.errors import DeskError
from warehouse_desk.domain.files import cannot_write
from warehouse_desk.settings.station_settings import StationSettings, table
from warehouse_desk.settings.store import SettingsFile
from warehouse_desk.ui.controller import Controller
from warehouse_desk.ui.messages import Level
from warehouse_desk.ui.preferences.values import Changes, Preferences
from warehouse_desk.ui.tasks import Lane
from warehouse_desk.ui.workplace import Workplace

if TYPE_CHECKING:
    from warehouse_desk.services.desk import Desk
    from warehouse_desk.ui.preferences.dialog import PreferencesDialog


class ScannerSwitches(Protocol):
    """What the scanner's screen lets others choose."""

    @property
    def must_acknowledge(self) -> bool:
        """Whether errors stay until they are confirmed."""
        ...

    @property
    def is_muted(self) -> bool:
        """Whether answers are silent."""
        ...

    def set_acknowledge(self, required: bool) -> None:
        """Choose whether errors stay."""
        ...

    def set_muted(self, muted: bool) -> None:
        """Choose whether answers sound."""
        ...


class PreferencesController(Controller):
    """One window at a time."""

    station_settings_saved = Signal(object)
    """The station's own settings that have changed, by their names."""
    shared_changed = Signal()
    """The shared settings are no longer those that the station read."""

    def __init__(self, workplace: Workplace, scanner: ScannerSwitches) -> None:
        super().__init__(workplace)
        self._scanner = scanner
        self.file = SettingsFile(Path(self._settings.fileName()).with_name("settings.toml"))
        """Where the station's own settings are kept; beside the window's own until the program says where."""
        self.dialog: PreferencesDialog | None = None

    @Slot()
    def show(self) -> None:
        """Open the window."""
        file = self.file

        def read(desk: "Desk") -> tuple[dict[str, Value], StationSettings]:
            return desk.settings.values(), file.load().settings

        if self.dialog is None:
            self._at_desk(read, done=self._open, key="preferences")

    def _open(self, settings: tuple[dict[str, Value], StationSettings]) -> None:
        station = self._station.current
        if self.dialog is not None or station is None:
            return
        shared, own = settings
        name = station.caller.station_name
        switches = self._scanner
        shown = Preferences(shared, own, name, not switches.is_muted, switches.must_acknowledge)
        from warehouse_desk.ui.preferences.dialog import PreferencesDialog  # late: seldom opened

        self.dialog = PreferencesDialog(shown, self._window)
        self.dialog.save_requested.connect(self._save)
        self.dialog.finished.connect(self._on_closed)
        self.dialog.open()

    @Slot()
    def _on_closed(self) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is not None:
            dialog.deleteLater()

    @Slot(object)
    def _save(self, changes: Changes) -> None:
        dialog, file = self.dialog, self.file
        if dialog is None:
            return

        def work(desk: "Desk") -> Changes:
            if changes.shared:
                desk.settings.change(changes.shared)
            if changes.station:
                _write(lambda: file.change(**changes.station), str(file.path))
            return changes

        self._at_desk(work, owner=dialog, done=self._on_saved, failed=self._on_refused, lane=Lane.WRITE)

    def _on_saved(self, changes: Changes) -> None:
        self._scanner.set_muted(not changes.sounds)
        self._scanner.set_acknowledge(changes.acknowledge)
        if changes.station:
            self.station_settings_saved.emit(changes.station)
        if changes.shared:
            self.shared_changed.emit()
        later = any(table()[key].restart for key in changes.station)
        said = (
            tr("Saved. It takes effect at the next start of the program.") if later else tr("The settings are saved.")
        )
        self._messages.tell(said, Level.DONE)
        if self.dialog is not None:
            self.dialog.accept()

    def _on_refused(self, error: Exception) -> None:
        if self.dialog is not None and isinstance(error, DeskError):
            self.dialog.show_failure(error)
        else:
            self._messages.show_failure(error)


def _write(work: Callable[[], None], file: str) -> None:
    try:
        work()
    except OSError as error:
        raise DeskError(cannot_write(file, error)) from error
