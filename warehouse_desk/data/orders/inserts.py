"""Write new orders and changed details."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Table, bindparam, delete, insert, select, update

from warehouse_desk.common.json_text import json_object
from warehouse_desk.data.bulk import ids_ahead
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.engine.prepared import Prepared
from warehouse_desk.data.engine.types import Among, NewUuid, TextList
from warehouse_desk.data.orders.steps import PENDING
from warehouse_desk.data.tables import order_line, orders, outbox
from warehouse_desk.domain.orders.order import OrderFacts
from warehouse_desk.domain.signature import Signature

NEW_ORDER_COLUMNS = (
    "reference", "status", "full_name", "phone", "second_phone", "email", "city", "city_id", "area", "address",
    "shipment_way", "is_fees_paid_by_customer", "total", "notes", "name_folded", "city_folded", "phone_keys",
    "content_hash", "twin_key", "twin_of", "origin", "created_at", "updated_at",
)  # fmt: skip

LINE_COLUMNS = ("order_id", "position", "product_id", "quantity", "price", "total")


def insert_of(table: Table, names: Sequence[str], **fixed: Any) -> Prepared:
    """Return a prepared insert of one row with these columns."""
    values: dict[str, Any] = {name: bindparam(name, type_=table.c[name].type) for name in names}
    return Prepared(insert(table).values(**values, **fixed))


_ORDER = insert_of(orders, NEW_ORDER_COLUMNS)
_ORDER_WITH_ID = insert_of(orders, ("id", *NEW_ORDER_COLUMNS))
_LINE = insert_of(order_line, LINE_COLUMNS)
_IDS = Prepared(select(orders.c.reference, orders.c.id).where(Among(orders.c.reference, "codes", TextList)))
_CREATE_OP = insert_of(
    outbox,
    (
        "order_id", "seq_in_order", "payload_json", "fingerprint", "content_hash", "to_status",
        "action_at_utc", "action_local", "tz", "station_id", "user_id",
    ),
    op_uuid=NewUuid(),
    kind="create",
    state=PENDING,
)  # fmt: skip


def insert_orders(uow: UnitOfWork, rows: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Write orders with the columns of ``NEW_ORDER_COLUMNS`` and return the id of each reference."""
    if uow.is_postgresql:
        ids = ids_ahead(uow, len(rows))
        uow.run_many(_ORDER_WITH_ID, [{"id": number, **row} for number, row in zip(ids, rows, strict=True)])
        return {row["reference"]: number for number, row in zip(ids, rows, strict=True)}
    uow.run_many(_ORDER, rows)
    return dict(uow.rows(_IDS, {"codes": [row["reference"] for row in rows]}))


def insert_lines(uow: UnitOfWork, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write order lines with the columns of ``LINE_COLUMNS``."""
    uow.run_many(_LINE, rows)


def insert_create_ops(uow: UnitOfWork, rows: Sequence[Mapping[str, Any]], signature: Signature) -> None:
    """Queue the creation of orders: ``order_id``, ``payload``, ``fingerprint``, ``content_hash``, ``status``."""
    moment, caller = signature.moment, signature.caller
    common = {
        "seq_in_order": 1,
        "action_at_utc": moment.at,
        "action_local": moment.action_local,
        "tz": moment.tz,
        "station_id": caller.station_id,
        "user_id": caller.user_id,
    }
    uow.run_many(
        _CREATE_OP,
        [
            {
                **common,
                "order_id": row["order_id"],
                "payload_json": json_object(row["payload"]),
                "fingerprint": row["fingerprint"],
                "content_hash": row["content_hash"],
                "to_status": row["status"],
            }
            for row in rows
        ],
    )


def update_details(uow: UnitOfWork, facts: OrderFacts, values: Mapping[str, Any], signature: Signature) -> bool:
    """Write an order's details if it still has the version that was read; tell whether it had."""
    changed = uow.execute(
        update(orders)
        .where(orders.c.id == facts.id, orders.c.version == facts.version, orders.c.deleted_at.is_(None))
        .values(**values, version=orders.c.version + 1, updated_at=signature.moment.at)
    )
    return changed.rowcount == 1


def mark(uow: UnitOfWork, order_id: int, *, label_outdated: bool, recount: bool) -> None:
    """Write the marks of an order whose details were just written in this unit of work."""
    marks = {"label_outdated": label_outdated, "recount": recount}
    uow.execute(update(orders).where(orders.c.id == order_id).values(**marks))


def replace_lines(uow: UnitOfWork, order_id: int, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write the lines of an order anew; new lines get new ids, since the ledger keeps the old ones."""
    uow.execute(delete(order_line).where(order_line.c.order_id == order_id))
    insert_lines(uow, rows)


def create_op_state(uow: UnitOfWork, order_id: int) -> tuple[str, bool] | None:
    """Return the state of an order's create operation and whether it was ever sent; None where there is none."""
    query = select(outbox.c.state, outbox.c.attempt_id).where(outbox.c.order_id == order_id, outbox.c.kind == "create")
    found = uow.table(query)
    return None if not found else (found[0][0], found[0][1] is not None)


def rewrite_create_op(uow: UnitOfWork, order_id: int, payload: Mapping[str, Any], keys: Mapping[str, str]) -> None:
    """Change what an unsent create operation will say."""
    uow.execute(
        update(outbox)
        .where(outbox.c.order_id == order_id, outbox.c.kind == "create", outbox.c.state == PENDING)
        .values(payload_json=json_object(payload), **keys)
    )
