"""The page of goods and directories: one tab for each list, each read when it is looked at."""

from PySide6.QtCore import QSize, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from warehouse_desk.common.messages import tr
from warehouse_desk.domain.directories.entries import Listed
from warehouse_desk.domain.goods.product_sheet import Confirmation
from warehouse_desk.domain.results import BulkResult, ChangeSet
from warehouse_desk.ui.goods.entries import KINDS, EntriesTab
from warehouse_desk.ui.goods.goods_dialog_controller import GoodsDialogController
from warehouse_desk.ui.goods.products import ProductsTab
from warehouse_desk.ui.goods.returns import ReturnsTab
from warehouse_desk.ui.widgets.make import named
from warehouse_desk.ui.workplace import Workplace

REST_MS = 1_500
"""What changes elsewhere is shown at most this late, and read at most this often (ms)."""


class GoodsPage(QFrame):
    """Products, returned goods, warehouses, companies, persons, cities."""

    order_requested = Signal(object)
    """The id of an order to look at."""
    labels_requested = Signal(object)
    """The SKUs whose barcode labels are to be printed."""
    directories_changed = Signal()
    """Warehouses, companies, persons or cities are no longer those that the window knows."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("goods")
        self.dialogs = GoodsDialogController(workplace, self)
        self.products = ProductsTab(workplace, self.dialogs)
        self.returns = ReturnsTab(workplace, self.dialogs)
        self.entries = {what: EntriesTab(workplace, kind, self.dialogs) for what, kind in KINDS.items()}
        self.tabs = named(QTabBar(), "pages")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(tr("Goods and lists"))
        self.stack = QStackedWidget()
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self.refresh)
        self._lay_out()
        self.tabs.currentChanged.connect(self._on_tab)
        self.dialogs.saved.connect(self._on_saved)
        self.products.labels_requested.connect(self.labels_requested)
        self.returns.order_requested.connect(self.order_requested)
        workplace.changes.orders_changed.connect(self._on_changes)
        workplace.station.changed.connect(self._on_station)

    def _lay_out(self) -> None:
        names = {
            Listed.WAREHOUSE: tr("Warehouses"),
            Listed.COMPANY: tr("Shipping companies"),
            Listed.PERSON: tr("Delivery persons"),
            Listed.CITY: tr("Cities"),
            Listed.SHIPMENT_WAY: tr("Shipment ways"),
        }
        first: list[tuple[str, QWidget]] = [(tr("Products"), self.products), (tr("Returned goods"), self.returns)]
        for name, tab in (*first, *((names[what], tab) for what, tab in self.entries.items())):
            self.tabs.addTab(name)
            self.stack.addWidget(tab)
        box = QVBoxLayout(self)
        box.setContentsMargins(4, 2, 4, 0)
        box.setSpacing(8)
        box.addWidget(self.tabs)
        box.addWidget(self.stack, 1)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        """Ask for as much as the screen gives."""
        return QSize(960, 560)

    @Slot()
    def _on_station(self) -> None:
        if self.isVisible():
            self.refresh()

    def _all_tabs(self) -> tuple[ProductsTab | ReturnsTab | EntriesTab, ...]:
        return (self.products, self.returns, *self.entries.values())

    def retint(self) -> None:
        """Draw the icons anew for another scheme."""
        for tab in self._all_tabs():
            tab.retint()

    @Slot()
    def refresh(self) -> None:
        """Read anew what is looked at."""
        tab = self.stack.currentWidget()
        if isinstance(tab, ProductsTab | ReturnsTab | EntriesTab):
            tab.refresh()

    @Slot(int)
    def _on_tab(self, place: int) -> None:
        self.stack.setCurrentIndex(place)
        self.refresh()

    @Slot(object)
    def _on_saved(self, answer: object) -> None:
        tab = self.stack.currentWidget()
        if isinstance(answer, BulkResult):
            self.returns.tell(answer)
        elif isinstance(answer, Confirmation) and isinstance(tab, ProductsTab | EntriesTab):
            tab.choose(answer.id)
        self.refresh()
        if isinstance(tab, EntriesTab):
            self.directories_changed.emit()

    @Slot(object)
    def _on_changes(self, changes: ChangeSet) -> None:
        # Not begun anew by each change: where somebody scans without rest, the page still follows.
        if self.isVisible() and (changes.products or changes.everything) and not self._rest.isActive():
            self._rest.start()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's own name
        """Read what is looked at."""
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's own name
        """Leave the database alone while nobody looks."""
        self._rest.stop()
        super().hideEvent(event)
