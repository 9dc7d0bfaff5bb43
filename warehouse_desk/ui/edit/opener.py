"""Opens the editor with fresh values and saves what it holds, in the background."""

from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from warehouse_desk.common.messages import tr
from warehouse_desk.domain.errors import DeskError, StaleOrder
from warehouse_desk.domain.orders.order import OrderDetail
from warehouse_desk.domain.results import ActionResult, Outcome
from warehouse_desk.ui.edit.dialog import OrderDialog
from warehouse_desk.ui.edit.merge import Meeting, MergeDialog
from warehouse_desk.ui.edit.source import EditSource, what_may_stand
from warehouse_desk.ui.messages import Level, Messages
from warehouse_desk.ui.station import Station
from warehouse_desk.ui.tasks import Lane, Tasks


class EditOpener(QObject):
    """One editor at a time."""

    def __init__(self, tasks: Tasks, messages: Messages, window: QWidget) -> None:
        super().__init__(window)
        self._tasks = tasks
        self._messages = messages
        self._window = window
        self._station: Station | None = None
        self.dialog: OrderDialog | None = None
        self.merging: MergeDialog | None = None

    def set_station(self, station: Station) -> None:
        """Edit at a station from now on."""
        self._station = station

    def edit(self, order_id: int) -> None:
        """Open the editor of an order."""
        station = self._station
        if station is not None and self.dialog is None:
            desk, cities = station.desk, station.cities
            self._tasks.run(
                lambda: what_may_stand(desk.show(order_id), desk.goods.products(), cities),
                owner=self,
                done=self._open,
                key="edit.open",
            )

    @Slot()
    def create(self) -> None:
        """Open the editor of a new order."""
        station = self._station
        if station is not None and self.dialog is None:
            desk, cities = station.desk, station.cities
            self._tasks.run(
                lambda: what_may_stand(None, desk.goods.products(), cities),
                owner=self,
                done=self._open,
                key="edit.open",
            )

    def _open(self, source: EditSource) -> None:
        if self.dialog is not None:
            return
        self.dialog = OrderDialog(source, self._window)
        self.dialog.save_wanted.connect(self._save)
        self.dialog.finished.connect(self._on_closed)
        self.dialog.open()

    @Slot(int)
    def _on_closed(self, _how: int) -> None:
        self.dialog = None

    @Slot(object)
    def _save(self, body: dict[str, Any]) -> None:
        station, dialog = self._station, self.dialog
        if station is None or dialog is None:
            return
        desk, detail = station.desk, dialog.detail
        if detail is None:
            self._tasks.run(
                lambda: desk.create({"orders": [body]}),
                owner=dialog,
                done=self._on_created,
                failed=self._on_refused,
                lane=Lane.WRITE,
            )
            return
        number, version = detail.facts.id, detail.facts.version
        self._tasks.run(
            lambda: desk.update(number, body, version=version),
            owner=dialog,
            done=self._on_saved,
            failed=self._on_refused,
            lane=Lane.WRITE,
        )

    def _on_saved(self, result: ActionResult) -> None:
        self._messages.tell(str(result.message), Level.DONE if result.outcome is Outcome.DONE else Level.INFO)
        self._close()

    def _on_created(self, created: Any) -> None:  # noqa: ANN401 - the service's type is known to checkers only
        self._messages.tell(tr("{reference} was created.", reference=", ".join(created.references)), Level.DONE)
        self._close()

    def _close(self) -> None:
        if self.dialog is not None:
            self.dialog.accept()

    def _on_refused(self, error: Exception) -> None:
        station, dialog = self._station, self.dialog
        if isinstance(error, StaleOrder) and station is not None and dialog is not None and dialog.detail is not None:
            desk, number = station.desk, dialog.detail.facts.id
            self._tasks.run(
                lambda: desk.show(number), owner=dialog, done=partial(self._merge, error), failed=self._show_failure
            )
        else:
            self._show_failure(error)

    def _show_failure(self, error: Exception) -> None:
        if self.dialog is not None and isinstance(error, DeskError):
            self.dialog.show_failure(error)
            return
        if self.dialog is not None:
            self.dialog.go_on()
        self._messages.show_failure(error)

    def _merge(self, error: StaleOrder, now: OrderDetail) -> None:
        """Let the two edits meet; saving the outcome is guarded by the version that was just read."""
        dialog = self.dialog
        if dialog is None or dialog.detail is None:
            return
        self.merging = MergeDialog(Meeting(dialog.detail, now, dialog.details()), dialog)
        self.merging.merged.connect(partial(dialog.save_merged, now))
        self.merging.rejected.connect(partial(dialog.show_failure, error))
        self.merging.finished.connect(self._on_merged)
        self.merging.open()

    @Slot(int)
    def _on_merged(self, _how: int) -> None:
        self.merging = None
