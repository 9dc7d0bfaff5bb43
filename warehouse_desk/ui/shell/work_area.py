"""The middle of the window: the orders, the board, or the goods; a page is made when it is first looked at."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from warehouse_desk.ui.workplace import Workplace

if TYPE_CHECKING:
    from warehouse_desk.ui.board.page import BoardPage
    from warehouse_desk.ui.goods.page import GoodsPage


class WorkArea(QStackedWidget):
    """One page at a time."""

    orders_requested = Signal(str, object)
    """See ``BoardPage.orders_requested``."""
    back_in_stock_requested = Signal(object)
    """See ``BoardPage.back_in_stock_requested``."""
    orders_left = Signal()
    """Another page is about to take the place of the orders."""
    goods_made = Signal(object)
    """The ``GoodsPage``, to be connected."""

    def __init__(self, workplace: Workplace, orders: QWidget) -> None:
        super().__init__()
        self._workplace = workplace
        self._orders = orders
        self.board: BoardPage | None = None
        self.goods: GoodsPage | None = None
        self.addWidget(orders)

    @property
    def shows_orders(self) -> bool:
        """Whether the orders are looked at, and no other page."""
        return self.currentWidget() is self._orders

    @Slot()
    def show_board(self) -> None:
        """Look at the board."""
        self._leave_orders()
        if self.board is None:
            from warehouse_desk.ui.board.page import BoardPage  # late: most stations never look at it

            self.board = BoardPage(self._workplace)
            self.board.orders_requested.connect(self.orders_requested)
            self.board.back_in_stock_requested.connect(self.back_in_stock_requested)
            self.addWidget(self.board)
        self.setCurrentWidget(self.board)

    def _leave_orders(self) -> None:
        if self.shows_orders:
            self.orders_left.emit()

    @Slot()
    def show_goods(self) -> None:
        """Look at goods and directories."""
        self._leave_orders()
        if self.goods is None:
            from warehouse_desk.ui.goods.page import GoodsPage  # late: most stations never look at it

            self.goods = GoodsPage(self._workplace)
            self.goods_made.emit(self.goods)
            self.addWidget(self.goods)
        self.setCurrentWidget(self.goods)

    def show_orders(self) -> None:
        """Look at the orders."""
        self.setCurrentWidget(self._orders)

    def refresh_page(self) -> None:
        """Read the page that is looked at anew."""
        for page in (self.board, self.goods):
            if page is not None and self.currentWidget() is page:
                page.refresh()

    def retint(self) -> None:
        """Draw the icons anew for another scheme."""
        for page in (self.board, self.goods):
            if page is not None:
                page.retint()
