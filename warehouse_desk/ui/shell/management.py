"""Doors to what supervisors manage: users, roles, badges, settings; and the way out."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtWidgets import QWidget

from warehouse_desk.ui.messages import Messages
from warehouse_desk.ui.people.flow import PeopleFlow
from warehouse_desk.ui.preferences.flow import PreferencesFlow
from warehouse_desk.ui.scanner.pane import ScanPane
from warehouse_desk.ui.shell.badge_paper import BadgePaper
from warehouse_desk.ui.station import Station
from warehouse_desk.ui.tasks import Tasks


class Management(QObject):
    """Connects the windows of users and settings with each other and with the station."""

    leave_wanted = Signal()
    """Somebody wants to sign out."""

    def __init__(
        self, tasks: Tasks, messages: Messages, settings: QSettings, scanner: ScanPane, window: QWidget
    ) -> None:
        super().__init__(window)
        self.people = PeopleFlow(tasks, messages, window)
        self.preferences = PreferencesFlow(tasks, messages, settings, scanner, window)
        self.badge = BadgePaper(tasks, messages, settings, window)
        self.people.paper_made.connect(self.badge.show)
        self.handlers: dict[str, Callable[[], object]] = {
            "people.show": self.people.show,
            "preferences.show": self.preferences.show,
            "session.leave": self.leave_wanted.emit,
        }
        """What each action of the catalogue about people and settings does."""

    def set_station(self, station: Station) -> None:
        """Manage at a station from now on."""
        for part in (self.people, self.preferences, self.badge):
            part.set_station(station)
