"""The first user: what changes with it, said before it happens."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFormLayout, QFrame, QLineEdit, QPushButton, QVBoxLayout, QWidget

from warehouse_desk.common.messages import tr
from warehouse_desk.domain.errors import DeskError
from warehouse_desk.ui.people.forms import RoleBox, SecretFields
from warehouse_desk.ui.widgets.field import Field
from warehouse_desk.ui.widgets.make import named, text_label

_WIDTH = 520
_MAX_NAME = 100


class FirstUserPanel(QFrame):
    """Asks for the one user who can add all the others."""

    entered = Signal(str, str, str)
    """Name, password, role."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setFixedWidth(_WIDTH)
        self.name = QLineEdit(maxLength=_MAX_NAME)
        self._name = Field(self.name)
        self.roles = RoleBox()
        form = QFormLayout()
        form.setVerticalSpacing(9)
        form.addRow(tr("&Name"), self._name)
        form.addRow(tr("&Role"), self.roles)
        self.secret = SecretFields(form, tr("&Password"))
        self.fault = text_label(role="fault", wrap=True)
        self.go = named(QPushButton(tr("Add this user and sign in"), default=True), "primary")
        self.go.clicked.connect(self._on_go)
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 20, 24, 20)
        box.setSpacing(12)
        box.addWidget(text_label(tr("The first user"), "title"))
        for sentence in (
            tr("Nobody has to sign in yet, and everybody can do everything."),
            tr(
                "Once there is a first user, everybody signs in at every station of this database, "
                "within half a minute. You are signed in as this user at once; then add the others "
                "and print their badges."
            ),
            tr("Keep the password in a safe place: only somebody who can manage users can set a new one."),
        ):
            box.addWidget(text_label(sentence, wrap=True))
        box.addLayout(form)
        box.addWidget(self.fault)
        box.addWidget(self.go)

    @Slot()
    def _on_go(self) -> None:
        name, password = self.name.text().strip(), self.secret.text()
        self._name.show_fault("" if name else tr("Type it here."))
        if not name:
            self.name.setFocus()
            return
        if password is not None:
            self.fault.clear()
            self.go.setEnabled(False)
            self.entered.emit(name, password, self.roles.role())

    def show_failure(self, error: DeskError) -> None:
        """Say why the user was not added."""
        self.go.setEnabled(True)
        self.fault.setText(str(error))
