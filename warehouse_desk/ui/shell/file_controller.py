"""Files in and out of the window: the actions that name them, and what is dropped on it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtGui import QCursor, QDragEnterEvent, QDropEvent

from warehouse_desk.common.messages import tr
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.ui.controller import Controller
from warehouse_desk.ui.exports.dialog import ExportSubject
from warehouse_desk.ui.exports.export_controller import ExportController
from warehouse_desk.ui.imports.import_controller import ImportController
from warehouse_desk.ui.orders.pane import OrdersPane
from warehouse_desk.ui.workplace import Workplace


class FileController(Controller):
    """Hands files to the imports and lists to the exports."""

    def __init__(self, workplace: Workplace, orders: OrdersPane) -> None:
        super().__init__(workplace)
        self.imports = imports = ImportController(workplace)
        self.exports = exports = ExportController(workplace)
        self._orders = orders
        workplace.window.setAcceptDrops(True)
        workplace.window.installEventFilter(self)
        self.handlers: dict[str, Callable[[], object]] = {
            "orders.import": imports.choose_orders,
            "orders.export": self.ask_export,
            "file.returned": lambda: imports.choose_references(Action.RETURN),
            "file.delivered": lambda: imports.choose_references(Action.DELIVER),
            "file.template": exports.choose_template,
            "file.exports": exports.show_jobs,
        }
        """What each action of the catalogue about files does."""

    @Slot()
    def close(self) -> None:
        """Stop what is under way: an import leaves nothing, an export goes on at the next start."""
        self.imports.stop()
        self.exports.close()

    @Slot()
    def ask_export(self) -> None:
        """Ask what to export of the list and the selection as they are."""
        query = self._orders.model.query
        listed = query.title or self._orders.bar.text() or tr("All orders")
        rows = [] if self._orders.all_chosen else self._orders.selected_orders()
        subject = ExportSubject(listed, self._orders.model.rowCount(), len(rows))
        self.exports.ask(subject, query.order_filter, [row.id for row in rows])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        """Take one file that is dragged onto the window."""
        if isinstance(event, QDropEvent) and not isinstance(event, QDragEnterEvent):
            path = _dropped_file(event) if event.type() is QEvent.Type.Drop else None
            if path is not None:
                event.acceptProposedAction()
                menu = self.imports.open_dropped(path)
                if menu is not None:
                    menu.popup(QCursor.pos())
                return True
        if isinstance(event, QDragEnterEvent) and _dropped_file(event) is not None:
            event.acceptProposedAction()
            return True
        return super().eventFilter(watched, event)


def _dropped_file(event: QDropEvent) -> Path | None:
    urls = event.mimeData().urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = Path(urls[0].toLocalFile())
    return path if path.is_file() else None
