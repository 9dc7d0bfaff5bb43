"""What the window knows of the station once it is connected."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from warehouse_desk.domain.directories.entries import City, Company, Person, Warehouse
from warehouse_desk.domain.people.caller import Caller
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
    """Read what the window needs; for a worker thread.

    Raises:
        DeskError: the database cannot be read.
    """
    return Station(
        desk,
        desk.caller,
        desk.settings.read(),
        tuple(desk.warehouses()),
        tuple(desk.companies()),
        tuple(desk.persons()),
        tuple(desk.cities()),
    )
