"""The row of steps at the top, and the one search box."""

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QMenu, QSizePolicy, QToolBar, QToolButton, QWidget

from warehouse_desk.common.messages import tr
from warehouse_desk.ui.actions.catalogue import MORE, TOOLBAR
from warehouse_desk.ui.actions.registry import ActionRegistry
from warehouse_desk.ui.icons import icon

_SEARCH_MS = 220
"""A search begins when typing has rested this long (ms)."""
_SEARCH_LENGTH = 100


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
        self._menu = QMenu(self)
        registry.fill(self._menu, MORE)
        self._menu.setToolTipsVisible(True)
        self._more = QToolButton()
        self._more.setText(tr("More"))
        self._more.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self._more.setAccessibleName(tr("More steps"))
        self._more.setMenu(self._menu)
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
        self.retint()

    def _set_up_search(self) -> None:
        self.search.setPlaceholderText(tr("Search reference, phone, name, city"))
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

    def retint(self) -> None:
        """Draw the icons that are no action's anew."""
        self._more.setIcon(icon("menu"))

    def clear_search(self) -> None:
        """Empty the search box without searching."""
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self._timer.stop()

    @Slot()
    def _on_typed(self) -> None:
        self._timer.start()

    @Slot()
    def _on_rested(self) -> None:
        self._timer.stop()
        self.search_changed.emit(self.search.text())
