"""What the parts of the window work with: given to each of them once, when it is made."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QSettings
from PySide6.QtWidgets import QWidget

from warehouse_desk.ui.changes import ChangeBus
from warehouse_desk.ui.last_deed import LastDeed
from warehouse_desk.ui.messages import Messages
from warehouse_desk.ui.station import CurrentStation
from warehouse_desk.ui.tasks import Lane, Tasks

if TYPE_CHECKING:
    from warehouse_desk.services.desk import Desk

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Workplace:
    """One window's background, messages, memory and station."""

    tasks: Tasks
    changes: ChangeBus
    messages: Messages
    settings: QSettings
    """What the window remembers from one time to the next."""
    station: CurrentStation
    last_deed: LastDeed
    """What the worker did last, for undo."""
    window: QWidget
    """What dialogs open over."""

    def at_desk(
        self,
        work: "Callable[[Desk], T]",
        *,
        owner: QObject,
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        lane: Lane = Lane.READ,
        key: str | None = None,
    ) -> bool:
        """Do something in the background at the desk of whoever works here; nothing, and False, while nobody does.

        The rest is as for :meth:`Tasks.run`.
        """
        desk = self.station.desk
        if desk is None:
            return False
        self.tasks.run(lambda: work(desk), owner=owner, done=done, failed=failed, lane=lane, key=key)
        return True
