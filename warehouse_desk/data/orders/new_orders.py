"""Load new orders by the thousand: every row that creating an order writes, in a few statements a batch."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from warehouse_desk.common.ids import new_id
from warehouse_desk.common.json_text import json_object
from warehouse_desk.data import bulk
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.orders import steps
from warehouse_desk.data.orders.inserts import LINE_COLUMNS, NEW_ORDER_COLUMNS
from warehouse_desk.data.orders.steps import PENDING, JournalEntry
from warehouse_desk.data.tables import order_line, outbox
from warehouse_desk.domain.goods.stock import Movement
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.signature import Signature
from warehouse_desk.domain.status import Status

_OP_COLUMNS = (
    "op_uuid", "order_id", "seq_in_order", "kind", "payload_json", "fingerprint", "content_hash", "to_status",
    "action_at_utc", "action_local", "tz", "station_id", "user_id", "state",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NewOrder:
    """An order about to be written: its columns by name, its lines, what the server will be told."""

    columns: dict[str, Any]
    lines: Sequence[tuple[int, int, int, int]]
    """Product id, quantity, unit price and line total in centimes."""
    payload: dict[str, Any]
    fingerprint: str


def load_new_orders(uow: UnitOfWork, batch: Sequence[NewOrder], signature: Signature) -> list[int]:
    """Write orders with lines, audit, outbox, commitments and change log, and return their ids in the order given.

    The products' totals of what is committed are left to the caller, who knows them for all batches together.
    """
    rows = [tuple([order.columns[name] for name in NEW_ORDER_COLUMNS]) for order in batch]
    ids = bulk.load_orders(uow, NEW_ORDER_COLUMNS, rows, [order.columns["reference"] for order in batch])
    numbered = list(zip(ids, batch, strict=True))
    lines = (
        (order_id, position, *line)
        for order_id, order in numbered
        for position, line in enumerate(order.lines, start=1)
    )
    bulk.load_rows(uow, order_line, LINE_COLUMNS, lines)
    entry = JournalEntry(Action.CREATE.value, None, Status.NEW, {}, {"status": Status.NEW.value})
    steps.write_event(uow, ids, entry, signature)
    moment, caller = signature.moment, signature.caller
    about = (Status.NEW.value, moment.at, moment.action_local, moment.tz, caller.station_id, caller.user_id, PENDING)
    operations = (
        (
            new_id(), order_id, 1, "create", json_object(order.payload), order.fingerprint,
            order.columns["content_hash"], *about,
        )
        for order_id, order in numbered
    )  # fmt: skip
    bulk.load_rows(uow, outbox, _OP_COLUMNS, operations)
    bulk.refresh_statistics(uow)
    bulk.load_movements(uow, Movement.COMMIT, [Action.CREATE.value], ids)
    steps.write_change(uow, ids, Action.CREATE.value, signature)
    return ids
