"""From an action's name to what does it: toolbar, menus, keys and palette all end here."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Slot

from warehouse_desk.ui.actions.catalogue import BY_ID, CATALOGUE
from warehouse_desk.ui.actions.registry import ActionRegistry
from warehouse_desk.ui.controller import Controller
from warehouse_desk.ui.shell.step_controller import StepController
from warehouse_desk.ui.workplace import Workplace

Handler = Callable[[], object]


class DispatchController(Controller):
    """Hands status actions to the step desk, and each other action to whoever offered to do it."""

    def __init__(self, workplace: Workplace, registry: ActionRegistry, steps: StepController) -> None:
        super().__init__(workplace)
        self._steps = steps
        self._handlers: dict[str, Handler] = {}
        registry.triggered.connect(self._on_triggered)

    def offer(self, handlers: Mapping[str, Handler]) -> None:
        """Do these actions of the catalogue from now on."""
        self._handlers.update(handlers)

    def missing(self) -> list[str]:
        """Return the actions that nobody offered to do; an empty list once the window is put together."""
        return [spec.id for spec in CATALOGUE if spec.action is None and spec.id not in self._handlers]

    @Slot(str)
    def _on_triggered(self, identifier: str) -> None:
        action = BY_ID[identifier].action
        if action is None:
            self._handlers[identifier]()
        else:
            self._steps.ask(action)
