"""The row of steps at the top, and the one search box."""

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QMenu, QSizePolicy, QToolBar, QToolButton, QWidget

from warehouse_desk.common.messages import msg, tr
from warehouse_desk.ui.actions.catalogue import MORE, SUBMENUS, TOOLBAR
from warehouse_desk.ui.actions.registry import ActionRegistry
from warehouse_desk.ui.icons import icon

_SEARCH_MS = 220
"""A search begins when typing has rested this long (ms)."""
_SEARCH_LENGTH = 100
_SEARCHED = {
    None: msg("Search reference, phone, name, city"),
    "reference": msg("Search in references"),
    "phone": msg("Search in phone numbers"),
    "full_name": msg("Search in names"),
    "city": msg("Search in cities"),
}
"""What the empty box says, by the field searched in."""


class DeskToolBar(QToolBar):
    """Actions as icon and word, the rarer ones under “More”, and the search box."""

    search_changed = Signal(str)

    def __init__(self, registry: ActionRegistry, parent: QWidget) -> None:
        super().__init__(tr("Steps"), parent)
        self.setObjectName("steps")
        self.setMovable(False)
        self.setIconSize(QSize(22, 22))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        for identifier in TOOLBAR:
            if identifier:
                self.addAction(registry.action(identifier))
            else:
                self.addSeparator()
        self.menu = QMenu(self)
        last = MORE.index("program.palette")
        registry.fill(self.menu, MORE[:last])
        for title, name, identifiers in SUBMENUS:
            submenu = self.menu.addMenu(icon(name), str(title))
            submenu.setToolTipsVisible(True)
            registry.fill(submenu, identifiers)
        self.menu.addSeparator()
        registry.fill(self.menu, MORE[last:])
        self.menu.setToolTipsVisible(True)
        self._more = QToolButton()
        self._more.setText(tr("More"))
        self._more.setIcon(icon("menu"))
        self._more.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self._more.setAccessibleName(tr("More steps"))
        self._more.setMenu(self.menu)
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.addWidget(self._more)
        space = QWidget()
        space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(space)
        self.search = QLineEdit()
        self._set_up_search()
        self.addWidget(self.search)
        self.addAction(registry.action("orders.refresh"))
        self.addAction(registry.action("view.details"))

    def _set_up_search(self) -> None:
        self.search.setPlaceholderText(str(_SEARCHED[None]))
        self.search.setAccessibleName(tr("Search orders"))
        self.search.setToolTip(tr("Search (Ctrl+F). Esc clears."))
        self.search.setClearButtonEnabled(True)
        self.search.setMaxLength(_SEARCH_LENGTH)
        self.search.setMinimumWidth(170)
        self.search.setMaximumWidth(340)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SEARCH_MS)
        self._timer.timeout.connect(self._on_rested)
        self.search.textChanged.connect(self._on_typed)
        self.search.returnPressed.connect(self._on_rested)

    def show_search(self, keyword: str, field: str | None) -> None:
        """Show what is searched for, and in which field (None: everywhere), without searching."""
        self.search.setPlaceholderText(str(_SEARCHED[field]))
        if keyword.strip() == self.search.text().strip():
            return
        self.search.blockSignals(True)
        self.search.setText(keyword)
        self.search.blockSignals(False)
        self._timer.stop()

    @Slot()
    def _on_typed(self) -> None:
        self._timer.start()

    @Slot()
    def _on_rested(self) -> None:
        self._timer.stop()
        self.search_changed.emit(self.search.text())
