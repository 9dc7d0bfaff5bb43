"""The one shape of what does something for the window and has no picture of its own."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject

from warehouse_desk.ui.tasks import Lane
from warehouse_desk.ui.workplace import Workplace

if TYPE_CHECKING:
    from warehouse_desk.services.desk import Desk

T = TypeVar("T")


class Controller(QObject):
    """Opens dialogs, works in the background, tells what became of it; lives as long as the window."""

    def __init__(self, workplace: Workplace, parent: QObject | None = None) -> None:
        super().__init__(workplace.window if parent is None else parent)
        self._workplace = workplace
        self._tasks = workplace.tasks
        self._messages = workplace.messages
        self._settings = workplace.settings
        self._station = workplace.station
        self._window = workplace.window

    def _at_desk(
        self,
        work: "Callable[[Desk], T]",
        *,
        owner: QObject | None = None,
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        lane: Lane = Lane.READ,
        key: str | None = None,
    ) -> bool:
        """Do something at the desk, as :meth:`Workplace.at_desk`; without an owner it is the controller's own."""
        return self._workplace.at_desk(work, owner=owner or self, done=done, failed=failed, lane=lane, key=key)
