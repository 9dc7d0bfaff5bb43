"""Pages and searches at a million orders, against the bare SQL of the same page."""

import sqlite3
from collections.abc import Callable
from functools import partial

from tests.benchmarks.figures import Figure, alternately, figure, median_ms, peak_of
from tests.benchmarks.worlds import LARGE, bare_connection, context_of, world
from warehouse_desk.data.order_lists import OrderFilter, page_after
from warehouse_desk.domain.status import Status
from warehouse_desk.services.context import Context
from warehouse_desk.services.listing import count_by_status, list_orders

ROUNDS = 40
PER_PAGE = 100
_COLUMNS = "id, reference, status, full_name, phone, city, total, created_at, held, label_count, version"
_PAGE = f"SELECT {_COLUMNS} FROM orders WHERE deleted_at IS NULL"
_FOUND = " AND id IN (SELECT rowid FROM order_search WHERE order_search MATCH ?)"
_COUNT = "SELECT count(*) FROM orders WHERE deleted_at IS NULL"


def measure() -> list[Figure]:
    """Measure the first page, a deep page, a page of one status, a search and the counts."""
    path = world(LARGE)
    context, bare = context_of(path), bare_connection(path)
    phone = bare.execute("SELECT phone, phone_key FROM orders WHERE id = 500000").fetchone()
    cases: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
        "first page of all": (partial(_page, context, OrderFilter(), None), _bare(bare, "", None)),
        "deep page of all (after 500,000)": (
            partial(_page, context, OrderFilter(), LARGE // 2),
            _bare(bare, " AND id < ?", None, LARGE // 2),
        ),
        "first page of a status, with its total": (
            partial(list_orders, context, status=Status.PACKED, per_page=PER_PAGE),
            _bare(bare, " AND status = ?", _COUNT, "PACKED"),
        ),
        "search by phone, with its total": (
            partial(list_orders, context, search_by="phone", keyword=phone[0], per_page=PER_PAGE),
            _bare(bare, _FOUND, _COUNT, f'{{phone_key second_phone_key}} : "{phone[1]}"'),
        ),
        "search by a part of a name, with its total": (
            partial(list_orders, context, search_by="full_name", keyword="Benjelloun", per_page=PER_PAGE),
            _bare(bare, _FOUND, _COUNT, '{name_folded} : "benjelloun"'),
        ),
    }
    figures = []
    for name, (work, floor) in cases.items():
        ours, bare_times = alternately((work, floor) for _ in range(ROUNDS))
        figures.append(figure(f"{name}, {LARGE:,} orders", median_ms(ours), median_ms(bare_times), "ms", ROUNDS))
    counts = "SELECT status, count(*) FROM orders WHERE deleted_at IS NULL GROUP BY status"
    ours, bare_times = alternately(
        (partial(count_by_status, context), lambda: bare.execute(counts).fetchall()) for _ in range(10)
    )
    figures.append(figure(f"counts by status, {LARGE:,} orders", median_ms(ours), median_ms(bare_times), "ms", 10))
    context.database.close()
    memory = peak_of(__name__, "only_service"), peak_of(__name__, "only_floor")
    figures.append(figure(f"lists at {LARGE:,} orders, peak memory", *memory, "MB", 1))
    return figures


def _page(context: Context, wanted: OrderFilter, after: int | None) -> object:
    with context.database.read() as uow:
        return page_after(uow, wanted, PER_PAGE, after)


def _bare(connection: sqlite3.Connection, condition: str, count: str | None, *values: object) -> partial[object]:
    return partial(_bare_page, connection, condition, count, values)


def _bare_page(connection: sqlite3.Connection, condition: str, count: str | None, values: tuple[object, ...]) -> object:
    total = connection.execute(count + condition, values).fetchone() if count else None
    query = f"{_PAGE}{condition} ORDER BY id DESC LIMIT {PER_PAGE + (1 if count else 0)}"
    return total, connection.execute(query, values).fetchall()


def only_service() -> None:
    """List, and nothing else: for the memory."""
    context = context_of(world(LARGE))
    list_orders(context, status=Status.PACKED, per_page=PER_PAGE)
    list_orders(context, search_by="full_name", keyword="Benjelloun", per_page=PER_PAGE)
    context.database.close()


def only_floor() -> None:
    """The barest code: for the memory."""
    bare = bare_connection(world(LARGE))
    _bare_page(bare, " AND status = ?", _COUNT, ("PACKED",))
    _bare_page(bare, _FOUND, _COUNT, ('{name_folded} : "benjelloun"',))
