"""Which orders the middle of the window shows: navigation, search, filters and the board's numbers lead here."""

from dataclasses import replace

from PySide6.QtCore import Slot

from warehouse_desk.domain.orders.finding import NEWEST_FIRST, OrderFilter, Sort
from warehouse_desk.domain.orders.order import OrderRow
from warehouse_desk.domain.status import Status
from warehouse_desk.ui.controller import Controller
from warehouse_desk.ui.orders.model import Query
from warehouse_desk.ui.shell.detail_controller import DetailController
from warehouse_desk.ui.shell.panes import Panes
from warehouse_desk.ui.workplace import Workplace


def query_of(order_filter: OrderFilter, sort: Sort = NEWEST_FIRST, title: str = "") -> Query:
    """Return the question that a whole filter stands for."""
    more = replace(order_filter, status=None, keyword="")
    return Query(order_filter.status, order_filter.keyword, more, sort, title)


class ListController(Controller):
    """Shows a list, also when another page was in its place."""

    def __init__(self, workplace: Workplace, panes: Panes, side: DetailController) -> None:
        super().__init__(workplace)
        self._panes = panes
        self._side = side
        self._to_select: int | None = None
        panes.navigation.status_chosen.connect(self.show_status)
        panes.toolbar.search_changed.connect(self._on_search)
        panes.work.orders_requested.connect(self.show_behind)
        panes.work.orders_left.connect(self._on_orders_left)
        panes.orders.filter_requested.connect(self.show_filtered)
        panes.orders.bar.search_requested.connect(panes.toolbar.search.setFocus)
        panes.orders.model.opened.connect(self._on_opened)

    @property
    def query(self) -> Query:
        """What the list asks for."""
        return self._panes.orders.model.query

    def show(self, query: Query) -> None:
        """Show a list; search box and navigation follow it."""
        panes = self._panes
        panes.toolbar.show_search(query.keyword, query.more.search_by)
        panes.orders.show_list(query)
        self.back_to_orders()
        self._mark(query)

    def _mark(self, query: Query) -> None:
        navigation = self._panes.navigation
        if navigation.view_shown is None:
            navigation.mark(-1 if query.more.ids is not None else navigation.row_of(query.status))

    @Slot(object)
    def show_status(self, status: Status | None) -> None:
        """Show the orders of a status; search and filters stay, a view or the orders behind a number are left."""
        query = self.query
        if self._panes.navigation.view_shown is not None or query.more.ids is not None:
            query = Query(sort=query.sort)
        else:  # what was just typed may not be searched for yet
            query = replace(query, keyword=self._panes.toolbar.search.text())
        self._panes.navigation.show_view(None)
        self.show(replace(query, status=status, title=""))

    @Slot(object)
    def show_filtered(self, order_filter: OrderFilter) -> None:
        """Show what a filter finds, sorted as before; a view looked at is only changed by it."""
        title = self.query.title if order_filter.ids is not None else ""
        self.show(query_of(order_filter, self.query.sort, title))

    @Slot(str)
    def _on_search(self, keyword: str) -> None:
        query = self.query
        if keyword.strip() == query.keyword.strip():
            self.back_to_orders()
            return
        if query.more.ids is not None:
            query = Query(sort=query.sort)
        self.show(replace(query, keyword=keyword, title=""))

    @Slot()
    def _on_orders_left(self) -> None:
        """Choose no order while another page is looked at."""
        self._panes.orders.leave_all()
        self._panes.orders.view.clearSelection()
        self._side.set_away(away=True)

    @Slot()
    def back_to_orders(self) -> None:
        """Show the orders again."""
        if self._panes.work.shows_orders:
            return
        self._panes.work.show_orders()
        self._side.set_away(away=False)
        self._panes.navigation.show_view(self._panes.navigation.view_shown)
        self._mark(self.query)

    @Slot(str, object)
    def show_behind(self, title: str, orders: tuple[int, ...] | Status) -> None:
        """Show the orders behind a number of the board."""
        self._panes.navigation.show_view(None)
        if isinstance(orders, Status):
            self.show(Query(orders))
        else:
            self.show(Query(more=OrderFilter(ids=orders), title=title))
        self._panes.orders.view.setFocus()

    def show_order(self, order: OrderRow) -> None:
        """Go to one order: in the list where it is at hand, else in a list of its own."""
        view = self._panes.orders.view
        self.back_to_orders()
        self._side.open()
        if self._panes.orders.model.place_of(order.id) is not None:
            view.select_orders([order.id])
        else:
            self._to_select = order.id
            self._panes.navigation.show_view(None)
            self.show(Query(more=OrderFilter(ids=(order.id,)), title=order.reference))
        view.setFocus()

    @Slot()
    def _on_opened(self) -> None:
        order_id, self._to_select = self._to_select, None
        if order_id is not None:
            self._panes.orders.view.select_orders([order_id])

    def go_back(self) -> bool:
        """Widen the list by one step, as Esc asks: whole-list selection, search, the orders behind a number."""
        panes = self._panes
        if panes.orders.all_chosen:
            panes.orders.leave_all()
        elif panes.toolbar.search.text():
            panes.toolbar.search.clear()
        elif self.query.more.ids is not None:
            self.show(Query(sort=self.query.sort))
        else:
            return False
        return True
