"""A desk with goods on its shelves, and orders brought to every status by the services themselves."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Table, select, text

from warehouse_desk.data.engine.database import Database, UnitOfWork
from warehouse_desk.data.schema import upgrade as schema
from warehouse_desk.data.tables import change_log, metadata, order_event, orders, outbox, stock_movement
from warehouse_desk.domain.directories.entries import Listed
from warehouse_desk.domain.orders.order import OrderFacts
from warehouse_desk.domain.orders.step_options import StepOptions
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.people.abilities import ALL_ABILITIES, Ability
from warehouse_desk.domain.people.caller import Source
from warehouse_desk.domain.results import ActionResult, Outcome
from warehouse_desk.domain.status import Status
from warehouse_desk.services.context import Context
from warehouse_desk.services.desk import Desk
from warehouse_desk.services.people.sign_in import sign_in

MORNING = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)

Row = dict[str, Any]


@dataclass
class Clock:
    """The station's clock, moved by the test."""

    moment: datetime = MORNING

    def __call__(self) -> datetime:
        return self.moment

    def advance(self, **amount: float) -> None:
        self.moment += timedelta(**amount)


def upgrade(url: str) -> None:
    """Give an empty database the schema."""
    database = Database(url)
    schema.upgrade(database)
    database.close()


@contextmanager
def an_open_database(url: str) -> Iterator[Database]:
    """Open a database, with the schema, for one test."""
    database = Database(url)
    try:
        schema.upgrade(database)
        yield database
    finally:
        database.close()


def a_desk(
    database: Database,
    *,
    user: str = "Salma",
    station: str = "Poste 1",
    source: Source = Source.DESK,
    now: Callable[[], datetime] | None = None,
) -> Desk:
    """Return the desk of a worker at a station of a database without users."""
    caller = sign_in(database, station, user, None, source)
    return Desk(Context(database, caller, now or Clock()))


def an_order_body(**fields: Any) -> Row:
    """Return one order of a create body: one argan oil for Youssef in Casablanca, unless told otherwise."""
    body: Row = {
        "full_name": "Youssef El Idrissi",
        "phone": "+212600000001",
        "city": "Casablanca",
        "address": "Rue 45, Maarif",
        "is_fees_paid_by_customer": True,
        "total": 399,
        "products": [a_line()],
    }
    return {**body, **fields}


def a_line(sku: str = "ARGAN-50", quantity: int = 1, price: float = 399) -> Row:
    """Return one product of an order body."""
    return {"sku": sku, "quantity": quantity, "price": price}


def facts(**fields: Any) -> OrderFacts:
    """Return what the rules see of an order."""
    known: Row = {"id": 1, "reference": "ORD-00001", "status": Status.NEW, "version": 1}
    return OrderFacts(**{**known, **fields})


@dataclass
class Shop:
    """An open database with goods on the shelf, and the desk of one worker."""

    desk: Desk
    clock: Clock
    warehouse: int
    company: int
    person: int
    products: dict[str, int] = field(default_factory=dict)

    @property
    def database(self) -> Database:
        return self.desk.context.database

    @property
    def context(self) -> Context:
        return self.desk.context

    def a_product(self, sku: str, *, on_shelf: int = 0, name: str = "", barcodes: Sequence[str] = ()) -> int:
        """Add a product with stock in our warehouse."""
        self.products[sku] = self.desk.goods.add_product(sku, name or f"Produit {sku}", barcodes).id
        if on_shelf:
            self.desk.goods.receive(self.warehouse, sku, on_shelf)
        return self.products[sku]

    def desk_of(
        self,
        user: str = "Salma",
        station: str = "Poste 1",
        *,
        abilities: frozenset[Ability] = ALL_ABILITIES,
        source: Source = Source.DESK,
    ) -> Desk:
        """Return the desk of another worker, another station, another role or another entrance."""
        caller = sign_in(self.database, station, user, None, source)
        return Desk(Context(self.database, replace(caller, abilities=abilities), self.clock))

    def desk_of_user(self, user: str, role: str, station: str = "Poste 1") -> Desk:
        """Return the desk of a user of the database, who is added where there is none of that name."""
        if user not in {known.name for known in self.desk.people.users()}:
            self.desk.people.add(user, "motdepasse", role)
        caller = sign_in(self.database, station, user, "motdepasse", Source.DESK)
        return Desk(Context(self.database, caller, self.clock))

    def options(self, **fields: Any) -> StepOptions:
        """Return everything that any action may need."""
        known: Row = {
            "date": self.context.today(),
            "warehouse_id": self.warehouse,
            "reason": "Le client a changé d'avis",
            "person_id": self.person,
            "company_id": self.company,
            "from_stock": False,
        }
        return StepOptions(**{**known, **fields})

    def create(self, *bodies: Row) -> tuple[str, ...]:
        """Create orders and return their references."""
        return self.desk.orders.create({"orders": list(bodies) or [an_order_body()]}).references

    def do(self, action: Action, *references: str, **options: Any) -> tuple[ActionResult, ...]:
        """Do a step with everything it may need given, whatever comes of it."""
        return self.desk.orders.act(action, references, self.options(**options)).results

    def done(self, action: Action, *references: str, **options: Any) -> None:
        """Do a step that must succeed."""
        for result in self.do(action, *references, **options):
            assert result.outcome is Outcome.DONE, str(result.message)

    def orders_in(self, status: Status, how_many: int = 1, **fields: Any) -> tuple[str, ...]:
        """Bring new orders to a status by the usual road and return their references."""
        references = self.create(*[an_order_body(**fields) for _ in range(how_many)])
        for action in ROADS[status]:
            self.done(action, *references)
        return references

    def order_in(self, status: Status, **fields: Any) -> str:
        """Bring one new order to a status."""
        return self.orders_in(status, 1, **fields)[0]

    def facts(self, reference: str) -> OrderFacts:
        """Return an order as the rules see it, deleted ones too."""
        return facts_in(self.database, reference)

    def status(self, reference: str) -> Status:
        """Return where an order stands."""
        return self.facts(reference).status

    def on_hand(self, sku: str = "ARGAN-50", warehouse: str = "CASA") -> int:
        """Return what lies of a product in a warehouse."""
        return sum(r.on_hand for r in self.desk.goods.stock() if (r.sku, r.warehouse) == (sku, warehouse))

    def inspection(self, sku: str = "ARGAN-50", warehouse: str = "CASA") -> int:
        """Return what waits in inspection of a product in a warehouse."""
        return sum(r.inspection for r in self.desk.goods.stock() if (r.sku, r.warehouse) == (sku, warehouse))

    def committed(self, sku: str = "ARGAN-50") -> int:
        """Return what is promised of a product."""
        return next(p.committed for p in self.desk.goods.products() if p.sku == sku)

    def events(self, reference: str) -> list[Row]:
        """Return the audit of an order."""
        return rows(self.database, order_event, order_id=self.facts(reference).id)

    def operations(self, reference: str) -> list[Row]:
        """Return what the server is still to be told of an order."""
        return rows(self.database, outbox, order_id=self.facts(reference).id)

    def changes(self, reference: str) -> list[Row]:
        """Return what other stations are told of an order."""
        return rows(self.database, change_log, order_id=self.facts(reference).id)

    def movements(self, reference: str) -> list[tuple[str, int]]:
        """Return kind and quantity of an order's stock movements, oldest first."""
        found = rows(self.database, stock_movement, order_id=self.facts(reference).id)
        return [(row["kind"], row["quantity"]) for row in found]


ROADS: dict[Status, tuple[Action, ...]] = {
    Status.NEW: (),
    Status.PACKED: (Action.PACK,),
    Status.WAITING: (Action.PACK, Action.PUSH),
    Status.SHIPPED: (Action.PACK, Action.SHIP),
    Status.DELIVERED: (Action.PACK, Action.SHIP, Action.DELIVER),
    Status.RETURNED: (Action.PACK, Action.SHIP, Action.RETURN),
    Status.CANCELED: (Action.CANCEL,),
    Status.OUT_OF_STOCK: (Action.OUT_OF_STOCK,),
    Status.ROLLBACK: (Action.PACK, Action.SHIP, Action.ROLLBACK),
}


def open_shop(database: Database, *, on_shelf: int = 1_000) -> Shop:
    """Furnish an empty database: a warehouse, a company, a person, argan oil and black soap on the shelf."""
    clock = Clock()
    desk = a_desk(database, now=clock)
    warehouse = desk.directories.add(Listed.WAREHOUSE, code="CASA", name="Casablanca").id
    company = desk.directories.add(Listed.COMPANY, code="AMANA", name="Amana").id
    person = desk.directories.add(Listed.PERSON, code="HAMID", name="Hamid", phone="0661000000").id
    shop = Shop(desk, clock, warehouse, company, person)
    shop.a_product("ARGAN-50", on_shelf=on_shelf, barcodes=["6111000000017"])
    shop.a_product("SAVON-N", on_shelf=on_shelf)
    return shop


def facts_in(database: Database, reference: str) -> OrderFacts:
    """Read an order's facts whether or not it is deleted."""
    return facts_of_row(rows(database, orders, reference=reference)[0])


def facts_of_row(row: Row) -> OrderFacts:
    """Return the facts of a whole row of ``orders``."""
    values = {name: row[name] for name in set(OrderFacts._fields) - {"deleted"}}
    for name in ("status", "previous_status", "resume_status"):
        values[name] = None if values[name] is None else Status(values[name])
    return OrderFacts(**values, deleted=row["deleted_at"] is not None)


def rows(database: Database, table: Table, **where: Any) -> list[Row]:
    """Return the rows of a table, oldest first."""
    query = select(table).where(*(table.c[name] == value for name, value in where.items()))
    with database.read() as uow:
        return [dict(row) for row in uow.execute(query.order_by(*table.primary_key.columns)).mappings()]


def everything(database: Database) -> dict[str, list[Row]]:
    """Return every row of every table, to see that a failed step left no trace.

    But what was answered to a request: a refusal is kept for whoever repeats it, as a reading of the scanner is.
    """
    return {table.name: rows(database, table) for table in metadata.sorted_tables if table.name != "request"}


def run_sql(database: Database, *statements: str) -> None:
    """Change a database behind the services' back."""

    def work(uow: UnitOfWork) -> None:
        for statement in statements:
            uow.execute(text(statement))

    database.transact(work)


def refuse_inserts(database: Database, table: str) -> None:
    """Make every further insert into a table fail, as a full or broken disk would."""
    if database.is_postgresql:
        run_sql(
            database,
            "CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'broken'; END $$",
            f"CREATE TRIGGER broken BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION broken()",
        )
    else:
        run_sql(database, f"CREATE TRIGGER broken BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'broken'); END")
