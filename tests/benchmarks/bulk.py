"""A bulk pack of 10,000 orders, against the bare set-based SQL."""

from functools import partial
from pathlib import Path

from tests.benchmarks import bare
from tests.benchmarks.figures import Figure, figure, peak_of, timed
from tests.benchmarks.worlds import LARGE, Recorder, bare_connection, context_of, copy_of, floor_peak
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.results import Outcome
from warehouse_desk.services.context import Context
from warehouse_desk.services.orders.orders import Orders

ORDERS = 10_000
ROUNDS = 3


def measure() -> list[Figure]:
    """Measure packing 10,000 of a million orders in one request."""
    ours, floors, statements = [], [], 0
    for _ in range(ROUNDS):
        with copy_of(LARGE, "ours") as path:
            ids = _new_orders(path)
            recorder = Recorder()
            context = context_of(path)
            ours.append(timed(partial(recorder.unit, context, partial(_pack, context, ids))))
            context.database.close()
            statements = len(recorder.units[0])
        with copy_of(LARGE, "bare") as path:
            ids = _new_orders(path)
            connection = bare_connection(path)
            floors.append(timed(partial(bare.pack, connection, ids)))
            connection.close()
    with copy_of(LARGE, "ours") as path:
        memory = peak_of(__name__, "only_service", str(path)), floor_peak("only_bulk", path, ORDERS)
    return [
        figure(f"bulk pack of {ORDERS:,} orders", min(ours) * 1000, min(floors) * 1000, "ms", ORDERS),
        figure(f"bulk pack of {ORDERS:,} orders, statements", statements, 4, "statements", ORDERS),
        figure(f"bulk pack of {ORDERS:,} orders, peak memory", *memory, "MB", ORDERS),
    ]


def _pack(context: Context, ids: list[int]) -> None:
    answer = Orders(context).act(Action.PACK, ids)
    if answer.count(Outcome.DONE) != len(ids):
        raise AssertionError("not all were packed")


def _new_orders(path: Path) -> list[int]:
    connection = bare_connection(path)
    found = bare.new_orders(connection, ORDERS)
    connection.close()
    return found


def only_service(path: str) -> None:
    """Pack, and nothing else: for the memory."""
    context = context_of(Path(path))
    _pack(context, _new_orders(Path(path)))
    context.database.close()
