"""Decisions on returned goods, piece by piece: the ledger's unique key counts them."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OLD_KEY, NEW_KEY = "uq_stock_movement_line_id_cycle_kind", "uq_stock_movement_line_id_cycle_kind_part"
COLUMNS = (
    "id", "product_id", "warehouse_id", "kind", "quantity", "order_id", "line_id", "attempt", "cycle", "at",
    "user_name", "station_id", "reason",
)  # fmt: skip


def upgrade() -> None:
    part = sa.Column("part", sa.Integer(), server_default="0", nullable=False)
    if op.get_bind().dialect.name == "postgresql":
        op.add_column("stock_movement", part)
        op.drop_constraint(op.f(OLD_KEY), "stock_movement")
        op.create_unique_constraint(op.f(NEW_KEY), "stock_movement", ["line_id", "cycle", "kind", "part"])
    else:
        _make_anew(part)
    returned = sa.text("kind = 'RETURN_IN'")
    op.create_index(
        "ix_stock_movement_returned",
        "stock_movement",
        ["order_id"],
        sqlite_where=returned,
        postgresql_where=returned,
    )


def _make_anew(part: sa.Column[int]) -> None:
    op.create_table(
        "stock_movement_anew",
        sa.Column("id", BIG, nullable=False),
        sa.Column("product_id", BIG, nullable=False),
        sa.Column("warehouse_id", BIG),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("quantity", BIG, nullable=False),
        sa.Column("order_id", BIG),
        sa.Column("line_id", BIG),
        sa.Column("attempt", sa.Integer()),
        sa.Column("cycle", sa.Integer()),
        part,
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_name", sa.String(100), server_default="", nullable=False),
        sa.Column("station_id", BIG),
        sa.Column("reason", sa.Text()),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_stock_movement_order_id_orders")),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_stock_movement_product_id_product")),
        sa.ForeignKeyConstraint(["station_id"], ["station.id"], name=op.f("fk_stock_movement_station_id_station")),
        sa.ForeignKeyConstraint(
            ["warehouse_id"], ["warehouse.id"], name=op.f("fk_stock_movement_warehouse_id_warehouse")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_movement")),
        sa.UniqueConstraint("line_id", "cycle", "kind", "part", name=op.f(NEW_KEY)),
    )
    names = ", ".join(COLUMNS)
    op.execute(f"INSERT INTO stock_movement_anew ({names}) SELECT {names} FROM stock_movement ORDER BY id")
    op.drop_table("stock_movement")
    op.rename_table("stock_movement_anew", "stock_movement")
    op.create_index("ix_stock_movement_order_id", "stock_movement", ["order_id"])
    op.create_index("ix_stock_movement_product_id_id", "stock_movement", ["product_id", "id"])
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER stock_movement_no_{change.lower()} BEFORE {change} ON stock_movement "
            "BEGIN SELECT RAISE(ABORT, 'stock_movement is append-only'); END"
        )
