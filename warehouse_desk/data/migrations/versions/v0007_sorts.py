"""Indexes for the sorts of the order table, and the views that people save.

None of the indexed columns changes in a scan. The city's index leaves out deleted orders, as the others do, so that a
list sorted by city is numbered without reading the orders.
"""

import sqlalchemy as sa
from alembic import op

from warehouse_desk.data.engine.types import BigId

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

SORTED = {"name": "name_folded", "city": "city_folded", "total": "total", "created": "created_at"}


def upgrade() -> None:
    live = sa.text("deleted_at IS NULL")
    for name, column in SORTED.items():
        op.create_index(f"ix_orders_live_{name}", "orders", [column, "id"], sqlite_where=live, postgresql_where=live)
    op.drop_index("ix_orders_city_folded", "orders")
    op.create_table(
        "saved_view",
        sa.Column("id", BigId, nullable=False),
        sa.Column("owner", sa.String(100), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("name_folded", sa.String(120), nullable=False),
        sa.Column("wanted", sa.Text(), nullable=False),
        sa.Column("sort", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
        sa.UniqueConstraint("owner", "name_folded", name=op.f("uq_saved_view_owner_name_folded")),
    )
