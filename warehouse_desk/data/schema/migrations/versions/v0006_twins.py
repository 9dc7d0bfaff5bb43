"""Possible twins: orders for the same phone with the same products within two days."""

import hashlib
from collections import defaultdict
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

HOURS = 48
TWINS = "deleted_at IS NULL AND twin_of IS NOT NULL"


def upgrade() -> None:
    op.add_column("orders", sa.Column("twin_key", sa.String(64)))
    op.add_column("orders", sa.Column("twin_of", sa.String(20)))
    _fill_recent()
    op.create_index(op.f("ix_orders_twin_key"), "orders", ["twin_key", "created_at"])
    where = sa.text(TWINS)
    op.create_index("ix_orders_twins", "orders", ["id"], sqlite_where=where, postgresql_where=where)


def _fill_recent() -> None:
    """Give the orders of the last two days their key: only with those can a new order be a twin."""
    connection = op.get_bind()
    moment = sa.DateTime(timezone=connection.dialect.name == "postgresql")
    orders = sa.table(
        "orders", sa.column("id"), sa.column("phone_keys"), sa.column("created_at", moment), sa.column("twin_key")
    )
    line = sa.table("order_line", sa.column("order_id"), sa.column("product_id"), sa.column("quantity"))
    product = sa.table("product", sa.column("id"), sa.column("sku"))
    since = datetime.now(UTC) - timedelta(hours=HOURS)
    if connection.dialect.name == "sqlite":
        since = since.replace(tzinfo=None)
    query = (
        sa.select(orders.c.id, orders.c.phone_keys, product.c.sku, line.c.quantity)
        .join(line, line.c.order_id == orders.c.id)
        .join(product, product.c.id == line.c.product_id)
        .where(orders.c.created_at >= since)
    )
    numbers: dict[int, str] = {}
    pieces: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for number, phone, sku, quantity in connection.execute(query):
        numbers[number] = phone.partition(" ")[0]
        pieces[number][sku] += quantity
    for number, phone in numbers.items():
        if not phone:
            continue
        parts = (phone, *(f"{sku}*{quantity}" for sku, quantity in sorted(pieces[number].items())))
        key = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
        connection.execute(sa.update(orders).where(orders.c.id == number).values(twin_key=key))
