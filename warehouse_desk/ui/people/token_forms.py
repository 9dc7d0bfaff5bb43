"""The small windows about a token: what it shall be, and its text, which is shown once."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from warehouse_desk.common.messages import msg, tr
from warehouse_desk.domain.directories.entries import Warehouse
from warehouse_desk.domain.errors import DeskError
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.people.ability_names import ability_name
from warehouse_desk.domain.people.access import (
    KEEP_IT_NOW,
    MAX_TOKEN_NAME,
    MOST_TOKEN_DAYS,
    REST_ABILITIES,
    TOKEN_DAYS,
    NewToken,
)
from warehouse_desk.ui.icons import icon
from warehouse_desk.ui.theme import tokens
from warehouse_desk.ui.widgets.field import Field
from warehouse_desk.ui.widgets.make import leave_or_go, named, text_label

_WIDTH = 560
_SHOWN_WIDTH = 680
"""Wide enough for a whole token."""
_OFFERED = (*REST_ABILITIES, Ability.RENEW, Ability.ROLLBACK)
"""Statuses that go back want abilities of the desk besides; the command line gives any (``tokens add --also``)."""
TOKEN_COPIED = msg("The token was copied.")


class TokenForm(QDialog):
    """Asks what a new token shall be; stays open until it is made."""

    entered = Signal(object)
    """A dictionary of the fields of ``TokenWish``."""

    def __init__(self, users: Sequence[str], warehouses: Sequence[Warehouse], parent: QWidget) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("A new token"))
        self.setMinimumWidth(_WIDTH)
        self.name = QLineEdit(maxLength=MAX_TOKEN_NAME)
        self.name.setPlaceholderText(tr("the program that will use it"))
        self.boxes = {each: QCheckBox(str(ability_name(each))) for each in _OFFERED}
        self.boxes[Ability.REST_VIEW].setChecked(True)
        self.user = QComboBox()
        self.user.addItem(tr("no user"), None)
        self.warehouse = QComboBox()
        self.warehouse.addItem(tr("none"), None)
        for name in users:
            self.user.addItem(name, name)
        for place in warehouses:
            self.warehouse.addItem(f"{place.code} · {place.name}", place.id)
        self.networks = QLineEdit()
        self.networks.setPlaceholderText(tr("everywhere, or such as {network}", network="192.168.1.0/24"))
        self.days = QSpinBox(minimum=1, maximum=MOST_TOKEN_DAYS, value=TOKEN_DAYS)
        self._name, self._may = Field(self.name), Field(self._abilities())
        self.fault = text_label(role="fault", wrap=True)
        self.fault.hide()
        self.go = named(QPushButton(tr("Make the token")), "primary")
        self.go.clicked.connect(self._on_go)
        self._lay_out()

    def _abilities(self) -> QWidget:
        widget = QWidget()
        box = QVBoxLayout(widget)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        for ability, tick in self.boxes.items():
            tick.setToolTip(ability.value)
            box.addWidget(tick)
        return widget

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setVerticalSpacing(9)
        form.addRow(tr("&Name"), self._name)
        form.addRow(tr("It may"), self._may)
        form.addRow(tr("No more than the role of"), self.user)
        form.addRow(tr("Warehouse, if none is chosen"), self.warehouse)
        form.addRow(tr("Only from networks"), self.networks)
        form.addRow(tr("Valid for (days)"), self.days)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(12)
        box.addWidget(text_label(self.windowTitle(), "title"))
        box.addLayout(form)
        box.addWidget(self.fault)
        box.addLayout(leave_or_go(self, tr("Cancel"), self.go))

    @Slot()
    def _on_go(self) -> None:
        name = self.name.text().strip()
        abilities = frozenset(each for each, tick in self.boxes.items() if tick.isChecked())
        self._name.show_fault("" if name else tr("Type it here."))
        self._may.show_fault("" if abilities else tr("Tick what it may do."))
        if not (name and abilities):
            return
        self.fault.hide()
        self.go.setEnabled(False)
        self.entered.emit(
            {
                "name": name,
                "abilities": abilities,
                "user": self.user.currentData(),
                "warehouse_id": self.warehouse.currentData(),
                "networks": tuple(self.networks.text().replace(",", " ").split()),
                "days": self.days.value(),
            }
        )

    def show_failure(self, error: DeskError) -> None:
        """Say why it was not made."""
        self.go.setEnabled(True)
        self.fault.setText(str(error))
        self.fault.show()
        self.adjustSize()


class TokenQuestion(QDialog):
    """Asks whether a token is to be rotated or revoked."""

    answered = Signal()

    def __init__(self, title: str, about: str, button: str, parent: QWidget, *, dangerous: bool) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(_WIDTH)
        self.fault = text_label(role="fault", wrap=True)
        self.go = named(QPushButton(button), "danger" if dangerous else "primary")
        self.go.clicked.connect(self._on_go)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(12)
        box.addWidget(text_label(title, "title", wrap=True))
        box.addWidget(text_label(about, wrap=True))
        box.addWidget(self.fault)
        box.addLayout(leave_or_go(self, tr("Cancel"), self.go))

    @Slot()
    def _on_go(self) -> None:
        self.go.setEnabled(False)
        self.answered.emit()

    def show_failure(self, error: DeskError) -> None:
        """Say why it was not done."""
        self.go.setEnabled(True)
        self.fault.setText(str(error))


class TokenShown(QDialog):
    """Shows a token's text, this once."""

    def __init__(self, made: NewToken, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Token of {name}", name=made.info.name))
        self.setMinimumWidth(_SHOWN_WIDTH)
        self.text = QLineEdit(made.text, readOnly=True)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.text.setAccessibleName(tr("Token"))
        self.text.setCursorPosition(0)
        self.copy = named(QPushButton(icon("copy", tokens().accent_text), tr("Copy"), autoDefault=False), "primary")
        self.copy.clicked.connect(self._on_copy)
        self.said = text_label(role="muted")
        leave = QPushButton(tr("Close"), autoDefault=False)
        leave.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addWidget(self.text, 1)
        row.addWidget(self.copy)
        foot = QHBoxLayout()
        foot.addWidget(self.said, 1)
        foot.addWidget(leave)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(12)
        box.addWidget(text_label(self.windowTitle(), "title", wrap=True))
        box.addWidget(text_label(str(KEEP_IT_NOW), wrap=True))
        box.addLayout(row)
        box.addLayout(foot)

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.text())
        self.said.setText(str(TOKEN_COPIED))
