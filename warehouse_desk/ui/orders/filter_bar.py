"""The filter of the list: a chip for everything it asks for, a way to take each out, and a menu to ask for more."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QToolButton, QWidget

from warehouse_desk.common.clock import local_day, now_utc
from warehouse_desk.common.messages import tr
from warehouse_desk.domain.orders.finding import EVERY_ORDER, OrderFilter, Period
from warehouse_desk.domain.status import Status
from warehouse_desk.ui.icons import icon
from warehouse_desk.ui.orders.days_dialog import DaysDialog
from warehouse_desk.ui.orders.facets import (
    FACET_NAMES,
    NAMED,
    SWITCH_NAMES,
    Facet,
    active,
    all_words,
    with_value,
    without,
    words,
)
from warehouse_desk.ui.orders.filter_menu import fill_menu
from warehouse_desk.ui.orders.lookup_controller import LookupController
from warehouse_desk.ui.orders.pick_dialog import PickDialog
from warehouse_desk.ui.widgets.flow_layout import FlowLayout
from warehouse_desk.ui.widgets.make import named
from warehouse_desk.ui.workplace import Workplace

_LINE = 44


class Chip(QFrame):
    """One part of the filter: pressed, it offers other values; its cross takes it out."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chip")
        self.change = named(QPushButton(text), "chipText")
        self.change.setAccessibleName(tr("Filter {text}: choose another value", text=text))
        self.change.setToolTip(tr("Choose another value"))
        self.remove = named(QToolButton(), "chipClose")
        self.remove.setIcon(icon("close"))
        self.remove.setAccessibleName(tr("Remove the filter {text}", text=text))
        self.remove.setToolTip(tr("Remove the filter {text}", text=text))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.change)
        row.addWidget(self.remove)


class FilterBar(QWidget):
    """Shows a filter and asks for others; it never changes the list by itself."""

    filter_requested = Signal(object)
    """The ``OrderFilter`` that is asked for."""
    search_requested = Signal()
    """What to search for is to be typed."""

    def __init__(self, workplace: Workplace, title: QLabel, count: QLabel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lookups = LookupController(workplace, self)
        self.lookups.names_read.connect(self._show)
        self.order_filter = EVERY_ORDER
        self.chips: dict[Facet, Chip] = {}
        self.tab_after: QWidget | None = None
        """What the keyboard comes from when it reaches the chips."""
        self.dialog: PickDialog | DaysDialog | None = None
        self.clear = named(QPushButton(tr("Clear all")), "link")
        self.clear.setAccessibleName(tr("Clear all filters"))
        self.clear.setToolTip(tr("Clear all filters (Ctrl+Shift+Backspace)"))
        self.clear.clicked.connect(self.clear_all)
        self.clear.hide()
        self._flow = FlowLayout(self, line_height=_LINE)
        for widget in (title, count):
            self._flow.addWidget(widget)
        self._flow.addWidget(self.clear)

    def show_filter(self, order_filter: OrderFilter) -> None:
        """Show what the list asks for."""
        self.order_filter = order_filter
        if self.lookups.names.lacks(order_filter):
            self.lookups.read_missing()
        self._show()

    @Slot()
    def _show(self) -> None:
        focused = next((facet for facet, chip in self.chips.items() if chip.isAncestorOf(self._focus())), None)
        for chip in self.chips.values():
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self.chips = {}
        self._flow.removeWidget(self.clear)
        for facet in active(self.order_filter):
            if facet is not Facet.IDS:
                self._add_chip(facet)
        self._flow.addWidget(self.clear)
        self._set_tab_order()
        # A status alone is what the title says; its chip and cross stand there, another word to clear does not.
        self.clear.setVisible(len(self.chips) > 1)
        if focused in self.chips:
            self.chips[focused].change.setFocus()
        self.updateGeometry()

    def _set_tab_order(self) -> None:
        """Let the keyboard meet new chips here and not behind everything that was there before them."""
        if self.tab_after is None:
            return
        chips = (part for chip in self.chips.values() for part in (chip.change, chip.remove))
        order = [self.tab_after, *chips, self.clear]
        for one, following in pairwise(order):
            self.setTabOrder(one, following)

    def _focus(self) -> QWidget:
        focused = QApplication.focusWidget()
        return self if focused is None else focused

    def _add_chip(self, facet: Facet) -> None:
        chip = Chip(words(self.order_filter, facet, self.lookups.names), self)
        chip.remove.clicked.connect(lambda: self.remove(facet))
        chip.change.clicked.connect(lambda: self._on_change(facet, chip.mapToGlobal(chip.rect().bottomLeft())))
        self._flow.addWidget(chip)
        chip.show()
        self.chips[facet] = chip

    def text(self) -> str:
        """Return the whole filter in one line."""
        return all_words(self.order_filter, self.lookups.names)

    @Slot()
    def clear_all(self) -> None:
        """Ask for every order."""
        self.filter_requested.emit(EVERY_ORDER)

    def remove(self, facet: Facet) -> None:
        """Ask for the list without a part of its filter."""
        self.filter_requested.emit(without(self.order_filter, facet))

    def set_value(self, facet: Facet, value: Status | int | bool | None) -> None:
        """Ask for a status, a thing by its number, or yes and no."""
        self.filter_requested.emit(with_value(self.order_filter, facet, value))

    def set_period(self, period: Period) -> None:
        """Ask for the orders created in a period."""
        self.filter_requested.emit(replace(without(self.order_filter, Facet.CREATED), created_in=period))

    def set_days(self, first: date, last: date) -> None:
        """Ask for the orders created between two days."""
        self.filter_requested.emit(
            replace(without(self.order_filter, Facet.CREATED), created_from=first, created_to=last)
        )

    def set_field(self, field: str | None) -> None:
        """Search in one field, or everywhere; what to search for is typed into the search box."""
        self.filter_requested.emit(replace(self.order_filter, search_by=field))
        if not self.order_filter.keyword.strip():
            self.search_requested.emit()

    def menu(self, only: Facet | None = None) -> QMenu:
        """Return a menu of everything that can be asked for, or of one part's values."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        fill_menu(menu, self, only)
        return menu

    def pick(self, facet: Facet) -> None:
        """Choose a city, company, person or warehouse by typing a part of its name."""
        dialog = PickDialog(str(FACET_NAMES[facet]), self.window())
        dialog.picked.connect(lambda number: self.set_value(facet, number))
        self.lookups.read(facet, dialog, dialog.show_choices)
        self._open(dialog)

    @Slot()
    def pick_days(self) -> None:
        """Choose the first and the last day of creation."""
        today = local_day(now_utc())
        shown = self.order_filter.on(today)
        dialog = DaysDialog(shown.created_from or today, shown.created_to or today, self.window())
        dialog.chosen.connect(self.set_days)
        self._open(dialog)

    def _open(self, dialog: PickDialog | DaysDialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(self._on_closed)
        dialog.open()

    @Slot(int)
    def _on_closed(self, _how: int) -> None:
        self.dialog = None

    def _on_change(self, facet: Facet, place: QPoint) -> None:
        if facet in NAMED:
            self.pick(facet)
        elif facet in SWITCH_NAMES:
            self.set_value(facet, not getattr(self.order_filter, facet))
        else:
            self.menu(facet).popup(place)
