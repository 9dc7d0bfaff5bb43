"""Where the window and its panes stood the last time."""

from collections.abc import Mapping

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QMainWindow, QSplitter

_LAYOUT = "window/layout-2"
"""The number goes up when the panes change so much that an old layout no longer fits."""

_GEOMETRY = "window/geometry"


class RememberedLayout:
    """Keeps and gives back geometry and splitters."""

    def __init__(self, settings: QSettings, window: QMainWindow, splitters: Mapping[str, QSplitter]) -> None:
        self._settings = settings
        self._window = window
        self._splitters = splitters

    def show_first_time(self, columns: QSplitter, rows: QSplitter) -> bool:
        """Show the window over the whole screen if it was never closed on this computer; tell whether it was so."""
        if self._settings.contains(_GEOMETRY):
            return False
        whole = self._window.screen().availableGeometry()
        self._window.setGeometry(whole)
        side, strip = max(288, whole.width() // 5), max(176, whole.height() // 4 - 24)
        columns.setSizes([212, whole.width() - 212 - side, side])
        rows.setSizes([whole.height() - strip, strip])
        self._window.showMaximized()
        return True

    def restore(self) -> None:
        """Put everything where it stood."""
        geometry = self._settings.value(_GEOMETRY)
        if isinstance(geometry, QByteArray):
            self._window.restoreGeometry(geometry)
        for name, splitter in self._splitters.items():
            state = self._settings.value(f"{_LAYOUT}/{name}")
            if isinstance(state, QByteArray):
                splitter.restoreState(state)

    def keep(self) -> None:
        """Note where everything stands."""
        self._settings.setValue(_GEOMETRY, self._window.saveGeometry())
        for name, splitter in self._splitters.items():
            self._settings.setValue(f"{_LAYOUT}/{name}", splitter.saveState())
