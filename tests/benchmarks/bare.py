"""The floors: the same work by the barest code, with nothing loaded but Python's own sqlite3."""

import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path

_COLUMNS = "id, reference, status, full_name, phone, city, total, created_at, held, label_count, version"
PAGE = f"SELECT {_COLUMNS} FROM orders WHERE deleted_at IS NULL"
COUNT = "SELECT count(*) FROM orders WHERE deleted_at IS NULL"
FOUND = " AND id IN (SELECT rowid FROM order_search WHERE order_search MATCH ?)"
_NEW = "SELECT id FROM orders WHERE status = 'NEW' AND deleted_at IS NULL ORDER BY id LIMIT ?"
_AMONG = "(SELECT value FROM json_each(?))"


def connect(path: Path | str, pragmas: Iterable[str]) -> sqlite3.Connection:
    """Open a database with the pragmas that the program uses."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in pragmas:
        connection.execute(pragma)
    return connection


def new_orders(connection: sqlite3.Connection, how_many: int) -> list[int]:
    return [number for (number,) in connection.execute(_NEW, (how_many,))]


def pack(connection: sqlite3.Connection, ids: list[int]) -> None:
    """Pack orders by set-based statements: order, audit, outbox, change log."""
    listed = (json.dumps(ids),)
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(
        "UPDATE orders SET status = 'PACKED', previous_status = 'NEW', packed_on = '2026-01-31', "
        f"version = version + 1, updated_at = '2026-01-31 10:00:00.000000' WHERE status = 'NEW' AND id IN {_AMONG}",
        listed,
    )
    connection.execute(
        "INSERT INTO order_event (order_id, kind, status_before, status_after, version, at, user_name, source, "
        "before, after) SELECT id, 'pack', 'NEW', 'PACKED', version, '2026-01-31 10:00:00.000000', 'bench', 'scanner', "
        f"'{{}}', '{{}}' FROM orders WHERE id IN {_AMONG}",
        listed,
    )
    connection.execute(
        "INSERT INTO outbox (op_uuid, order_id, seq_in_order, kind, payload_json, from_status, to_status, "
        "action_at_utc, action_local, tz, state) SELECT lower(hex(randomblob(16))), id, version, 'status', '{}', "
        "'NEW', 'PACKED', '2026-01-31 10:00:00.000000', '2026-01-31T11:00:00', 'UTC', 'PENDING' "
        f"FROM orders WHERE id IN {_AMONG}",
        listed,
    )
    connection.execute(
        "INSERT INTO change_log (order_id, version, kind, at) SELECT id, version, 'pack', "
        f"'2026-01-31 10:00:00.000000' FROM orders WHERE id IN {_AMONG}",
        listed,
    )
    connection.execute("COMMIT")


def page(
    connection: sqlite3.Connection, per_page: int, condition: str, values: tuple[object, ...], *, total: bool
) -> object:
    """Read a page, and where asked the exact number of orders that match."""
    number = connection.execute(COUNT + condition, values).fetchone() if total else None
    query = f"{PAGE}{condition} ORDER BY id DESC LIMIT {per_page + (1 if total else 0)}"
    return number, connection.execute(query, values).fetchall()


def only_bulk(path: str, pragmas: str, how_many: str) -> None:
    """Pack many at once and nothing else: for the memory."""
    connection = connect(path, json.loads(pragmas))
    pack(connection, new_orders(connection, int(how_many)))
    connection.close()


def only_scans(path: str, pragmas: str, how_many: str) -> None:
    """Pack one by one and nothing else: for the memory."""
    connection = connect(path, json.loads(pragmas))
    for number in new_orders(connection, int(how_many)):
        pack(connection, [number])
    connection.close()


def only_lists(path: str, pragmas: str, per_page: str) -> None:
    """List and search and nothing else: for the memory."""
    connection = connect(path, json.loads(pragmas))
    page(connection, int(per_page), " AND status = ?", ("PACKED",), total=True)
    page(connection, int(per_page), FOUND, ('{name_folded} : "benjelloun"',), total=True)
    connection.close()
