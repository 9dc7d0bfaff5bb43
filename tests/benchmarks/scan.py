"""A scan from code to disk, against the same statements in bare sqlite3 with the same pragmas."""

from functools import partial
from pathlib import Path

from tests.benchmarks.figures import Figure, alternately, figure, median_ms, peak_of, percentile_ms
from tests.benchmarks.worlds import LARGE, SMALL, Recorder, bare_connection, context_of, copy_of, floor_peak, replay
from warehouse_desk.domain.finding import OrderFilter
from warehouse_desk.domain.rules import Given
from warehouse_desk.domain.status import Status
from warehouse_desk.services.context import Context
from warehouse_desk.services.directories import warehouses
from warehouse_desk.services.listing import list_orders
from warehouse_desk.services.scanning import scan

SCANS = 400


def measure() -> list[Figure]:
    """Measure pack and ship scans at 10,000 and at 1,000,000 orders."""
    figures = []
    service: dict[tuple[str, int], float] = {}
    for orders in (SMALL, LARGE):
        for mode, status in (("pack", Status.NEW), ("ship", Status.PACKED)):
            ours, floor = _scans(orders, mode, status)
            service[mode, orders] = median_ms(ours)
            figures += [
                figure(f"scan {mode} at {orders:,} orders, median", median_ms(ours), median_ms(floor), "ms", SCANS),
                figure(
                    f"scan {mode} at {orders:,} orders, p99",
                    percentile_ms(ours, 0.99),
                    percentile_ms(floor, 0.99),
                    "ms",
                    SCANS,
                ),
            ]
    for mode in ("pack", "ship"):
        at_large, at_small = service[mode, LARGE], service[mode, SMALL]
        figures.append(figure(f"scan {mode} at {LARGE:,} against {SMALL:,} orders", at_large, at_small, "ms", SCANS))
    with copy_of(LARGE, "ours") as path:
        ours_peak = peak_of(__name__, "only_service", str(path))
    with copy_of(LARGE, "ours") as path:
        memory = ours_peak, floor_peak("only_scans", path, SCANS)
    figures.append(figure(f"scan at {LARGE:,} orders, peak memory", *memory, "MB", SCANS))
    return figures


def _scans(orders: int, mode: str, status: Status) -> tuple[list[float], list[float]]:
    with copy_of(orders, "noted") as noted, copy_of(orders, "ours") as ours, copy_of(orders, "bare") as bare:
        recorder = Recorder()
        context = context_of(noted)
        references, given = _work(context, status)
        for reference in references:
            recorder.unit(context, partial(scan, context, mode, reference, given))
        context.database.close()
        context, connection = context_of(ours), bare_connection(bare)
        pairs = [
            (partial(scan, context, mode, reference, given), partial(replay, connection, unit))
            for reference, unit in zip(references, recorder.units, strict=True)
        ]
        times = alternately(pairs)
        context.database.close()
        connection.close()
    # The first ones warm the caches of both.
    return times[0][20:], times[1][20:]


def _work(context: Context, status: Status) -> tuple[list[str], Given]:
    page = list_orders(context, OrderFilter(status), per_page=SCANS)
    own = next(w for w in warehouses(context) if w.shipping_company_id is None)
    return [row.reference for row in page.rows], Given(date=context.today(), warehouse_id=own.id)


def only_service(path: str) -> None:
    """Scan, and nothing else: for the memory."""
    context = context_of(Path(path))
    references, given = _work(context, Status.NEW)
    for reference in references:
        scan(context, "pack", reference, given)
    context.database.close()
