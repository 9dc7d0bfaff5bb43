"""Which orders the middle of the window shows: navigation, search and the board's numbers lead here."""

from PySide6.QtCore import QObject, Slot

from warehouse_desk.domain.finding import OrderFilter
from warehouse_desk.domain.status import Status
from warehouse_desk.ui.orders.model import Query
from warehouse_desk.ui.shell.parts import Panes


class ListChooser(QObject):
    """Shows a list, or the board in its place."""

    def __init__(self, panes: Panes, parent: QObject) -> None:
        super().__init__(parent)
        self._panes = panes
        self._detail_hidden = False
        panes.navigation.status_chosen.connect(self.show_chosen)
        panes.navigation.board_chosen.connect(self.show_board)
        panes.toolbar.search_changed.connect(self.show_chosen)
        panes.work.orders_wanted.connect(self.show_behind)
        panes.orders.search_cleared.connect(panes.toolbar.search.clear)

    @Slot()
    def show_chosen(self) -> None:
        """Show the orders of the status and the search that are chosen."""
        panes = self._panes
        sort = panes.orders.model.query.sort
        panes.orders.show_list(Query(panes.navigation.chosen(), panes.toolbar.search.text(), sort=sort))
        self.leave_board()

    @Slot()
    def show_board(self) -> None:
        """Show the board in place of the orders."""
        panes = self._panes
        panes.orders.leave_all()
        panes.orders.view.clearSelection()
        self._detail_hidden = panes.detail.isHidden()
        panes.detail.hide()
        panes.work.show_board()

    @Slot()
    def leave_board(self) -> None:
        """Show the orders again."""
        panes = self._panes
        if not panes.work.shows_board:
            return
        panes.work.show_orders()
        panes.detail.setHidden(self._detail_hidden)
        query = panes.orders.model.query
        panes.navigation.mark(-1 if query.more.ids is not None else panes.navigation.row_of(query.status))

    @Slot(str, object)
    def show_behind(self, title: str, wanted: tuple[int, ...] | Status) -> None:
        """Show the orders behind a number of the board."""
        panes = self._panes
        panes.toolbar.clear_search()
        if isinstance(wanted, Status):
            panes.orders.show_list(Query(wanted))
        else:
            panes.orders.show_list(Query(more=OrderFilter(ids=wanted), title=title))
        self.leave_board()
        panes.orders.view.setFocus()

    def go_back(self) -> bool:
        """Widen the list by one step, as Esc asks: whole-list selection, search, the orders behind a number."""
        panes = self._panes
        if panes.orders.all_chosen:
            panes.orders.leave_all()
        elif panes.toolbar.search.text():
            panes.toolbar.search.clear()
        elif panes.orders.model.query.more.ids is not None:
            panes.navigation.setCurrentRow(0)
        else:
            return False
        return True
