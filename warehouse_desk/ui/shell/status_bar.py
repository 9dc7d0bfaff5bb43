"""The line at the bottom: where, who, which station, and how far a long action is."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QStatusBar, QWidget

from warehouse_desk.common.messages import tr
from warehouse_desk.ui.icons import icon_pixmap
from warehouse_desk.ui.station import Station
from warehouse_desk.ui.theme import tokens

_PLACE_LENGTH = 44


class DeskStatusBar(QStatusBar):
    """Database, worker, station; progress with its stop button while something runs."""

    stop_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self._progress = QProgressBar()
        self._progress.setFixedWidth(240)
        self._stop = QPushButton(tr("Stop"))
        self._stop.clicked.connect(self.stop_requested)
        self.addPermanentWidget(self._progress)
        self.addPermanentWidget(self._stop)
        self._signs: dict[str, QLabel] = {}
        self._place, self._worker, self._station = QLabel(), QLabel(), QLabel()
        for name, label in (("database", self._place), ("person", self._worker), ("station", self._station)):
            self.addPermanentWidget(self._with_icon(name, label))
        self.retint()
        self.show_progress(None)

    def retint(self) -> None:
        """Draw the icons in the colours of the scheme in use."""
        for name, sign in self._signs.items():
            sign.setPixmap(icon_pixmap(name, tokens().muted, 16, self.devicePixelRatioF()))

    def _with_icon(self, name: str, label: QLabel) -> QWidget:
        sign = QLabel()
        self._signs[name] = sign
        pair = QWidget()
        row = QHBoxLayout(pair)
        row.setContentsMargins(6, 0, 6, 0)
        row.setSpacing(0)
        row.addWidget(sign)
        row.addWidget(label)
        return pair

    def show_station(self, station: Station) -> None:
        """Say where the orders lie and who works here."""
        caller = station.caller
        place = station.desk.place
        self._place.setText(place if len(place) <= _PLACE_LENGTH else "…" + place[1 - _PLACE_LENGTH :])
        self._place.setToolTip(tr("Database: {place}", place=place))
        self._worker.setText(caller.user_name or tr("No sign-in"))
        self._worker.setToolTip(tr("Worker"))
        self._station.setText(caller.station_name or "-")
        self._station.setToolTip(tr("Station"))

    @Slot()
    def show_nobody(self) -> None:
        """Say that nobody is signed in."""
        self._worker.setText(tr("Nobody signed in"))
        if not self._place.toolTip():  # no station was ever shown
            self._place.setText("-")

    def show_connecting(self) -> None:
        """Say that the database is not there yet."""
        self._place.setText(tr("Connecting…"))

    def show_progress(self, progress: tuple[int, int] | None) -> None:
        """Show how many of how many are done; None takes the bar away."""
        self._progress.setVisible(progress is not None)
        self._stop.setVisible(progress is not None)
        if progress is not None:
            self._progress.setMaximum(max(1, progress[1]))
            self._progress.setValue(progress[0])
            self._progress.setFormat(tr("{done} of {total}", done=progress[0], total=progress[1]))
