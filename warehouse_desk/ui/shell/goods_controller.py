"""The page of goods beside the rest of the window: orders it names, labels it prints, lists it changes."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot

from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.ui.controller import Controller
from warehouse_desk.ui.orders.pane import OrdersPane
from warehouse_desk.ui.printing.product_label_controller import ProductLabelController
from warehouse_desk.ui.shell.navigation import Navigation
from warehouse_desk.ui.shell.work_area import WorkArea
from warehouse_desk.ui.station import Station, read_station
from warehouse_desk.ui.workplace import Workplace

if TYPE_CHECKING:
    from warehouse_desk.ui.goods.page import GoodsPage


class GoodsController(Controller):
    """Connects the page once it is made."""

    order_requested = Signal(object)
    """The id of an order to look at."""

    def __init__(
        self,
        workplace: Workplace,
        work: WorkArea,
        orders: OrdersPane,
        labels: ProductLabelController,
        navigation: Navigation,
    ) -> None:
        super().__init__(workplace)
        self._navigation = navigation
        self._labels = labels
        navigation.board_chosen.connect(work.show_board)
        navigation.goods_chosen.connect(work.show_goods)
        orders.goods_requested.connect(navigation.choose_goods)
        work.goods_made.connect(self._on_made)
        self._station.changed.connect(self._offer)

    @Slot()
    def _offer(self) -> None:
        """Offer the page where the worker may change something there."""
        may = self._station.may
        self._navigation.set_goods_offered(
            any(map(may, (Ability.MANAGE_STOCK, Ability.MANAGE_CATALOGUE, Ability.MANAGE_SETTINGS)))
        )

    @Slot(object)
    def _on_made(self, page: "GoodsPage") -> None:
        page.order_requested.connect(self.order_requested)
        page.labels_requested.connect(self._labels.show)
        page.directories_changed.connect(self._read_lists)

    @Slot()
    def _read_lists(self) -> None:
        self._at_desk(read_station, done=self._on_lists, key="goods.lists")

    def _on_lists(self, station: Station) -> None:
        self._station.renew(station.desk, station)
