"""A scan from code to disk, against the same statements in bare sqlite3 with the same pragmas.

The program and its floor, at 10,000 and at 1,000,000 orders, take turns scan by scan on four equal databases.
"""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from tests.benchmarks.figures import Figure, figure, in_turns, median_ms, peak_of, percentile_ms
from tests.benchmarks.worlds import LARGE, SMALL, Recorder, bare_connection, context_of, copy_of, floor_peak, replay
from warehouse_desk.domain.orders.finding import OrderFilter
from warehouse_desk.domain.orders.step_options import StepOptions
from warehouse_desk.domain.status import Status
from warehouse_desk.services.context import Context
from warehouse_desk.services.desk import Desk
from warehouse_desk.services.directories.directories import Directories
from warehouse_desk.services.orders.orders import Orders

SCANS = 400
WARM = 20
"""The first ones fill the caches of both."""

Work = Callable[[], object]


def measure() -> list[Figure]:
    """Measure pack and ship scans at 10,000 and at 1,000,000 orders."""
    figures = []
    for mode, status in (("pack", Status.NEW), ("ship", Status.PACKED)):
        figures += _mode(mode, status)
    with copy_of(LARGE, "ours") as path:
        ours_peak = peak_of(__name__, "only_service", str(path))
    with copy_of(LARGE, "ours") as path:
        memory = ours_peak, floor_peak("only_scans", path, SCANS)
    figures.append(figure(f"scan at {LARGE:,} orders, peak memory", *memory, "MB", SCANS))
    return figures


def _mode(mode: str, status: Status) -> list[Figure]:
    with ExitStack() as stack:
        works = [work for orders in (SMALL, LARGE) for work in _works(stack, orders, mode, status)]
        times = in_turns(zip(*works, strict=True))[WARM:]
    small, small_floor, large, large_floor = (list(column) for column in zip(*times, strict=True))
    figures = []
    for orders, ours, floor in ((SMALL, small, small_floor), (LARGE, large, large_floor)):
        name, p99 = f"scan {mode} at {orders:,} orders", (percentile_ms(ours, 0.99), percentile_ms(floor, 0.99))
        figures.append(figure(f"{name}, median", median_ms(ours), median_ms(floor), "ms", len(ours)))
        figures.append(figure(f"{name}, p99", *p99, "ms", len(ours)))
    name = f"scan {mode} at {LARGE:,} against {SMALL:,} orders"
    figures.append(figure(name, median_ms(large), median_ms(small), "ms", len(large)))
    return figures


def _works(stack: ExitStack, orders: int, mode: str, status: Status) -> tuple[Sequence[Work], Sequence[Work]]:
    """Return the scans of the program and the same ones by the barest code, each on a database of its own."""
    recorder = Recorder()
    with copy_of(orders, "noted") as noted:
        context = context_of(noted)
        references, given = _work(context, status)
        for reference in references:
            recorder.unit(context, partial(Desk(context).scanning.scan, mode, reference, given))
        context.database.close()
    context = context_of(stack.enter_context(copy_of(orders, f"ours-{orders}")))
    stack.callback(context.database.close)
    connection = bare_connection(stack.enter_context(copy_of(orders, f"bare-{orders}")))
    stack.callback(connection.close)
    scan = Desk(context).scanning.scan
    ours = [partial(scan, mode, reference, given) for reference in references]
    return ours, [partial(replay, connection, unit) for unit in recorder.units]


def _work(context: Context, status: Status) -> tuple[list[str], StepOptions]:
    page = Orders(context).find(OrderFilter(status), per_page=SCANS)
    own = next(w for w in Directories(context).warehouses() if w.shipping_company_id is None)
    return [row.reference for row in page.rows], StepOptions(date=context.today(), warehouse_id=own.id)


def only_service(path: str) -> None:
    """Scan, and nothing else: for the memory."""
    context = context_of(Path(path))
    references, given = _work(context, Status.NEW)
    scan = Desk(context).scanning.scan
    for reference in references:
        scan("pack", reference, given)
    context.database.close()
