"""Doors to what supervisors manage: users, roles, badges, tokens, settings, the server; and the way out."""

from collections.abc import Callable

from PySide6.QtCore import Signal

from warehouse_desk.ui.controller import Controller
from warehouse_desk.ui.people.people_controller import PeopleController
from warehouse_desk.ui.people.tokens_controller import TokensController
from warehouse_desk.ui.preferences.preferences_controller import PreferencesController
from warehouse_desk.ui.printing.badge_controller import BadgeController
from warehouse_desk.ui.scanner.pane import ScanPane
from warehouse_desk.ui.serving.serving_controller import ServingController
from warehouse_desk.ui.workplace import Workplace


class ManagementController(Controller):
    """Connects the windows of users, tokens and settings with each other and with the station."""

    leave_requested = Signal()
    """Somebody wants to sign out."""

    def __init__(self, workplace: Workplace, scanner: ScanPane) -> None:
        super().__init__(workplace)
        self.people = PeopleController(workplace)
        self.preferences = PreferencesController(workplace, scanner)
        self.badge = BadgeController(workplace)
        self.serving = ServingController(workplace)
        self.tokens = TokensController(workplace)
        self.people.paper_made.connect(self.badge.show)
        self.handlers: dict[str, Callable[[], object]] = {
            "people.show": self.people.show,
            "preferences.show": self.preferences.show,
            "serving.show": self.serving.show,
            "tokens.show": self.tokens.show,
            "session.leave": self.leave_requested.emit,
        }
        """What each action of the catalogue about people and settings does."""
