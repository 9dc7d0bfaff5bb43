"""The roles: each a set of abilities, told in words."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from warehouse_desk.common.messages import nmsg, tr
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.people.ability_names import ABILITY_GROUPS, ability_name, role_name
from warehouse_desk.domain.people.users import RoleInfo
from warehouse_desk.ui.icons import icon
from warehouse_desk.ui.theme import TOUCH
from warehouse_desk.ui.widgets.make import named, text_label

_LIST_WIDTH = 190
_MAX_NAME = 100


class RolesPage(QWidget):
    """Roles at the leading side, the abilities of the chosen one beside them. Changes count when they are saved."""

    save_requested = Signal(str, object)
    """A role's name and its abilities."""
    delete_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._roles: tuple[RoleInfo, ...] = ()
        self.list = named(QListWidget(), "navigation")
        self.list.setAccessibleName(tr("Roles"))
        self.list.setFixedWidth(_LIST_WIDTH)
        self.list.currentRowChanged.connect(self._on_row)
        self.new_name = QLineEdit(maxLength=_MAX_NAME)
        self.new_name.setPlaceholderText(tr("Name of a new role"))
        self.new_name.setAccessibleName(tr("Name of a new role"))
        self.new_name.returnPressed.connect(self._on_new)
        self.add = QPushButton(icon("plus"), tr("Add"), autoDefault=False)
        self.add.clicked.connect(self._on_new)
        self.boxes: dict[Ability, QCheckBox] = {}
        self._about = text_label(role="muted", wrap=True)
        self.fault = text_label(role="fault", wrap=True)
        self.delete = QPushButton(tr("Delete the role"), autoDefault=False)
        self.delete.clicked.connect(self._on_delete)
        self.undo = QPushButton(tr("Undo the changes"), autoDefault=False)
        self.undo.clicked.connect(self._show_chosen)
        self.save = named(QPushButton(tr("Save the role"), autoDefault=False), "primary")
        self.save.clicked.connect(self._on_save)
        self._lay_out()
        self._follow()

    def _lay_out(self) -> None:
        side = QVBoxLayout()
        side.addWidget(self.list, 1)
        side.addWidget(self.new_name)
        side.addWidget(self.add)
        foot = QHBoxLayout()
        foot.addWidget(self.delete)
        foot.addStretch(1)
        foot.addWidget(self.undo)
        foot.addWidget(self.save)
        right = QVBoxLayout()
        right.addWidget(self._about)
        right.addWidget(self._abilities(), 1)
        right.addWidget(self.fault)
        right.addLayout(foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 12, 0, 0)
        row.setSpacing(16)
        row.addLayout(side)
        row.addLayout(right, 1)

    def _abilities(self) -> QWidget:
        page = QWidget()
        across = QHBoxLayout(page)
        across.setContentsMargins(0, 0, 8, 0)
        across.setSpacing(16)
        columns = [QVBoxLayout(), QVBoxLayout()]
        for number, (title, abilities) in enumerate(ABILITY_GROUPS):
            inner = columns[number % 2]
            inner.setSpacing(2)
            inner.addSpacing(8)
            inner.addWidget(text_label(str(title), "section"))
            for ability in abilities:
                box = QCheckBox(str(ability_name(ability)))
                box.setToolTip(ability.value)
                box.toggled.connect(self._follow)
                self.boxes[ability] = box
                inner.addWidget(box)
        for column in columns:
            column.addStretch(1)
            across.addLayout(column, 1)
        area = QScrollArea(widgetResizable=True)
        area.setWidget(page)
        return area

    def show_roles(self, roles: Sequence[RoleInfo], chosen: str = "") -> None:
        """Show the roles as they are stored."""
        wanted = chosen or self.chosen_name()
        self._roles = tuple(roles)
        self.list.blockSignals(True)
        self.list.clear()
        for role in self._roles:
            item = QListWidgetItem(role_name(role.name), self.list)
            item.setData(Qt.ItemDataRole.UserRole, role.name)
            item.setSizeHint(QSize(0, TOUCH))
        rows = [row for row, role in enumerate(self._roles) if role.name.casefold() == wanted.casefold()]
        self.list.setCurrentRow(rows[0] if rows else 0)
        self.list.blockSignals(False)
        self._show_chosen()

    def roles(self) -> tuple[RoleInfo, ...]:
        """Return the roles as they are stored."""
        return self._roles

    def chosen_name(self) -> str:
        """Return the chosen role's own name; empty where none is."""
        item = self.list.currentItem()
        return "" if self.list.currentRow() < 0 else str(item.data(Qt.ItemDataRole.UserRole))

    def abilities(self) -> frozenset[Ability]:
        """Return what is ticked."""
        return frozenset(ability for ability, box in self.boxes.items() if box.isChecked())

    @property
    def is_changed(self) -> bool:
        """Whether something is ticked that is not stored, or the other way round."""
        role = self._chosen()
        return role is not None and role.abilities != self.abilities()

    def _chosen(self) -> RoleInfo | None:
        name = self.chosen_name()
        return next((role for role in self._roles if role.name == name), None)

    def _tick(self, abilities: Iterable[Ability]) -> None:
        wanted = frozenset(abilities)
        for ability, box in self.boxes.items():
            box.blockSignals(True)
            box.setChecked(ability in wanted)
            box.blockSignals(False)

    @Slot()
    def _show_chosen(self) -> None:
        role = self._chosen()
        self._tick(role.abilities if role is not None else ())
        self.fault.clear()
        self._follow()

    @Slot(int)
    def _on_row(self, _row: int) -> None:
        self._show_chosen()

    @Slot()
    def _follow(self) -> None:
        role, changed = self._chosen(), self.is_changed
        for box in self.boxes.values():
            box.setEnabled(role is not None)
        self.save.setEnabled(changed)
        self.undo.setEnabled(changed)
        self.delete.setEnabled(role is not None and not role.users and not changed)
        # Another role would take unsaved ticks away.
        for part in (self.list, self.new_name, self.add):
            part.setEnabled(not changed)
        self._about.setText(
            "" if role is None else str(nmsg("{n} user has this role.", "{n} users have this role.", role.users))
        )

    @Slot()
    def _on_new(self) -> None:
        name = " ".join(self.new_name.text().split())
        if not name:
            self.new_name.setFocus()
            return
        if any(role.name.casefold() == name.casefold() for role in self._roles):
            self.fault.setText(tr("The role “{name}” already exists. Choose another name.", name=name))
            return
        self.new_name.clear()
        self.save_requested.emit(name, frozenset({Ability.VIEW}))

    @Slot()
    def _on_save(self) -> None:
        self.save.setEnabled(False)
        self.save_requested.emit(self.chosen_name(), self.abilities())

    @Slot()
    def _on_delete(self) -> None:
        self.delete_requested.emit(self.chosen_name())

    def show_fault(self, sentence: str) -> None:
        """Say why nothing was saved; the ticks stay as they are."""
        self.fault.setText(sentence)
        self.save.setEnabled(self.is_changed)
