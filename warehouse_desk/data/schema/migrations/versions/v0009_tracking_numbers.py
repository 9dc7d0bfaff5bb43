"""Tracking numbers: one company gives each once; those of earlier journeys are kept, and the parcel at hand."""

import re

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
ONCE = "uq_orders_tracking_number"
NUMBERED = "tracking_number IS NOT NULL"


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(op.f(ONCE), "orders")
    else:
        _make_orders_anew()
    for name, columns, condition in (
        ("ix_orders_tracking", ["tracking_number", "shipping_company_id"], NUMBERED),
        ("ix_orders_tracking_alone", ["tracking_number"], f"{NUMBERED} AND shipping_company_id IS NULL"),
    ):
        where = sa.text(condition)
        op.create_index(name, "orders", columns, unique=True, sqlite_where=where, postgresql_where=where)
    op.create_table(
        "past_tracking",
        sa.Column("id", BIG, nullable=False),
        sa.Column("order_id", BIG, nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("shipping_company_id", BIG),
        sa.Column("number", sa.String(100), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_past_tracking_order_id_orders")),
        sa.ForeignKeyConstraint(
            ["shipping_company_id"],
            ["shipping_company.id"],
            name=op.f("fk_past_tracking_shipping_company_id_shipping_company"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past_tracking")),
    )
    op.create_index(op.f("ix_past_tracking_number"), "past_tracking", ["number"])
    op.create_table(
        "parcel_at_hand",
        sa.Column("station_id", BIG, nullable=False),
        sa.Column("order_id", BIG, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_parcel_at_hand_order_id_orders")),
        sa.ForeignKeyConstraint(["station_id"], ["station.id"], name=op.f("fk_parcel_at_hand_station_id_station")),
        sa.PrimaryKeyConstraint("station_id", name=op.f("pk_parcel_at_hand")),
    )


def _make_orders_anew() -> None:
    """Make the table without its constraint; SQLite can drop none. Foreign keys are off while a schema changes."""
    connection = op.get_bind()

    def asked(sql: str) -> list[str]:
        return [row[0] for row in connection.execute(sa.text(sql))]

    (table,) = asked("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = 'orders'")
    around = asked("SELECT sql FROM sqlite_master WHERE tbl_name = 'orders' AND type <> 'table' AND sql IS NOT NULL")
    numbered = asked("SELECT seq FROM sqlite_sequence WHERE name = 'orders'")
    anew = re.sub(rf",\s*CONSTRAINT {ONCE} UNIQUE \(tracking_number\)", "", table)
    anew = re.sub(r'^CREATE TABLE "?orders"?', "CREATE TABLE orders_anew", anew)
    for statement in (
        anew,
        "INSERT INTO orders_anew SELECT * FROM orders ORDER BY id",
        "DROP TABLE orders",
        "ALTER TABLE orders_anew RENAME TO orders",
        *(f"UPDATE sqlite_sequence SET seq = max(seq, {number}) WHERE name = 'orders'" for number in numbered),
        *around,
    ):
        # Straight to the driver: a colon in a stored statement is no parameter.
        connection.exec_driver_sql(statement)
