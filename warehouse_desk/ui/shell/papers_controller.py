"""Paper beside the labels of orders: what each action about it opens."""

from collections.abc import Callable

from warehouse_desk.ui.controller import Controller
from warehouse_desk.ui.orders.pane import OrdersPane
from warehouse_desk.ui.printing.hand_over_controller import HandOverController
from warehouse_desk.ui.printing.label_run_controller import LabelRunController
from warehouse_desk.ui.printing.product_label_controller import ProductLabelController
from warehouse_desk.ui.printing.slip_controller import SlipController
from warehouse_desk.ui.workplace import Workplace


class PapersController(Controller):
    """Holds one controller for each paper."""

    def __init__(self, workplace: Workplace, orders: OrdersPane) -> None:
        super().__init__(workplace)
        self.runs = LabelRunController(workplace)
        self.hand_over = HandOverController(workplace)
        self.slips = SlipController(workplace)
        self.product_labels = ProductLabelController(workplace)
        self.handlers: dict[str, Callable[[], object]] = {
            "print.runs": self.runs.show,
            "print.handover": self.hand_over.show,
            "print.slips": lambda: self.slips.show(*orders.chosen()),
        }
        """What each action of the catalogue about paper does."""
