"""The users: who they are, what they hold, and the buttons that change it."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QTableWidgetItem,
    QWidget,
)

from warehouse_desk.common.clock import local_day
from warehouse_desk.common.formats import day_text, moment_text, time_text
from warehouse_desk.common.messages import msg, tr
from warehouse_desk.domain.people.ability_names import role_name
from warehouse_desk.domain.people.users import UserInfo
from warehouse_desk.ui.bidi import in_order
from warehouse_desk.ui.widgets.plain_table import Verb, fit_columns, plain_table, verb_buttons

_HEADINGS = (msg("Name"), msg("Role"), msg("State"), msg("Badge"), msg("PIN"), msg("Last seen"))

VERBS: tuple[Verb, ...] = (
    ("add", msg("Add a user…"), "plus"),
    ("role", msg("Change the role…"), "users"),
    ("password", msg("Change the password…"), "update"),
    ("badge", msg("Issue a badge…"), "badge"),
    ("revoke", msg("Revoke the badge…"), "close"),
    ("pin", msg("Set the PIN…"), "note"),
    ("disable", msg("Deactivate…"), "hold"),
    ("enable", msg("Reactivate"), "release"),
    ("unlock", msg("Unlock"), "let-go"),
)


class UsersPage(QWidget):
    """A table with its buttons beside it."""

    action_requested = Signal(str, object)
    """What is wanted (see ``VERBS``), and the ``UserInfo`` that is chosen, if any."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._users: tuple[UserInfo, ...] = ()
        self.table = plain_table(tr("Users"), _HEADINGS)
        fit_columns(self.table, 0)
        self.table.itemSelectionChanged.connect(self._on_chosen)
        self.buttons, side = verb_buttons(VERBS, self._ask)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 12, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.table, 1)
        row.addLayout(side)
        self._on_chosen()

    def show_users(self, users: Sequence[UserInfo]) -> None:
        """Show users; the one that was chosen stays chosen."""
        before = self.chosen()
        self._users = tuple(users)
        self.table.setRowCount(len(self._users))
        for row, user in enumerate(self._users):
            for column, text in enumerate(_cells(user)):
                item = QTableWidgetItem(text)
                if not user.active:
                    item.setForeground(self.palette().placeholderText())
                self.table.setItem(row, column, item)
            if before is not None and user.name == before.name:
                self._select(row)
        if self.chosen() is None and self._users:
            self._select(0)
        self._on_chosen()

    def chosen(self) -> UserInfo | None:
        """Return the chosen user."""
        rows = self.table.selectionModel().selectedRows()
        return self._users[rows[0].row()] if rows and rows[0].row() < len(self._users) else None

    def _select(self, row: int) -> None:
        # selectRow looks for the column at the leading edge, where there is none before a right-to-left table is shown.
        self.table.setCurrentCell(row, 0)

    def choose(self, name: str) -> None:
        """Choose a user by name."""
        for row, user in enumerate(self._users):
            if user.name == name:
                self._select(row)

    @Slot()
    def _on_chosen(self) -> None:
        user = self.chosen()
        for verb, button in self.buttons.items():
            button.setEnabled(verb == "add" or user is not None)
        if user is not None:
            self.buttons["badge"].setEnabled(user.active)
            self.buttons["revoke"].setEnabled(user.badges > 0)
        self.buttons["disable"].setVisible(user is None or user.active)
        self.buttons["enable"].setVisible(user is not None and not user.active)
        self.buttons["unlock"].setVisible(user is not None and user.locked_until is not None)

    def _ask(self, verb: str) -> None:
        self.action_requested.emit(verb, self.chosen())


def _cells(user: UserInfo) -> tuple[str, ...]:
    return (
        user.name,
        role_name(user.role),
        _state(user),
        tr("Issued {day}", day=_day(user.badge_issued_at)) if user.badges else tr("None"),
        tr("Set") if user.has_pin else tr("None"),
        _moment(user.last_seen_at) if user.last_seen_at is not None else tr("Never"),
    )


def _state(user: UserInfo) -> str:
    if not user.active:
        return tr("Inactive")
    if user.locked_until is not None:
        return tr("Locked until {time}", time=in_order(time_text(user.locked_until)))
    return tr("Active")


def _day(moment: datetime | None) -> str:
    return "" if moment is None else in_order(day_text(local_day(moment)))


def _moment(moment: datetime) -> str:
    return in_order(moment_text(moment))
