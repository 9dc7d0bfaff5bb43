"""The board's reports at a million orders, against the bare SQL of the same figures."""

import sqlite3
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from tests.benchmarks.figures import Figure, alternately, figure, median_ms
from tests.benchmarks.worlds import LARGE, bare_connection, context_of, world
from warehouse_desk.common.clock import now_utc
from warehouse_desk.services.context import Context
from warehouse_desk.services.reports import Reports

ROUNDS = 5
_STAMP = "%Y-%m-%d %H:%M:%S.%f"

_REACHED = """
    SELECT status_after, count(DISTINCT order_id) FROM order_event
    WHERE at >= ? AND at < ? AND status_before IS NOT status_after GROUP BY status_after"""
_BY_WORKER = """
    SELECT user_name, count(*) FROM order_event
    WHERE at >= ? AND at < ? AND status_before <> status_after GROUP BY user_name"""
_BY_HOUR = """
    SELECT substr(at, 12, 2), count(*) FROM order_event
    WHERE at >= ? AND at < ? AND status_before <> status_after GROUP BY 1"""
_LYING = """
    SELECT count(*) FROM orders
    WHERE status IN ('PACKED', 'WAITING_FOR_SHIPPING_COMPANY') AND deleted_at IS NULL AND status = ?
    AND updated_at < ?"""
_SHORT_LINES = """
    SELECT order_line.order_id, order_line.product_id, sum(order_line.quantity)
    FROM orders JOIN order_line ON order_line.order_id = orders.id
    WHERE orders.deleted_at IS NULL AND orders.status = 'OUT_OF_STOCK'
    GROUP BY order_line.order_id, order_line.product_id"""
_AVAILABLE = """
    SELECT product.id, sum(stock.on_hand) - product.committed FROM product
    JOIN stock ON stock.product_id = product.id JOIN warehouse ON warehouse.id = stock.warehouse_id
    WHERE warehouse.shipping_company_id IS NULL GROUP BY product.id"""
_ENDED = """
    SELECT city_id, shipping_company_id, count(*) FROM orders
    WHERE status = '{status}' AND deleted_at IS NULL AND {day} >= ? GROUP BY city_id, shipping_company_id"""


def measure() -> list[Figure]:
    """Measure each report on the last day of the world."""
    path = world(LARGE)
    floor = bare_connection(path)
    (last,) = floor.execute("SELECT max(at) FROM order_event").fetchone()
    evening = datetime.fromisoformat(last).replace(tzinfo=now_utc().tzinfo)
    opened = context_of(path)
    context = Context(opened.database, opened.caller, lambda: evening)
    reports = Reports(context)
    cases: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
        "today": (reports.today, partial(_today, floor, evening)),
        "stuck": (reports.stuck, partial(_stuck, floor, evening)),
        "shorts": (reports.shorts, partial(_shorts, floor)),
        "returns": (reports.returns, partial(_returns, floor, evening)),
    }
    figures = []
    for name, (work, barest) in cases.items():
        work(), barest()
        ours, bare_times = alternately((work, barest) for _ in range(ROUNDS))
        told = f"report {name}, {LARGE:,} orders"
        figures.append(figure(told, median_ms(ours), median_ms(bare_times), "ms", ROUNDS))
    context.database.close()
    floor.close()
    return figures


def _today(connection: sqlite3.Connection, evening: datetime) -> None:
    midnight = evening.replace(hour=0, minute=0, second=0, microsecond=0)
    day = (midnight.strftime(_STAMP), (midnight + timedelta(days=1)).strftime(_STAMP))
    for sql in (_REACHED, _BY_WORKER, _BY_HOUR):
        connection.execute(sql, day).fetchall()


def _stuck(connection: sqlite3.Connection, evening: datetime) -> None:
    for status, hours in (("PACKED", 24), ("WAITING_FOR_SHIPPING_COMPANY", 48)):
        connection.execute(_LYING, (status, (evening - timedelta(hours=hours)).strftime(_STAMP))).fetchall()


def _shorts(connection: sqlite3.Connection) -> None:
    connection.execute(_AVAILABLE).fetchall()
    connection.execute(_SHORT_LINES).fetchall()


def _returns(connection: sqlite3.Connection, evening: datetime) -> None:
    since = ((evening - timedelta(days=29)).date().isoformat(),)
    for status, day in (("DELIVERED", "delivered_on"), ("RETURNED", "returned_on")):
        connection.execute(_ENDED.format(status=status, day=day), since).fetchall()
