"""Steps on orders: which are meant, which steps fit them, and what is shown when a step has ended."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QSplitter

from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.results import BulkResult, Outcome
from warehouse_desk.ui.actions.enabling import (
    ActionContext,
    Group,
    groups_of_rows,
    groups_of_statuses,
    with_exact_facts,
)
from warehouse_desk.ui.controller import Controller
from warehouse_desk.ui.printing.label_controller import LabelController
from warehouse_desk.ui.shell.action_controller import ActionController
from warehouse_desk.ui.shell.panes import Panes
from warehouse_desk.ui.workplace import Workplace

_RESULTS_HEIGHT = 190
_UNDONE = frozenset({Outcome.REFUSED, Outcome.FAILED})


class StepController(Controller):
    """Takes the orders that are chosen to the flow of their step."""

    results_requested = Signal()
    """Results are about to be shown below the table."""

    def __init__(
        self, workplace: Workplace, panes: Panes, actions: ActionController, labels: LabelController, middle: QSplitter
    ) -> None:
        super().__init__(workplace)
        self._panes = panes
        self._actions = actions
        self._labels = labels
        self._middle = middle
        actions.state_changed.connect(self.refresh)
        actions.finished.connect(self._on_finished)
        labels.finished.connect(self._on_finished)
        self._station.changed.connect(self.refresh)

    def groups(self) -> tuple[Group, ...]:
        """Return the orders that a step would concern, by what the rules look at."""
        orders = self._panes.orders
        if not orders.all_chosen:
            return groups_of_rows(orders.selected_orders())
        status = orders.model.query.status
        if status is not None:
            return groups_of_statuses([(status, orders.selected_count())])
        return groups_of_statuses(self._panes.navigation.counts.items())

    def _is_estimated(self) -> bool:
        """Tell whether the counts of the statuses are not those of the list that is meant as a whole."""
        orders = self._panes.orders
        order_filter = orders.model.query.order_filter
        return orders.all_chosen and order_filter.status is None and not order_filter.is_plain

    @Slot()
    def refresh(self) -> None:
        """Enable what makes sense for what is selected, and nothing while nobody works here."""
        station = self._station.current
        if station is None:
            self._panes.registry.refresh(ActionContext())
            return
        context = ActionContext(
            caller=station.caller,
            shared=station.shared,
            groups=self.groups(),
            undoable=self._actions.undoable,
            busy=self._actions.bulk.is_running,
            estimated=self._is_estimated(),
            view=self._panes.navigation.view_shown or "",
            view_changed=self._panes.navigation.view_changed,
        )
        detail = self._panes.detail.detail
        if detail is not None:
            context = with_exact_facts(context, detail.facts)
        self._panes.registry.refresh(context)

    def ask(self, action: Action) -> None:
        """Begin a step on the orders that are chosen, or on the whole list where that is meant."""
        orders = self._panes.orders
        if action is Action.LABELS:
            self._labels.ask(*orders.chosen())
        elif orders.all_chosen:
            self._actions.ask_for_list(action, orders.model.query, self.groups(), orders.selected_count())
        else:
            self._actions.ask_for_rows(action, orders.selected_orders())

    @Slot(str, object)
    def _on_finished(self, title: str, result: BulkResult) -> None:
        panes = self._panes
        left = [a.order_id for a in result.results if a.outcome in _UNDONE and a.order_id is not None]
        panes.results.setHidden(result.all_done)
        if not result.all_done:
            self.results_requested.emit()
            panes.results.show_result(title, result)
            self._middle.setSizes([self._middle.height() - _RESULTS_HEIGHT, _RESULTS_HEIGHT])
        if panes.orders.all_chosen:
            panes.orders.leave_all()
        if left:
            panes.orders.view.select_orders(left)
