"""The first page of every offered sort within typical filters at a million orders.

Each is measured beside the same question left to the database's choice of indexes. ``WAREHOUSE_DESK_BENCH_DATABASE``
names another database, such as one of PostgreSQL, in place of the SQLite world.
"""

import os
from collections.abc import Callable
from functools import partial

from sqlalchemy import select

from tests.benchmarks.figures import Figure, alternately, figure, median_ms
from tests.benchmarks.worlds import LARGE, world
from warehouse_desk.data.engine.database import Database, sqlite_url
from warehouse_desk.data.orders.filters import conditions, sorting
from warehouse_desk.data.orders.lists import page_from
from warehouse_desk.data.orders.row_columns import ROW_COLUMNS
from warehouse_desk.data.tables import orders
from warehouse_desk.domain.orders.finding import OrderFilter, Sort, SortKey
from warehouse_desk.domain.status import Status

_ROUNDS = 3
_PAGE = 200
_SORTS = [Sort(key, descending) for key in SortKey for descending in (False, True)]


def measure() -> list[Figure]:
    """Measure each sort within each filter."""
    url = os.environ.get("WAREHOUSE_DESK_BENCH_DATABASE")
    database = Database(url or sqlite_url(world(LARGE)))
    figures = []
    for name, order_filter in _filters(database).items():
        for sort in _SORTS:
            pairs: list[tuple[Callable[[], object], Callable[[], object]]] = [
                (partial(_ours, database, order_filter, sort), partial(_left_alone, database, order_filter, sort))
            ]
            ours, alone = alternately(pairs * _ROUNDS)
            label = f"first page, {name}, sorted by {sort}"
            figures.append(figure(label, median_ms(ours), median_ms(alone), "ms", _ROUNDS))
    database.close()
    return figures


def _filters(database: Database) -> dict[str, OrderFilter]:
    with database.read() as uow:
        columns = ("city_id", "shipping_company_id", "delivery_person_id")
        city, company, person = (
            int(uow.table(select(orders.c[name]).where(orders.c[name].is_not(None)).limit(1))[0][0]) for name in columns
        )
    return {
        **{status.value: OrderFilter(status) for status in (Status.NEW, Status.DELIVERED, Status.ROLLBACK)},
        "a city": OrderFilter(city_id=city),
        "a company": OrderFilter(shipping_company_id=company),
        "a person": OrderFilter(delivery_person_id=person),
        "on hold": OrderFilter(held=True),
        "printed": OrderFilter(printed=True),
        "a name": OrderFilter(keyword="Benjelloun"),
        "a phone": OrderFilter(keyword="0612345"),
        "DELIVERED in a city": OrderFilter(Status.DELIVERED, city_id=city),
    }


def _ours(database: Database, order_filter: OrderFilter, sort: Sort) -> object:
    with database.read() as uow:
        return page_from(uow, order_filter, _PAGE, None, sort)


def _left_alone(database: Database, order_filter: OrderFilter, sort: Sort) -> object:
    with database.read() as uow:
        query = select(*ROW_COLUMNS).where(*conditions(uow, order_filter)).order_by(*sorting(sort)).limit(_PAGE)
        return uow.table(query)
