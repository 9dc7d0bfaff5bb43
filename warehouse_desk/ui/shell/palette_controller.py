"""What the palette offers: the actions, the statuses, the saved views, and orders by reference or phone."""

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtGui import QKeySequence

from warehouse_desk.common.messages import tr
from warehouse_desk.domain.orders.finding import OrderFilter
from warehouse_desk.domain.orders.order import OrderRow
from warehouse_desk.domain.phone import readable_phone
from warehouse_desk.domain.status import Status, status_name
from warehouse_desk.ui.actions.catalogue import CATALOGUE, ActionSpec
from warehouse_desk.ui.actions.palette import Entry, Palette
from warehouse_desk.ui.bidi import in_order, isolated
from warehouse_desk.ui.controller import Controller
from warehouse_desk.ui.icons import status_icon_name
from warehouse_desk.ui.orders.facets import FACET_NAMES, NAMED, PERIOD_NAMES, SWITCH_NAMES, Facet
from warehouse_desk.ui.shell.list_controller import ListController
from warehouse_desk.ui.shell.panes import Panes
from warehouse_desk.ui.shell.view_controller import ViewController
from warehouse_desk.ui.workplace import Workplace

_ORDERS = 8
_ITSELF = "program.palette"


class PaletteController(Controller):
    """Opens the palette and does what is chosen in it."""

    def __init__(self, workplace: Workplace, panes: Panes, lists: ListController, views: ViewController) -> None:
        super().__init__(workplace)
        self._bar = panes.orders.bar
        self._registry = panes.registry
        self._lists = lists
        self._views = views
        self.palette: Palette | None = None
        views.changed.connect(self._on_views)

    @Slot()
    def open(self) -> None:
        """Open the palette."""
        if self._station.current is None or self.palette is not None:
            return
        self.palette = Palette(self._entries(), self._window)
        self.palette.search_requested.connect(self._look)
        self.palette.finished.connect(self._on_closed)
        self.palette.open()

    @Slot(int)
    def _on_closed(self, _how: int) -> None:
        self.palette = None

    @Slot()
    def _on_views(self) -> None:
        """The palette may be opened before the worker's views are read."""
        if self.palette is not None:
            self.palette.show_entries(self._entries())

    def _entries(self) -> list[Entry]:
        actions = (self._action(spec) for spec in CATALOGUE if spec.id != _ITSELF)
        return [*self._lists_to_show(), *actions, *self._filters()]

    def _action(self, spec: ActionSpec) -> Entry:
        action = self._registry.action(spec.id)
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        return Entry(
            str(spec.text),
            spec.icon,
            action.trigger,
            in_order(keys),
            self._registry.why_not(spec.id),
            (str(spec.short), spec.text.text),
        )

    def _lists_to_show(self) -> list[Entry]:
        statuses: tuple[Status | None, ...] = (None, *Status)
        entries = [self._status(status) for status in statuses]
        view = tr("Saved list")
        views = (Entry(name, "bookmark", partial(self._views.show, name), view) for name in self._views.names)
        return [*entries, *views]

    def _status(self, status: Status | None) -> Entry:
        name = tr("All orders") if status is None else str(status_name(status))
        also = ("All orders",) if status is None else (status_name(status).text, status.value.replace("_", " "))
        icon = status_icon_name(status)
        return Entry(name, icon, lambda: self._lists.show_status(status), tr("Status"), also=also)

    def _filters(self) -> list[Entry]:
        """Return every way to narrow the list that is not among the statuses."""
        bar, kind = self._bar, tr("Filter")
        entries = [Entry(f"{FACET_NAMES[facet]}…", "filter", partial(bar.pick, facet), kind) for facet in NAMED]
        for period, name in PERIOD_NAMES.items():
            title = tr("{facet}: {value}", facet=FACET_NAMES[Facet.CREATED], value=name)
            entries.append(Entry(title, "filter", partial(bar.set_period, period), kind, also=(name.text,)))
        entries.append(Entry(tr("Created between two days"), "filter", bar.pick_days, kind))
        for facet, values in SWITCH_NAMES.items():
            for value, name in zip((True, False), values, strict=True):
                entries.append(Entry(str(name), "filter", partial(bar.set_value, facet, value), kind))
        return entries

    @Slot(str)
    def _look(self, code: str) -> None:
        palette = self.palette
        if palette is None:
            return

        def on_found(orders: tuple[OrderRow, ...]) -> None:
            exact = [order for order in orders if order.reference.casefold() == code.casefold()]
            others = [order for order in orders if order not in exact]
            palette.show_orders(code, [self._order(order) for order in (*exact, *others)[:_ORDERS]])

        order_filter = OrderFilter(keyword=code)
        self._at_desk(
            lambda desk: desk.orders.window_page(order_filter), owner=palette, done=on_found, key="palette.orders"
        )

    def _order(self, order: OrderRow) -> Entry:
        parts = (order.reference, order.full_name, readable_phone(order.phone), order.city)
        title = " · ".join(isolated(part) for part in parts if part)
        icon = status_icon_name(order.status)
        return Entry(title, icon, lambda: self._lists.show_order(order), str(status_name(order.status)))
