"""What the window knows of its station, and who works there now."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from warehouse_desk.domain.directories.entries import City, Company, Person, Warehouse
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.people.caller import Caller, missing_ability, viewing
from warehouse_desk.domain.shared_settings import SharedSettings

if TYPE_CHECKING:
    from warehouse_desk.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Station:
    """A connected desk with the lists that change rarely, read once."""

    desk: "Desk"
    caller: Caller
    shared: SharedSettings
    warehouses: tuple[Warehouse, ...]
    companies: tuple[Company, ...]
    persons: tuple[Person, ...]
    cities: tuple[City, ...]

    @property
    def own_warehouses(self) -> tuple[Warehouse, ...]:
        """The warehouses in use that are ours, where goods can leave from."""
        return tuple(w for w in self.warehouses if w.active and w.shipping_company_id is None)


def read_station(desk: "Desk") -> Station:
    """Read what the window needs; for a worker thread. Who may see nothing has no lists to choose from.

    Raises:
        DeskError: the database cannot be read.
    """
    if not desk.caller.may(viewing(desk.caller.source)):
        return Station(desk, desk.caller, desk.settings.read(), (), (), (), ())
    return Station(
        desk,
        desk.caller,
        desk.settings.read(),
        tuple(desk.directories.warehouses()),
        tuple(desk.directories.companies()),
        tuple(desk.directories.persons()),
        tuple(desk.directories.cities()),
    )


class CurrentStation(QObject):
    """The station as somebody works there now; before the sign-in and after it was left there is none."""

    opened = Signal(object)
    """Somebody began to work here, on lists of their own; carries the ``Station``."""
    renewed = Signal(object)
    """The worker goes on, but may do more or less, by other rules, or knows other lists; carries the ``Station``."""
    left = Signal(str)
    """Nobody works here any more; carries the sentence for the sign-in."""
    changed = Signal()
    """One of the three has happened."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._current: Station | None = None

    @property
    def current(self) -> Station | None:
        """The station of whoever works here; None while nobody does."""
        return self._current

    @property
    def desk(self) -> "Desk | None":
        """The desk of whoever works here; None while nobody does."""
        return None if self._current is None else self._current.desk

    def may(self, ability: Ability) -> bool:
        """Tell whether somebody works here who may do something."""
        return self._current is not None and self._current.caller.may(ability)

    def why_not(self, ability: Ability) -> str:
        """Return the sentence why the worker here may not do something; empty where they may."""
        caller = None if self._current is None else self._current.caller
        return "" if caller is None or caller.may(ability) else str(missing_ability(caller, ability))

    def open(self, station: Station) -> None:
        """Begin to work at a station, in place of whoever worked here before."""
        self._current = station
        self.opened.emit(station)
        self.changed.emit()

    def renew(self, old_desk: "Desk", station: Station) -> None:
        """Go on with what was read anew at a desk; where another worker has come meanwhile it is too late for it."""
        if self._current is None or self._current.desk is not old_desk or self._current == station:
            return
        self._current = station
        self.renewed.emit(station)
        self.changed.emit()

    def leave(self, sentence: str) -> None:
        """Let nobody work here; nothing happens where nobody does."""
        if self._current is None:
            return
        self._current = None
        self.left.emit(sentence)
        self.changed.emit()
