"""The main window: places the panes and connects them; what they do is theirs."""

from PySide6.QtCore import QPoint, QSettings, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QStackedWidget

from warehouse_desk.common.messages import tr
from warehouse_desk.domain.abilities import Ability
from warehouse_desk.domain.finding import OrderFilter
from warehouse_desk.domain.results import BulkResult, Outcome
from warehouse_desk.domain.scan_modes import SCAN_MODES
from warehouse_desk.domain.status import Status
from warehouse_desk.domain.transitions import Action
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
from warehouse_desk.ui.exports.flow import ExportFlow
from warehouse_desk.ui.icons import icon
from warehouse_desk.ui.imports.flow import ImportFlow
from warehouse_desk.ui.messages import Messages
from warehouse_desk.ui.orders.model import Query
from warehouse_desk.ui.orders.pane import OrdersPane
from warehouse_desk.ui.printing.flow import LabelFlow
from warehouse_desk.ui.printing.papers import PaperFlow
from warehouse_desk.ui.scanner.pane import ScanPane
from warehouse_desk.ui.scanner.wording import Verdict
from warehouse_desk.ui.shell.banner import Banner
from warehouse_desk.ui.shell.connecting import ConnectingPage
from warehouse_desk.ui.shell.counts import StatusCounts
from warehouse_desk.ui.shell.files import FileDoor
from warehouse_desk.ui.shell.flow import ActionFlow
from warehouse_desk.ui.shell.management import Management
from warehouse_desk.ui.shell.navigation import Navigation
from warehouse_desk.ui.shell.panes import split, stacked
from warehouse_desk.ui.shell.remembered import RememberedLayout
from warehouse_desk.ui.shell.status_bar import DeskStatusBar
from warehouse_desk.ui.shell.toolbar import DeskToolBar
from warehouse_desk.ui.shell.work_area import WorkArea
from warehouse_desk.ui.station import Station
from warehouse_desk.ui.tasks import Tasks
from warehouse_desk.ui.widgets.toast import Toasts

_RESULTS_HEIGHT = 190


class MainWindow(QMainWindow):
    """The station's one window."""

    closing = Signal()

    def __init__(self, tasks: Tasks, changes: ChangeBus, messages: Messages, settings: QSettings) -> None:
        super().__init__()
        self._tasks = tasks
        self._settings = settings
        self._station: Station | None = None
        self._detail_hidden = False
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
        self.scanner = ScanPane(tasks, changes, settings)
        self.connecting = ConnectingPage()
        self.bar = DeskStatusBar()
        self.banner = Banner()
        self.toasts = Toasts(self, self.scanner)
        self.flow = ActionFlow(tasks, messages, settings, self)
        self.labels = LabelFlow(tasks, messages, settings, self)
        self.papers = PaperFlow(tasks, messages, settings, self)
        self.editor = EditOpener(tasks, messages, self)
        self.management = Management(tasks, messages, settings, self.scanner, self)
        self.files = FileDoor(
            ImportFlow(tasks, messages, self), ExportFlow(tasks, messages, settings, self), self.orders, self
        )
        self._lay_out(changes)
        self.counts = StatusCounts(tasks, changes, self)
        self.counts.counted.connect(self.navigation.show_counts)
        self._connect()
        messages.noted.connect(self.toasts.show_note)
        messages.listen()
        splitters = {"columns": self.columns, "rows": self.rows}
        self._layout = RememberedLayout(settings, self, splitters, self.detail)
        self._layout.restore()
        self.orders.view.restore_layout(settings)

    def _lay_out(self, changes: ChangeBus) -> None:
        self.addToolBar(Qt.ToolBarArea.TopToolBarArea, self.toolbar)
        self.setStatusBar(self.bar)
        across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
        self.middle = split(down, (self.orders, self.results), growing=0)
        self.work = WorkArea(self._tasks, changes, self.middle)
        self.columns = split(across, (self.navigation, self.work, self.detail), growing=1, sizes=(212, 760, 288))
        self.rows = split(down, (self.columns, self.scanner), growing=0, sizes=(520, 176))
        desk = stacked((self.banner, self.rows))
        self.pages = QStackedWidget()
        self.pages.addWidget(self.connecting)
        self.pages.addWidget(desk)
        self._desk_page = desk
        self.setCentralWidget(self.pages)
        self.bar.show_connecting()

    def _connect(self) -> None:
        self.registry.asked.connect(self._on_asked)
        self.navigation.status_chosen.connect(self._show_list)
        self.navigation.board_chosen.connect(self._show_board)
        self.work.orders_wanted.connect(self._show_behind)
        self.work.back_in_stock_wanted.connect(self._take_up)
        self.toolbar.search_changed.connect(self._show_list)
        self.orders.selection_changed.connect(self._on_selection)
        self.orders.order_opened.connect(self._on_order_opened)
        self.orders.menu_wanted.connect(self._on_menu)
        self.orders.search_cleared.connect(self.toolbar.search.clear)
        self.detail.closed.connect(self._toggle_detail)
        self.detail.edit_wanted.connect(self._edit)
        self.detail.loaded.connect(self.refresh_actions)
        self.results.order_wanted.connect(self._look_at)
        self.scanner.order_wanted.connect(self._look_at)
        self.scanner.large_wanted.connect(self._toggle_large_scan)
        self.scanner.answered.connect(self._on_scanned)
        self.flow.finished.connect(self._on_finished)
        self.flow.state_changed.connect(self.refresh_actions)
        self.flow.run.progressed.connect(self._on_progress)
        self.labels.finished.connect(self._on_finished)
        self.closing.connect(self.labels.stop)
        self.bar.stop_wanted.connect(self.flow.run.stop)
        self.files.imports.order_wanted.connect(self._look_at)
        self.files.imports.reading.connect(self.bar.show_progress)
        self.bar.stop_wanted.connect(self.files.imports.stop)
        self.closing.connect(self.files.close)

    def set_station(self, station: Station) -> None:
        """Begin work: the station is connected."""
        self.renew_station(station)
        for part in (self.orders, self.scanner):
            part.set_station(station)
        self.detail.set_desk(station.desk)
        self.bar.show_station(station)
        self.setWindowTitle(" — ".join(filter(None, (tr("Warehouse Desk"), station.caller.station_name))))
        self.toolbar.setEnabled(True)
        self.pages.setCurrentWidget(self._desk_page)
        self.counts.set_desk(station.desk)
        self.scanner.field.setFocus()

    @Slot()
    def sign_out(self) -> None:
        """Let the next worker sign in; nothing is scanned or asked for until then."""
        self._station = None
        self.scanner.sign_off()
        self.registry.refresh(ActionContext())
        self.toolbar.setEnabled(False)
        self.pages.setCurrentWidget(self.connecting)

    @Slot(object)
    def renew_station(self, station: Station) -> None:
        """Go on where nothing changed but what the worker may do, or by which rules."""
        self._station = station
        for part in (self.flow, self.editor, self.work, self.labels, self.papers, self.files, self.management):
            part.set_station(station)
        self.navigation.set_board_offered(station.caller.may(Ability.VIEW_REPORTS))
        self.refresh_actions()

    @Slot(int)
    def label_again(self, order_id: int) -> None:
        """Open the label window for an order, as the command barcode asks."""
        self.labels.ask([order_id])

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
        self._leave_board()

    @Slot()
    def _show_board(self) -> None:
        self.orders.leave_all()
        self.orders.view.clearSelection()
        self._detail_hidden = self.detail.isHidden()
        self.detail.hide()
        self.work.show_board()

    @Slot()
    def _leave_board(self) -> None:
        if not self.work.shows_board:
            return
        self.work.show_orders()
        self.detail.setHidden(self._detail_hidden)
        query = self.orders.model.query
        self.navigation.mark(-1 if query.more.ids is not None else self.navigation.row_of(query.status))

    @Slot(str, object)
    def _show_behind(self, title: str, wanted: tuple[int, ...] | Status) -> None:
        self.toolbar.clear_search()
        if isinstance(wanted, Status):
            self.orders.show_list(Query(wanted))
        else:
            self.orders.show_list(Query(more=OrderFilter(ids=wanted), title=title))
        self._leave_board()
        self.orders.view.setFocus()

    @Slot(object)
    def _take_up(self, ids: tuple[int, ...]) -> None:
        self.flow.ask_for_ids(Action.BACK_IN_STOCK, Status.OUT_OF_STOCK, ids)

    @Slot()
    def _on_selection(self) -> None:
        rows = self.orders.selected_orders()
        if self.orders.selected_count() == 1 and len(rows) == 1:
            if self.detail.order_id != rows[0].id:
                self.detail.show_order(rows[0].id)
        else:
            self.detail.show_nothing(self.orders.selected_count())
        self.refresh_actions()

    @Slot()
    def _on_order_opened(self) -> None:
        self.detail.show()
        self._edit()

    @Slot(object)
    def _look_at(self, order_id: int) -> None:
        self._leave_board()
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
        if action is Action.LABELS:
            listed = self.orders.model.query.wanted if self.orders.all_chosen else None
            self.labels.ask([] if listed is not None else [row.id for row in self.orders.selected_orders()], listed)
            return
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
            "print.runs": self.papers.show_runs,
            "print.handover": self.papers.show_hand_over,
            "orders.copy": self.orders.view.copy_selection,
            "orders.refresh": self._refresh,
            "orders.focus": self._go_to_list,
            "orders.all": self.orders.choose_all,
            "program.quit": self.close,
            **self.files.handlers,
            **self.management.handlers,
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
    def _go_to_list(self) -> None:
        self._leave_board()
        self.orders.go_to_list()

    @Slot()
    def _refresh(self) -> None:
        self.work.refresh_board()
        self.orders.reload()
        self.counts.read()

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
        mode = SCAN_MODES.get(verdict.mode) if verdict.undoable else None
        if mode is not None and mode.action is not None and verdict.order_id is not None:
            self.flow.note_step(mode.action, verdict.order_id)

    @Slot(int, int)
    def _on_progress(self, done: int, total: int) -> None:
        self.bar.show_progress((done, total) if self.flow.run.is_running else None)

    @Slot(str, object)
    def _on_finished(self, title: str, result: BulkResult) -> None:
        self.bar.show_progress(None)
        refused = [a.order_id for a in result.results if a.outcome is Outcome.REFUSED and a.order_id is not None]
        self.results.setHidden(result.all_done)
        if not result.all_done:
            self._leave_board()
            self.results.show_result(title, result)
            self.middle.setSizes([self.middle.height() - _RESULTS_HEIGHT, _RESULTS_HEIGHT])
        if self.orders.all_chosen:
            self.orders.leave_all()
        if refused:
            self.orders.view.select_orders(refused)

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
        elif self.orders.model.query.more.ids is not None:
            self.navigation.setCurrentRow(0)

    def retint(self) -> None:
        """Draw icons anew for another scheme."""
        self.registry.retint()
        self.toolbar.retint()
        self.setWindowIcon(icon("pack"))
        self.navigation.viewport().update()
        self.work.retint()

    def show_as_left(self) -> None:
        """Show the window where it was the last time; the first time it takes the whole screen."""
        if not self._layout.show_first_time(self.columns, self.rows):
            self.show()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's own name
        """Keep the layout for the next time and stop the timers."""
        if self._large_scan:
            self._toggle_large_scan()
        self._leave_board()
        self._layout.keep()
        self.orders.save_layout(self._settings)
        self.counts.stop()
        self.closing.emit()
        super().closeEvent(event)
