"""The main window: places the panes and connects them; what they do is theirs."""

from PySide6.QtCore import QPoint, QSettings, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QStackedWidget

from warehouse_desk.common.messages import tr
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.scanning.modes import mode_named
from warehouse_desk.domain.status import Status
from warehouse_desk.ui.actions.catalogue import CONTEXT
from warehouse_desk.ui.actions.registry import ActionRegistry
from warehouse_desk.ui.actions.results import ResultsPanel
from warehouse_desk.ui.changes import ChangeBus
from warehouse_desk.ui.detail.pane import DetailPane
from warehouse_desk.ui.edit.edit_controller import EditController
from warehouse_desk.ui.edit.tracking_controller import TrackingController
from warehouse_desk.ui.icons import icon, retint
from warehouse_desk.ui.last_deed import LastDeed
from warehouse_desk.ui.messages import Messages
from warehouse_desk.ui.orders.model import Query
from warehouse_desk.ui.orders.pane import OrdersPane
from warehouse_desk.ui.printing.label_controller import LabelController
from warehouse_desk.ui.scanner.pane import ScanPane
from warehouse_desk.ui.scanner.wording import Verdict
from warehouse_desk.ui.shell.action_controller import ActionController
from warehouse_desk.ui.shell.banner import Banner
from warehouse_desk.ui.shell.connecting import ConnectingPage
from warehouse_desk.ui.shell.count_controller import CountController
from warehouse_desk.ui.shell.detail_controller import DetailController
from warehouse_desk.ui.shell.dispatch_controller import DispatchController, Handler
from warehouse_desk.ui.shell.file_controller import FileController
from warehouse_desk.ui.shell.goods_controller import GoodsController
from warehouse_desk.ui.shell.keys_dialog import KeysDialog
from warehouse_desk.ui.shell.layout import split, stacked
from warehouse_desk.ui.shell.list_controller import ListController
from warehouse_desk.ui.shell.looks_controller import LooksController
from warehouse_desk.ui.shell.management_controller import ManagementController
from warehouse_desk.ui.shell.navigation import Navigation
from warehouse_desk.ui.shell.palette_controller import PaletteController
from warehouse_desk.ui.shell.panes import Panes
from warehouse_desk.ui.shell.papers_controller import PapersController
from warehouse_desk.ui.shell.remembered import RememberedLayout
from warehouse_desk.ui.shell.result_file_controller import ResultFileController
from warehouse_desk.ui.shell.status_bar import DeskStatusBar
from warehouse_desk.ui.shell.step_controller import StepController
from warehouse_desk.ui.shell.toolbar import DeskToolBar
from warehouse_desk.ui.shell.view_controller import ViewController
from warehouse_desk.ui.shell.work_area import WorkArea
from warehouse_desk.ui.station import CurrentStation, Station
from warehouse_desk.ui.tasks import Tasks
from warehouse_desk.ui.widgets.toast import Toasts
from warehouse_desk.ui.workplace import Workplace


class MainWindow(QMainWindow):
    """The station's one window."""

    closing = Signal()

    def __init__(self, tasks: Tasks, changes: ChangeBus, messages: Messages, settings: QSettings) -> None:
        super().__init__()
        self.workplace = Workplace(tasks, changes, messages, settings, CurrentStation(self), LastDeed(self), self)
        self._large_scan = False
        self.setWindowTitle(tr("Warehouse Desk"))
        self.setMinimumSize(1024, 640)
        self.resize(1280, 800)
        self._make_panes(self.workplace)
        self._lay_out()
        self._make_controllers(self.workplace)
        self._connect()
        messages.note_added.connect(self.toasts.show_note)
        messages.listen()
        splitters = {"columns": self.columns, "rows": self.rows}
        self._layout = RememberedLayout(settings, self, splitters)
        self._layout.restore()
        self.orders.view.heading.restore(settings)

    def _make_panes(self, workplace: Workplace) -> None:
        self.registry = ActionRegistry(self)
        self.toolbar = DeskToolBar(self.registry, self)
        self.navigation = Navigation()
        self.orders = OrdersPane(workplace)
        self.detail = DetailPane(workplace)
        self.results = ResultsPanel()
        self.scanner = ScanPane(workplace)
        self.connecting = ConnectingPage()
        self.bar = DeskStatusBar()
        self.banner = Banner()
        self.toasts = Toasts(self, self.scanner)

    def _make_controllers(self, workplace: Workplace) -> None:
        panes = Panes(self.registry, self.toolbar, self.navigation, self.orders, self.detail, self.results, self.work)
        self.action_controller = ActionController(workplace)
        self.labels = LabelController(workplace)
        self.papers = PapersController(workplace, self.orders)
        self.editor = EditController(workplace)
        self.tracking = TrackingController(workplace)
        self.management = ManagementController(workplace, self.scanner)
        self.files = FileController(workplace, self.orders)
        self.goods = GoodsController(workplace, self.work, self.orders, self.papers.product_labels, self.navigation)
        self.side = DetailController(workplace, self.detail, self.columns)
        self.lists = ListController(workplace, panes, self.side)
        self.views = ViewController(workplace, panes, self.lists)
        self.palette_controller = PaletteController(workplace, panes, self.lists, self.views)
        self.looks = LooksController(workplace, self.registry)
        self.result_files = ResultFileController(workplace, self.results)
        self.steps = StepController(workplace, panes, self.action_controller, self.labels, self.middle)
        self.dispatch = DispatchController(workplace, self.registry, self.steps)
        self.counts = CountController(workplace)

    def _lay_out(self) -> None:
        self.addToolBar(Qt.ToolBarArea.TopToolBarArea, self.toolbar)
        self.setStatusBar(self.bar)
        across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
        self.middle = split(down, (self.orders, self.results), growing=0)
        self.work = WorkArea(self.workplace, self.middle)
        self.columns = split(across, (self.navigation, self.work, self.detail), growing=1, sizes=(212, 760, 288))
        self.rows = split(down, (self.columns, self.scanner), growing=0, sizes=(520, 176))
        self._desk_page = stacked((self.banner, self.rows))
        self.pages = QStackedWidget()
        self.pages.addWidget(self.connecting)
        self.pages.addWidget(self._desk_page)
        self.setCentralWidget(self.pages)
        self.bar.show_connecting()

    def _connect(self) -> None:
        station = self.workplace.station
        station.opened.connect(self._on_opened)
        for leaving in (self._on_left, self.bar.show_nobody, self.connecting.ask_sign_in):
            station.left.connect(leaving)
        station.changed.connect(self._offer_board)
        self.counts.counted.connect(self.navigation.show_counts)
        self.counts.counted.connect(self.steps.refresh)  # what a whole list allows follows from the counts
        self.dispatch.offer(self._handlers())
        self.dispatch.offer(self.files.handlers)
        self.dispatch.offer(self.papers.handlers)
        self.dispatch.offer(self.looks.handlers())
        self.dispatch.offer(self.management.handlers)
        self.views.changed.connect(self.steps.refresh)
        self.steps.results_requested.connect(self.lists.back_to_orders)
        self.work.back_in_stock_requested.connect(self._take_up)
        self.orders.selection_changed.connect(self._on_selection)
        self.orders.order_opened.connect(self._on_order_opened)
        self.orders.menu_requested.connect(self._on_menu)
        self.detail.edit_requested.connect(self._edit)
        self.detail.loaded.connect(self.steps.refresh)
        for part in (self.results, self.scanner, self.files.imports, self.goods):
            part.order_requested.connect(self._look_at)
        self.scanner.large_requested.connect(self._toggle_large_scan)
        self.scanner.answered.connect(self._on_scanned)
        self.action_controller.finished.connect(self._on_finished)
        self.labels.finished.connect(self._on_finished)
        self.action_controller.bulk.progressed.connect(self._on_progress)
        self.files.imports.reading.connect(self.bar.show_progress)
        self.bar.stop_requested.connect(self.action_controller.bulk.stop)
        self.bar.stop_requested.connect(self.files.imports.stop)
        self.closing.connect(self.labels.stop)
        self.closing.connect(self.files.close)

    def _handlers(self) -> dict[str, Handler]:
        """What each action of the catalogue does that is no step on orders and no file."""
        return {
            "order.create": self.editor.create,
            "order.update": self._edit,
            "order.track": self._track,
            "order.undo": self.action_controller.undo,
            "orders.copy": self.orders.view.copy_selection,
            "orders.refresh": self._refresh,
            "orders.focus": self._go_to_list,
            "orders.all": self.orders.choose_all,
            "orders.search": self._go_to_search,
            "orders.filter": self._open_filter,
            "orders.unfilter": self.orders.bar.clear_all,
            "orders.columns": self.orders.choose_columns,
            "views.save": self.views.save_as,
            "views.overwrite": self.views.overwrite,
            "views.rename": self.views.rename,
            "views.delete": self.views.delete,
            "view.details": self.side.toggle,
            "program.palette": self.palette_controller.open,
            "program.keys": self._show_keys,
            "scan.focus": self.scanner.field.setFocus,
            "scan.large": self._toggle_large_scan,
            "program.quit": self.close,
        }

    @Slot(object)
    def _on_opened(self, station: Station) -> None:
        """Begin work: the last to hear of it, once every part has taken leave of the worker before."""
        self.lists.show(Query())
        self.bar.show_station(station)
        self.setWindowTitle(" — ".join(filter(None, (tr("Warehouse Desk"), station.caller.station_name))))
        self.toolbar.setEnabled(True)
        self.pages.setCurrentWidget(self._desk_page)
        self.scanner.field.setFocus()

    @Slot()
    def _on_left(self) -> None:
        """Let the next worker sign in; nothing is asked for until then."""
        self.toolbar.setEnabled(False)
        self.pages.setCurrentWidget(self.connecting)

    @Slot()
    def _offer_board(self) -> None:
        self.navigation.set_board_offered(self.workplace.station.may(Ability.VIEW_REPORTS))

    @Slot(int)
    def label_again(self, order_id: int) -> None:
        """Open the label window for an order, as the command barcode asks."""
        self.labels.ask([order_id])

    @Slot(object)
    def _take_up(self, ids: tuple[int, ...]) -> None:
        self.action_controller.ask_for_ids(Action.BACK_IN_STOCK, Status.OUT_OF_STOCK, ids)

    @Slot()
    def _on_selection(self) -> None:
        rows = self.orders.selected_orders()
        if self.orders.selected_count() == 1 and len(rows) == 1:
            if self.detail.order_id != rows[0].id:
                self.detail.show_order(rows[0].id)
        else:
            self.detail.show_nothing(self.orders.selected_count())
        self.side.note_selected(self.orders.selected_count())
        self.steps.refresh()

    @Slot()
    def _on_order_opened(self) -> None:
        self.side.open()
        self._edit()

    @Slot(object)
    def _look_at(self, order_id: int) -> None:
        self.lists.back_to_orders()
        self.side.open()
        self.orders.view.select_orders([order_id])
        self.detail.show_order(order_id)

    @Slot(QPoint)
    def _on_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        self.registry.fill(menu, CONTEXT)
        menu.popup(place)

    @Slot()
    def _edit(self) -> None:
        rows = self.orders.selected_orders()
        number = rows[0].id if len(rows) == 1 else self.detail.order_id
        if number is not None and self.registry.action("order.update").isEnabled():
            self.editor.edit(number)

    @Slot()
    def _track(self) -> None:
        rows = self.orders.selected_orders()
        if len(rows) == 1:
            self.tracking.ask(rows[0].id)

    @Slot()
    def _go_to_list(self) -> None:
        self.lists.back_to_orders()
        self.orders.go_to_list()

    @Slot()
    def _refresh(self) -> None:
        self.work.refresh_page()
        self.orders.reload()
        self.counts.read()

    @Slot()
    def _go_to_search(self) -> None:
        self.toolbar.search.setFocus()
        self.toolbar.search.selectAll()

    @Slot()
    def _open_filter(self) -> None:
        self.lists.back_to_orders()
        self.orders.open_filter_menu()

    @Slot()
    def _show_keys(self) -> None:
        KeysDialog(self).open()

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
            self.side.sync()
        mode = mode_named(verdict.mode)
        changed = mode is not None and (mode.action is not None or mode.undoable or mode.touches_stock)
        if mode is not None and changed and verdict.level == "done" and verdict.order_id is not None:
            step = mode.action is not None and verdict.undoable
            self.workplace.last_deed.note(mode.label, [verdict.reference], [verdict.order_id] if step else [])

    @Slot(int, int)
    def _on_progress(self, done: int, total: int) -> None:
        self.bar.show_progress((done, total) if self.action_controller.bulk.is_running else None)

    @Slot()
    def _on_finished(self) -> None:
        self.bar.show_progress(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Leave with Esc, step by step: large scan screen, whole list, search."""
        if event.key() == Qt.Key.Key_Escape and self._large_scan:
            self._toggle_large_scan()
        elif event.key() != Qt.Key.Key_Escape or not self.lists.go_back():
            super().keyPressEvent(event)

    def retint(self) -> None:
        """Draw icons anew for another scheme."""
        retint(self)
        self.bar.retint()
        self.setWindowIcon(icon("pack"))
        self.navigation.viewport().update()
        self.work.retint()
        if self.detail.order_id is not None:
            self.detail.show_order(self.detail.order_id)

    def show_as_left(self) -> None:
        """Show the window where it was the last time; the first time it takes the whole screen."""
        if not self._layout.show_first_time(self.columns, self.rows):
            self.show()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's own name
        """Keep the layout for the next time and stop the timers."""
        if not self.management.serving.may_leave():
            event.ignore()
            return
        if self._large_scan:
            self._toggle_large_scan()
        self.lists.back_to_orders()
        self._layout.keep()
        self.orders.view.heading.keep(self.workplace.settings)
        self.counts.stop()
        self.closing.emit()
        super().closeEvent(event)
