"""The cities, companies, persons and warehouses that a filter may name, read in the background when they are needed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from warehouse_desk.ui.bidi import isolated
from warehouse_desk.ui.controller import Controller
from warehouse_desk.ui.orders.facets import NAMED, Facet, Names
from warehouse_desk.ui.station import Station
from warehouse_desk.ui.workplace import Workplace

if TYPE_CHECKING:
    from warehouse_desk.services.desk import Desk


@dataclass(frozen=True, slots=True)
class LookupChoice:
    """One thing to choose."""

    number: int
    name: str
    also: tuple[str, ...] = ()
    """Other names that somebody may type: in Arabic, or a code."""

    @property
    def line(self) -> str:
        """The name with its Arabic form beside it, as a list shows it."""
        arabic = next((name for name in self.also if name and not name.isascii()), "")
        return f"{isolated(self.name)}  ·  {isolated(arabic)}" if arabic and arabic != self.name else self.name


LookupChoices = tuple[LookupChoice, ...]


def _read(desk: "Desk", facet: Facet) -> LookupChoices:
    readers: dict[Facet, Callable[[], LookupChoices]] = {
        Facet.CITY: lambda: tuple(LookupChoice(c.id, c.name, (c.name_ar,)) for c in desk.directories.cities()),
        Facet.COMPANY: lambda: tuple(LookupChoice(c.id, c.name, (c.code,)) for c in desk.directories.companies()),
        Facet.PERSON: lambda: tuple(LookupChoice(p.id, p.name, (p.code, p.phone)) for p in desk.directories.persons()),
        Facet.WAREHOUSE: lambda: tuple(LookupChoice(w.id, w.name, (w.code,)) for w in desk.directories.warehouses()),
    }
    return readers[facet]()


class LookupController(Controller):
    """Reads and remembers the lists."""

    names_read = Signal()
    """Names that were missing are known now."""

    def __init__(self, workplace: Workplace, parent: QObject) -> None:
        super().__init__(workplace, parent)
        self.names = Names()
        self._station.opened.connect(self._on_station)

    @Slot(object)
    def _on_station(self, station: Station) -> None:
        """Begin with the lists that were read with the station."""
        self.names = Names(
            {
                Facet.CITY: {each.id: each.name for each in station.cities},
                Facet.COMPANY: {each.id: each.name for each in station.companies},
                Facet.PERSON: {each.id: each.name for each in station.persons},
                Facet.WAREHOUSE: {each.id: each.name for each in station.warehouses},
            }
        )

    def read(self, facet: Facet, owner: QObject, done: Callable[[LookupChoices], None]) -> None:
        """Read one list anew and hand it over while its asker lives."""

        def on_read(choices: LookupChoices) -> None:
            self._note({facet: choices})
            done(choices)

        self._at_desk(lambda desk: _read(desk, facet), owner=owner, done=on_read, key=f"lookup.{facet}")

    def read_missing(self) -> None:
        """Read all lists anew: a filter names something that came after the station was connected."""
        self._at_desk(lambda desk: {facet: _read(desk, facet) for facet in NAMED}, done=self._on_all, key="lookup.all")

    def _on_all(self, lists: dict[Facet, LookupChoices]) -> None:
        self._note(lists)
        self.names_read.emit()

    def _note(self, lists: dict[Facet, LookupChoices]) -> None:
        known = {facet: {choice.number: choice.name for choice in choices} for facet, choices in lists.items()}
        self.names = Names({**self.names.by_facet, **known})
