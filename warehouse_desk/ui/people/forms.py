"""Small windows that ask for one thing about a user, each field with its fault beside it."""

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from warehouse_desk.common.messages import tr
from warehouse_desk.domain.errors import DeskError
from warehouse_desk.domain.people.ability_names import role_name
from warehouse_desk.ui.widgets.field import Field
from warehouse_desk.ui.widgets.make import leave_or_go, named, text_label

_WIDTH = 460
_MAX_NAME = 100


class PersonField(Enum):
    """What a form asks for."""

    NAME = "name"
    ROLE = "role"
    PASSWORD = "password"  # noqa: S105 - a field's name
    PIN = "pin"


class SecretFields:
    """A password or PIN, typed twice because nobody sees it."""

    def __init__(self, form: QFormLayout, label: str) -> None:
        self.first, self.second = _hidden(), _hidden()
        self.field, self._again = Field(self.first), Field(self.second)
        form.addRow(label, self.field)
        form.addRow(tr("The same again"), self._again)

    def text(self) -> str | None:
        """Return what was typed; None, and a fault is shown, where the two differ or nothing was typed."""
        missing = tr("Type it here.") if not self.first.text() else ""
        differs = tr("The two differ. Type it again.") if self.first.text() != self.second.text() else ""
        self.field.show_fault(missing)
        self._again.show_fault("" if missing else differs)
        if missing or differs:
            (self.first if missing else self.second).setFocus()
            return None
        return self.first.text()

    def clear(self) -> None:
        """Forget what was typed."""
        self.first.clear()
        self.second.clear()


def _hidden() -> QLineEdit:
    return QLineEdit(echoMode=QLineEdit.EchoMode.Password)


class RoleBox(QComboBox):
    """The roles by their names in the user's language."""

    def show_roles(self, roles: Sequence[str], chosen: str = "") -> None:
        """Offer roles."""
        self.clear()
        for role in roles:
            self.addItem(role_name(role), role)
        self.setCurrentIndex(max(0, self.findData(chosen)))

    def role(self) -> str:
        """Return the chosen role's own name."""
        return str(self.currentData() or "")


class PersonForm(QDialog):
    """Asks for some parts, or only whether it is meant; stays open until the answer is there."""

    entered = Signal(object)
    """A dictionary of :class:`Part` to text."""

    def __init__(
        self,
        title: str,
        about: str,
        button: str,
        parts: Sequence[PersonField],
        parent: QWidget,
        *,
        dangerous: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(_WIDTH)
        self.name = QLineEdit(maxLength=_MAX_NAME)
        self.roles = RoleBox()
        self.secret: SecretFields | None = None
        self._parts = tuple(parts)
        self._fields: dict[PersonField, Field] = {}
        form = QFormLayout()
        form.setVerticalSpacing(9)
        self._add_parts(form)
        self.fault = text_label(role="fault", wrap=True)
        self.fault.hide()
        self.go = named(QPushButton(button), "danger" if dangerous else "primary")
        self.go.clicked.connect(self._on_go)
        foot = leave_or_go(self, tr("Cancel"), self.go)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(12)
        box.addWidget(text_label(title, "title", wrap=True))
        if about:
            box.addWidget(text_label(about, wrap=True))
        box.addLayout(form)
        box.addWidget(self.fault)
        box.addLayout(foot)

    def _add_parts(self, form: QFormLayout) -> None:
        if PersonField.NAME in self._parts:
            self._fields[PersonField.NAME] = Field(self.name)
            form.addRow(tr("&Name"), self._fields[PersonField.NAME])
        if PersonField.ROLE in self._parts:
            form.addRow(tr("&Role"), self.roles)
        if PersonField.PASSWORD in self._parts:
            self.secret = SecretFields(form, tr("&Password"))
        elif PersonField.PIN in self._parts:
            self.secret = SecretFields(form, tr("&PIN"))

    @Slot()
    def _on_go(self) -> None:
        answer: dict[PersonField, str] = {}
        if PersonField.NAME in self._parts:
            name = self.name.text().strip()
            self._fields[PersonField.NAME].show_fault("" if name else tr("Type it here."))
            if not name:
                self.name.setFocus()
                return
            answer[PersonField.NAME] = name
        if self.secret is not None:
            typed = self.secret.text()
            if typed is None:
                return
            answer[PersonField.PASSWORD if PersonField.PASSWORD in self._parts else PersonField.PIN] = typed
        if PersonField.ROLE in self._parts:
            answer[PersonField.ROLE] = self.roles.role()
        self.fault.hide()
        self.go.setEnabled(False)
        self.entered.emit(answer)

    def show_failure(self, error: DeskError) -> None:
        """Say why it was not done."""
        self.go.setEnabled(True)
        self.fault.setText(str(error))
        self.fault.show()
        self.adjustSize()
