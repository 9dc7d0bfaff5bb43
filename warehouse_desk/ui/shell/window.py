"""The main window: places the panes and connects them; what they do is theirs."""

from PySide6.QtCore import QByteArray, QPoint, QSettings, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from warehouse_desk.common.messages import tr
from warehouse_desk.domain.orders import OrderDetail
from warehouse_desk.domain.results import BulkResult, Outcome
from warehouse_desk.domain.status import Status
from warehouse_desk.ui.actions.catalogue import BY_ID, CONTEXT
from warehouse_desk.ui.actions.enabling import (
    ActionContext,
    Group,
    groups_of_rows,
    groups_of_statuses,
    with_exact_facts,
)
from warehouse_desk.ui.actions.registry import ActionRegistry
from warehouse_desk.ui.actions.results import ResultsPanel
from warehouse_desk.ui.changes import ChangeBus
from warehouse_desk.ui.detail.pane import DetailPane
from warehouse_desk.ui.edit.opener import EditOpener
from warehouse_desk.ui.icons import icon
from warehouse_desk.ui.messages import Messages
from warehouse_desk.ui.orders.model import Query
from warehouse_desk.ui.orders.pane import OrdersPane
from warehouse_desk.ui.scanner.pane import ScanPane
from warehouse_desk.ui.scanner.wording import Verdict
from warehouse_desk.ui.shell.banner import Banner
from warehouse_desk.ui.shell.connecting import ConnectingPage
from warehouse_desk.ui.shell.flow import ActionFlow
from warehouse_desk.ui.shell.navigation import Navigation
from warehouse_desk.ui.shell.status_bar import DeskStatusBar
from warehouse_desk.ui.shell.toolbar import DeskToolBar
from warehouse_desk.ui.station import Station
from warehouse_desk.ui.tasks import Tasks
from warehouse_desk.ui.widgets.toast import Toasts

_COUNTS_MS = 1_000
"""Counts are read at most once in this time (ms)."""
_LAYOUT = "window/layout-1"
_RESULTS_HEIGHT = 190
_GEOMETRY = "window/geometry"


class MainWindow(QMainWindow):
    """The station's one window."""

    closing = Signal()

    def __init__(self, tasks: Tasks, changes: ChangeBus, messages: Messages, settings: QSettings) -> None:
        super().__init__()
        self._tasks = tasks
        self._settings = settings
        self._station: Station | None = None
        self._large_scan = False
        self.setWindowTitle(tr("Warehouse Desk"))
        self.setMinimumSize(1024, 640)
        self.resize(1280, 800)
        self.registry = ActionRegistry(self)
        self.toolbar = DeskToolBar(self.registry, self)
        self.navigation = Navigation()
        self.orders = OrdersPane(tasks, changes)
        self.detail = DetailPane(tasks, changes)
        self.results = ResultsPanel()
        self.scanner = ScanPane(tasks, settings)
        self.connecting = ConnectingPage()
        self.bar = DeskStatusBar()
        self.banner = Banner()
        self.toasts = Toasts(self, self.scanner)
        self.flow = ActionFlow(tasks, messages, settings, self)
        self.editor = EditOpener(tasks, messages, self)
        self._lay_out()
        self._set_up_counts(changes)
        self._connect()
        messages.noted.connect(self.toasts.show_note)
        messages.listen()
        self._restore()

    def _lay_out(self) -> None:
        self.addToolBar(Qt.ToolBarArea.TopToolBarArea, self.toolbar)
        self.setStatusBar(self.bar)
        self.middle = QSplitter(Qt.Orientation.Vertical, childrenCollapsible=False)
        self.middle.addWidget(self.orders)
        self.middle.addWidget(self.results)
        self.middle.setStretchFactor(0, 1)
        self.columns = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
        self.columns.addWidget(self.navigation)
        self.columns.addWidget(self.middle)
        self.columns.addWidget(self.detail)
        self.columns.setStretchFactor(1, 1)
        self.columns.setSizes([212, 760, 288])
        self.rows = QSplitter(Qt.Orientation.Vertical, childrenCollapsible=False)
        self.rows.addWidget(self.columns)
        self.rows.addWidget(self.scanner)
        self.rows.setStretchFactor(0, 1)
        self.rows.setSizes([520, 176])
        desk = QWidget()
        box = QVBoxLayout(desk)
        box.setContentsMargins(8, 8, 8, 8)
        box.addWidget(self.banner)
        box.addWidget(self.rows)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.connecting)
        self.pages.addWidget(desk)
        self._desk_page = desk
        self.setCentralWidget(self.pages)
        self.bar.show_connecting()

    def _set_up_counts(self, changes: ChangeBus) -> None:
        self._counts_timer = QTimer(self)
        self._counts_timer.setSingleShot(True)
        self._counts_timer.setInterval(_COUNTS_MS)
        self._counts_timer.timeout.connect(self._read_counts)
        changes.orders_changed.connect(self._on_orders_changed)

    def _connect(self) -> None:
        self.registry.asked.connect(self._on_asked)
        self.navigation.status_chosen.connect(self._show_list)
        self.toolbar.search_changed.connect(self._show_list)
        self.orders.selection_changed.connect(self._on_selection)
        self.orders.order_opened.connect(self._on_order_opened)
        self.orders.menu_wanted.connect(self._on_menu)
        self.orders.search_cleared.connect(self.toolbar.search.clear)
        self.detail.closed.connect(self._toggle_detail)
        self.detail.edit_wanted.connect(self._edit)
        self.detail.loaded.connect(self._on_detail)
        self.results.order_wanted.connect(self._look_at)
        self.scanner.order_wanted.connect(self._look_at)
        self.scanner.large_wanted.connect(self._toggle_large_scan)
        self.scanner.answered.connect(self._on_scanned)
        self.flow.finished.connect(self._on_finished)
        self.flow.state_changed.connect(self.refresh_actions)
        self.flow.run.progressed.connect(self._on_progress)
        self.bar.stop_wanted.connect(self.flow.run.stop)

    def set_station(self, station: Station) -> None:
        """Begin work: the station is connected."""
        self._station = station
        for part in (self.orders, self.scanner, self.flow, self.editor):
            part.set_station(station)
        self.detail.set_desk(station.desk)
        self.bar.show_station(station)
        name = station.caller.station_name
        self.setWindowTitle(f"{tr('Warehouse Desk')} — {name}" if name else tr("Warehouse Desk"))
        self.pages.setCurrentWidget(self._desk_page)
        self._read_counts()
        self.refresh_actions()
        self.scanner.field.setFocus()

    @Slot()
    def refresh_actions(self) -> None:
        """Enable what makes sense for what is selected."""
        station = self._station
        if station is None:
            return
        context = ActionContext(
            caller=station.caller,
            policy=station.policy,
            groups=self._groups(),
            undoable=self.flow.undoable,
            busy=self.flow.run.is_running,
        )
        if self.detail.detail is not None:
            context = with_exact_facts(context, self.detail.detail.facts)
        self.registry.refresh(context)

    def _groups(self) -> tuple[Group, ...]:
        if not self.orders.all_chosen:
            return groups_of_rows(self.orders.selected_orders())
        status = self.orders.model.query.status
        if status is not None:
            return groups_of_statuses([(status, self.orders.selected_count())])
        return groups_of_statuses(self.navigation.counts.items())

    @Slot()
    def _show_list(self) -> None:
        sort = self.orders.model.query.sort
        self.orders.show_list(Query(self.navigation.chosen(), self.toolbar.search.text(), sort=sort))

    @Slot()
    def _on_selection(self) -> None:
        rows = self.orders.selected_orders()
        if self.orders.selected_count() == 1 and len(rows) == 1:
            if self.detail.order_id != rows[0].id:
                self.detail.show_order(rows[0].id)
        else:
            self.detail.show_nothing(self.orders.selected_count())
        self.refresh_actions()

    @Slot(object)
    def _on_detail(self, _detail: OrderDetail) -> None:
        self.refresh_actions()

    @Slot()
    def _on_order_opened(self) -> None:
        self.detail.show()
        self._edit()

    @Slot(object)
    def _look_at(self, order_id: int) -> None:
        self.detail.show()
        self.orders.view.select_orders([order_id])
        self.detail.show_order(order_id)

    @Slot(QPoint)
    def _on_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        self.registry.fill(menu, CONTEXT)
        menu.popup(place)

    @Slot(str)
    def _on_asked(self, identifier: str) -> None:
        action = BY_ID[identifier].action
        if action is not None:
            if self.orders.all_chosen:
                total = self.orders.selected_count()
                self.flow.ask_for_list(action, self.orders.model.query, self._groups(), total)
            else:
                self.flow.ask_for_rows(action, self.orders.selected_orders())
            return
        {
            "order.create": self.editor.create,
            "order.update": self._edit,
            "order.undo": self.flow.undo,
            "orders.copy": self.orders.view.copy_selection,
            "orders.refresh": self._refresh,
            "orders.focus": self.orders.go_to_list,
            "orders.all": self.orders.choose_all,
            "program.quit": self.close,
            "orders.search": self.toolbar.search.setFocus,
            "view.details": self._toggle_detail,
            "scan.focus": self.scanner.field.setFocus,
            "scan.large": self._toggle_large_scan,
        }[identifier]()

    @Slot()
    def _edit(self) -> None:
        rows = self.orders.selected_orders()
        number = rows[0].id if len(rows) == 1 else self.detail.order_id
        if number is not None and self.registry.action("order.update").isEnabled():
            self.editor.edit(number)

    @Slot()
    def _refresh(self) -> None:
        self.orders.reload()
        self._read_counts()

    @Slot()
    def _toggle_detail(self) -> None:
        self.detail.setVisible(not self.detail.isVisible())

    @Slot()
    def _toggle_large_scan(self) -> None:
        self._large_scan = not self._large_scan
        self.columns.setVisible(not self._large_scan)
        self.toolbar.setVisible(not self._large_scan)
        self.scanner.set_large(large=self._large_scan)
        self.scanner.field.setFocus()

    @Slot(object)
    def _on_scanned(self, verdict: Verdict) -> None:
        if verdict.order_id is not None and not self.orders.selected_count():
            self.detail.show_order(verdict.order_id)
        if verdict.undoable and verdict.order_id is not None:
            self.flow.note_step(self.scanner.controls.mode.action, verdict.order_id)

    @Slot(int, int)
    def _on_progress(self, done: int, total: int) -> None:
        self.bar.show_progress((done, total) if self.flow.run.is_running else None)

    @Slot(str, object)
    def _on_finished(self, title: str, result: BulkResult) -> None:
        self.bar.show_progress(None)
        refused = [a.order_id for a in result.results if a.outcome is Outcome.REFUSED and a.order_id is not None]
        if not result.all_done:
            self.results.show_result(title, result)
            self.middle.setSizes([self.middle.height() - _RESULTS_HEIGHT, _RESULTS_HEIGHT])
        else:
            self.results.hide()
        if self.orders.all_chosen:
            self.orders.leave_all()
        if refused:
            self.orders.view.select_orders(refused)

    @Slot(object)
    def _on_orders_changed(self, _changes: object) -> None:
        if not self._counts_timer.isActive():
            self._counts_timer.start()

    @Slot()
    def _read_counts(self) -> None:
        if self._station is not None:
            self._tasks.run(self._station.desk.counts, owner=self, done=self._on_counts, key="counts")

    def _on_counts(self, counts: dict[Status, int]) -> None:
        self.navigation.show_counts(counts)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Leave with Esc, step by step: large scan screen, whole list, search."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._large_scan:
            self._toggle_large_scan()
        elif self.orders.all_chosen:
            self.orders.leave_all()
        elif self.toolbar.search.text():
            self.toolbar.search.clear()

    def retint(self) -> None:
        """Draw icons anew for another scheme."""
        self.registry.retint()
        self.toolbar.retint()
        self.setWindowIcon(icon("pack"))
        self.navigation.viewport().update()

    def show_as_left(self) -> None:
        """Show the window where it was the last time; the first time it takes the whole screen."""
        if self._settings.contains(_GEOMETRY):
            self.show()
            return
        whole = self.screen().availableGeometry()
        self.setGeometry(whole)
        side, strip = max(288, whole.width() // 5), max(176, whole.height() // 4 - 24)
        self.columns.setSizes([212, whole.width() - 212 - side, side])
        self.rows.setSizes([whole.height() - strip, strip])
        self.showMaximized()

    def _restore(self) -> None:
        geometry = self._settings.value(_GEOMETRY)
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)
        for name, splitter in (("columns", self.columns), ("rows", self.rows)):
            state = self._settings.value(f"{_LAYOUT}/{name}")
            if isinstance(state, QByteArray):
                splitter.restoreState(state)
        self.orders.view.restore_layout(self._settings)
        self.detail.setVisible(bool(self._settings.value(f"{_LAYOUT}/detail", 1, int)))

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's own name
        """Keep the layout for the next time and stop the timers."""
        if self._large_scan:
            self._toggle_large_scan()
        self._settings.setValue(_GEOMETRY, self.saveGeometry())
        for name, splitter in (("columns", self.columns), ("rows", self.rows)):
            self._settings.setValue(f"{_LAYOUT}/{name}", splitter.saveState())
        self._settings.setValue(f"{_LAYOUT}/detail", int(not self.detail.isHidden()))
        self.orders.save_layout(self._settings)
        self._counts_timer.stop()
        self.closing.emit()
        super().closeEvent(event)
