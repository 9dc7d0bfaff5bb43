"""The first schema: orders and their lines."""

from typing import Any

import sqlalchemy as sa
from alembic import op

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _customer() -> list[sa.Column[Any]]:
    return [
        sa.Column("full_name", sa.String(length=100), nullable=False),
        sa.Column("phone", sa.String(length=100), nullable=False),
        sa.Column("second_phone", sa.String(length=100), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("city", sa.String(length=100), nullable=False),
        sa.Column("city_id", BIG, nullable=True),
        sa.Column("area", sa.String(length=255), nullable=True),
        sa.Column("address", sa.String(length=1000), nullable=False),
        sa.Column("shipment_way", sa.Integer(), nullable=True),
        sa.Column("is_fees_paid_by_customer", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("total", BIG, nullable=False),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("name_folded", sa.String(length=200), nullable=False),
        sa.Column("city_folded", sa.String(length=200), nullable=False),
        sa.Column("phone_key", sa.String(length=20), nullable=False),
        sa.Column("second_phone_key", sa.String(length=20), server_default="", nullable=False),
    ]


def _journey() -> list[sa.Column[Any]]:
    return [
        sa.Column("shipping_company_id", BIG, nullable=True),
        sa.Column("from_stock", sa.Boolean(), nullable=True),
        sa.Column("tracking_number", sa.String(length=100), nullable=True),
        sa.Column("delivery_person_id", BIG, nullable=True),
        sa.Column("warehouse_id", BIG, nullable=True),
        sa.Column("held", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("hold_reason", sa.Text(), nullable=True),
        sa.Column("cancel_reason", sa.Text(), nullable=True),
        sa.Column("short_skus", sa.Text(), nullable=True),
        sa.Column("label_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("packed_on", sa.Date(), nullable=True),
        sa.Column("shipped_on", sa.Date(), nullable=True),
        sa.Column("delivered_on", sa.Date(), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("canceled_on", sa.Date(), nullable=True),
    ]


def orders() -> None:
    op.create_table(
        "orders",
        sa.Column("id", BIG, nullable=False),
        sa.Column("reference", sa.String(length=64), nullable=False),
        sa.Column("remote_reference", sa.String(length=64), nullable=True),
        sa.Column("base_status", sa.String(length=32), nullable=True),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("previous_status", sa.String(length=32), nullable=True),
        sa.Column("resume_status", sa.String(length=32), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("attempt", sa.Integer(), server_default="1", nullable=False),
        sa.Column("stock_cycle", sa.Integer(), server_default="1", nullable=False),
        *_customer(),
        *_journey(),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("origin", sa.String(length=16), nullable=False),
        sa.Column("conflict_id", BIG, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_orders_city_id_city")),
        sa.ForeignKeyConstraint(
            ["delivery_person_id"], ["delivery_person.id"], name=op.f("fk_orders_delivery_person_id_delivery_person")
        ),
        sa.ForeignKeyConstraint(
            ["shipping_company_id"],
            ["shipping_company.id"],
            name=op.f("fk_orders_shipping_company_id_shipping_company"),
        ),
        sa.ForeignKeyConstraint(["warehouse_id"], ["warehouse.id"], name=op.f("fk_orders_warehouse_id_warehouse")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_orders")),
        sa.UniqueConstraint("reference", name=op.f("uq_orders_reference")),
        sa.UniqueConstraint("remote_reference", name=op.f("uq_orders_remote_reference")),
        sa.UniqueConstraint("tracking_number", name=op.f("uq_orders_tracking_number")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_orders_city_folded", "orders", ["city_folded", "id"], unique=False)
    op.create_index(
        "ix_orders_live_status",
        "orders",
        ["status", "id"],
        unique=False,
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_index("ix_orders_phone_key", "orders", ["phone_key", "id"], unique=False)


def order_line() -> None:
    op.create_table(
        "order_line",
        sa.Column("id", BIG, nullable=False),
        sa.Column("order_id", BIG, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("product_id", BIG, nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("price", BIG, nullable=False),
        sa.Column("total", BIG, nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_order_line_order_id_orders")),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_order_line_product_id_product")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_line")),
        sa.UniqueConstraint("order_id", "position", name=op.f("uq_order_line_order_id_position")),
        sqlite_autoincrement=True,
    )
