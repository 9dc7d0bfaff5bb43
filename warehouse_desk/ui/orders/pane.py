"""The list of orders: heading, table or a word on why it is empty, and what is selected."""

from dataclasses import replace

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from warehouse_desk.common.messages import nmsg, tr
from warehouse_desk.domain.money import money_text
from warehouse_desk.domain.orders.finding import OrderFilter, Sort
from warehouse_desk.domain.orders.order import OrderRow
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.status import status_name
from warehouse_desk.ui.bidi import in_order
from warehouse_desk.ui.icons import icon
from warehouse_desk.ui.orders.column_dialog import ColumnDialog
from warehouse_desk.ui.orders.facets import Facet, active
from warehouse_desk.ui.orders.filter_bar import FilterBar
from warehouse_desk.ui.orders.model import OrderTableModel, Query
from warehouse_desk.ui.orders.view import SELECTION_CAP, OrderTableView
from warehouse_desk.ui.widgets.make import named
from warehouse_desk.ui.widgets.notice import Notice
from warehouse_desk.ui.workplace import Workplace

_HEAD_HEIGHT = 52
"""Fixed, so that no row moves when the button appears (logical pixels)."""
_ANEW_MS = 1_000
"""A list that changes under idle hands is read anew at most this often (ms)."""


class OrdersPane(QFrame):
    """The order table with its frame."""

    selection_changed = Signal()
    order_opened = Signal()
    menu_requested = Signal(QPoint)
    goods_requested = Signal()
    """There are no products yet, and the way to add some was taken."""
    filter_requested = Signal(object)
    """The ``OrderFilter`` that another list is asked for."""
    list_shown = Signal(object)
    """The ``Query`` of the list that is shown now, or its sort, has changed."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.all_chosen = False
        """Whether every order of the list is meant, not only the rows selected by hand."""
        self._kept: list[int] = []
        self._failed = False
        self.model = OrderTableModel(workplace, self)
        self.view = OrderTableView(self.model, self)
        self._title = named(QLabel(), "title")
        self._count = named(QLabel(), "muted")
        self._selected = named(QLabel(), "muted")
        self.bar = FilterBar(workplace, self._title, self._count, self)
        self.filter_button = QToolButton()
        self.views_button = QToolButton()
        self.bar.tab_after = self.views_button
        self._stale = QPushButton(tr("The list has changed — refresh it (F5)"))
        self._stale.hide()
        self._anew = QTimer(self)
        self._anew.setSingleShot(True)
        self._anew.setInterval(_ANEW_MS)
        self._anew.timeout.connect(self._on_anew)
        self._notice = Notice(self)
        self._workplace = workplace
        self._without_products = False
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._notice)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._set_up_buttons()
        top = QWidget()
        top.setMinimumHeight(_HEAD_HEIGHT)
        head = QHBoxLayout(top)
        head.setContentsMargins(14, 4, 10, 4)
        head.addWidget(self.bar, 1)
        for widget in (self._stale, self.filter_button, self.views_button):
            head.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        foot = QHBoxLayout()
        foot.setContentsMargins(14, 4, 14, 6)
        foot.addWidget(self._selected, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(1, 1, 1, 1)
        box.setSpacing(0)
        box.addWidget(top)
        box.addWidget(self._stack, 1)
        box.addLayout(foot)

    def _set_up_buttons(self) -> None:
        for button, name, text in (
            (self.filter_button, "filter", tr("Filter")),
            (self.views_button, "bookmark", tr("Saved lists")),
        ):
            button.setText(text)
            button.setIcon(icon(name))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.filter_button.setToolTip(tr("Filter the list (Ctrl+Shift+F)"))
        self.filter_button.clicked.connect(self.open_filter_menu)
        self.views_button.setToolTip(tr("Save the list under a name"))

    @Slot()
    def open_filter_menu(self) -> None:
        """Offer everything that the list can be asked for."""
        self.bar.menu().popup(self.filter_button.mapToGlobal(self.filter_button.rect().bottomLeft()))

    def _connect(self) -> None:
        self.model.opened.connect(self._on_opened)
        self.model.failed.connect(self._on_failed)
        self.model.went_stale.connect(self._on_stale)
        self.view.rows_selected.connect(self._on_rows_selected)
        self.model.page_read.connect(self._on_page_read)
        self.view.all_requested.connect(self.choose_all)
        self.view.sort_requested.connect(self._on_sort)
        self.view.heading.columns_requested.connect(self.choose_columns)
        self.bar.filter_requested.connect(self.filter_requested)
        self.view.opened.connect(self.order_opened)
        self.view.menu_requested.connect(self.menu_requested)
        self._stale.clicked.connect(self.reload)
        self._notice.acted.connect(self._on_notice_acted)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        """Ask for as much as the screen gives."""
        return QSize(720, 420)

    def show_list(self, query: Query) -> None:
        """Show the orders of a status, or those that a search finds."""
        plain = tr("All orders") if query.status is None else str(status_name(query.status))
        self._title.setText(query.title or plain)
        self._count.setText(tr("Reading…"))
        self._leave_all()
        self.bar.show_filter(query.order_filter)
        self.view.heading.show_sort(query.sort)
        self.model.open(query)
        self.list_shown.emit(query)

    @Slot(object)
    def _on_sort(self, sort: Sort) -> None:
        self.show_list(replace(self.model.query, sort=sort))

    @Slot()
    def choose_columns(self) -> None:
        """Let the columns be chosen from a list."""
        dialog = ColumnDialog(self.view.heading.shown(), self)
        dialog.chosen.connect(self.view.heading.show_columns)
        dialog.usual_requested.connect(self.view.heading.show_usual)
        dialog.open()

    @Slot()
    def reload(self) -> None:
        """Read the list again, keeping the selection."""
        self._stale.hide()
        self._kept = [order.id for order in self.view.selected_orders()]
        self.model.reload()

    def selected_orders(self) -> list[OrderRow]:
        """Return the orders selected by hand."""
        return self.view.selected_orders()

    def chosen(self) -> tuple[list[int], OrderFilter | None]:
        """Return the numbers of the orders selected by hand, or none and what the whole list shows."""
        if self.all_chosen:
            return [], self.model.query.order_filter
        return [row.id for row in self.selected_orders()], None

    def selected_count(self) -> int:
        """Return how many orders an action would concern."""
        return self.model.rowCount() if self.all_chosen else self.view.selected_count()

    @Slot(int)
    def _on_opened(self, total: int) -> None:
        self._failed = False
        self._count.setText(str(nmsg("{n} order", "{n} orders", total)))
        self._stale.hide()
        if total:
            self._stack.setCurrentWidget(self.view)
        else:
            self._show_empty(self.model.query.order_filter)
        kept, self._kept = self._kept, []
        if kept:
            self.view.select_orders(kept)
        self._on_rows_selected()

    def _show_empty(self, order_filter: OrderFilter) -> None:
        self._without_products = False
        asked = [facet for facet in active(order_filter) if facet is not Facet.IDS]
        if asked == [Facet.KEYWORD] and order_filter.search_by is None:
            self._notice.show_text(
                "search",
                tr("No order matches “{keyword}”", keyword=order_filter.keyword.strip()),
                tr("The search covers reference, phone, name and city. Try a part of one of them."),
                tr("Clear the search"),
            )
        elif asked and asked != [Facet.STATUS]:
            self._notice.show_text(
                "filter", tr("No order matches all filters"), self.bar.text(), tr("Clear all filters")
            )
        elif self.model.query.more.ids is not None:
            self._notice.show_text(
                "status-all", tr("These orders no longer exist"), tr("They were deleted in the meantime."), ""
            )
        elif self.model.query.status is not None:
            name = status_name(self.model.query.status)
            self._notice.show_text(
                "status-all", tr("No order is “{status}”", status=name), tr("Orders appear here as work continues."), ""
            )
        else:
            self._notice.show_text(
                "create", tr("There are no orders yet"), tr("Create one with Ctrl+N, or import a file of orders."), ""
            )
            self._ask_for_products()
        self._stack.setCurrentWidget(self._notice)

    def _ask_for_products(self) -> None:
        """Find out whether the first step is to add products."""
        self._workplace.at_desk(
            lambda desk: desk.goods.has_products(), owner=self, done=self._on_products, key="orders.products"
        )

    def _on_products(self, some: bool) -> None:
        if some or self.model.rowCount() or self.model.query != Query(sort=self.model.query.sort):
            return
        self._without_products = True
        self._notice.show_text(
            "goods",
            tr("No products yet"),
            tr(
                "Orders need products: add them first, or import a list of them. To try the program "
                "with sample orders, start it with --demo."
            ),
            tr("Go to the goods") if self._workplace.station.may(Ability.MANAGE_STOCK) else "",
        )

    @Slot(str)
    def _on_failed(self, text: str) -> None:
        self._failed, self._without_products = True, False
        self._count.clear()
        self._notice.show_text("verdict-refused", tr("The orders cannot be read now"), text, tr("Try again"))
        self._stack.setCurrentWidget(self._notice)

    @Slot()
    def _on_notice_acted(self) -> None:
        if self._failed:
            self.model.reload()
        elif self._without_products:
            self.goods_requested.emit()
        else:
            self.bar.clear_all()

    @Slot()
    def _on_stale(self) -> None:
        """Read anew where nobody's hand is on the rows, at most once a second; else only say so."""
        if self.view.selected_count() or self.all_chosen or self.view.verticalScrollBar().value() > 0:
            self._stale.show()
        elif not self._anew.isActive():
            self._anew.start()

    @Slot()
    def _on_anew(self) -> None:
        if self.view.selected_count() or self.all_chosen:
            self._stale.show()
        else:
            self.model.reload()

    @Slot()
    def _on_rows_selected(self) -> None:
        if self.view.selected_count():
            self._leave_all()
            self.view.read_selected()
        self._say_selected()
        self.selection_changed.emit()

    @Slot()
    def _on_page_read(self) -> None:
        if self.view.selected_count() > 1:
            self._say_selected()
            self.selection_changed.emit()

    def go_to_list(self) -> None:
        """Put the keyboard into the list, on the first order where none is selected."""
        self.view.setFocus()
        if not self.view.selected_count() and self.model.rowCount():
            self.view.selectRow(0)

    @Slot()
    def choose_all(self) -> None:
        """Mean every order of the list."""
        if not self.model.rowCount():
            return
        self.view.clearSelection()
        self.all_chosen = True
        self._mark_all(marked=True)
        self._say_selected()
        self.selection_changed.emit()

    def leave_all(self) -> None:
        """Mean only the rows selected by hand again."""
        self._leave_all()
        self._say_selected()
        self.selection_changed.emit()

    def _leave_all(self) -> None:
        if self.all_chosen:
            self.all_chosen = False
            self._mark_all(marked=False)

    def _mark_all(self, *, marked: bool) -> None:
        self.view.setProperty("allChosen", marked)
        self.view.style().unpolish(self.view)
        self.view.style().polish(self.view)
        self.view.viewport().update()

    def _say_selected(self) -> None:
        if self.all_chosen:
            number = nmsg(
                "All {n} order of this list is selected",
                "All {n} orders of this list are selected",
                self.selected_count(),
            )
            self._selected.setText(tr("{number} · Esc deselects", number=number))
            return
        count = self.view.selected_count()
        if not count:
            self._selected.setText(tr("Nothing selected · Ctrl+A selects the whole list"))
            return
        number = nmsg("{n} order selected", "{n} orders selected", count)
        if count > SELECTION_CAP:
            self._selected.setText(tr("{number} · at most 1,000 by hand: Ctrl+A selects the whole list", number=number))
            return
        orders = self.view.selected_orders()
        if not orders:
            self._selected.setText(tr("{number} · loading…", number=number))
            return
        total = sum(order.total for order in orders)
        self._selected.setText(tr("{number} · {total} to collect", number=number, total=in_order(money_text(total))))
