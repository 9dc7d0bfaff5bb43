"""A bulk update of 1,000 statuses, against the same steps as one request each, on both databases."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import partial

from tests.benchmarks import postgres_worlds
from tests.benchmarks.figures import Figure, figure, in_turns
from tests.benchmarks.worlds import SMALL, context_of, copy_of
from tests.support.postgres import PostgresServer
from warehouse_desk.domain.orders.step_options import StepOptions
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.people.caller import Source
from warehouse_desk.domain.results import BulkResult, Outcome
from warehouse_desk.domain.status import Status
from warehouse_desk.services.connect import connect, open_database
from warehouse_desk.services.context import Context
from warehouse_desk.services.desk import Desk

ORDERS = 1_000
ROUNDS = 5

Lend = Callable[[str], AbstractContextManager[Context]]
Wish = tuple[str, Status]

_STEPS = {Status.PACKED: Action.PACK, Status.SHIPPED: Action.SHIP}


def measure() -> list[Figure]:
    """Measure 1,000 statuses of four kinds on SQLite and on PostgreSQL."""
    with postgres_worlds.server() as running:
        places: dict[str, Lend] = {"SQLite": _sqlite, "PostgreSQL": partial(_postgres, running)}
        return [_measured(place, lend, kind) for place, lend in places.items() for kind in _KINDS]


@contextmanager
def _sqlite(name: str) -> Iterator[Context]:
    with copy_of(SMALL, name) as path:
        context = context_of(path)
        yield context
        context.database.close()


@contextmanager
def _postgres(running: PostgresServer, _name: str) -> Iterator[Context]:
    with postgres_worlds.copy_of(running, SMALL) as name:
        database = open_database(running.url(name), "bench")
        yield connect(database, "bench", "bench", None, Source.SCANNER)
        database.close()


def _measured(place: str, lend: Lend, kind: str) -> Figure:
    rounds = []
    with ExitStack() as stack:
        for number in range(ROUNDS):
            ours = Desk(stack.enter_context(lend(f"ours-{number}")))
            theirs = Desk(stack.enter_context(lend(f"bare-{number}")))
            wishes = _KINDS[kind](ours)
            _KINDS[kind](theirs)
            rounds.append((partial(_update, ours, wishes), partial(_act, theirs, wishes)))
        times = in_turns(rounds)
    mine, floor = (min(column) * 1000 for column in zip(*times, strict=True))
    return figure(f"{ORDERS:,} statuses on {place}, {kind}, against steps", mine, floor, "ms", ORDERS)


def _update(desk: Desk, wishes: Sequence[Wish]) -> None:
    place = _given(desk).warehouse_id
    entries = [{"reference": reference, "status": status} for reference, status in wishes]
    leaves = [{**entry, "warehouseId": place} if entry["status"] is Status.SHIPPED else entry for entry in entries]
    _check(desk.orders.update_statuses(leaves))


def _act(desk: Desk, wishes: Sequence[Wish]) -> None:
    for status, action in _STEPS.items():
        references = [reference for reference, wanted in wishes if wanted is status]
        if references:
            _check(desk.orders.act(action, references, _given(desk)))


def _check(answer: BulkResult) -> None:
    if answer.count(Outcome.REFUSED) + answer.count(Outcome.FAILED):
        raise AssertionError(str(next(r.message for r in answer.results if r.outcome is not Outcome.DONE)))


def _given(desk: Desk) -> StepOptions:
    own = next(w.id for w in desk.directories.warehouses() if w.shipping_company_id is None and w.active)
    return StepOptions(date=desk.context.today(), warehouse_id=own)


def _packs(desk: Desk) -> list[Wish]:
    return [(reference, Status.PACKED) for reference in _new(desk, ORDERS)]


def _already(desk: Desk) -> list[Wish]:
    references = _new(desk, ORDERS)
    desk.orders.act(Action.PACK, references)
    return [(reference, Status.PACKED) for reference in references]


def _ships(desk: Desk) -> list[Wish]:
    return [(reference, Status.SHIPPED) for reference, _ in _already(desk)]


def _mixed(desk: Desk) -> list[Wish]:
    ships = _ships(desk)[: ORDERS // 2]
    packs = [(reference, Status.PACKED) for reference in _new(desk, ORDERS // 2)]
    return [wish for pair in zip(ships, packs, strict=True) for wish in pair]


_KINDS: dict[str, Callable[[Desk], list[Wish]]] = {
    "packed": _packs,
    "already packed": _already,
    "shipped": _ships,
    "half packed, half shipped": _mixed,
}


def _new(desk: Desk, how_many: int) -> list[str]:
    """Make orders of one product, of which there is plenty, and of one warehouse alone."""
    if not any(product.sku == "BENCH" for product in desk.goods.products()):
        desk.goods.add_product("BENCH", "Bench", [])
        own = [w for w in desk.directories.warehouses() if w.shipping_company_id is None and w.active]
        desk.goods.receive(own[0].id, "BENCH", 10 * ORDERS)
    line = {"sku": "BENCH", "quantity": 1, "price": 10}
    body = {
        "full_name": "Youssef El Idrissi", "phone": "+212600000001", "city": "Casablanca", "address": "Rue 45",
        "is_fees_paid_by_customer": True, "total": 10, "products": [line],
    }  # fmt: skip
    return list(desk.orders.create([body] * how_many).references)
