"""A bulk pack of 10,000 orders, against the bare set-based SQL."""

import json
import sqlite3
from functools import partial
from pathlib import Path

from tests.benchmarks.figures import Figure, figure, peak_of, timed
from tests.benchmarks.worlds import LARGE, Recorder, bare_connection, context_of, copy_of
from warehouse_desk.domain.results import Outcome
from warehouse_desk.domain.transitions import Action
from warehouse_desk.services.act import act
from warehouse_desk.services.context import Context

ORDERS = 10_000
ROUNDS = 3
_NEW = "SELECT id FROM orders WHERE status = 'NEW' AND deleted_at IS NULL ORDER BY id LIMIT ?"


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
            floors.append(timed(partial(_bare_pack, connection, ids)))
            connection.close()
    memory = peak_of(__name__, "only_service"), peak_of(__name__, "only_floor")
    return [
        figure(f"bulk pack of {ORDERS:,} orders", min(ours) * 1000, min(floors) * 1000, "ms", ORDERS),
        figure(f"bulk pack of {ORDERS:,} orders, statements", statements, 4, "statements", ORDERS),
        figure(f"bulk pack of {ORDERS:,} orders, peak memory", *memory, "MB", ORDERS),
    ]


def _new_orders(path: Path) -> list[int]:
    with sqlite3.connect(path) as connection:
        found = [number for (number,) in connection.execute(_NEW, (ORDERS,))]
    connection.close()
    return found


def _pack(context: Context, ids: list[int]) -> None:
    answer = act(context, Action.PACK, ids)
    if answer.count(Outcome.DONE) != len(ids):
        raise AssertionError("not all were packed")


def _bare_pack(connection: sqlite3.Connection, ids: list[int]) -> None:
    among = "(SELECT value FROM json_each(?))"
    listed = json.dumps(ids)
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(
        "UPDATE orders SET status = 'PACKED', previous_status = 'NEW', packed_on = '2026-01-31', "
        f"version = version + 1, updated_at = '2026-01-31 10:00:00.000000' WHERE status = 'NEW' AND id IN {among}",
        (listed,),
    )
    connection.execute(
        "INSERT INTO order_event (order_id, kind, status_before, status_after, version, at, user_name, source, "
        "before, after) SELECT id, 'pack', 'NEW', 'PACKED', version, '2026-01-31 10:00:00.000000', 'bench', 'scanner', "
        f"'{{}}', '{{}}' FROM orders WHERE id IN {among}",
        (listed,),
    )
    connection.execute(
        "INSERT INTO outbox (op_uuid, order_id, seq_in_order, kind, payload_json, from_status, to_status, "
        "action_at_utc, action_local, tz, state) SELECT lower(hex(randomblob(16))), id, version, 'status', '{}', "
        "'NEW', 'PACKED', '2026-01-31 10:00:00.000000', '2026-01-31T11:00:00', 'UTC', 'PENDING' "
        f"FROM orders WHERE id IN {among}",
        (listed,),
    )
    connection.execute(
        "INSERT INTO change_log (order_id, version, kind, at) SELECT id, version, 'pack', "
        f"'2026-01-31 10:00:00.000000' FROM orders WHERE id IN {among}",
        (listed,),
    )
    connection.execute("COMMIT")


def only_service() -> None:
    """Pack, and nothing else: for the memory."""
    with copy_of(LARGE, "memory") as path:
        context = context_of(path)
        _pack(context, _new_orders(path))
        context.database.close()


def only_floor() -> None:
    """The barest code: for the memory."""
    with copy_of(LARGE, "memory") as path:
        connection = bare_connection(path)
        _bare_pack(connection, _new_orders(path))
        connection.close()
