"""The hand of the scan strip: modes, sticky facts, the field that codes are typed into, and the lamp."""

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from warehouse_desk.common.messages import tr
from warehouse_desk.domain.scanning.modes import ScanMode
from warehouse_desk.domain.scanning.scans import CODE_LENGTH
from warehouse_desk.ui.icons import icon
from warehouse_desk.ui.scanner.lamp import Lamp
from warehouse_desk.ui.scanner.sticky import StickyBar, StickyFacts
from warehouse_desk.ui.scanner.wording import MODES, icon_of, shortcut_of
from warehouse_desk.ui.station import Station
from warehouse_desk.ui.widgets.make import named
from warehouse_desk.ui.workplace import Workplace

_MODE_KEY = "last/scan-mode"
_COLUMNS = 5
_WIDTH, _LARGE_WIDTH = 524, 700
"""Logical pixels; large buttons are 20 mm high, as gloves need."""


class ScanControls(QWidget):
    """What the worker sets once and then leaves alone."""

    code_entered = Signal(str)
    mode_changed = Signal()
    large_requested = Signal()

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = workplace.settings
        self._modes = QButtonGroup(self)
        self.sticky = StickyBar(workplace)
        self.lamp = Lamp()
        self.tools = QMenu(self)
        self.field = named(QLineEdit(), "scan")
        self.field.setPlaceholderText(tr("Scan or type a reference"))
        self.field.setAccessibleName(tr("Reference to scan"))
        self.field.setMaxLength(CODE_LENGTH)
        self.field.setClearButtonEnabled(True)
        self.field.returnPressed.connect(self._on_return)
        self._lay_out()
        self._modes.idToggled.connect(self._on_mode)
        self._on_mode(self._modes.checkedId(), checked=True)
        workplace.station.opened.connect(self._allow)
        workplace.station.renewed.connect(self._allow)

    def _lay_out(self) -> None:
        self._large = QToolButton()
        self._large.setAccessibleName(tr("Large scan screen"))
        self._large.clicked.connect(self.large_requested)
        menu = QToolButton()
        menu.setIcon(icon("menu"))
        menu.setAccessibleName(tr("Scanner set-up and lists"))
        menu.setToolTip(tr("Scanner set-up and lists"))
        menu.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu.setMenu(self.tools)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self.sticky, 1)
        head.addWidget(menu)
        head.addWidget(self._large)
        entry = QHBoxLayout()
        entry.setSpacing(6)
        entry.addWidget(self.field, 1)
        entry.addWidget(self.lamp)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(5)
        box.addLayout(self._mode_buttons())
        box.addLayout(head)
        box.addLayout(entry)
        box.addStretch(1)
        self.set_large(large=False)

    def _mode_buttons(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(4)
        last = str(self._settings.value(_MODE_KEY, MODES[0].name))
        known = {mode.name for mode in MODES}
        for number, mode in enumerate(MODES):
            button = named(QPushButton(icon(icon_of(mode)), str(mode.short_label or mode.label)), "mode")
            button.setCheckable(True)
            button.setToolTip(tr("Each scan: {action} ({key})", action=mode.label, key=shortcut_of(mode)))
            button.setIconSize(QSize(18, 18))
            self._modes.addButton(button, number)
            button.setChecked(mode.name == (last if last in known else MODES[0].name))
            grid.addWidget(button, number // _COLUMNS, number % _COLUMNS)
            shortcut = QShortcut(QKeySequence(shortcut_of(mode)), self)
            shortcut.activated.connect(button.click)
        return grid

    @Slot(object)
    def _allow(self, station: Station) -> None:
        """Enable the modes that the worker's role may use."""
        caller = station.caller
        for number, mode in enumerate(MODES):
            self._modes.button(number).setEnabled(caller.may(mode.ability))
        if not caller.may(self.mode.ability):
            self.set_mode(next((mode.name for mode in MODES if caller.may(mode.ability)), self.mode.name))

    def set_large(self, *, large: bool) -> None:
        """Grow for gloves, or shrink beside the table."""
        self.setObjectName("large" if large else "")
        self._large.setIcon(icon("shrink" if large else "expand"))
        self._large.setToolTip(tr("Back to the list (F11 or Esc)") if large else tr("Large scan screen (F11)"))
        self.setFixedWidth(_LARGE_WIDTH if large else _WIDTH)
        for widget in (*self._modes.buttons(), *self.sticky.parts(), self.field):
            widget.style().unpolish(widget)
            widget.style().polish(widget)

    @property
    def mode(self) -> ScanMode:
        """What a reading does now."""
        return MODES[max(0, self._modes.checkedId())]

    def set_mode(self, name: str) -> bool:
        """Choose what a reading does; False where the worker may not."""
        for number, mode in enumerate(MODES):
            if mode.name == name and self._modes.button(number).isEnabled():
                self._modes.button(number).setChecked(True)
                return True
        return False

    def facts(self) -> StickyFacts:
        """Return what goes with a reading."""
        return self.sticky.facts(self.mode)

    @Slot(int, bool)
    def _on_mode(self, _number: int, checked: bool) -> None:
        if not checked:
            return
        self.sticky.show_for(self.mode)
        self._settings.setValue(_MODE_KEY, self.mode.name)
        self.mode_changed.emit()
        # A reading may be under way in a dialog's field: only the mode's own keys and clicks bring the focus here.
        if QApplication.activeModalWidget() is None:
            self.field.setFocus()

    @Slot()
    def _on_return(self) -> None:
        code = self.field.text()
        self.field.clear()
        self.code_entered.emit(code)
