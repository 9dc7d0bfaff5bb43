"""A small warehouse in which a history happens, and what the walk itself remembers of it."""

from collections import Counter
from collections.abc import Callable, Iterable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Table, select

from tests.builders import Clock, Row, a_desk, facts_of_row
from warehouse_desk.data.engine.database import Database
from warehouse_desk.data.schema import upgrade as schema
from warehouse_desk.data.tables import (
    hand_over,
    hand_over_row,
    label_run,
    order_event,
    order_line,
    orders,
    outbox,
    product,
    stock,
    stock_movement,
    warehouse,
)
from warehouse_desk.domain.directories.entries import Listed
from warehouse_desk.domain.orders.order import OrderFacts
from warehouse_desk.domain.people.caller import Source
from warehouse_desk.domain.results import ActionResult
from warehouse_desk.domain.status import Status
from warehouse_desk.services import maintenance
from warehouse_desk.services.desk import Desk

SKUS = ("ARGAN-50", "SAVON-N", "HENNE")
WORKERS = (("Salma", "Poste 1"), ("Karim", "Poste 2"))
LOOKED_AT = (
    orders,
    order_line,
    order_event,
    outbox,
    product,
    warehouse,
    stock,
    stock_movement,
    hand_over,
    hand_over_row,
    label_run,
)
ON_SHELF = 12
"""Pieces of each product in the first warehouse at the start: too few for all orders of a history."""


def furnish(url: str) -> None:
    """Make the warehouse in which every history begins: two places, two companies, two persons, few goods."""
    database = Database(url)
    schema.upgrade(database)
    desk = a_desk(database)
    places = [desk.directories.add(Listed.WAREHOUSE, code=code, name=code).id for code in ("CASA", "RABAT")]
    for code in ("AMANA", "ATLAS"):
        desk.directories.add(Listed.COMPANY, code=code, name=code.title())
    for code in ("HAMID", "REDA"):
        desk.directories.add(Listed.PERSON, code=code, name=code.title(), phone="0661000000")
    for sku in SKUS:
        desk.goods.add_product(sku, f"Produit {sku}", [f"611100000{SKUS.index(sku)}"])
        for place, pieces in zip(places, (ON_SHELF, 1), strict=True):
            desk.goods.receive(place, sku, pieces)
    database.close()


_QUERIES = {table: select(table).order_by(*table.primary_key.columns) for table in LOOKED_AT}


@dataclass(frozen=True)
class Books:
    """All rows of the tables that invariants look at, read together, and the facts of every order."""

    tables: dict[str, list[Row]]
    facts: dict[str, OrderFacts]
    """By reference, oldest first, deleted ones too."""

    def __getitem__(self, table: Table) -> list[Row]:
        return self.tables[table.name]


def read_books(database: Database) -> Books:
    """Read them."""
    with database.read() as uow:
        found = {table.name: uow.execute(query).mappings() for table, query in _QUERIES.items()}
        tables = {name: [dict(row) for row in each] for name, each in found.items()}
    return Books(tables, {row["reference"]: facts_of_row(row) for row in tables["orders"]})


def note_of(mark: int) -> str:
    """Return the note by which an order is known again, whatever reference it carries."""
    return f"n° {mark}"


def _mixed(number: int, mark: int) -> int:
    return ((number + 1) * 7_919 ^ mark) * 2_654_435_761 % 2**32


@dataclass
class Memory:
    """What the walk knows of the papers that were made; a restored copy of the database takes it back in time."""

    labels: dict[str, Any] = field(default_factory=dict)
    """What stood on the newest label of an order: (attempt, details)."""
    allowed: dict[str, Any] = field(default_factory=dict)
    """What an order said when somebody let its parcel go as it is."""
    sheets: dict[int, list[Any]] = field(default_factory=dict)
    """What stood on each hand-over when it was closed."""


class World:
    """One database, the desks of two workers at two stations, and what every deed may choose from."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url, self.folder = url, folder
        self.clock = Clock()
        self.memory = Memory()
        self.options: dict[str, int] = {}
        """Every reference that was ever given, restored or not, with the mark of the order that got it."""
        self.numbered: dict[tuple[str, int], datetime] = {}
        """Every number of a label run or a hand-over that was ever given, with the moment at which it was."""
        self.copies: list[tuple[Path, Memory]] = []
        self.may_lack = False
        """Whether somebody shipped more than lay there."""
        self.lets_go = False
        """Whether the present deed lets parcels go as they are, with an old label or uncounted."""
        self.had_to_stay: dict[str, str] = {}
        """The orders that no deed may take along as they are, with the reason, as it was before the present one."""
        self.events_before = 0
        self.answers: Counter[tuple[str, str]] = Counter()
        self.open()

    def open(self) -> None:
        """Open the database and sign everybody in."""
        self.database = Database(self.url)
        self.desks = [a_desk(self.database, user=u, station=s, now=self.clock) for u, s in WORKERS]
        self.rest = a_desk(self.database, user="Boutique", station="API", source=Source.REST, now=self.clock)
        first = self.desks[0]
        self.products = {product.sku: product.id for product in first.goods.products()}
        places = first.directories.warehouses()
        self.own = [place.id for place in places if place.shipping_company_id is None]
        self.companies = [company.id for company in first.directories.companies()]
        self.persons = [person.id for person in first.directories.persons()]
        self.look()

    def look(self) -> None:
        """Read the books as they are now."""
        self.books = read_books(self.database)

    def close(self) -> None:
        """Leave the database."""
        self.database.close()

    @property
    def desk(self) -> Desk:
        """The desk of the first worker, who looks at things."""
        return self.desks[0]

    @property
    def today(self) -> date:
        """The day at the stations."""
        return self.desk.context.today()

    def wait(self, minutes: int) -> None:
        """Let time pass."""
        self.clock.advance(minutes=minutes, seconds=1)

    # --- orders -------------------------------------------------------------------------------------------------

    def facts(self, reference: str) -> OrderFacts:
        """Return an order as the rules saw it after the deed before."""
        return self.books.facts[reference]

    def events_of_deed(self) -> list[Row]:
        """Return what the present deed wrote into the histories of orders."""
        return self.books[order_event][self.events_before :]

    @property
    def touched_last(self) -> str:
        """The order that was changed last."""
        events = self.books[order_event]
        return next(
            (name for name, each in self.books.facts.items() if events and each.id == events[-1]["order_id"]), "-"
        )

    def pick(self, number: int, fits: Callable[[OrderFacts], bool] | None = None) -> str:
        """Return an order by a number that was drawn, one that fits if there is any.

        Whether an order is the one does not depend on the others: a shorter history means the same orders.
        """
        known = self.books.facts
        fitting = [each for each in known if fits is not None and fits(self.facts(each))]
        return min(fitting or known, key=lambda each: _mixed(number, self.options[each]), default="ORD-99999")

    def in_status(self, number: int, statuses: Iterable[Status]) -> str:
        """Return an order in one of some statuses, if there is any."""
        wanted = set(statuses)
        return self.pick(number, lambda facts: facts.status in wanted and not facts.deleted)

    def note(self, name: str, results: Iterable[ActionResult]) -> None:
        """Count how a deed was answered."""
        for result in results:
            self.answers[name, result.outcome.value] += 1

    # --- copies of the database ---------------------------------------------------------------------------------

    @property
    def has_copies(self) -> bool:
        """Whether the program itself copies this database."""
        return not self.database.is_postgresql

    def back_up(self) -> None:
        """Copy the database, and remember what was known of its papers."""
        file = self.folder / f"copy-{len(self.copies)}.sqlite"
        maintenance.back_up(self.desk.context, file)
        self.copies.append((file, deepcopy(self.memory)))

    def restore(self, number: int) -> None:
        """Put one of the copies in place of the database."""
        file, memory = self.copies[number % len(self.copies)]
        self.close()
        maintenance.restore(self.url, file)
        self.memory = deepcopy(memory)
        self.open()

    def day_before(self, days: int) -> date:
        """Return a day that lies some days back."""
        return self.today - timedelta(days=days)
