"""One order in full: customer, products, journey and life line."""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QToolButton, QVBoxLayout, QWidget

from warehouse_desk.common.messages import tr
from warehouse_desk.domain.errors import DeskError
from warehouse_desk.domain.orders.order import OrderDetail
from warehouse_desk.domain.results import ChangeSet
from warehouse_desk.ui.bidi import in_order
from warehouse_desk.ui.detail.sections import detail_sections
from warehouse_desk.ui.icons import icon
from warehouse_desk.ui.widgets.make import named
from warehouse_desk.ui.widgets.notice import Notice
from warehouse_desk.ui.widgets.pill import StatusPill
from warehouse_desk.ui.workplace import Workplace


class DetailPane(QFrame):
    """Shows the order that is selected, as it is now."""

    edit_requested = Signal()
    closed = Signal()
    loaded = Signal(object)
    """An ``OrderDetail`` was read."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setMinimumWidth(270)
        self._workplace = workplace
        self.order_id: int | None = None
        self.detail: OrderDetail | None = None
        self._reference = named(QLabel(), "title")
        self._reference.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._pill = StatusPill()
        self._edit = QPushButton(icon("update"), tr("Edit"))
        self._edit.clicked.connect(self.edit_requested)
        self._area = QScrollArea(widgetResizable=True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setAccessibleName(tr("Order details"))
        self._notice = Notice(self)
        self._lay_out()
        self.show_nothing(0)
        workplace.changes.orders_changed.connect(self._on_orders_changed)

    def _lay_out(self) -> None:
        close = named(QToolButton(), "flat")
        close.setIcon(icon("close"))
        close.setToolTip(tr("Hide the details (F9)"))
        close.setAccessibleName(tr("Hide the details"))
        close.clicked.connect(self.closed)
        top = QHBoxLayout()
        top.addWidget(self._reference, 1)
        top.addWidget(close)
        second = QHBoxLayout()
        second.addWidget(self._pill)
        second.addStretch(1)
        second.addWidget(self._edit)
        self._head = QWidget()
        head = QVBoxLayout(self._head)
        head.setContentsMargins(16, 10, 8, 6)
        head.addLayout(top)
        head.addLayout(second)
        box = QVBoxLayout(self)
        box.setContentsMargins(1, 1, 1, 1)
        box.setSpacing(0)
        box.addWidget(self._head)
        box.addWidget(self._area, 1)
        box.addWidget(self._notice, 1)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        """Ask for the width of an address."""
        return QSize(300, 400)

    def show_nothing(self, selected: int) -> None:
        """Say what to do to see an order."""
        self.order_id, self.detail = None, None
        if selected:
            title = tr("Orders selected: {count}", count=selected)
            self._notice.show_text("status-all", title, tr("Choose a step in the toolbar for all of them."), "")
        else:
            self._notice.show_text("details", tr("No order selected"), tr("Choose one in the list, or scan one."), "")
        self._show_order(shown=False)

    def show_order(self, order_id: int) -> None:
        """Read an order and show it."""
        self.order_id = order_id
        self._workplace.at_desk(
            lambda desk: desk.orders.show(order_id),
            owner=self,
            done=self._on_read,
            failed=self._on_failed,
            key="detail",
        )

    def _show_order(self, *, shown: bool) -> None:
        self._head.setVisible(shown)
        self._area.setVisible(shown)
        self._notice.setVisible(not shown)

    def _on_read(self, detail: OrderDetail) -> None:
        if detail.facts.id != self.order_id:
            return
        same = self.detail is not None and self.detail.facts.id == detail.facts.id
        place = self._area.verticalScrollBar().value() if same else 0
        self.detail = detail
        self._reference.setText(in_order(detail.facts.reference))
        self._pill.show_status(detail.facts.status, held=detail.facts.held)
        self._area.setWidget(detail_sections(detail))
        self._area.verticalScrollBar().setValue(place)
        self._show_order(shown=True)
        self.loaded.emit(detail)

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            raise error
        self.detail = None
        self._notice.show_text("verdict-refused", tr("This order cannot be shown"), str(error), "")
        self._show_order(shown=False)

    @Slot(object)
    def _on_orders_changed(self, changes: ChangeSet) -> None:
        if self.order_id is not None and self.order_id in changes.order_ids:
            self.show_order(self.order_id)
