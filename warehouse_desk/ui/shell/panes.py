"""The panes of the window by name, for those who connect them."""

from dataclasses import dataclass

from warehouse_desk.ui.actions.registry import ActionRegistry
from warehouse_desk.ui.actions.results import ResultsPanel
from warehouse_desk.ui.detail.pane import DetailPane
from warehouse_desk.ui.orders.pane import OrdersPane
from warehouse_desk.ui.shell.navigation import Navigation
from warehouse_desk.ui.shell.toolbar import DeskToolBar
from warehouse_desk.ui.shell.work_area import WorkArea


@dataclass(frozen=True, slots=True)
class Panes:
    """What stands in the window beside the scanner."""

    registry: ActionRegistry
    toolbar: DeskToolBar
    navigation: Navigation
    orders: OrdersPane
    detail: DetailPane
    results: ResultsPanel
    work: WorkArea
