"""The window of users and roles."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from warehouse_desk.common.messages import tr
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.people.users import RoleInfo, UserInfo
from warehouse_desk.ui.people.first_user import FirstUserPanel
from warehouse_desk.ui.people.roles_page import RolesPage
from warehouse_desk.ui.people.users_page import UsersPage
from warehouse_desk.ui.widgets.make import centred, text_label


class PeopleDialog(QDialog):
    """Users, or the panel of the first one; and roles. It is opened, never executed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Users, roles and badges"))
        self.resize(1000, 640)
        self.users = UsersPage()
        self.first = FirstUserPanel()
        self.roles = RolesPage()
        around = QWidget()
        middle = QVBoxLayout(around)
        middle.addStretch(1)
        middle.addLayout(centred(self.first))
        middle.addStretch(2)
        self._around = QScrollArea(widgetResizable=True)
        self._around.setWidget(around)
        self.people = QStackedWidget()
        self.people.addWidget(self.users)
        self.people.addWidget(self._around)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.people, tr("Users"))
        self.tabs.addTab(self.roles, tr("Roles"))
        self.fault = text_label(role="fault", wrap=True)
        leave = QPushButton(tr("Close"), autoDefault=False)
        leave.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self.fault, 1)
        foot.addWidget(leave)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(12)
        box.addWidget(text_label(self.windowTitle(), "title"))
        box.addWidget(self.tabs, 1)
        box.addLayout(foot)

    def show_people(self, users: Sequence[UserInfo], roles: Sequence[RoleInfo]) -> None:
        """Show what is stored; without users the panel of the first one."""
        self.fault.clear()
        self.users.show_users(users)
        if not self.roles.is_changed:
            self.roles.show_roles(roles)
        was_first = self.people.currentWidget() is self._around
        self.people.setCurrentWidget(self.users if users else self._around)
        if not users and not was_first:
            managing = [role.name for role in roles if Ability.MANAGE_USERS in role.abilities]
            self.first.roles.show_roles(managing, "Admin")
            self.first.name.setFocus()

    def reject(self) -> None:
        """Close, unless a role has ticks that are not saved."""
        if self.isVisible() and self.roles.is_changed:
            self.tabs.setCurrentWidget(self.roles)
            self.roles.show_fault(tr("The changes of this role are not saved. Save or undo them first."))
            return
        super().reject()
