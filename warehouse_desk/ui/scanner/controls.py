"""The hand of the scan strip: mode, sticky date and warehouse, the field that codes are typed into."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, QSettings, QSize, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDateEdit,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from warehouse_desk.common.clock import local_day, now_utc
from warehouse_desk.common.messages import tr
from warehouse_desk.domain.directory import Warehouse
from warehouse_desk.domain.rules import Given
from warehouse_desk.domain.transitions import Need
from warehouse_desk.ui.icons import icon
from warehouse_desk.ui.scanner.wording import MODES, ScanMode
from warehouse_desk.ui.theme import tokens
from warehouse_desk.ui.widgets.make import named

_WAREHOUSE_KEY = "last/scan-warehouse"
_MODE_KEY = "last/scan-mode"
_CODE_LENGTH = 128
_WIDTH, _LARGE_WIDTH = 384, 620
"""Logical pixels; large buttons are 20 mm broad, as gloves need."""


def today() -> date:
    """Return the day at the station."""
    return local_day(now_utc())


class ScanControls(QWidget):
    """What the worker sets once and then leaves alone."""

    code_entered = Signal(str)
    mode_changed = Signal()
    large_wanted = Signal()

    def __init__(self, settings: QSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._modes = QButtonGroup(self)
        self._own_day: date | None = None
        """A day chosen by hand; without one it is always today, past midnight too."""
        self.field = named(QLineEdit(), "scan")
        self.field.setPlaceholderText(tr("Scan or type a reference"))
        self.field.setAccessibleName(tr("Reference to scan"))
        self.field.setMaxLength(_CODE_LENGTH)
        self.field.setClearButtonEnabled(True)
        self.field.returnPressed.connect(self._on_return)
        self._date = QDateEdit()
        self._date.setCalendarPopup(True)
        self._date.setDisplayFormat("dd/MM/yyyy")
        self._date.setAccessibleName(tr("Date of the scans"))
        self._date.dateChanged.connect(self._on_date)
        self._warehouse = QComboBox()
        self._warehouse.setAccessibleName(tr("Warehouse that the parcels leave"))
        self._warehouse.setPlaceholderText(tr("Warehouse…"))
        self._warehouse.activated.connect(self._on_warehouse)
        self._lay_out()
        self._modes.idToggled.connect(self._on_mode)
        self._show_today()
        self._on_mode(self._modes.checkedId(), checked=True)

    def _lay_out(self) -> None:
        modes = QHBoxLayout()
        modes.setSpacing(4)
        last = str(self._settings.value(_MODE_KEY, MODES[0].name))
        for number, mode in enumerate(MODES):
            button = named(QPushButton(icon(mode.icon), str(mode.button)), "mode")
            button.setCheckable(True)
            button.setToolTip(tr("Each scan: {action} ({key})", action=mode.button, key=mode.shortcut))
            button.setIconSize(QSize(18, 18))
            self._modes.addButton(button, number)
            button.setChecked(mode.name == last or (number == 0 and last not in {m.name for m in MODES}))
            modes.addWidget(button, 1)
            shortcut = QShortcut(QKeySequence(mode.shortcut), self)
            shortcut.activated.connect(button.click)
        self._large = QToolButton()
        self._large.setAccessibleName(tr("Large scan screen"))
        self._large.clicked.connect(self.large_wanted)
        sticky = QHBoxLayout()
        sticky.setSpacing(6)
        sticky.addWidget(self._date, 1)
        sticky.addWidget(self._warehouse, 1)
        sticky.addWidget(self._large)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addLayout(modes)
        box.addLayout(sticky)
        box.addWidget(self.field)
        box.addStretch(1)
        self.set_large(large=False)

    def set_large(self, *, large: bool) -> None:
        """Grow for gloves, or shrink beside the table."""
        self.setObjectName("large" if large else "")
        self._large.setIcon(icon("shrink" if large else "expand"))
        self._large.setToolTip(tr("Back to the list (F11 or Esc)") if large else tr("Large scan screen (F11)"))
        self.setFixedWidth(_LARGE_WIDTH if large else _WIDTH)
        for widget in (*self._modes.buttons(), self.field):
            widget.style().unpolish(widget)
            widget.style().polish(widget)

    @property
    def mode(self) -> ScanMode:
        """What a reading does now."""
        return MODES[max(0, self._modes.checkedId())]

    def set_mode(self, name: str) -> None:
        """Choose what a reading does."""
        for number, mode in enumerate(MODES):
            if mode.name == name:
                self._modes.button(number).setChecked(True)

    def set_warehouses(self, warehouses: Sequence[Warehouse]) -> None:
        """Offer the warehouses that goods can leave."""
        self._warehouse.clear()
        for warehouse in warehouses:
            self._warehouse.addItem(warehouse.name, warehouse.id)
        last = self._warehouse.findData(self._settings.value(_WAREHOUSE_KEY, -1, int))
        self._warehouse.setCurrentIndex(last if last >= 0 else (0 if len(warehouses) == 1 else -1))

    def given(self) -> Given | None:
        """Return what goes with a reading, or None where a warehouse must be chosen first."""
        if self._own_day is None:
            self._show_today()
        if Need.WAREHOUSE not in self.mode.needs:
            return Given(date=self._own_day or today())
        if self._warehouse.currentIndex() < 0:
            self._warehouse.setFocus()
            return None
        return Given(date=self._own_day or today(), warehouse_id=int(self._warehouse.currentData()))

    def _show_today(self) -> None:
        day = today()
        self._date.blockSignals(True)
        self._date.setDate(QDate(day.year, day.month, day.day))
        self._date.blockSignals(False)

    @Slot(QDate)
    def _on_date(self, chosen: QDate) -> None:
        day = date(chosen.year(), chosen.month(), chosen.day())
        self._own_day = None if day == today() else day
        self._date.setStyleSheet(f"border: 2px solid {tokens().error};" if self._own_day else "")
        self._date.setToolTip(tr("Not today: every scan is dated like this.") if self._own_day else "")

    @Slot()
    def _on_warehouse(self) -> None:
        self._settings.setValue(_WAREHOUSE_KEY, self._warehouse.currentData())
        self.field.setFocus()

    @Slot(int, bool)
    def _on_mode(self, _number: int, checked: bool) -> None:
        if not checked:
            return
        self._warehouse.setVisible(Need.WAREHOUSE in self.mode.needs)
        self._settings.setValue(_MODE_KEY, self.mode.name)
        self.mode_changed.emit()
        self.field.setFocus()

    @Slot()
    def _on_return(self) -> None:
        code = self.field.text()
        self.field.clear()
        self.code_entered.emit(code)
