"""Opens the editor with fresh values and saves what it holds, in the background."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot

from warehouse_desk.common.messages import tr
from warehouse_desk.domain.errors import DeskError, PossibleTwin, StaleOrder
from warehouse_desk.domain.orders.order import OrderDetail
from warehouse_desk.domain.orders.transitions import Action, action_name
from warehouse_desk.domain.results import ActionResult, Outcome
from warehouse_desk.ui.controller import Controller
from warehouse_desk.ui.edit.source import EditSource, what_may_stand
from warehouse_desk.ui.messages import Level
from warehouse_desk.ui.tasks import Lane
from warehouse_desk.ui.workplace import Workplace

if TYPE_CHECKING:
    from warehouse_desk.services.desk import Desk
    from warehouse_desk.ui.edit.dialog import OrderDialog
    from warehouse_desk.ui.edit.merge import MergeDialog


class EditController(Controller):
    """One editor at a time."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self.dialog: OrderDialog | None = None
        self.merging: MergeDialog | None = None

    def edit(self, order_id: int) -> None:
        """Open the editor of an order."""
        self._read(lambda desk: desk.orders.show(order_id))

    @Slot()
    def create(self) -> None:
        """Open the editor of a new order."""
        self._read(lambda _desk: None)

    def _read(self, order: "Callable[[Desk], OrderDetail | None]") -> None:
        station = self._station.current
        if station is not None and self.dialog is None:
            cities = station.cities
            self._at_desk(
                lambda desk: what_may_stand(
                    order(desk), desk.goods.products(), cities, desk.directories.shipment_ways()
                ),
                done=self._open,
                key="edit.open",
            )

    def _open(self, source: EditSource) -> None:
        if self.dialog is not None or self._station.current is None:
            return
        from warehouse_desk.ui.edit.dialog import OrderDialog  # late: most starts of the window edit nothing

        self.dialog = OrderDialog(source, self._window)
        self.dialog.save_requested.connect(self._save)
        self.dialog.finished.connect(self._on_closed)
        self.dialog.open()

    @Slot(int)
    def _on_closed(self, _how: int) -> None:
        self.dialog = None

    @Slot(object)
    def _save(self, body: dict[str, Any]) -> None:
        dialog = self.dialog
        if dialog is None:
            return
        detail = dialog.detail
        if detail is None:
            self._at_desk(
                lambda desk: desk.orders.create(
                    {"orders": [body]}, accept_twins=body == dialog.twin, request_id=dialog.request_id
                ),
                owner=dialog,
                done=self._on_created,
                failed=lambda error: self._on_not_created(body, error),
                lane=Lane.WRITE,
            )
            return
        number, version = detail.facts.id, detail.facts.version
        self._at_desk(
            lambda desk: desk.orders.update(number, body, version=version),
            owner=dialog,
            done=self._on_saved,
            failed=self._on_refused,
            lane=Lane.WRITE,
        )

    def _on_saved(self, result: ActionResult) -> None:
        detail = None if self.dialog is None else self.dialog.detail
        # What is not as usual afterwards, a hold or a signed sheet, is read before it goes.
        unusual = detail is not None and (detail.facts.held or detail.facts.hand_over_id is not None)
        level = Level.INFO if result.outcome is not Outcome.DONE else Level.WARNING if unusual else Level.DONE
        self._messages.tell(str(result.message), level)
        if result.outcome is Outcome.DONE:
            self._workplace.last_deed.note(action_name(Action.UPDATE), [result.reference])
        self._close()

    def _on_created(self, created: Any) -> None:  # noqa: ANN401 - the service's type is known to checkers only
        self._messages.tell(tr("{reference} was created.", reference=list(created.references)), Level.DONE)
        self._workplace.last_deed.note(action_name(Action.CREATE), created.references)
        self._close()

    def _close(self) -> None:
        if self.dialog is not None:
            self.dialog.accept()

    def _on_not_created(self, body: dict[str, Any], error: Exception) -> None:
        """Show why; a possible twin is a question, which is answered by saving the same once more."""
        if self.dialog is not None and isinstance(error, PossibleTwin):
            self.dialog.twin = body
        self._on_refused(error)

    def _on_refused(self, error: Exception) -> None:
        dialog = self.dialog
        if not (isinstance(error, StaleOrder) and dialog is not None and self._read_again(dialog, error)):
            self._show_failure(error)

    def _read_again(self, dialog: "OrderDialog", error: StaleOrder) -> bool:
        """Read the order as somebody else left it; False where there is none, or nobody to merge the two."""
        if dialog.detail is None:
            return False
        number = dialog.detail.facts.id
        return self._at_desk(
            lambda desk: desk.orders.show(number),
            owner=dialog,
            done=partial(self._merge, error),
            failed=self._show_failure,
        )

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
        from warehouse_desk.ui.edit.merge import Meeting, MergeDialog  # late, as the other dialog

        self.merging = MergeDialog(Meeting(dialog.detail, now, dialog.details()), dialog)
        self.merging.merged.connect(partial(dialog.save_merged, now))
        self.merging.rejected.connect(partial(dialog.show_failure, error))
        self.merging.finished.connect(self._on_merged)
        self.merging.open()

    @Slot(int)
    def _on_merged(self, _how: int) -> None:
        self.merging = None
