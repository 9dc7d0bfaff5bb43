"""The middle of the window: the orders, or the board, which is made when it is first looked at."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from warehouse_desk.ui.changes import ChangeBus
from warehouse_desk.ui.station import Station
from warehouse_desk.ui.tasks import Tasks

if TYPE_CHECKING:
    from warehouse_desk.ui.board.page import BoardPage


class WorkArea(QStackedWidget):
    """One page at a time."""

    orders_wanted = Signal(str, object)
    """See ``BoardPage.orders_wanted``."""
    back_in_stock_wanted = Signal(object)
    """See ``BoardPage.back_in_stock_wanted``."""

    def __init__(self, tasks: Tasks, changes: ChangeBus, orders: QWidget) -> None:
        super().__init__()
        self._tasks = tasks
        self._changes = changes
        self._orders = orders
        self._station: Station | None = None
        self.board: BoardPage | None = None
        self.addWidget(orders)

    def set_station(self, station: Station) -> None:
        """Show the board of a station from now on."""
        self._station = station
        if self.board is not None:
            self.board.set_station(station)

    @property
    def shows_board(self) -> bool:
        """Whether the board is looked at."""
        return self.currentWidget() is not self._orders

    def show_board(self) -> None:
        """Look at the board."""
        if self.board is None:
            from warehouse_desk.ui.board.page import BoardPage  # late: most stations never look at it

            self.board = BoardPage(self._tasks, self._changes)
            self.board.orders_wanted.connect(self.orders_wanted)
            self.board.back_in_stock_wanted.connect(self.back_in_stock_wanted)
            self.addWidget(self.board)
            if self._station is not None:
                self.board.set_station(self._station)
        self.setCurrentWidget(self.board)

    def show_orders(self) -> None:
        """Look at the orders."""
        self.setCurrentWidget(self._orders)

    def refresh_board(self) -> None:
        """Read the board anew where it is looked at."""
        if self.board is not None and self.shows_board:
            self.board.refresh()

    def retint(self) -> None:
        """Draw the icons anew for another scheme."""
        if self.board is not None:
            self.board.retint()
