"""Pages and searches at a million orders, against the bare SQL of the same page."""

import sqlite3
from collections.abc import Callable
from functools import partial

from tests.benchmarks import bare
from tests.benchmarks.figures import Figure, alternately, figure, median_ms, peak_of
from tests.benchmarks.worlds import LARGE, bare_connection, context_of, floor_peak, world
from warehouse_desk.data.orders.lists import page_after
from warehouse_desk.domain.orders.finding import Anchor, OrderFilter
from warehouse_desk.domain.status import Status
from warehouse_desk.services.context import Context
from warehouse_desk.services.orders.orders import Orders

ROUNDS = 40
PER_PAGE = 100


def measure() -> list[Figure]:
    """Measure the first page, a deep page, a page of one status, a search and the counts."""
    path = world(LARGE)
    context, floor = context_of(path), bare_connection(path)
    orders = Orders(context)
    phone = floor.execute("SELECT phone, phone_keys FROM orders WHERE id = 500000").fetchone()
    cases: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
        "first page of all": (partial(_page, context, OrderFilter(), None), _bare(floor, "", total=False)),
        "deep page of all (after 500,000)": (
            partial(_page, context, OrderFilter(), (None, LARGE // 2)),
            _bare(floor, " AND id < ?", LARGE // 2, total=False),
        ),
        "first page of a status, with its total": (
            partial(orders.find, OrderFilter(Status.PACKED), per_page=PER_PAGE),
            _bare(floor, " AND status = ?", "PACKED", total=True),
        ),
        "search by phone, with its total": (
            partial(orders.find, OrderFilter(search_by="phone", keyword=phone[0]), per_page=PER_PAGE),
            _bare(floor, bare.FOUND, f'{{phone_keys}} : "{phone[1].split()[0]}"', total=True),
        ),
        "search by a part of a name, with its total": (
            partial(orders.find, OrderFilter(search_by="full_name", keyword="Benjelloun"), per_page=PER_PAGE),
            _bare(floor, bare.FOUND, '{name_folded} : "benjelloun"', total=True),
        ),
    }
    figures = []
    for name, (work, barest) in cases.items():
        ours, bare_times = alternately((work, barest) for _ in range(ROUNDS))
        figures.append(figure(f"{name}, {LARGE:,} orders", median_ms(ours), median_ms(bare_times), "ms", ROUNDS))
    counts = "SELECT status, count(*) FROM orders WHERE deleted_at IS NULL GROUP BY status"
    ours, bare_times = alternately((orders.counts, lambda: floor.execute(counts).fetchall()) for _ in range(10))
    figures.append(figure(f"counts by status, {LARGE:,} orders", median_ms(ours), median_ms(bare_times), "ms", 10))
    context.database.close()
    memory = peak_of(__name__, "only_service"), floor_peak("only_lists", path, PER_PAGE)
    figures.append(figure(f"lists at {LARGE:,} orders, peak memory", *memory, "MB", 1))
    return figures


def _page(context: Context, order_filter: OrderFilter, after: Anchor | None) -> object:
    with context.database.read() as uow:
        return page_after(uow, order_filter, PER_PAGE, after)


def _bare(connection: sqlite3.Connection, condition: str, *values: object, total: bool) -> partial[object]:
    return partial(bare.page, connection, PER_PAGE, condition, values, total=total)


def only_service() -> None:
    """List, and nothing else: for the memory."""
    context = context_of(world(LARGE))
    orders = Orders(context)
    orders.find(OrderFilter(Status.PACKED), per_page=PER_PAGE)
    orders.find(OrderFilter(search_by="full_name", keyword="Benjelloun"), per_page=PER_PAGE)
    context.database.close()
