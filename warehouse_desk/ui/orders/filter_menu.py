"""The menu of everything that a list can be asked for."""

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtWidgets import QMenu

from warehouse_desk.common.messages import tr
from warehouse_desk.domain.orders.finding import OrderFilter, Period
from warehouse_desk.domain.status import Status, status_name
from warehouse_desk.ui.icons import icon, status_icon_name
from warehouse_desk.ui.orders.facets import FACET_NAMES, FIELD_NAMES, NAMED, PERIOD_NAMES, SWITCH_NAMES, Facet


class Asker(Protocol):
    """Shows a filter and asks for others."""

    order_filter: OrderFilter

    def set_value(self, facet: Facet, value: Status | int | bool | None) -> None:
        """Ask for another value of one part."""

    def set_period(self, period: Period) -> None:
        """Ask for the orders created in a period."""

    def set_field(self, field: str | None) -> None:
        """Ask for a search in one field."""

    def remove(self, facet: Facet) -> None:
        """Ask for the list without one part."""

    def pick(self, facet: Facet) -> None:
        """Let one thing be chosen from a long list."""

    def pick_days(self) -> None:
        """Let two days be chosen."""

    def clear_all(self) -> None:
        """Ask for every order."""


def fill_menu(menu: QMenu, bar: Asker, only: Facet | None = None) -> None:
    """Fill a menu with every part of a filter, each with its values; with ``only``, with the values of that one."""
    order_filter = bar.order_filter
    makers: dict[Facet, Callable[[QMenu], None]] = {
        Facet.STATUS: lambda place: _statuses(place, bar, order_filter),
        Facet.CREATED: lambda place: _days(place, bar, order_filter),
        Facet.KEYWORD: lambda place: _fields(place, bar, order_filter),
    }
    if only in makers:
        makers[only](menu)
        return
    for facet in (Facet.STATUS, Facet.CREATED, Facet.KEYWORD):
        title = tr("Search in") if facet is Facet.KEYWORD else str(FACET_NAMES[facet])
        makers[facet](menu.addMenu(title))
    menu.addSeparator()
    for facet in NAMED:
        menu.addAction(f"{FACET_NAMES[facet]}…", partial(bar.pick, facet))
    menu.addSeparator()
    for facet in SWITCH_NAMES:
        _switch(menu.addMenu(str(FACET_NAMES[facet])), bar, facet, order_filter)
    menu.addSeparator()
    menu.addAction(icon("close"), tr("Clear all filters"), bar.clear_all)


def _tick(menu: QMenu, text: str, do: Callable[[], object], *, on: bool) -> None:
    action = menu.addAction(text)
    action.setCheckable(True)
    action.setChecked(on)
    action.triggered.connect(lambda _checked: do())


def _statuses(menu: QMenu, bar: Asker, order_filter: OrderFilter) -> None:
    for status in Status:
        action = menu.addAction(icon(status_icon_name(status)), str(status_name(status)))
        action.setEnabled(status is not order_filter.status)
        action.triggered.connect(lambda _checked, status=status: bar.set_value(Facet.STATUS, status))
    menu.addSeparator()
    _tick(menu, tr("All orders"), lambda: bar.remove(Facet.STATUS), on=order_filter.status is None)


def _days(menu: QMenu, bar: Asker, order_filter: OrderFilter) -> None:
    def ask(period: Period) -> Callable[[], None]:
        return lambda: bar.set_period(period)

    for period, name in PERIOD_NAMES.items():
        _tick(menu, str(name), ask(period), on=order_filter.created_in is period)
    _tick(menu, tr("Between two days…"), bar.pick_days, on=bool(order_filter.created_from or order_filter.created_to))


def _fields(menu: QMenu, bar: Asker, order_filter: OrderFilter) -> None:
    def ask(field: str | None) -> Callable[[], None]:
        return lambda: bar.set_field(field)

    for field, name in FIELD_NAMES.items():
        _tick(menu, str(name), ask(field), on=order_filter.search_by == field)


def _switch(menu: QMenu, bar: Asker, facet: Facet, order_filter: OrderFilter) -> None:
    def ask(value: bool) -> Callable[[], None]:
        return lambda: bar.set_value(facet, value)

    yes, no = SWITCH_NAMES[facet]
    current = getattr(order_filter, facet)
    _tick(menu, str(yes), ask(True), on=current is True)
    _tick(menu, str(no), ask(False), on=current is False)
